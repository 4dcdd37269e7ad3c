import type { Recipe } from "../core/recipe.ts";
import { mendFrame } from "../recipe/index.ts";
import { loadFrame, openDataset, writeFrame } from "../store/index.ts";
import type { Workplace } from "./workplace.ts";

export interface MendedData {
  readonly path: string;
  /** Version of the mended table; the original version stays beside it. */
  readonly version: string;
  readonly rows: number;
  readonly columns: number;
}

/** Applies to the whole table the repairs that learn nothing, and writes it as `mended.parquet` and as a dataset version of the dossier. */
export async function writeMended({ dossier, dataset, request }: Workplace): Promise<MendedData> {
  const { memoryBytes, threads, seed } = request;
  const limits = { dataFolder: dossier.dataFolder, memoryBytes, threads, seed };
  const recipe = dossier.readJson("recipe.json") as Recipe;
  const mended = mendFrame(recipe, await loadFrame(dataset, limits));
  const path = dossier.pathOf("mended.parquet");
  await writeFrame(mended, path, { memoryBytes, threads });
  const { version, rows, columns } = await openDataset(path, limits);
  return { path, version, rows, columns: columns.length };
}
