import type { Suspicion } from "../../core/finding.ts";
import { float64From, float64Where } from "../../core/typed-from.ts";
import { inverse } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { linearColumns, linearGround } from "../linear/number-shapes.ts";

/** The others explain nine tenths of the column: the variance of its coefficient is ten times as large (Marquardt 1970). */
const LARGE_VIF = 10;
/** Rows from which correlations are read: their error is below 0.03. */
const MOST_ROWS = 2000;
const LEAST_ROWS = 50;
/** Visits, months and answers on a scale are told by others too; of fewer values a column is a mark. */
const LEAST_VALUES = 5;
/** Of the large columns, those whose correlation is at least this belong together. */
const TOGETHER = 0.5;
/** Keeps an exact sum invertible: inflation is told up to a million. */
const JITTER = 1e-6;

/**
 * Numbers of which the others tell nearly all. The score of a model with a penalty does not suffer, but what is said of single columns is
 * wrong: the others stand in for one that is left out. What they are worth together is the measure.
 */
export const multicollinear: Check = {
  trap: "multicollinear",
  title: "Numbers say the same together",
  inspect(context) {
    const columns = linearColumns(context).filter((column) => valueCounts(context, column).values.length >= LEAST_VALUES);
    if (columns.length < 2 || context.frame.rows < LEAST_ROWS) return [];
    const correlations = correlationsOf(columns, context.frame.rows);
    const inflations = inflationsOf(correlations, columns.length);
    if (inflations === null) return [];
    return groupsOf(correlations, inflations, columns.length).map((group) => suspicion(context, columns, inflations, group));
  },
};

/** Between evenly spread rows, gaps at the mean as a linear model fills them. */
function correlationsOf(columns: readonly NumberColumn[], rows: number): Float64Array {
  const step = Math.max(1, rows / MOST_ROWS);
  const places = Int32Array.from({ length: Math.floor(rows / step) }, (_, i) => Math.floor(i * step));
  const standard = columns.map(({ values }) => {
    const own = float64From(places, (row) => values[row] ?? Number.NaN);
    const present = float64Where(own, (value) => !Number.isNaN(value));
    const mean = present.reduce((sum, value) => sum + value / present.length, 0);
    const size = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0)) || 1;
    return own.map((value) => (Number.isNaN(value) ? 0 : (value - mean) / size));
  });
  const n = columns.length;
  const result = new Float64Array(n * n);
  standard.forEach((a, i) => {
    for (let j = 0; j <= i; j++) {
      const b = standard[j] ?? a;
      let sum = 0;
      for (let row = 0; row < a.length; row++) sum += (a[row] ?? 0) * (b[row] ?? 0);
      result[i * n + j] = i === j ? 1 + JITTER : sum;
      result[j * n + i] = result[i * n + j] ?? 0;
    }
  });
  return result;
}

/** Of each column 1 / (1 - R2) on the others: the diagonal of the inverse of the correlations. */
function inflationsOf(correlations: Float64Array, n: number): Float64Array | null {
  const inverted = inverse(correlations, n);
  return inverted === null ? null : Float64Array.from({ length: n }, (_, i) => inverted[i * n + i] ?? 1);
}

/** Inflated columns, linked where they correlate; the most inflated group first. */
function groupsOf(correlations: Float64Array, inflations: Float64Array, n: number): number[][] {
  const open = new Set(Array.from(inflations.keys()).filter((i) => (inflations[i] ?? 0) >= LARGE_VIF));
  const groups: number[][] = [];
  for (const start of open) {
    const group = [start];
    open.delete(start);
    for (const member of group)
      for (const other of open) {
        if (Math.abs(correlations[member * n + other] ?? 0) < TOGETHER) continue;
        group.push(other);
        open.delete(other);
      }
    if (group.length > 1) groups.push(group);
  }
  return groups;
}

function suspicion(context: AuditContext, all: readonly NumberColumn[], inflations: Float64Array, group: readonly number[]): Suspicion {
  const most = group.reduce((best, one) => ((inflations[one] ?? 0) > (inflations[best] ?? 0) ? one : best));
  const nameOf = (place: number) => all[place]?.name ?? "";
  const columns = group.map(nameOf).sort();
  const single = nameOf(most);
  const vif = inflations[most] ?? 1;
  return {
    trap: "multicollinear",
    columns,
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 0.95,
    evidence: {
      inflation: Object.fromEntries(group.map((place) => [nameOf(place), inflations[place] ?? 1])),
      explainedByOthers: 1 - 1 / vif,
      standardErrorsTimes: Math.sqrt(vif),
    },
    fix: {
      action: "advice",
      text: `Do not read coefficients or importances of ${namedColumns(columns)} one by one: judge them together, or keep one of them where a model is to be explained.`,
    },
    counterfactual: {
      ...linearGround(context),
      claimed: { without: [single] },
      honest: { without: columns },
      flatters: true,
      compares: `a linear model of the numbers without \`${single}\` alone against one without any of these columns`,
    },
    question: null,
    why: `The other numbers tell ${percent(1 - 1 / vif)} of \`${single}\`, so the standard error of its coefficient is ${amount(Number(Math.sqrt(vif).toPrecision(2)))} times as large: what a model loses without one of ${namedColumns(columns)} says little of what they are worth together.`,
  };
}
