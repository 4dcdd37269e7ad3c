import type { Column, Frame } from "../../core/column.ts";
import { digits } from "../../core/digits.ts";
import { OldhandError } from "../../core/error.ts";
import { falseDiscoveryQ } from "../../stats/index.ts";
import { count, listed, percent } from "../phrase.ts";
import { type ColumnTest, type TestedGroups, testColumn } from "./column-tests.ts";
import { type DomainShift, domainShift } from "./domain.ts";
import { outputTests, type WatchedAnswers } from "./output-tests.ts";
import { POWER, rowsForShare } from "./rows-needed.ts";

export interface WatchInput {
  /** Rows of training, or of a time when all was well. */
  readonly reference: Frame;
  /** What was served. */
  readonly current: Frame;
  /** Columns that the model reads. */
  readonly inputs: readonly { readonly name: string }[];
  /** Importance of columns for the model, in units of its metric; drifted columns are ranked by it. */
  readonly importance?: readonly { readonly column: string; readonly drop: { readonly value: number } }[];
  /** Outputs of the model. */
  readonly predictions?: WatchedAnswers;
  /** What the run took for groups, of each row; null or absent: rows are independent. */
  readonly groups?: TestedGroups | null;
  readonly seed: number;
  /** Share of false alarms among alarms (Benjamini and Hochberg); default 0.05. */
  readonly level?: number;
  /** Least distance (Wasserstein in sd, Jensen-Shannon) that counts; default 0.1. */
  readonly distance?: number;
  /** Least change of a share that counts; default 0.05. */
  readonly share?: number;
}

export interface WatchedColumn extends ColumnTest {
  readonly q: number;
  /** Beyond chance and large enough to matter. */
  readonly standsOut: boolean;
  /** Stands out in a window of at least `leastRows`. */
  readonly drifted: boolean;
  /** Drop of the metric without this column; null when unknown. */
  readonly importance: number | null;
  readonly why: string;
}

export interface WatchReport {
  readonly rows: { readonly reference: number; readonly current: number };
  readonly level: number;
  readonly thresholds: { readonly distance: number; readonly share: number };
  /** One entry per column and statistic; drifted first, then by importance, then by effect. */
  readonly columns: readonly WatchedColumn[];
  /** The model's outputs; distances in the spread of the truth. */
  readonly predictions: readonly WatchedColumn[];
  readonly domain: DomainShift | null;
  /** Rows at which a drift of the least size that counts is found in eight of ten windows, for nine of ten tests. */
  readonly minimumRows: number;
  /** Rows below which nothing is called drift: a change in the least share of rows that counts would be absent from more than two windows in ten. */
  readonly leastRows: number;
  readonly verdict: "drift" | "no-drift" | "too-few-rows";
  readonly why: string;
  readonly notYet: readonly string[];
}

const NOT_YET = [
  "alarms over many windows: each call stands alone, with no budget of false alarms over time",
  "the loss that a drift causes: columns are ranked by importance, which is no forecast of loss",
];

/**
 * Has what is served moved away from the reference? A column has drifted when chance does not explain it (q at most `level`, against windows of the same
 * size drawn from the reference), it is large enough to matter, and the window is large enough to stand for what is served: a handful of odd requests is no drift.
 */
export function watch(input: WatchInput): WatchReport {
  const { reference, current, level = 0.05, distance = 0.1, share = 0.05, groups = null, seed } = input;
  const names = input.inputs.map(({ name }) => name);
  const [before, now] = [byName(reference), byName(current)];
  refuseAbsent(names, before, "reference");
  refuseAbsent(names, now, "current data");
  // The smallest p must be able to pass Benjamini-Hochberg alone; beyond what draws can pay for, tests with a known tail go on (tail.ts).
  const mostDraws = Math.min(20_000, Math.ceil((3 * names.length + 3) / level) + 1);
  const rules = { seed, mostDraws, distance, share, level: level / (3 * names.length + 3) };
  const ofColumns = names.flatMap((name) => {
    const [old, fresh] = [before.get(name), now.get(name)];
    return old === undefined || fresh === undefined ? [] : testColumn(old, fresh, groups, rules);
  });
  const ofOutputs = input.predictions === undefined ? [] : outputTests(input.predictions, groups, rules);
  const q = falseDiscoveryQ([...ofColumns, ...ofOutputs].map(({ p }) => p));
  const importance = new Map(input.importance?.map(({ column, drop }) => [column, drop.value]));
  const leastRows = rowsForShare({ before: 0, least: share, level });
  const judge = (tests: readonly ColumnTest[], from: number) =>
    tests.map((test, i) =>
      judgeTest(test, q[from + i] ?? Number.NaN, { level, distance, share, leastRows, importance: importance.get(test.column) ?? null }),
    );
  const columns = judge(ofColumns, 0).sort(byWeight);
  const predictions = judge(ofOutputs, ofColumns.length);
  const minimumRows = nineOfTen([...columns, ...predictions].map((one) => one.minimumRows));
  const standing = [...columns, ...predictions].filter((one) => one.standsOut);
  const drifted = standing.filter((one) => one.drifted);
  const tests = [...columns, ...predictions].filter((one) => one.minimumRows > 0);
  const window = Math.min(current.rows, ...tests.map((one) => one.rows));
  const isTooFew = tests.filter((one) => one.rows >= one.minimumRows).length < 0.9 * tests.length || standing.length > 0;
  const verdict = drifted.length > 0 ? "drift" : isTooFew ? "too-few-rows" : "no-drift";
  return {
    rows: { reference: reference.rows, current: current.rows },
    level,
    thresholds: { distance, share },
    columns,
    predictions,
    domain: domainShift(reference, current, names, groups, seed),
    minimumRows,
    leastRows,
    verdict,
    why: sentence({
      verdict,
      standing,
      effective: Math.min(...standing.map((one) => one.effectiveRows), current.rows),
      drifted,
      columns: names.length,
      rows: current.rows,
      window,
      minimumRows,
      leastRows,
      share,
    }),
    notYet: NOT_YET,
  };
}

interface Judging {
  readonly level: number;
  readonly distance: number;
  readonly share: number;
  readonly leastRows: number;
  readonly importance: number | null;
}

function judgeTest(test: ColumnTest, q: number, { level, distance, share, leastRows, importance }: Judging): WatchedColumn {
  const isShare = test.statistic === "missing share" || test.statistic === "unseen share";
  const least = isShare ? share : distance;
  const isLarge = Math.abs(test.effect) >= least;
  const isCertain = q <= level;
  const size = isShare
    ? `${test.statistic} ${percent(test.value)}, changed by ${percent(test.effect)}`
    : `${test.statistic} ${digits(test.value)}, ${digits(test.effect)} above what chance shows`;
  const own = isLarge && isCertain && test.moved !== undefined ? `${test.moved}; ` : "";
  const standsOut = isLarge && isCertain;
  const drifted = standsOut && test.effectiveRows >= leastRows;
  const verdict = drifted
    ? "drifted"
    : standsOut
      ? `stands out, but ${sizeOf(test)} are too few to tell (${leastRows} needed)`
      : isCertain
        ? "beyond chance, but too small to matter"
        : isLarge
          ? "large, but may be chance"
          : "nothing to see";
  return { ...test, q, standsOut, drifted, importance, why: `${verdict}: ${own}${size} (q ${digits(q)})` };
}

function sizeOf({ rows, effectiveRows }: ColumnTest): string {
  const effective = Math.round(effectiveRows);
  return effective < rows ? `${count(rows, "row")}, which tell as much as ${effective} drawn singly,` : count(rows, "row");
}

function byWeight(a: WatchedColumn, b: WatchedColumn): number {
  return (
    Number(b.drifted) - Number(a.drifted) ||
    Number(b.standsOut) - Number(a.standsOut) ||
    (b.importance ?? 0) - (a.importance ?? 0) ||
    Math.abs(b.effect) - Math.abs(a.effect)
  );
}

function nineOfTen(rows: readonly number[]): number {
  const sorted = [...rows].filter((one) => one > 0).sort((a, b) => a - b);
  return sorted[Math.ceil(0.9 * sorted.length) - 1] ?? 0;
}

function byName(frame: Frame): Map<string, Column> {
  return new Map(frame.columns.map((column) => [column.name, column]));
}

function refuseAbsent(names: readonly string[], columns: ReadonlyMap<string, Column>, where: string): void {
  const absent = names.filter((name) => !columns.has(name));
  if (absent.length === 0) return;
  throw new OldhandError("schema-mismatch", {
    what: "A column that the model reads is absent.",
    where,
    expected: listed(absent, 20),
    got: listed([...columns.keys()], 20),
  });
}

interface Seen {
  readonly verdict: WatchReport["verdict"];
  readonly standing: readonly WatchedColumn[];
  readonly drifted: readonly WatchedColumn[];
  readonly columns: number;
  readonly rows: number;
  /** Rows drawn singly that would tell as much as those of what stands out. */
  readonly effective: number;
  /** Rows that were compared: at most half as many as the reference has. */
  readonly window: number;
  readonly minimumRows: number;
  readonly leastRows: number;
  readonly share: number;
}

function sentence({ verdict, standing, drifted, columns, rows, effective, window, minimumRows, leastRows, share }: Seen): string {
  if (verdict === "no-drift")
    return `None of ${count(columns, "column")} has drifted in ${count(rows, "row")}; the least drift that counts is found in ${POWER * 10} of 10 windows from about ${count(minimumRows, "row")} on.`;
  const names = namesOf(verdict === "drift" ? drifted : standing);
  if (verdict === "drift")
    return `${count(names.length, "column")} drifted: ${listed(names)}. First: ${drifted[0]?.column ?? ""}, ${drifted[0]?.why ?? ""}.`;
  const seen = `the least drift that counts is found in ${POWER * 10} of 10 windows from about ${count(minimumRows, "row")} on`;
  const limit =
    window < minimumRows && rows >= minimumRows ? `; there are so few training rows that only ${window} at a time can be compared` : "";
  if (names.length === 0 && rows === 1) return `One row tells nothing of a drift: one can be called from ${leastRows} rows on.`;
  if (names.length === 0 && rows < leastRows)
    return `Too few rows to tell: nothing stands out in ${count(rows, "row")}; a drift can be called one from ${leastRows} rows on.`;
  if (names.length === 0) return `Too few rows to tell: nothing stands out in ${count(rows, "row")}, but ${seen}${limit}.`;
  const few =
    Math.round(effective) < rows ? `${rows} in few groups, which tell as much as ${Math.round(effective)} drawn singly` : String(rows);
  return `Too few rows to tell (${few}, and ${leastRows} needed: in fewer, a change in ${percent(share)} of what is served has less than ${POWER * 10} chances in 10 to show at all). These rows are unlike the training rows in ${listed(names)}: if they are no test requests, look there first.`;
}

function namesOf(columns: readonly WatchedColumn[]): string[] {
  return [...new Set(columns.map(({ column }) => column))];
}
