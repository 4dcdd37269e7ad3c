import { float64From, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { mean, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { GroupKey } from "./group-keys.ts";

/** How much rows of one group resemble each other in the target: intraclass correlation, and where 90 % of such intervals hold the true one. Below 0: they differ more than rows by chance. */
export interface Likeness {
  readonly icc: number;
  readonly low: number;
  readonly high: number;
}

/** Share of the variance that is told when the error falls by what a model must save to count. */
export const COUNTS = 1 - (1 - WORTHWHILE_LOSS) ** 2;

/** Of the normal distribution, 5 % on either side. */
const Z = 1.645;

/**
 * One-way analysis of variance over the labelled rows with a key: of ranks, or of the indicators of all classes together (Landis and Koch 1977). The error is that of Swiger et al. (1964) for
 * normal values, so the interval is a rough one. null without two groups, or without a group of two rows.
 */
export function likenessOf({ task, target }: Pick<AuditContext, "task" | "target">, { codes }: GroupKey): Likeness | null {
  const rows = int32Where(placesUpTo(codes.length), (row) => (codes[row] ?? -1) >= 0 && !Number.isNaN(target[row]));
  const labels = float64From(rows, (row) => target[row] ?? 0);
  const sides =
    task.kind === "regression" ? [ranks(labels)] : [...new Set(labels)].map((one) => float64From(labels, (label) => Number(label === one)));
  const { places, ends } = membersOf(int32From(rows, (row) => codes[row] ?? 0));
  const [n, count] = [rows.length, ends.length];
  if (count < 2 || count >= n) return null;
  let [between, within] = [0, 0];
  for (const side of sides) {
    const middle = mean(side);
    for (let group = 0; group < count; group++) {
      const members = places.subarray(ends[group - 1] ?? 0, ends[group]);
      const own = meanOf(side, members);
      between += members.length * (own - middle) ** 2;
      within += squaresAround(side, members, own);
    }
  }
  const squares = ends.reduce((sum, end, group) => sum + (end - (ends[group - 1] ?? 0)) ** 2, 0);
  const each = (n - squares / n) / (count - 1);
  const [a, b] = [between / (count - 1), within / (n - count)];
  const spread = a + (each - 1) * b;
  if (!(spread > 0)) return null;
  const icc = (a - b) / spread;
  const error = Math.sqrt((2 * (n - 1)) / (each ** 2 * (n - count) * (count - 1))) * (1 - icc) * Math.abs(1 + (each - 1) * icc);
  return { icc, low: icc - Z * error, high: icc + Z * error };
}

/** Places of each code side by side, those of the code that is met first in front, and where those of each end. */
function membersOf(codes: Int32Array): { readonly places: Int32Array; readonly ends: Int32Array } {
  const groups = new Map<number, number>();
  for (let place = 0; place < codes.length; place++)
    if (!groups.has(codes[place] as number)) groups.set(codes[place] as number, groups.size);
  const group = int32From(codes, (code) => groups.get(code) ?? 0);
  const ends = new Int32Array(groups.size);
  for (let place = 0; place < group.length; place++) ends[group[place] as number] = (ends[group[place] as number] as number) + 1;
  for (let i = 1; i < ends.length; i++) ends[i] = (ends[i] as number) + (ends[i - 1] as number);
  const next = int32From(ends, (_, i) => ends[i - 1] ?? 0);
  const places = new Int32Array(codes.length);
  for (let place = 0; place < group.length; place++) {
    const to = next[group[place] as number] as number;
    places[to] = place;
    next[group[place] as number] = to + 1;
  }
  return { places, ends };
}

function meanOf(values: Float64Array, places: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += values[places[i] as number] as number;
  return sum / places.length;
}

function squaresAround(values: Float64Array, places: Int32Array, middle: number): number {
  let sum = 0;
  for (let i = 0; i < places.length; i++) sum += ((values[places[i] as number] as number) - middle) ** 2;
  return sum;
}
