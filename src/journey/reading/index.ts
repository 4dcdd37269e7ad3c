import type { Dataset } from "../../core/dataset.ts";
import type { Request } from "../../core/request.ts";
import { type Dossier, openDataset, openDossier } from "../../store/index.ts";

/** A table that is being read into its dossier. */
export interface Reading {
  /** As `performance.now()`. */
  readonly began: number;
  readonly dossier: Dossier;
  readonly table: Promise<Dataset>;
  /** Holds from when the database reads, or there is nothing to be read: then this thread has time for other work. Never fails. */
  readonly idle: Promise<void>;
}

/**
 * Begins to read the data of a question. A door of its own, since it needs no more than the store: the database works while the program loads what looks at the table.
 * Who begins has to await `table` or to end the dossier. @throws OldhandError as openDossier.
 */
export function beginReading(folder: string, request: Request): Reading {
  const began = performance.now();
  const dossier = openDossier(folder, { create: true });
  let begun = () => {};
  const database = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const table = openDataset(request.data, { ...readingOptions(dossier, request), onDatabase: begun });
  // Whoever waits for the table is told why there is none.
  const ended = table.then(
    () => undefined,
    () => undefined,
  );
  return { began, dossier, table, idle: Promise.race([database, ended]) };
}

export function readingOptions(
  { dataFolder }: Pick<Dossier, "dataFolder">,
  { memoryBytes, threads, seed, target, secondHeader }: Pick<Request, "memoryBytes" | "threads" | "seed" | "target" | "secondHeader">,
) {
  return { dataFolder, memoryBytes, threads, seed, wanted: [target], ...(secondHeader === undefined ? {} : { secondHeader }) };
}
