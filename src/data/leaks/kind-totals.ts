import { createRandom } from "../../core/random.ts";
import { float64From, float64Where, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { decimalsOf, halfDecimal, halfDecimalOf } from "../columns/written-decimals.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { codesOf, kindsOfRows } from "./kinds-of-rows.ts";
import { timesBeside } from "./times-beside.ts";

/** A column that holds what the labels of all rows of a kind come to: the total of an order beside the amount of each of its lines. With the other rows it gives the row's own label. */
export interface KindTotal {
  readonly column: string;
  readonly kind: string;
  readonly of: "sum" | "largest" | "smallest" | "mean" | "sum of others";
  /** Class that is counted; -1 for numbers. */
  readonly classIndex: number;
  /** Rows of kinds with several labels, the share of them that fits, and the share that fits another row's kind. */
  readonly rows: number;
  readonly share: number;
  readonly byChance: number;
  /** It may have been there before: a limit that labels reach, what the first row of each kind had, or a plan by its name. */
  readonly mayBeGiven: boolean;
}

const WAYS = ["sum", "largest", "smallest", "mean", "sum of others"] as const;

/** Kinds with rows of several labels: fewer agree by chance. */
const LEAST_KINDS = 20;
const LEAST_ROWS = 50;
/** Different values of what the labels come to. */
const LEAST_DIFFERENT = 3;
/** Rows that are looked at first, and the first of these. */
const [PROBES, FIRST] = [40, 4];
const [PROBED, FITS] = [0.8, 0.95];
/** Rows that fit what the labels of another kind come to. */
const MOST_BY_CHANCE = 0.5;
/** Share of the rows that have a cell of the column. */
const PRESENT = 0.5;
/** Share of the kinds of which one row alone has the largest label, and of those of which the first row has it. */
const [LEAST_ALONE, FIRST_HAS] = [0.5, 0.9];

/** None of a sample: totals are of all rows. Classes are counted where there are two. Each column once, by the first way of the first kind of the table. */
export async function kindTotals(context: AuditContext): Promise<readonly KindTotal[]> {
  const { frame, task, roles } = context;
  if (frame.rowNumbers !== null || task.kind === "multiclass") return [];
  const kinds = kindsOfRows(context, LEAST_KINDS);
  const numbers = numberFeatures(context).filter(
    ({ name, type }) => type === "number" && infoOf(context, name).distinct >= LEAST_DIFFERENT,
  );
  if (kinds.length === 0 || numbers.length === 0) return [];
  const classIndex = task.kind === "regression" ? -1 : 1;
  const target =
    classIndex < 0 ? context.target : float64From(context.target, (one) => (Number.isNaN(one) ? one : Number(one === classIndex)));
  // Whole numbers are counts, which add up to the last digit.
  const present = float64Where(target, (label) => !Number.isNaN(label));
  const own = decimalsOf(present) === 0 ? 0 : halfDecimal(present);
  const found: KindTotal[] = [];
  for (const kind of kinds) {
    await context.pause();
    const totals = totalsOf(target, codesOf(kind));
    if (totals === null) continue;
    const probes = drawnRows(totals.rows, PROBES, createRandom(context.seed, "kind totals", kind.name));
    for (const of of classIndex < 0 ? WAYS : WAYS.filter((way) => way === "sum" || way === "sum of others")) {
      for (const column of numbers) {
        if (column.name === kind.name || column.name === roles.target || found.some((one) => one.column === column.name)) continue;
        if (factsOf(column, frame.rows).present < PRESENT * frame.rows) continue;
        const half = 1.01 * halfDecimalOf(context, column);
        const held = (rows: Int32Array, turned = 0) => fitting(column, { half, own }, totals, of, rows, turned);
        if (held(probes.subarray(0, FIRST)) < 0.5 || held(probes) < PROBED) continue;
        const share = held(totals.rows);
        const byChance = held(totals.rows, Math.floor(totals.rows.length / 3));
        if (share < FITS || byChance > MOST_BY_CHANCE || !differs(totals, of)) continue;
        found.push({
          column: column.name,
          kind: kind.name,
          of,
          classIndex,
          rows: totals.rows.length,
          share,
          byChance,
          mayBeGiven: mayBeGiven(context, column, totals, of),
        });
      }
    }
  }
  return found;
}

/**
 * A limit that labels reach (a list price, a capacity) is their largest as well, but then several rows of most kinds have it: where it is reached in 95 % of the kinds, by each row with the same chance, exactly one row of a
 * kind has it in fewer than four of ten. Of amounts one row alone has the largest. What the first row has, in time or in the file, may be what the later ones came down from.
 */
function mayBeGiven(context: AuditContext, { name }: NumberColumn, totals: Totals, of: KindTotal["of"]): boolean {
  const { excusedBy, plan } = meaningOf(name);
  if (plan || excusedBy.length > 0) return true;
  if (of !== "largest" && of !== "smallest") return false;
  const holders = holdersOf(totals, of === "largest" ? totals.high : totals.low);
  const alone = holders.filter((rows) => rows.length === 1);
  if (alone.length < LEAST_ALONE * holders.length) return true;
  const isFirst = (at: (row: number) => number) => isOfFirst(totals, alone, at);
  return isFirst((row) => row) || timesBeside(context, name).some((time) => isFirst((row) => valueAt(time, row)));
}

/** Rows that have it, of each kind with several labels or several rows of one. */
function holdersOf({ codes, labels, counts }: Totals, most: Float64Array): readonly (readonly number[])[] {
  const holders = new Map<number, number[]>();
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number;
    if (code < 0 || (counts[code] as number) < 2 || labels[row] !== most[code]) continue;
    const own = holders.get(code);
    if (own === undefined) holders.set(code, [row]);
    else own.push(row);
  }
  return [...holders.values()];
}

/** Whether the only rows that have it are the first of their kinds, and others come later. */
function isOfFirst({ codes, labels, counts }: Totals, alone: readonly (readonly number[])[], at: (row: number) => number): boolean {
  const first = new Float64Array(counts.length).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(counts.length).fill(Number.NEGATIVE_INFINITY);
  for (let row = 0; row < codes.length; row++) {
    const [code, own] = [codes[row] as number, at(row)];
    if (code < 0 || Number.isNaN(labels[row])) continue;
    if (own < (first[code] as number)) first[code] = own;
    if (own > (last[code] as number)) last[code] = own;
  }
  const firsts = alone.filter(([row = -1]) => {
    const [code, own] = [codes[row] ?? -1, at(row)];
    return own === first[code] && own < (last[code] ?? own);
  });
  return firsts.length >= FIRST_HAS * alone.length;
}

/** By code of the kind; rows whose kind has several labels, and of them those whose kind lacks none where enough do. */
interface Totals {
  readonly codes: Int32Array;
  readonly rows: Int32Array;
  readonly labels: Float64Array;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

function totalsOf(labels: Float64Array, codes: Int32Array): Totals | null {
  const kinds = 1 + codes.reduce((most, code) => Math.max(most, code), -1);
  const [counts, sums, lacks] = [new Float64Array(kinds), new Float64Array(kinds), new Uint8Array(kinds)];
  const [low, high] = [new Float64Array(kinds).fill(Number.POSITIVE_INFINITY), new Float64Array(kinds).fill(Number.NEGATIVE_INFINITY)];
  for (let row = 0; row < codes.length; row++) {
    const [code, y] = [codes[row] as number, labels[row] as number];
    if (code < 0) continue;
    if (Number.isNaN(y)) {
      lacks[code] = 1;
      continue;
    }
    counts[code] = (counts[code] as number) + 1;
    sums[code] = (sums[code] as number) + y;
    if (y < (low[code] as number)) low[code] = y;
    if (y > (high[code] as number)) high[code] = y;
  }
  const mixed = low.reduce((count, least, code) => count + Number(least < (high[code] as number)), 0);
  if (mixed < LEAST_KINDS) return null;
  const isMixed = (code: number) => code >= 0 && (low[code] as number) < (high[code] as number);
  const labelled = int32Where(placesUpTo(codes.length), (row) => isMixed(codes[row] as number) && !Number.isNaN(labels[row]));
  // A total of all rows of a kind is not that of those that still have a label.
  const whole = labelled.filter((row) => !lacks[codes[row] as number]);
  const kindsOf = (some: Int32Array) => new Set(int32From(some, (row) => codes[row] ?? -1)).size;
  const rows = whole.length >= LEAST_ROWS && whole.length < labelled.length && kindsOf(whole) >= LEAST_KINDS ? whole : labelled;
  return rows.length < LEAST_ROWS ? null : { codes, rows, labels, counts, sums, low, high };
}

function differs(totals: Totals, of: KindTotal["of"]): boolean {
  const seen = new Set<number>();
  for (const row of totals.rows) {
    seen.add(totalAt(totals, of, row));
    if (seen.size >= LEAST_DIFFERENT) return true;
  }
  return false;
}

function totalAt({ codes, labels, counts, sums, low, high }: Totals, of: KindTotal["of"], row: number): number {
  const code = codes[row] as number;
  const sum = sums[code] as number;
  if (of === "sum") return sum;
  if (of === "largest") return high[code] as number;
  if (of === "smallest") return low[code] as number;
  return of === "mean" ? sum / (counts[code] as number) : sum - (labels[row] as number);
}

/** Share of the rows with a cell in which the column is the total, as far as it and the labels are written. turned: the total of so many rows later. */
function fitting(
  { values }: NumberColumn,
  { half, own }: { readonly half: number; readonly own: number },
  totals: Totals,
  of: KindTotal["of"],
  rows: Int32Array,
  turned: number,
): number {
  let [fit, present] = [0, 0];
  for (let place = 0; place < rows.length; place++) {
    const value = values[rows[place] as number] as number;
    if (Number.isNaN(value)) continue;
    present++;
    const other = rows[(place + turned) % rows.length] as number;
    const each = of === "sum" || of === "sum of others" ? Math.sqrt(totals.counts[totals.codes[other] as number] as number) : 1;
    const total = totalAt(totals, of, other);
    if (Math.abs(value - total) <= half + 2 * own * each + 1e-9 * Math.abs(total)) fit++;
  }
  return present === 0 ? 0 : fit / present;
}
