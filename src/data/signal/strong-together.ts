import { type Column, columnOf } from "../../core/column.ts";
import { float64From } from "../../core/typed-from.ts";
import { WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { pearson, ranks, variance } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { TargetView } from "../columns/target-view.ts";
import { type Association, encodingErrors, viewOf, zThreshold } from "./associations.ts";

type Values = Extract<Column, { readonly values: Float64Array }>;

/** Strong columns that are compared with each other, at most. */
const MOST_COLUMNS = 30;

/**
 * Strong columns that are linked by telling something of their own, each group with the strongest first: the mean of two would err less than the better one
 * alone, by as much as a model must save to count (5 %). Several measurements of an easy task do so; the copies of one leak do not, nor does a column
 * beside one that is far stronger. The strongest thirty are compared.
 */
export function easyTasks(context: AuditContext, strong: readonly Association[]): readonly (readonly Association[])[] {
  const compared = strong.toSorted((a, b) => b.score - a.score || (a.column < b.column ? -1 : 1)).slice(0, MOST_COLUMNS);
  const limit = zThreshold((compared.length * (compared.length - 1)) / 2);
  const groups = compared.map((_, place) => place);
  compared.forEach((better, i) => {
    for (let j = i + 1; j < compared.length; j++) {
      const [other, from, to] = [compared[j], groups[j], groups[i]];
      if (other === undefined || from === to || from === undefined || to === undefined || !saves(context, better, other, limit)) continue;
      groups.forEach((group, place) => {
        if (group === from) groups[place] = to;
      });
    }
  });
  return [...new Set(groups)].map((group) => compared.filter((_, place) => groups[place] === group)).filter(({ length }) => length > 1);
}

function saves(context: AuditContext, better: Association, other: Association, limit: number): boolean {
  const [a, b] = [columnOf(context.frame, better.column), columnOf(context.frame, other.column)];
  const view = viewOf(context);
  if (!("values" in a && "values" in b)) return errsLessTogether(encodingErrors(a, view), encodingErrors(b, view), view.rows.length, limit);
  // Errors with variances 1 and `ratio`: their mean has (1 + ratio + 2 x correlation x sqrt(ratio)) / 4.
  const ratio = (1 - other.score) / (1 - better.score);
  const correlation = correlationWithin(a, b, view, limit);
  return 1 + ratio + 2 * correlation * Math.sqrt(ratio) <= 4 * (1 - WORTHWHILE_LOSS);
}

/**
 * Upper limit (Fisher's z) of the size of the rank correlation of two columns once the target is taken out of both. Values say this, not errors: wrong labels
 * make all honest columns err on the same rows. 1 where nothing is left. Rows are taken as independent.
 */
function correlationWithin(a: Values, b: Values, view: TargetView, limit: number): number {
  const places = Array.from(view.rows.keys()).filter((i) => [a, b].every(({ values }) => !Number.isNaN(values[view.rows[i] ?? 0])));
  const [x, y] = [a, b].map((column) => withoutTarget(column, view, places));
  if (x == null || y == null || places.length < 5) return 1;
  const correlation = Math.min(1, Math.abs(pearson(x, y)));
  return Number.isNaN(correlation) ? 1 : Math.tanh(Math.atanh(correlation) + limit / Math.sqrt(places.length - 3));
}

/** Ranks without what the target's ranks say of them; null when nothing is left. */
function withoutTarget({ values }: Values, view: TargetView, places: readonly number[]): Float64Array | null {
  const pick = (of: readonly number[]) => float64From(of, (i) => values[view.rows[i] ?? 0] ?? Number.NaN);
  const truth = float64From(places, (i) => view.values[i] ?? 0);
  if (view.kind === "regression") return residuals(ranks(pick(places)), truth);
  const left = new Float64Array(places.length);
  for (let one = 0; one < view.classes; one++) {
    const own = Array.from(places.keys()).filter((at) => truth[at] === one);
    const within = own.length < 2 ? new Float64Array(own.length) : ranksWithin(pick(own.map((at) => places[at] ?? 0)));
    if (within === null) return null;
    own.forEach((at, i) => {
      left[at] = within[i] ?? 0;
    });
  }
  return left;
}

/** Ranks as shares around 0; null where the middle half stands at one value: a mark that the outcome sets, and no measurement. */
function ranksWithin(values: Float64Array): Float64Array | null {
  const sorted = values.toSorted();
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))];
  return at(0.25) === at(0.75) ? null : ranks(values).map((rank) => rank / (values.length + 1) - 0.5);
}

/** What a straight line leaves of y. */
function residuals(y: Float64Array, x: Float64Array): Float64Array {
  const slope = pearson(x, y) * Math.sqrt(variance(y) / variance(x));
  const [meanX, meanY] = [sum(x) / x.length, sum(y) / y.length];
  return y.map((value, i) => value - meanY - slope * ((x[i] ?? 0) - meanX));
}

/** Of names: the mean of both answers, out of fold, against the better one's, beyond chance by row. a, b: errors, row-major, as many per row in both. */
function errsLessTogether(a: Float64Array, b: Float64Array, rows: number, limit: number): boolean {
  const [alone, other] = [losses(a, rows), losses(b, rows)];
  const together = losses(
    a.map((error, cell) => (error + (b[cell] ?? 0)) / 2),
    rows,
  );
  const best = sum(alone) <= sum(other) ? alone : other;
  const saved = best.map((loss, row) => loss - (together[row] ?? 0));
  const z = sum(saved) / rows / Math.sqrt(variance(saved) / rows);
  return sum(saved) >= WORTHWHILE_LOSS * sum(best) && z > limit;
}

/** Squared error per row. */
function losses(errors: Float64Array, rows: number): Float64Array {
  const width = errors.length / rows;
  const loss = new Float64Array(rows);
  errors.forEach((error, cell) => {
    const row = Math.floor(cell / width);
    loss[row] = (loss[row] ?? 0) + error ** 2;
  });
  return loss;
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
