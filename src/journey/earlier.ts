import type { Comparison } from "../core/comparison.ts";
import type { FindingsFile } from "../core/finding.ts";
import { canonicalJson } from "../core/json.ts";
import type { Recipe } from "../core/recipe.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { describeRecipe } from "../recipe/index.ts";
import type { Dossier } from "../store/index.ts";

/** What the last command wrote into the dossier; null when it is a new one, or of another version. */
export function earlierResult(dossier: Dossier): JourneyResult | null {
  if (!dossier.exists("result.json")) return null;
  const result = dossier.readJson("result.json") as JourneyResult;
  return result.schema === "oldhand/run/1" ? result : null;
}

/** A candidate was chosen, be it a baseline. */
export function isAnswered(comparison: Comparison | null): boolean {
  return comparison !== null && comparison.chosen !== "";
}

/** What stage 1 answers. */
interface Answered {
  readonly file: FindingsFile;
  readonly recipe: Recipe;
}

export type LaterStages = Pick<JourneyResult, "comparison" | "training" | "plan" | "proof">;

const NONE: LaterStages = { comparison: null, training: null, plan: null, proof: null };

/**
 * Stages of the earlier result that still hold: those that rest on the same findings and repairs, and on the same comparison when it was made anew. What the
 * columns are worth may differ: a budget may have cut it short.
 */
export function keptStages(
  earlier: JourneyResult | null,
  { file, recipe }: Answered,
  comparison: Comparison | null = earlier?.comparison ?? null,
): LaterStages {
  if (earlier === null || !isSameData(earlier, { file, recipe })) return NONE;
  if (withoutImportance(earlier.comparison) !== withoutImportance(comparison)) return NONE;
  const { training, plan, proof } = earlier;
  return { comparison: earlier.comparison, training, plan, proof };
}

/** Whether the data stage answers now as it did then. Repairs hold corrected labels that findings do not know of. */
export function isSameData({ findings, recipe: steps }: JourneyResult, { file, recipe }: Answered): boolean {
  return canonicalJson([findings, steps]) === canonicalJson([file, describeRecipe(recipe)]);
}

function withoutImportance(comparison: Comparison | null): string {
  return canonicalJson(comparison === null ? null : { ...comparison, importance: [] });
}
