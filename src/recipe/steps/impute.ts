import type { RecipeStep } from "../../core/recipe.ts";
import { byText, countLevels } from "../levels.ts";
import { fillMissing, fillMissingInOnnx } from "../missing.ts";
import type { StepKind } from "../step.ts";
import type { StepColumn } from "../table.ts";

type Strategy = "median" | "mean" | "most-frequent";

/**
 * What fills the gaps of each column. A category has no median or mean, so its most frequent level is used whatever the strategy. A number
 * without any training value is filled with 0, a category without any is left missing.
 */
export interface FittedImpute {
  readonly op: "impute";
  readonly columns: readonly { readonly column: string; readonly fill: number | string }[];
}

export const impute: StepKind<Extract<RecipeStep, { op: "impute" }>, FittedImpute> = {
  fit: ({ columns, strategy }, table) => ({
    op: "impute",
    columns: [...new Set(columns)].flatMap((column) => {
      const fill = fillOf(table.columns.get(column), strategy);
      return fill === null ? [] : [{ column, fill }];
    }),
  }),
  apply: ({ columns }, table) => {
    for (const { column, fill } of columns) fillMissing(table, column, fill);
  },
  toOnnx: ({ columns }, table, { graph }) => {
    for (const { column, fill } of columns) fillMissingInOnnx(graph, table, column, fill);
  },
};

function fillOf(column: StepColumn | undefined, strategy: Strategy): number | string | null {
  if (column === undefined || column.type === "encoded") return null;
  if (!("values" in column)) return mostFrequent(countLevels(column), byText);
  const present = column.values.filter((value) => Number.isFinite(value));
  const fill = present.length === 0 ? 0 : STATISTIC[strategy](present);
  return (column.type === "date" ? Math.round(fill) : fill) + 0;
}

const STATISTIC: Readonly<Record<Strategy, (present: Float64Array) => number>> = {
  median: (present) => {
    const sorted = present.toSorted();
    const [low = 0, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
    return low === high ? low : low / 2 + high / 2;
  },
  mean: (present) => {
    const mean = present.reduce((sum, value) => sum + value / present.length, 0);
    return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, mean));
  },
  "most-frequent": (present) => {
    const counts = new Map<number, number>();
    for (const value of present) counts.set(value, (counts.get(value) ?? 0) + 1);
    return mostFrequent(counts, (a, b) => a - b) ?? 0;
  },
};

/** Ties go to the first by `order`. */
function mostFrequent<K>(counts: ReadonlyMap<K, number>, order: (a: K, b: K) => number): K | null {
  let best: [K, number] | null = null;
  for (const entry of counts) {
    if (best === null || entry[1] > best[1] || (entry[1] === best[1] && order(entry[0], best[0]) < 0)) best = entry;
  }
  return best === null ? null : best[0];
}
