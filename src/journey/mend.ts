import { OldhandError } from "../core/error.ts";
import type { Finding, FindingsFile } from "../core/finding.ts";
import type { MendedData } from "../core/mended-data.ts";
import type { Recipe } from "../core/recipe.ts";
import { describeStep, mendWithChanges, withoutUndone } from "../recipe/index.ts";
import { loadFrame, openDataset, writeFrame } from "../store/index.ts";
import type { Workplace } from "./workplace.ts";

export const MENDED_FILES = ["mended.parquet", "mended.json"] as const;

/** Blob: rows of the table before that the mended one has, ascending; not there when it has all. */
export const MENDED_ROWS = "mended.rows";

/** `mended.json`: what `mended.parquet` was made of. */
export interface MendedFile extends Omit<MendedData, "path"> {
  readonly schema: "oldhand/mended/1";
  /** The steps that were applied. */
  readonly recipe: Recipe;
}

/**
 * Applies to the whole table the repairs that learn nothing, and writes it as `mended.parquet` and as a dataset version of the dossier.
 * @param undo steps that are left out: numbers of steps from 1, ids of findings, or "all"; without any step the version is the one before
 */
export async function writeMended({ dossier, dataset, request }: Workplace, undo: readonly string[] = []): Promise<MendedData> {
  for (const name of ["findings.json", "recipe.json"]) if (!dossier.exists(name)) throw withoutFindings(dossier.folder, name);
  const { findings } = dossier.readJson("findings.json") as FindingsFile;
  const all = dossier.readJson("recipe.json") as Recipe;
  const { recipe, undone, wanted, held, reopened } = withoutUndone(all, findings, undo);
  const { memoryBytes, threads, seed } = request;
  const limits = { dataFolder: dossier.dataFolder, memoryBytes, threads, seed };
  const { frame: mended, changes } = mendWithChanges(recipe, await loadFrame(dataset, limits));
  const path = dossier.pathOf("mended.parquet");
  for (const name of MENDED_FILES) dossier.remove(name);
  await writeFrame(mended, path, { memoryBytes, threads });
  const { version, rows, columns } = changes.length === 0 ? dataset : await openDataset(path, { ...limits, parent: dataset.version });
  if (mended.rowNumbers === null || rows === dataset.rows) dossier.remove(`blobs/${MENDED_ROWS}.bin`);
  else dossier.writeBlob(MENDED_ROWS, mended.rowNumbers);
  const numberOf = new Map(all.map((step, place) => [step, place + 1]));
  const made: Omit<MendedData, "path"> = {
    version,
    rows,
    columns: columns.length,
    from: { version: dataset.version, rows: dataset.rows, columns: dataset.columns.length },
    changes: changes.map(({ step, change }) => ({ number: numberOf.get(step) ?? 0, ...describeStep(step), ...change })),
    undone: undone.map((step) => ({ number: numberOf.get(step) ?? 0, ...describeStep(step) })),
    wanted: wanted.map(({ step, by }) => ({ number: numberOf.get(step) ?? 0, ...describeStep(step), by })),
    held,
    asked: undo,
    reopened,
  };
  const file: MendedFile = { schema: "oldhand/mended/1", recipe, ...made };
  dossier.writeJson("mended.json", file);
  return { path, ...made };
}

/** Of these findings those that the mended table still has, though stage 1 mended them. */
export function leftInMended(findings: readonly Finding[], { reopened }: Pick<MendedData, "reopened">): Finding[] {
  return findings.map((one) => (reopened.includes(one.id) ? { ...one, state: "open" } : one));
}

function withoutFindings(folder: string, name: string): OldhandError {
  return new OldhandError("dossier-broken", {
    what: `The dossier has no ${name}: its data was not looked at to the end.`,
    where: folder,
    fix: "Run `oldhand prepare DATA --target COLUMN` with this folder as --out.",
  });
}
