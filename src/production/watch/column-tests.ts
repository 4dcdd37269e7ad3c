import { type Column, isMissing, takeColumn } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { jensenShannon, normalTwoSidedP, standardDeviation, wasserstein } from "../../stats/index.ts";
import { rowsForDistance, rowsForShare } from "./rows-needed.ts";
import { type SplitStatistic, splitNull } from "./split-null.ts";
import { tailOfConstant, tailOfCounts, tailOfNumbers, tailOfUnseen, tailP } from "./tail.ts";

/** Rows of a side that are looked at: more would only find smaller shifts than anybody acts on. */
const MOST_ROWS = 10_000;

export interface ColumnTest {
  readonly column: string;
  readonly statistic: "wasserstein/sd" | "jensen-shannon" | "missing share" | "unseen share";
  readonly value: number;
  /** The value beyond what a window of this size shows without drift; for shares the difference. */
  readonly effect: number;
  readonly p: number;
  /** Rows of the window that were tested. */
  readonly rows: number;
  /** Rows at which the test finds a drift of the least size that counts in eight of ten windows. In fewer a quiet test says nothing. */
  readonly minimumRows: number;
}

export interface TestRules {
  readonly seed: number;
  readonly mostDraws: number;
  /** Effect from which a distance, and from which a share counts. */
  readonly distance: number;
  readonly share: number;
  /** Level of one test so that it counts among all alone. */
  readonly level: number;
  /** Distances of numbers are in this unit; default the standard deviation of the reference. */
  readonly unit?: number;
}

/** Tests of one column: its present values, its missing share, and for categories the share of values that the reference never had. */
export function testColumn(reference: Column, current: Column, rules: TestRules): ColumnTest[] {
  const missing = missingTest(reference, current, rules);
  const before = presentRows(reference, rules.seed);
  const now = presentRows(current, rules.seed + 1);
  // A split needs a window no larger than the rest of the reference.
  const window = Math.min(now.length, Math.floor(before.length / 2));
  if (window < 2) return [missing];
  const [old, fresh] = [takeColumn(reference, before), takeColumn(current, now.subarray(0, window))];
  if ("values" in old && "values" in fresh) return [missing, numberTest(old.name, old.values, fresh.values, rules)];
  if ("codes" in old && "codes" in fresh) return [missing, ...categoryTests(old, fresh, rules)];
  return [missing];
}

/** Difference of two shares with one row added to each side of each (Agresti and Caffo 2000): true for few rows, too. */
function missingTest(reference: Column, current: Column, { share, level }: TestRules): ColumnTest {
  const [k, n] = missingOf(reference);
  const [l, m] = missingOf(current);
  const [p, q] = [(k + 1) / (n + 2), (l + 1) / (m + 2)];
  const se = Math.sqrt((p * (1 - p)) / (n + 2) + (q * (1 - q)) / (m + 2));
  return {
    column: reference.name,
    statistic: "missing share",
    value: m === 0 ? Number.NaN : l / m,
    effect: m === 0 || n === 0 ? Number.NaN : l / m - k / n,
    p: m === 0 || n === 0 ? Number.NaN : normalTwoSidedP((q - p) / se),
    rows: m,
    minimumRows: n === 0 ? 0 : rowsForShare({ before: k / n, least: share, level }),
  };
}

function numberTest(column: string, reference: Float64Array, current: Float64Array, rules: TestRules): ColumnTest {
  const { seed, mostDraws, distance: least, level } = rules;
  const [sorted, window] = [reference.slice().sort(), current.length];
  const rest = sorted.length - window;
  const sd = rules.unit !== undefined && rules.unit > 0 ? rules.unit : standardDeviation(sorted);
  if (!(sd > 0)) {
    const different = current.reduce((sum, value) => sum + Number(value !== sorted[0]), 0);
    const moved = different > 0;
    return {
      column,
      statistic: "wasserstein/sd",
      value: moved ? Number.POSITIVE_INFINITY : 0,
      effect: moved ? Number.POSITIVE_INFINITY : 0,
      p: moved ? tailOfConstant(sorted.length, window, different) : 1,
      rows: window,
      minimumRows: rowsForShare({ before: 0, least: rules.share, level }),
    };
  }
  // As in the splits: the window against as many other rows, at random (the reference comes shuffled).
  const value = wasserstein(reference.subarray(0, rest), current) / sd;
  const statistic: SplitStatistic = (chosen) => {
    let [distance, ahead] = [0, 0];
    for (let i = 0; i < sorted.length - 1; i++) {
      ahead += chosen[i] === 1 ? 1 / window : -1 / rest;
      distance += Math.abs(ahead) * ((sorted[i + 1] ?? 0) - (sorted[i] ?? 0));
    }
    return distance / sd;
  };
  const none = splitNull(value, statistic, sorted.length, window, mostDraws, seed);
  return {
    column,
    statistic: "wasserstein/sd",
    value,
    effect: Math.max(0, value - none.mean),
    p: tailP(none, () => tailOfNumbers(reference.subarray(0, rest), current)),
    rows: window,
    minimumRows: rowsForDistance({ sd: none.sd, window, least, level }),
  };
}

type Levelled = Extract<Column, { codes: Int32Array }>;

function categoryTests(reference: Levelled, current: Levelled, { seed, mostDraws, distance, share, level }: TestRules): ColumnTest[] {
  const cellOf = new Map<string, number>();
  const cells = (column: Levelled) =>
    Int32Array.from(column.codes, (code) => {
      const level = column.levels[code] ?? "";
      if (!cellOf.has(level)) cellOf.set(level, cellOf.size);
      return cellOf.get(level) ?? 0;
    });
  const [before, now] = [cells(reference), cells(current)];
  const count = cellOf.size;
  const window = now.length;
  const tally = (of: Int32Array) => {
    const counts = new Float64Array(count);
    for (const cell of of) counts[cell] = (counts[cell] ?? 0) + 1;
    return counts;
  };
  const [all, own, others] = [tally(before), tally(now), tally(before.subarray(0, before.length - window))];
  const taken = new Float64Array(count);
  const left = new Float64Array(count);
  const splitBy = (measure: (window: Float64Array, rest: Float64Array) => number) => (chosen: Uint8Array) => {
    taken.fill(0);
    for (let row = 0; row < before.length; row++) if (chosen[row] === 1) taken[before[row] ?? 0] = (taken[before[row] ?? 0] ?? 0) + 1;
    for (let cell = 0; cell < count; cell++) left[cell] = (all[cell] ?? 0) - (taken[cell] ?? 0);
    return measure(taken, left);
  };
  const unseen = (mine: Float64Array, known: Float64Array) =>
    mine.reduce((sum, one, cell) => sum + ((known[cell] ?? 0) === 0 ? one : 0), 0) / window;
  const test = (statistic: "jensen-shannon" | "unseen share", measure: typeof unseen): ColumnTest => {
    const value = measure(own, others);
    const none = splitNull(value, splitBy(measure), before.length, window, mostDraws, seed);
    const minimumRows =
      statistic === "unseen share"
        ? rowsForShare({ before: none.mean, least: share, level })
        : rowsForDistance({ sd: none.sd, window, least: distance, level });
    const p = tailP(none, () => (statistic === "unseen share" ? tailOfUnseen(value, none, window) : tailOfCounts(others, own)));
    return { column: reference.name, statistic, value, effect: Math.max(0, value - none.mean), p, rows: window, minimumRows };
  };
  return [test("jensen-shannon", (a, b) => jensenShannon(a, b)), test("unseen share", unseen)];
}

function missingOf(column: Column): [missing: number, rows: number] {
  const rows = "values" in column ? column.values.length : column.codes.length;
  let missing = 0;
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) missing++;
  return [missing, rows];
}

function presentRows(column: Column, seed: number): Int32Array {
  const rows = "values" in column ? column.values.length : column.codes.length;
  const present = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => !isMissing(column, row) && !isInfinite(column, row));
  if (present.length <= MOST_ROWS) return createRandom(seed, "window rows", column.name).shuffle(present);
  return createRandom(seed, "window rows", column.name).shuffle(present).slice(0, MOST_ROWS);
}

function isInfinite(column: Column, row: number): boolean {
  return "values" in column && !Number.isFinite(column.values[row]);
}
