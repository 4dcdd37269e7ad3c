import { float64From } from "../../core/typed-from.ts";
import { mean, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { GroupKey } from "./group-keys.ts";

/** How much rows of one group resemble each other in the target: intraclass correlation, and where 90 % of such intervals hold the true one. Below 0: they differ more than rows by chance. */
export interface Likeness {
  readonly icc: number;
  readonly low: number;
  readonly high: number;
}

/** Of the normal distribution, 5 % on either side. */
const Z = 1.645;

/**
 * One-way analysis of variance over the labelled rows with a key: of ranks, or of the indicators of all classes together (Landis and Koch 1977). The error is that of Swiger et al. (1964) for
 * normal values, so the interval is a rough one. null without two groups, or without a group of two rows.
 */
export function likenessOf({ task, target }: Pick<AuditContext, "task" | "target">, { codes }: GroupKey): Likeness | null {
  const rows = Array.from(codes.keys()).filter((row) => (codes[row] ?? -1) >= 0 && !Number.isNaN(target[row]));
  const labels = float64From(rows, (row) => target[row] ?? 0);
  const sides =
    task.kind === "regression" ? [ranks(labels)] : [...new Set(labels)].map((one) => labels.map((label) => Number(label === one)));
  const groups = membersOf(rows.map((row) => codes[row] ?? 0));
  const [n, count] = [rows.length, groups.length];
  if (count < 2 || count >= n) return null;
  let [between, within] = [0, 0];
  for (const side of sides) {
    const middle = mean(side);
    for (const members of groups) {
      const own = mean(members.map((i) => side[i] ?? 0));
      between += members.length * (own - middle) ** 2;
      within += members.reduce((sum, i) => sum + ((side[i] ?? 0) - own) ** 2, 0);
    }
  }
  const each = (n - groups.reduce((sum, { length }) => sum + length ** 2, 0) / n) / (count - 1);
  const [a, b] = [between / (count - 1), within / (n - count)];
  const spread = a + (each - 1) * b;
  if (!(spread > 0)) return null;
  const icc = (a - b) / spread;
  const error = Math.sqrt((2 * (n - 1)) / (each ** 2 * (n - count) * (count - 1))) * (1 - icc) * Math.abs(1 + (each - 1) * icc);
  return { icc, low: icc - Z * error, high: icc + Z * error };
}

/** Places of each code. */
function membersOf(codes: readonly number[]): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  codes.forEach((code, place) => {
    const held = members.get(code);
    if (held === undefined) members.set(code, [place]);
    else held.push(place);
  });
  return [...members.values()];
}
