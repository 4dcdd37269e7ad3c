import { auc } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";

/** Items with the same few answers whose sum parts two classes nearly without overlap, though no single one does: a diagnosis by a count of symptoms. */
export interface CountOfItems {
  readonly columns: readonly string[];
  /** Share of the pairs of rows of two classes that the sum puts in order, and that of the best item alone. */
  readonly score: number;
  readonly alone: number;
  readonly rows: number;
}

/** As for pairs of columns (pair-jumps.ts): so well together, and no better than that alone. */
const [TOGETHER, ALONE] = [0.98, 0.93];
/** Below this an item tells nothing of the classes and is no part of their count. */
const TELLS = 0.6;
const LEAST_ITEMS = 4;
/** Answers from "no" to "very often". */
const MOST_ANSWERS = 7;
const LEAST_OF_CLASS = 20;

/** null for other targets than two classes, and where no set of items does so. Of several sets the one that parts the classes best. */
export function countOfItems(context: AuditContext): CountOfItems | null {
  if (context.task.kind !== "binary") return null;
  const found = [...itemSets(context).values()].flatMap((items) => (items.length < LEAST_ITEMS ? [] : (countOf(context, items) ?? [])));
  return found.sort((a, b) => b.score - a.score)[0] ?? null;
}

/** Whole numbers by their lowest and highest answer. */
function itemSets(context: AuditContext): ReadonlyMap<string, readonly NumberColumn[]> {
  const sets = new Map<string, NumberColumn[]>();
  for (const column of numberFeatures(context)) {
    const { integer, distinct } = infoOf(context, column.name);
    if (!integer || distinct < 2 || distinct > MOST_ANSWERS) continue;
    const { values } = valueCounts(context, column);
    const key = `${values[0]} ${values.at(-1)}`;
    sets.set(key, [...(sets.get(key) ?? []), column]);
  }
  return sets;
}

function countOf(context: AuditContext, items: readonly NumberColumn[]): CountOfItems | null {
  const rows = Array.from(context.target.keys()).filter(
    (row) => !Number.isNaN(context.target[row]) && items.every(({ values }) => !Number.isNaN(values[row])),
  );
  const labels = rows.map((row) => context.target[row] ?? 0);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  if (Math.min(positives, rows.length - positives) < LEAST_OF_CLASS) return null;
  const scored = items.map((item) => {
    const score = auc(
      labels,
      rows.map((row) => item.values[row] ?? 0),
    );
    return { item, score };
  });
  // All items of a count point the same way; where it counts what is absent, down.
  const sides = [scored, scored.map(({ item, score }) => ({ item, score: 1 - score }))].map((side) =>
    side.filter(({ score }) => score >= TELLS),
  );
  const [up = [], down = []] = sides;
  const counted = up.length >= down.length ? up : down;
  if (counted.length < LEAST_ITEMS) return null;
  const sums = rows.map((row) => counted.reduce((sum, { item }) => sum + (item.values[row] ?? 0), 0));
  const area = auc(labels, sums);
  const [score, alone] = [Math.max(area, 1 - area), Math.max(...counted.map((one) => one.score))];
  if (score < TOGETHER || alone > ALONE) return null;
  return { columns: counted.map(({ item }) => item.name), score, alone, rows: rows.length };
}
