import { type Column, type Frame, isMissing, takeRows } from "../../core/column.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Feature } from "../../core/matrix.ts";
import type { Judged } from "../../core/metric.ts";
import { createRandom } from "../../core/random.ts";
import { fitBoosting, predict } from "../../engine/trees/index.ts";
import { intervalOfGroups } from "../../lab/index.ts";
import { metricNamed } from "../../metrics/index.ts";
import { aucVariance, groupedSamples, normalQuantile } from "../../stats/index.ts";
import type { TestedGroups } from "./column-tests.ts";

const MOST_ROWS = 2000;
const FOLDS = 3;
const MOST_LEVELS = 100;
const LEVEL = 0.95;
const OPTIONS = { numIterations: 30, numLeaves: 8, minDataInLeaf: 20, allowConstLabel: true };

export interface DomainShift {
  /** AUC of telling the window from the reference on rows that the classifier has not seen: 0.5 = cannot be told apart. */
  readonly auc: Estimate;
  /** Rows of each side that were used. */
  readonly rows: number;
}

/**
 * Can a classifier tell the two apart? Sees what no single column shows. Groups are kept whole: in one fold, and in each resample of the interval. Null with fewer
 * than 100 rows on a side.
 */
export function domainShift(
  reference: Frame,
  current: Frame,
  columns: readonly string[],
  groups: TestedGroups | null,
  seed: number,
): DomainShift | null {
  const rows = Math.min(reference.rows, current.rows, MOST_ROWS);
  if (rows < 100 || columns.length === 0) return null;
  const random = createRandom(seed, "domain");
  const draw = (frame: Frame) => random.shuffle(Int32Array.from({ length: frame.rows }, (_, row) => row)).slice(0, rows);
  const [old, fresh] = [draw(reference), draw(current)];
  const [before, now] = [takeRows(reference, old), takeRows(current, fresh)];
  const features = columns.flatMap((name) =>
    featureOf(
      before.columns.find((one) => one.name === name),
      now.columns.find((one) => one.name === name),
    ),
  );
  if (features.length === 0) return null;
  const truth = Float64Array.from({ length: 2 * rows }, (_, row) => (row < rows ? 0 : 1));
  const scores = new Float64Array(2 * rows);
  const of = (side: Int32Array, drawn: Int32Array) => Array.from(drawn, (row) => side[row] ?? -1);
  const units = groups === null ? null : groupedSamples([...of(groups.reference, old), ...of(groups.current, fresh)], rows).units;
  const folds = random.shuffle(Int32Array.from({ length: 2 * rows }, (_, unit) => unit % FOLDS));
  const fold = units === null ? folds : units.map((unit) => folds[unit] ?? 0);
  for (let part = 0; part < FOLDS; part++) {
    const weight = Float64Array.from(fold, (own) => (own === part ? 0 : 1));
    const matrix = { rows: 2 * rows, features };
    const said = predict(
      fitBoosting({ matrix, target: truth, weight, validation: null, loss: { loss: "logistic" } }, OPTIONS, seed),
      matrix,
    );
    fold.forEach((own, row) => {
      if (own === part) scores[row] = said[row] ?? 0.5;
    });
  }
  return {
    rows,
    auc:
      units === null
        ? byRows(truth, scores, fold)
        : intervalOfGroups(metricNamed("auc"), judgedAs(truth, scores, fold), units, LEVEL, seed),
  };
}

/** fold: which of the classifiers answered; what one says is compared with nothing that another one does. */
function byRows(truth: Float64Array, scores: Float64Array, fold: Int32Array): Estimate {
  const { auc, variance } = aucVariance(truth, scores, fold);
  const reach = normalQuantile((1 + LEVEL) / 2) * Math.sqrt(variance);
  const [low, high] = [Math.max(0, auc - reach), Math.min(1, auc + reach)];
  return { value: auc, low, high, level: LEVEL, method: "DeLong, out of fold", experiments: [] };
}

function judgedAs(truth: Float64Array, outputs: Float64Array, answeredBy: Int32Array): Judged {
  return { task: { kind: "binary", classes: ["reference", "window"] }, truth, outputs, weight: null, answeredBy };
}

function featureOf(before: Column | undefined, now: Column | undefined): Feature[] {
  if (before === undefined || now === undefined) return [];
  if ("values" in before && "values" in now)
    return [{ name: before.name, kind: "numeric", values: Float64Array.of(...before.values, ...now.values) }];
  if (!("codes" in before && "codes" in now)) return [];
  const texts = [before, now].flatMap((column) =>
    Array.from(column.codes, (code, row) => (isMissing(column, row) ? null : (column.levels[code] ?? null))),
  );
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_LEVELS);
  const codeOf = new Map(ranked.map(([text], code) => [text, code]));
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : (codeOf.get(text) ?? ranked.length)));
  return [{ name: before.name, kind: "categorical", codes, levels: ranked.length + 1 }];
}
