import { createRandom } from "../../core/random.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { inverse, mean, pearson, standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { drawnRows } from "../columns/drawn-rows.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { NEAR_PERFECT } from "../signal/leak-odds.ts";
import { candidates, strongestOf } from "./formula-candidates.ts";

/** Several columns of which a weighted sum is nearly the target: the marks of a total, rounded or with a little added. */
export interface NearlySum {
  /** Those that weigh, the heaviest first. */
  readonly columns: readonly string[];
  /** Share of the variance told by the sum, on rows that its weights were not fitted to; and by the best of them alone. */
  readonly told: number;
  readonly alone: number;
  readonly rows: number;
}

const MOST_ROWS = 2_000;
const [LEAST_ROWS, ROWS_PER_COLUMN] = [100, 10];
const [LEAST_COLUMNS, FOLDS] = [4, 5];
/** Share of the rows in which a column must be present. */
const LEAST_PRESENT = 0.95;
/** Nature is seldom so straight; and of what the best column alone leaves untold, the sum leaves a tenth at most: it is no single measurement beside noise. */
const [LEAST_TOLD, LEFT] = [0.98, 0.1];
/** Of all weights times deviations. */
const WEIGHS = 0.01;
/** Keeps columns that give one another invertible. */
const RIDGE = 1e-6;

/** Least squares over at most 40 columns and 2,000 rows, judged out of fold (five). Only for numbers; null where no sum tells so much. */
export function nearlySum(context: AuditContext): NearlySum | null {
  if (context.task.kind !== "regression") return null;
  const all = drawnRows(viewOf(context).rows, MOST_ROWS, createRandom(context.seed, "nearly a sum"));
  // What nearly gives the target alone is told as such.
  const associations = associationsOf(context);
  const offered = candidates(context).filter(({ name }) => (associations.get(name)?.score ?? 0) < NEAR_PERFECT);
  const columns = strongestOf(context, offered).filter(
    ({ values }) => int32Where(all, (row) => Number.isFinite(values[row])).length >= LEAST_PRESENT * all.length,
  );
  const rows = int32Where(
    all,
    (row) => Number.isFinite(context.target[row]) && columns.every(({ values }) => Number.isFinite(values[row])),
  );
  if (columns.length < LEAST_COLUMNS || rows.length < Math.max(LEAST_ROWS, ROWS_PER_COLUMN * columns.length)) return null;
  const y = standard(float64From(rows, (row) => context.target[row] ?? 0));
  const x = columns.map(({ values }) => standard(float64From(rows, (row) => values[row] ?? 0)));
  const made = new Float64Array(rows.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const weights = fitted(x, y, (place) => place % FOLDS !== fold);
    if (weights === null) return null;
    for (let place = fold; place < rows.length; place += FOLDS)
      made[place] = x.reduce((sum, own, i) => sum + (weights[i] ?? 0) * (own[place] ?? 0), 0);
  }
  const told =
    1 - y.reduce((sum, value, place) => sum + (value - (made[place] ?? 0)) ** 2, 0) / y.reduce((sum, value) => sum + value ** 2, 0);
  const alone = Math.max(...x.map((own) => pearson(own, y) ** 2 || 0));
  if (!(told >= LEAST_TOLD) || 1 - told > LEFT * (1 - alone)) return null;
  const weights = fitted(x, y, () => true) ?? [];
  const whole = weights.reduce((sum, weight) => sum + Math.abs(weight), 0);
  const weighty = columns
    .map(({ name }, i) => ({ name, weight: Math.abs(weights[i] ?? 0) }))
    .filter(({ weight }) => weight >= WEIGHS * whole)
    .sort((a, b) => b.weight - a.weight || (a.name < b.name ? -1 : 1));
  return weighty.length < LEAST_COLUMNS ? null : { columns: weighty.map(({ name }) => name), told, alone, rows: rows.length };
}

function standard(values: Float64Array): Float64Array {
  const [middle, deviation] = [mean(values), standardDeviation(values)];
  return values.map((value) => (deviation > 0 ? (value - middle) / deviation : 0));
}

/** Weights of standardised columns, by the places that are fitted to. */
function fitted(x: readonly Float64Array[], y: Float64Array, isFitted: (place: number) => boolean): readonly number[] | null {
  const k = x.length;
  const [products, right] = [new Float64Array(k * k), new Float64Array(k)];
  let rows = 0;
  for (let place = 0; place < y.length; place++) {
    if (!isFitted(place)) continue;
    rows++;
    for (let i = 0; i < k; i++) {
      const value = (x[i] as Float64Array)[place] as number;
      right[i] = (right[i] as number) + value * (y[place] as number);
      for (let j = 0; j <= i; j++)
        products[i * k + j] = (products[i * k + j] as number) + value * ((x[j] as Float64Array)[place] as number);
    }
  }
  for (let i = 0; i < k; i++) {
    products[i * k + i] = (products[i * k + i] as number) + RIDGE * rows;
    for (let j = 0; j < i; j++) products[j * k + i] = products[i * k + j] as number;
  }
  const back = inverse(products, k);
  return back === null ? null : Array.from(x, (_, i) => right.reduce((sum, value, j) => sum + value * (back[i * k + j] ?? 0), 0));
}
