import { createHash } from "node:crypto";
import type { Dataset } from "../core/dataset.ts";
import { contentHash } from "../core/json.ts";
import { storeRowNumbers } from "./row-numbers.ts";
import { literal, type Session, type SessionOptions, withSession } from "./session.ts";
import { type Part, partsOf, readVersion, spillFolder } from "./version.ts";
import { copySql, countTyped, type WrittenPart, writeParts } from "./write-version.ts";

export interface Derivation {
  /** Row numbers (0-based) to leave out; null = keep all. */
  readonly dropRows: Int32Array | null;
  /** What was done, as a name for the source, e.g. "without duplicates". */
  readonly name: string;
}

/** A mended version of a dataset; `parent` is the version it was made from. The order of the rows is kept. */
export async function deriveDataset(
  dataset: Dataset,
  derivation: Derivation,
  options: SessionOptions & { readonly dataFolder: string },
): Promise<Dataset> {
  const { dropRows, name } = derivation;
  const { dataFolder } = options;
  const dropped = dropRows === null ? null : createHash("sha256").update(Int32Array.from(dropRows).sort()).digest("hex");
  const version = contentHash({ parent: dataset.version, dropped, name }, 16);
  const known = readVersion(dataFolder, version);
  if (known !== null) return known;
  const olds = partsOf(dataFolder, dataset.version, dataset.columns);
  const note = dropRows === null ? [] : [`${dropRows.length.toLocaleString("en")} rows left out: ${name}.`];
  const head = {
    version,
    source: { ...dataset.source, name: `${dataset.source.name} (${name})` },
    notes: [...dataset.notes, ...note],
    parent: dataset.version,
  };
  return withSession(options, spillFolder(dataFolder), async (session) => {
    await storeRowNumbers(session, "dropped_rows", dropRows ?? new Int32Array(0));
    return writeParts(dataFolder, head, olds.length, (part, path) => derivePart(session, olds[part], path));
  });
}

async function derivePart(session: Session, old: Part | undefined, path: string): Promise<WrittenPart> {
  if (old === undefined) throw new RangeError("no such part");
  const from = `read_parquet(${literal(old.path)}, file_row_number=true)`;
  await session.run(
    copySql(
      `SELECT ${old.stored.join(", ")} FROM ${from} ANTI JOIN dropped_rows ON file_row_number = number ORDER BY file_row_number`,
      path,
    ),
  );
  const [counted] = await session.rows(`SELECT count(*) FROM read_parquet(${literal(path)})`);
  const rows = Number(counted?.[0] ?? 0);
  const facts = await countTyped(
    session,
    path,
    old.stored,
    old.columns.map((column) => column.type),
    rows,
  );
  return { columns: old.columns.map((column, index) => ({ ...column, ...facts[index] })), rows };
}
