import { type Column, isMissing, takeColumn } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import {
  asSingleRows,
  type GroupedSamples,
  groupedSamples,
  intraclassOfLevels,
  intraclassOfNumbers,
  jensenShannon,
  normalTwoSidedP,
  standardDeviation,
  wasserstein,
} from "../../stats/index.ts";
import { movedText } from "./moved.ts";
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
  /** So many rows drawn singly would tell as much: fewer where rows of a group are alike. */
  readonly effectiveRows: number;
  /** Rows at which the test finds a drift of the least size that counts in eight of ten windows. In fewer a quiet test says nothing. */
  readonly minimumRows: number;
  /** Of numbers: what has moved, in the column's own values. */
  readonly moved?: string;
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

/** Groups of the rows of both sides, negative = a row stands alone. */
export interface TestedGroups {
  readonly reference: Int32Array;
  readonly current: Int32Array;
}

/**
 * Tests of one column: its present values, its missing share, and for categories the share of values that the reference never had. groups: rows of one are no
 * evidence each; null: rows are independent.
 */
export function testColumn(reference: Column, current: Column, groups: TestedGroups | null, rules: TestRules): ColumnTest[] {
  const missing = missingTest(reference, current, groups, rules);
  const before = presentRows(reference, rules.seed);
  const now = presentRows(current, rules.seed + 1);
  // A split needs a window no larger than the rest of the reference.
  const window = Math.min(now.length, Math.floor(before.length / 2));
  if (window < 2) return [missing];
  const compared = now.subarray(0, window);
  const [old, fresh] = [takeColumn(reference, before), takeColumn(current, compared)];
  const rest = before.length - window;
  const grouped =
    groups === null ? null : groupedSamples([...at(groups.reference, before.subarray(0, rest)), ...at(groups.current, compared)], rest);
  if ("values" in old && "values" in fresh) return [missing, numberTest(old.name, old.values, fresh.values, grouped, rules)];
  if ("codes" in old && "codes" in fresh) return [missing, ...categoryTests(old, fresh, grouped, rules)];
  return [missing];
}

function at(groups: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => groups[row] ?? -1);
}

/** Difference of two shares with one row added to each side of each (Agresti and Caffo 2000): true for few rows, too. */
function missingTest(reference: Column, current: Column, groups: TestedGroups | null, { share, level }: TestRules): ColumnTest {
  const [k, n] = missingOf(reference);
  const [l, m] = missingOf(current);
  const gaps = () =>
    [reference, current].flatMap((column) => Array.from({ length: rowsOf(column) }, (_, row) => Number(isMissing(column, row))));
  const evidence = evidenceOf(groups === null ? null : groupedSamples([...groups.reference, ...groups.current], n), [n, m], (grouped) =>
    k + l === 0 ? 0 : intraclassOfNumbers(gaps(), grouped),
  );
  const { rest, window } = evidence;
  const [p, q] = [((k * rest) / n + 1) / (rest + 2), ((l * window) / m + 1) / (window + 2)];
  const se = Math.sqrt((p * (1 - p)) / (rest + 2) + (q * (1 - q)) / (window + 2));
  return {
    column: reference.name,
    statistic: "missing share",
    value: m === 0 ? Number.NaN : l / m,
    effect: m === 0 || n === 0 ? Number.NaN : l / m - k / n,
    p: m === 0 || n === 0 ? Number.NaN : evidence.p(normalTwoSidedP((q - p) / se)),
    rows: m,
    effectiveRows: window,
    minimumRows: n === 0 ? 0 : evidence.needed(rowsForShare({ before: k / n, least: share, level })),
  };
}

function numberTest(
  column: string,
  reference: Float64Array,
  current: Float64Array,
  grouped: GroupedSamples | null,
  rules: TestRules,
): ColumnTest {
  const { seed, mostDraws, distance: least, level } = rules;
  const others = reference.subarray(0, reference.length - current.length);
  const evidence = evidenceOf(grouped, [others.length, current.length], (units) => intraclassOfNumbers([...others, ...current], units));
  const tested = { rows: current.length, effectiveRows: evidence.window };
  const sd = rules.unit !== undefined && rules.unit > 0 ? rules.unit : standardDeviation(reference);
  if (!(sd > 0)) {
    const different = current.reduce((sum, value) => sum + Number(value !== reference[0]), 0);
    const moved = different > 0;
    return {
      column,
      statistic: "wasserstein/sd",
      value: moved ? Number.POSITIVE_INFINITY : 0,
      effect: moved ? Number.POSITIVE_INFINITY : 0,
      p: moved ? evidence.p(tailOfConstant(reference.length, current.length, different)) : 1,
      ...tested,
      minimumRows: evidence.needed(rowsForShare({ before: 0, least: rules.share, level })),
    };
  }
  // As in the splits: the window against as many other rows, at random (the reference comes shuffled).
  const value = wasserstein(others, current) / sd;
  const window = Math.max(1, Math.round(evidence.window));
  const sorted = reference.slice(0, Math.min(reference.length, window + Math.max(1, Math.round(evidence.rest)))).sort();
  const rest = sorted.length - window;
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
    moved: movedText(others, current),
    effect: Math.max(0, value - none.mean),
    p: evidence.p(tailP(none, () => tailOfNumbers(others, current, [evidence.rest, evidence.window]))),
    ...tested,
    minimumRows: evidence.needed(rowsForDistance({ sd: none.sd, window, least, level })),
  };
}

type Levelled = Extract<Column, { codes: Int32Array }>;

function categoryTests(
  old: Levelled,
  fresh: Levelled,
  grouped: GroupedSamples | null,
  { seed, mostDraws, distance, share, level }: TestRules,
): ColumnTest[] {
  const { before, now, count } = cellsOf(old, fresh);
  const others = before.subarray(0, before.length - now.length);
  const evidence = evidenceOf(grouped, [others.length, now.length], (units) => intraclassOfLevels([...others, ...now], units));
  const window = Math.max(1, Math.round(evidence.window));
  const drawn = before.subarray(0, Math.min(before.length, window + Math.max(1, Math.round(evidence.rest))));
  const tally = (of: Int32Array) => {
    const counts = new Float64Array(count);
    for (const cell of of) counts[cell] = (counts[cell] ?? 0) + 1;
    return counts;
  };
  const [all, own, known] = [tally(drawn), tally(now), tally(others)];
  const taken = new Float64Array(count);
  const left = new Float64Array(count);
  const splitBy = (measure: (window: Float64Array, rest: Float64Array) => number) => (chosen: Uint8Array) => {
    taken.fill(0);
    for (let row = 0; row < drawn.length; row++) if (chosen[row] === 1) taken[drawn[row] ?? 0] = (taken[drawn[row] ?? 0] ?? 0) + 1;
    for (let cell = 0; cell < count; cell++) left[cell] = (all[cell] ?? 0) - (taken[cell] ?? 0);
    return measure(taken, left);
  };
  const unseen = (mine: Float64Array, others: Float64Array) => {
    let [rows, outside] = [0, 0];
    mine.forEach((one, cell) => {
      rows += one;
      if ((others[cell] ?? 0) === 0) outside += one;
    });
    return outside / rows;
  };
  const test = (statistic: "jensen-shannon" | "unseen share", measure: typeof unseen): ColumnTest => {
    const value = measure(own, known);
    const none = splitNull(value, splitBy(measure), drawn.length, window, mostDraws, seed);
    const minimumRows =
      statistic === "unseen share"
        ? rowsForShare({ before: none.mean, least: share, level })
        : rowsForDistance({ sd: none.sd, window, least: distance, level });
    const p = tailP(none, () =>
      statistic === "unseen share"
        ? tailOfUnseen(value, none, window)
        : tailOfCounts(scaled(known, evidence.rest), scaled(own, evidence.window)),
    );
    return {
      column: old.name,
      statistic,
      value,
      effect: Math.max(0, value - none.mean),
      p: evidence.p(p),
      rows: now.length,
      effectiveRows: evidence.window,
      minimumRows: evidence.needed(minimumRows),
    };
  };
  return [test("jensen-shannon", (a, b) => jensenShannon(a, b)), test("unseen share", unseen)];
}

/** The levels of both sides, numbered together. */
function cellsOf(old: Levelled, fresh: Levelled): { before: Int32Array; now: Int32Array; count: number } {
  const cellOf = new Map<string, number>();
  const cells = (column: Levelled) =>
    Int32Array.from(column.codes, (code) => {
      const level = column.levels[code] ?? "";
      if (!cellOf.has(level)) cellOf.set(level, cellOf.size);
      return cellOf.get(level) ?? 0;
    });
  const [before, now] = [cells(old), cells(fresh)];
  return { before, now, count: cellOf.size };
}

function scaled(counts: Float64Array, to: number): Float64Array {
  const from = counts.reduce((sum, one) => sum + one, 0);
  return from === to ? counts : counts.map((one) => (one * to) / from);
}

/** How many rows drawn singly tell as much as those of the reference and of the window. */
interface Evidence {
  readonly rest: number;
  readonly window: number;
  p(ofRows: number): number;
  /** Rows that hold so many effective ones. */
  needed(effective: number): number;
}

function evidenceOf(grouped: GroupedSamples | null, rows: readonly [number, number], icc: (grouped: GroupedSamples) => number): Evidence {
  const {
    rows: [rest, window],
    p,
  } = asSingleRows(grouped, rows, icc);
  return { rest, window, p, needed: (some) => (window === rows[1] ? some : Math.ceil((some * rows[1]) / window)) };
}

function rowsOf(column: Column): number {
  return "values" in column ? column.values.length : column.codes.length;
}

function missingOf(column: Column): [missing: number, rows: number] {
  const rows = rowsOf(column);
  let missing = 0;
  for (let row = 0; row < rows; row++) if (isMissing(column, row)) missing++;
  return [missing, rows];
}

function presentRows(column: Column, seed: number): Int32Array {
  const present = Int32Array.from({ length: rowsOf(column) }, (_, row) => row).filter(
    (row) => !isMissing(column, row) && !isInfinite(column, row),
  );
  if (present.length <= MOST_ROWS) return createRandom(seed, "window rows", column.name).shuffle(present);
  return createRandom(seed, "window rows", column.name).shuffle(present).slice(0, MOST_ROWS);
}

function isInfinite(column: Column, row: number): boolean {
  return "values" in column && !Number.isFinite(column.values[row]);
}
