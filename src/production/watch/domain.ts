import { type Column, type Frame, isMissing, takeRows } from "../../core/column.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Feature } from "../../core/matrix.ts";
import { createRandom } from "../../core/random.ts";
import { fitBoosting, predict } from "../../engine/trees/index.ts";
import { aucVariance, normalQuantile } from "../../stats/index.ts";

const MOST_ROWS = 2000;
const FOLDS = 3;
const MOST_LEVELS = 100;
const OPTIONS = { numIterations: 30, numLeaves: 8, minDataInLeaf: 20 };

export interface DomainShift {
  /** AUC of telling the window from the reference on rows that the classifier has not seen: 0.5 = cannot be told apart. */
  readonly auc: Estimate;
  /** Rows of each side that were used. */
  readonly rows: number;
}

/** Can a classifier tell the two apart? Sees what no single column shows. Null with fewer than 100 rows on a side. */
export function domainShift(reference: Frame, current: Frame, columns: readonly string[], seed: number): DomainShift | null {
  const rows = Math.min(reference.rows, current.rows, MOST_ROWS);
  if (rows < 100 || columns.length === 0) return null;
  const random = createRandom(seed, "domain");
  const draw = (frame: Frame) => takeRows(frame, random.shuffle(Int32Array.from({ length: frame.rows }, (_, row) => row)).slice(0, rows));
  const [before, now] = [draw(reference), draw(current)];
  const features = columns.flatMap((name) =>
    featureOf(
      before.columns.find((one) => one.name === name),
      now.columns.find((one) => one.name === name),
    ),
  );
  if (features.length === 0) return null;
  const truth = Float64Array.from({ length: 2 * rows }, (_, row) => (row < rows ? 0 : 1));
  const scores = new Float64Array(2 * rows);
  const fold = random.shuffle(Int32Array.from({ length: 2 * rows }, (_, row) => row % FOLDS));
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
  const { auc, variance } = aucVariance(truth, scores);
  const reach = normalQuantile(0.975) * Math.sqrt(variance);
  return {
    rows,
    auc: {
      value: auc,
      low: Math.max(0, auc - reach),
      high: Math.min(1, auc + reach),
      level: 0.95,
      method: "DeLong, out of fold",
      experiments: [],
    },
  };
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
