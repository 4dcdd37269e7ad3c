import type { Dataset } from "../core/dataset.ts";
import { contentHash } from "../core/json.ts";
import { toldOf } from "../core/reading-note.ts";
import { openSource } from "./open-source.ts";
import { withSession } from "./session.ts";
import { type Desk, explained, originOf } from "./source.ts";
import { readVersion, spillFolder } from "./version.ts";
import { writeVersion } from "./write-version.ts";

export interface OpenOptions {
  /** Folder of the dataset versions; made when missing. */
  readonly dataFolder: string;
  readonly memoryBytes: number;
  readonly threads: number;
  readonly seed: number;
  /** As in `Desk`. */
  readonly onePassBytes?: number;
  readonly wanted?: readonly string[];
  readonly secondHeader?: false;
  readonly encoding?: string;
  /** The version that the table was made from by a recipe. */
  readonly parent?: string;
  /** Called when the file is looked through and the database begins: this thread has little to do from then on. */
  readonly onDatabase?: () => void;
}

/** Goes into every version: a change of how files are read makes new versions. */
const READER = 18;

/**
 * Reads a table (see `openSource`) into a dataset version: `dataFolder/<version>.parquet` and its manifest
 * `<version>.json`, both whole or not there. The same bytes give the same version, whatever the threads, memory and seed; when it is
 * there already, it is used again. Row i of the version is row i of the file.
 * @throws OldhandError for every file that cannot be read as a table, with its place in the file.
 */
export async function openDataset(path: string, options: OpenOptions): Promise<Dataset> {
  const spill = spillFolder(options.dataFolder);
  const source = await openSource(path, deskOf(options));
  try {
    const version = contentHash({ reader: READER, bytes: source.contentHash, how: source.how }, 16);
    const known = readVersion(options.dataFolder, version);
    const from = originOf(source);
    const parent = options.parent ?? null;
    if (known !== null) return { ...known, source: from, parent: parent ?? known.parent };
    return await withSession(options, spill, async (session) => {
      options.onDatabase?.();
      const { raw, notes, shifted } = await source.table(session);
      const head = { version, source: from, ...toldOf(notes), parent, ...(shifted === undefined ? {} : { shifted }) };
      return await writeVersion(session, options.dataFolder, raw, head);
    });
  } catch (error) {
    throw await explained(error, source);
  } finally {
    source.close();
  }
}

export function deskOf({ dataFolder: workFolder, memoryBytes, onePassBytes, wanted, secondHeader, encoding }: OpenOptions): Desk {
  return {
    workFolder,
    memoryBytes,
    ...(onePassBytes === undefined ? {} : { onePassBytes }),
    ...(wanted === undefined ? {} : { wanted }),
    ...(secondHeader === undefined ? {} : { secondHeader }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}
