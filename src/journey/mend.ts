import type { MendedData } from "../core/mended-data.ts";
import type { Recipe } from "../core/recipe.ts";
import { describeStep, mendWithChanges } from "../recipe/index.ts";
import { loadFrame, openDataset, writeFrame } from "../store/index.ts";
import type { Workplace } from "./workplace.ts";

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
  return {
    path,
    version,
    rows,
    columns: columns.length,
    from,
    changes: changes.map(({ step, change }) => ({ ...describeStep(step), ...change })),
  };
}
