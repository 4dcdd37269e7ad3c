import type { Recipe } from "../core/recipe.ts";
import { describeRecipe, mendWithChanges, type StepChange, type StepLine } from "../recipe/index.ts";
import { loadFrame, openDataset, writeFrame } from "../store/index.ts";
import type { Workplace } from "./workplace.ts";

export interface MendedData {
  readonly path: string;
  /** Version of the mended table; the original version stays beside it. */
  readonly version: string;
  readonly rows: number;
  readonly columns: number;
  /** The table before. */
  readonly from: { readonly version: string; readonly rows: number; readonly columns: number };
  /** What each step changed, in order; steps that learn are made inside the folds and change nothing here. */
  readonly changes: readonly MendedStep[];
}

export type MendedStep = StepLine & Omit<StepChange, "step">;

/** Applies to the whole table the repairs that learn nothing, and writes it as `mended.parquet` and as a dataset version of the dossier. */
export async function writeMended({ dossier, dataset, request }: Workplace): Promise<MendedData> {
  const { memoryBytes, threads, seed } = request;
  const limits = { dataFolder: dossier.dataFolder, memoryBytes, threads, seed };
  const recipe = dossier.readJson("recipe.json") as Recipe;
  const { frame: mended, changes } = mendWithChanges(recipe, await loadFrame(dataset, limits));
  const path = dossier.pathOf("mended.parquet");
  await writeFrame(mended, path, { memoryBytes, threads });
  const { version, rows, columns } = await openDataset(path, limits);
  const from = { version: dataset.version, rows: dataset.rows, columns: dataset.columns.length };
  return { path, version, rows, columns: columns.length, from, changes: changes.map(linesOf) };
}

function linesOf({ step, ...change }: StepChange): MendedStep {
  const [line] = describeRecipe([step]);
  return { step: line?.step ?? step.op, columns: line?.columns ?? "", what: line?.what ?? "", ...change };
}
