import type { Counterfactual, Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { countValues, rowQuantile } from "../columns/counts.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { logAdvice, straightWords, tailWords } from "../findings/log-words.ts";
import { amount, percent } from "../findings/phrase.ts";
import { longTail } from "../labels/long-tail.ts";
import {
  DECIDED_BY_FEW,
  HEAVY_TAIL,
  LEAST_DISTINCT,
  linearColumns,
  linearGround,
  NORMAL_TAIL,
  type NumberShape,
  numberShapes,
  shapeOf,
} from "../linear/number-shapes.ts";
import { type StraightInLogs, straightInLogs } from "../linear/straight-in-logs.ts";

const LEAST_ROWS = 100;
/** Below it a hundredth is two rows, and their share has no interval. */
const LEAST_TAIL_ROWS = 300;
/** What the largest hundredth of a normal column carries. */
const NORMAL_UPPER_TAIL = 0.07;
const MOST_NAMED = 8;

/** Values that grow by factors. Trees do not care about features, so a linear model measures what their logarithm, or that of the target, brings. */
export const skewed: Check = {
  trap: "skewed",
  title: "A few values are far larger than the rest",
  inspect(context) {
    const found = numberShapes(context)
      .filter(({ tail, logTail }) => tail.share > DECIDED_BY_FEW && logTail !== null && logTail.share <= HEAVY_TAIL)
      .sort((a, b) => b.tail.share - a.tail.share || (a.column.name < b.column.name ? -1 : 1))
      .slice(0, MOST_NAMED);
    const told = new Set(found.map(({ column }) => column.name));
    const lines = straightInLogs(context).filter(({ column }) => !told.has(column));
    return [
      ...(found.length === 0 ? [] : [ofFeatures(context, found)]),
      ...(lines.length === 0 ? [] : [ofLines(context, lines)]),
      ...ofTarget(context),
      ...tailOfTarget(context),
      ...oneRow(context),
    ];
  },
};

function ofFeatures(context: AuditContext, found: readonly NumberShape[]): Suspicion {
  const columns = found.map(({ column }) => column.name).sort();
  const share = found[0]?.tail.share ?? 0;
  return {
    ...common(found),
    columns,
    fix: { action: "advice", text: logAdvice(columns) },
    counterfactual: linear(context, { steps: [{ op: "log", columns }] }, "one of their logarithms"),
    why: tailWords(columns, share),
  };
}

/** Measured without a budget: two straight lines for each column. */
function ofLines({ roles }: AuditContext, lines: readonly StraightInLogs[]): Suspicion {
  const shown = lines.slice(0, MOST_NAMED);
  const columns = shown.map(({ column }) => column).sort();
  const told = Object.fromEntries(shown.map((one) => [one.column, one.raw]));
  const toldByLogs = Object.fromEntries(shown.map((one) => [one.column, one.inLogs]));
  return {
    trap: "skewed",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 0.9,
    evidence: {
      kind: "straight-in-logs",
      told,
      toldByLogs,
      z: Object.fromEntries(shown.map((one) => [one.column, one.z])),
    },
    fix: { action: "advice", text: logAdvice(columns) },
    counterfactual: null,
    unmeasured: "Measured on the table itself, by straight lines of one column each; trees lose nothing.",
    question: null,
    why: straightWords(
      roles.target,
      shown.map(({ column }) => column),
      { told, toldByLogs },
    ),
  };
}

function ofTarget(context: AuditContext): Suspicion[] {
  const { task, target, roles } = context;
  if (task.kind !== "regression") return [];
  const counts = countValues(target);
  if (counts.present < LEAST_ROWS || !((counts.values[0] ?? -1) >= 0) || linearColumns(context).length === 0) return [];
  const shape = shapeOf({ name: roles.target, type: "number", values: target }, counts);
  const { tail, logTail } = shape;
  // Of the target less is enough than of a column: all squared errors are in its units.
  if (!(tail.share > HEAVY_TAIL) || logTail === null || logTail.share > HEAVY_TAIL) return [];
  return [
    {
      ...common([shape]),
      columns: [roles.target],
      fix: {
        action: "advice",
        text: `Where a linear model is to be used, let it learn the logarithm of \`${roles.target}\` and answer exp of it times the mean of exp of its residuals (smearing). Trees gain less by it.`,
      },
      counterfactual: linear(context, { logTarget: true }, "one that learns the logarithm of the target"),
      why: `One row in a hundred carries ${percent(tail.share)} of the squared deviations of \`${roles.target}\` (of a normal target 8 %), of its logarithm ${percent(logTail.share)}: squared errors go by the few largest values.`,
    },
  ];
}

/** Told without a measured harm as well: whoever squares errors, with whatever model, squares those of few rows. Where a linear model shows its harm, that finding stands instead. */
function tailOfTarget(context: AuditContext): Suspicion[] {
  const { task, target, roles } = context;
  if (task.kind !== "regression") return [];
  const { values, present } = countValues(target);
  if (present < LEAST_TAIL_ROWS || values.length < LEAST_DISTINCT) return [];
  const tail = longTail(target);
  if (tail === null || !(tail.low > HEAVY_TAIL)) return [];
  const remedy =
    (values[0] ?? 0) < 0 ? "absolute or Huber loss" : "a loss for amounts (gamma, Tweedie, for counts Poisson), or absolute loss";
  const learn =
    (values[0] ?? 0) < 0 ? "Learn" : "Learn its logarithm and answer exp of it times the mean of exp of its residuals (smearing), or learn";
  return [
    {
      trap: "skewed",
      columns: [roles.target],
      rows: NO_ROWS,
      severity: "cosmetic",
      confidence: 0.95,
      evidence: { ofSquares: tail.share, low: tail.low, high: tail.high, rows: tail.rows, normalShare: NORMAL_UPPER_TAIL },
      fix: { action: "advice", text: `${learn} with ${remedy}; judge by absolute or relative errors beside squared ones.` },
      counterfactual: null,
      unmeasured: "Which errors count is for the user to say: the share of the squares is the figure.",
      question: null,
      why: `The largest hundredth of \`${roles.target}\` carries ${percent(tail.share)} [${percent(tail.low)}, ${percent(tail.high)}] of its squared deviations (of a normal target 7 %): squared errors, and a score of them, go by these few rows.`,
    },
  ];
}

/** So much of all squares in one row. */
const OF_ONE_ROW = 0.3;

/** In a short table a hundredth is a row or two, and what one row carries is a count, no estimate. */
function oneRow(context: AuditContext): Suspicion[] {
  const { task, target, roles } = context;
  if (task.kind !== "regression") return [];
  const held = countValues(target);
  const { values, counts, present } = held;
  if (present < LEAST_ROWS || present >= LEAST_TAIL_ROWS || values.length < LEAST_DISTINCT) return [];
  const median = rowQuantile(held, 0, values.length, 0.5);
  const squares = values.map((value) => (value - median) ** 2);
  const all = squares.reduce((sum, square, place) => sum + square * (counts[place] ?? 0), 0);
  const place = squares.reduce((most, square, at) => (square > (squares[most] ?? 0) ? at : most), 0);
  const share = all > 0 ? (squares[place] ?? 0) / all : 0;
  if (share < OF_ONE_ROW) return [];
  const value = values[place] ?? 0;
  return [
    {
      trap: "skewed",
      columns: [roles.target],
      rows: affectedRows(context, (row) => target[row] === value),
      severity: "cosmetic",
      confidence: 0.9,
      evidence: { kind: "one-row", value, median, ofSquares: share },
      fix: {
        action: "advice",
        text: `Look at the row. Judge by absolute or relative errors beside squared ones, and see what the score is without it.`,
      },
      counterfactual: null,
      unmeasured: "Which errors count is for the user to say: the share of the squares is the figure.",
      question: null,
      why: `One row of ${amount(present)}, with ${amount(value)} in \`${roles.target}\` (median ${amount(median)}), carries ${percent(share)} of its squared deviations: a squared error says whether the row was in the training part or in the other.`,
    },
  ];
}

function common(found: readonly NumberShape[]) {
  return {
    trap: "skewed" as const,
    rows: NO_ROWS,
    severity: "costly" as const,
    confidence: 0.9,
    evidence: {
      ofSquares: Object.fromEntries(found.map(({ column, tail }) => [column.name, tail.share])),
      ofSquaresInLogs: Object.fromEntries(found.map(({ column, logTail }) => [column.name, logTail?.share ?? null])),
      normalShare: NORMAL_TAIL,
    },
    question: null,
  };
}

function linear(
  context: AuditContext,
  honest: Extract<Counterfactual, { change: "linear" }>["honest"],
  words: string,
): Extract<Counterfactual, { change: "linear" }> {
  return {
    ...linearGround(context),
    claimed: {},
    honest,
    flatters: false,
    compares: `a linear model of the numbers as they are against ${words}`,
  };
}
