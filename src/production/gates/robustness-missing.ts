import { type Column, type Frame, isMissing } from "../../core/column.ts";
import { digits } from "../../core/digits.ts";
import type { Judged } from "../../core/metric.ts";
import { createRandom, type Random } from "../../core/random.ts";
import { count, listed, percent } from "../phrase.ts";
import { baselineOf } from "./beats-baseline.ts";
import { type Gate, type GateContext, judgedBy } from "./gate.ts";
import { drawRows, inputsOf } from "./sample.ts";
import { outputFault } from "./valid-outputs.ts";
import { columnsByImportance } from "./worst-slice.ts";

const MOST_ROWS = 2000;
/** Each of the first columns is emptied alone; the others in as many groups. */
const ALONE = 50;
const EMPTIED = 0.1;

/**
 * Cells go missing in production. Every column is emptied, then a tenth of all cells: answers must stay valid, and with a tenth of the cells gone the
 * model must still beat the simple rule. These rows have been learned from, so only the drop between two scores of the shipped model is taken from them;
 * what is held against the rule is the honest score less that drop.
 */
export const robustnessMissing: Gate = {
  gate: "robustness-missing",
  title: "Answers when values are missing",
  rubric: ["O5"],
  run: async (context) => {
    const { scorer, comparison, metric } = context;
    const rows = drawRows(context.frame.rows, MOST_ROWS, context.seed);
    const frame = inputsOf(scorer, context.frame, rows);
    const score = scoreOf(context, rows);
    const whole = score(frame);
    const columns = columnsByImportance(scorer, comparison).filter((name) => frame.columns.some((column) => column.name === name));
    const emptied = groupsOf(columns).map((names) => ({ names, ...score(withoutColumns(frame, names)) }));
    const sparse = score(withHoles(frame, EMPTIED, createRandom(context.seed, "missing cells")));
    const fault = [...emptied.map(({ fault: one, names }) => (one === null ? null : `${one} without ${listed(names)}`)), sparse.fault].find(
      (one) => one !== null,
    );
    const sign = metric.better === "higher" ? 1 : -1;
    const drop = (value: number) => sign * (whole.value - value);
    const worst = emptied.reduce(
      (most, one) => (drop(one.value) > drop(most.value) ? one : most),
      emptied[0] ?? { names: [], value: whole.value },
    );
    const baseline = baselineOf(comparison);
    const honest = comparison.candidates.find(({ name }) => name === comparison.chosen)?.score.value ?? Number.NaN;
    const expected = honest - sign * drop(sparse.value);
    const isBelow = baseline !== null && sign * (expected - baseline.score.value) < 0;
    const evidence = {
      rows: rows.length,
      complete: whole.value,
      tenthMissing: sparse.value,
      honest,
      honestTenthMissing: expected,
      baseline: baseline?.score.value ?? null,
      columns: emptied.map(({ names, value }) => ({ columns: names, value, drop: drop(value) })),
    };
    if (fault !== undefined && fault !== null)
      return judgedBy(false, `Without some values the model answers nonsense: ${fault}.`, { evidence });
    const tenth = `with ${percent(EMPTIED)} of the cells missing the honest ${metric.label} of ${digits(honest)} would be ${digits(expected)}`;
    const alone = `the dearest loss is ${listed(worst.names, 3)} (${digits(honest - sign * drop(worst.value))} without it)`;
    const below = isBelow ? `, below the simple rule's ${digits(baseline.score.value)}` : "";
    return judgedBy(!isBelow, `Answers stay valid with each of ${count(columns.length, "column")} missing; ${tenth}${below}; ${alone}.`, {
      evidence,
    });
  },
};

function scoreOf({ scorer, judged, metric }: GateContext, rows: Int32Array) {
  const truth = Float64Array.from(rows, (row) => judged.truth[row] ?? Number.NaN);
  const weight = judged.weight === null ? null : Float64Array.from(rows, (row) => judged.weight?.[row] ?? 0);
  return (frame: Frame): { value: number; fault: string | null } => {
    const outputs = scorer.score(frame);
    const fault = outputFault(scorer.task, outputs, frame.rows);
    const answered: Judged = { task: scorer.task, truth, outputs, weight };
    return { fault, value: fault === null ? metric.score(answered) : Number.NaN };
  };
}

function groupsOf(columns: readonly string[]): string[][] {
  const rest = columns.slice(ALONE);
  const groups = Array.from({ length: Math.min(ALONE, rest.length) }, (_, group) => rest.filter((_name, place) => place % ALONE === group));
  return [...columns.slice(0, ALONE).map((name) => [name]), ...groups];
}

function withoutColumns(frame: Frame, names: readonly string[]): Frame {
  const gone = new Set(names);
  return { ...frame, columns: frame.columns.map((column) => (gone.has(column.name) ? withHolesWhere(column, () => true) : column)) };
}

function withHoles(frame: Frame, share: number, random: Random): Frame {
  return {
    ...frame,
    columns: frame.columns.map((column) => withHolesWhere(column, (row) => random.next() < share || isMissing(column, row))),
  };
}

function withHolesWhere(column: Column, isGone: (row: number) => boolean): Column {
  if ("values" in column) return { ...column, values: column.values.map((value, row) => (isGone(row) ? Number.NaN : value)) };
  return { ...column, codes: column.codes.map((code, row) => (isGone(row) ? -1 : code)) };
}
