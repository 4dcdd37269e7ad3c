import type { Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import { encodingOf } from "../core/reading-note.ts";
import type { DiffResult } from "../core/table-diff.ts";
import { versionShifts } from "../data/index.ts";
import {
  diffDatasets,
  dossiersIn,
  inWorkFolder,
  loadFrame,
  openDataset,
  openDossier,
  readVersion,
  type StoredTable,
} from "../store/index.ts";
import { MENDED_ROWS, type MendedFile } from "./mend.ts";

export interface DiffRequest {
  /** Data as anywhere; or a dossier (the data as it was read), `DOSSIER#mended` or `DOSSIER#VERSION`. */
  readonly before: string;
  /** null: `before` is a dossier, and its mended table is what it is compared with. */
  readonly after: string | null;
  readonly key: readonly string[];
  readonly memoryBytes: number;
  readonly threads: number;
  readonly seed: number;
}

/** Most rows of a set whose distribution is looked at. */
const SAMPLE_ROWS = 20_000;

/** A table, and what is known of how it was made. */
interface Opened extends StoredTable {
  /** The version it was made from, and its rows in it (null = all). */
  readonly madeFrom?: { readonly version: string; readonly rows: Int32Array | null };
}

/** Compares two tables: columns, rows, cells, distributions. @throws OldhandError as openDataset, dossier-missing, dossier-broken, unknown-column. */
export function diffTables({ before, after, key, ...limits }: DiffRequest): Promise<DiffResult> {
  return inWorkFolder(async (folder) => {
    if (after === null && dossiersIn(before)[0] !== before)
      throw new OldhandError("bad-option", {
        what: "diff needs a second table.",
        where: before,
        expected: "two tables, or one dossier whose data was prepared",
        fix: "Name the table to compare with behind it.",
      });
    const { a, b } = await openBoth(before, after ?? `${before}#mended`, folder, limits);
    const kept = key.length === 0 ? keptRows(a, b) : null;
    const { diff, rows } = await diffDatasets(a, b, { ...limits, key, kept, sampleRows: SAMPLE_ROWS });
    const load = (table: StoredTable, of: Int32Array) => loadFrame(table.dataset, { ...limits, dataFolder: table.dataFolder, rows: of });
    const wanted = (of: Int32Array) => of.length > 0;
    const namedAsAfter = (frame: Frame): Frame => {
      const names = new Map(diff.columns.renamed.map(({ from, to }) => [from, to]));
      return { ...frame, columns: frame.columns.map((column) => ({ ...column, name: names.get(column.name) ?? column.name })) };
    };
    const sets = [
      ...(wanted(rows.added)
        ? [{ rows: "added" as const, some: await load(b, rows.added), others: namedAsAfter(await loadSome(a, limits)) }]
        : []),
      ...(wanted(rows.removed) && wanted(rows.stayed)
        ? [{ rows: "removed" as const, some: await load(a, rows.removed), others: await load(a, rows.stayed) }]
        : []),
    ];
    const { columns } = diff;
    const isSame =
      [columns.added, columns.removed, columns.renamed, columns.retyped, diff.cells].every((list) => list.length === 0) &&
      !columns.reordered &&
      diff.rows.added + diff.rows.removed === 0;
    return { schema: "oldhand/diff/1", same: isSame, ...diff, distributions: versionShifts(sets, diff.cells), sampleRows: SAMPLE_ROWS };
  });
}

type Limits = Omit<DiffRequest, "before" | "after" | "key">;

function loadSome({ dataset, dataFolder }: StoredTable, limits: Limits) {
  return loadFrame(dataset, { ...limits, dataFolder, maxRows: SAMPLE_ROWS });
}

/** Rows of `a` that `b` has, where `b` is known to be made from it and lost rows. */
function keptRows(a: Opened, b: Opened): Int32Array | null {
  return b.madeFrom?.version === a.dataset.version ? b.madeFrom.rows : null;
}

/** Two states of one table are in one encoding, unless their bytes speak against it. */
async function openBoth(
  before: string,
  after: string,
  folder: string,
  limits: Limits,
): Promise<{ readonly a: Opened; readonly b: Opened }> {
  const open = (place: string, encoding: string | undefined) =>
    openTable(place, folder, { ...limits, ...(encoding === undefined ? {} : { encoding }) });
  const a = await open(before, undefined);
  const [encoding, b] = [encodingOf(a.dataset.noticed), await open(after, encodingOf(a.dataset.noticed))];
  const other = encodingOf(b.dataset.noticed);
  const isAlike = encoding === undefined || other === undefined || encoding === other;
  return { a: isAlike ? a : await open(before, other), b };
}

async function openTable(place: string, folder: string, limits: Limits & { readonly encoding?: string }): Promise<Opened> {
  const hash = place.lastIndexOf("#");
  if (dossiersIn(place)[0] === place) return openVersion(place, null);
  const dossier = place.slice(0, Math.max(0, hash));
  if (hash > 0 && dossiersIn(dossier)[0] === dossier) return openVersion(dossier, place.slice(hash + 1));
  return { dataset: await openDataset(place, { ...limits, dataFolder: folder }), dataFolder: folder };
}

/** @param name a version, "mended", or null: the data as it was read */
function openVersion(folder: string, name: string | null): Opened {
  const dossier = openDossier(folder, { create: false, lock: false });
  try {
    const isMended = name === "mended";
    if (isMended && !dossier.exists("mended.json"))
      throw new OldhandError("dossier-missing", {
        what: "The dossier holds no mended table.",
        where: folder,
        fix: "Make it: oldhand prepare with this dossier.",
      });
    const mended = dossier.exists("mended.json") ? (dossier.readJson("mended.json") as MendedFile) : null;
    const { dataset: read } = dossier.readJson("oldhand.json") as { readonly dataset: string };
    const version = name === null ? read : isMended ? (mended?.version ?? "") : name;
    const dataset = /^[0-9a-f]{16}$/.test(version) ? readVersion(dossier.dataFolder, version) : null;
    if (dataset === null)
      throw new OldhandError("dossier-missing", {
        what: `The dossier holds no version "${version}".`,
        where: folder,
        fix: "Versions stand in its folder data.",
      });
    const stored = { dataset, dataFolder: dossier.dataFolder };
    if (mended === null || mended.version !== version || mended.from.version === version) return stored;
    const rows = dossier.readBlob(MENDED_ROWS);
    return { ...stored, madeFrom: { version: mended.from.version, rows: rows instanceof Int32Array ? rows : null } };
  } finally {
    dossier.close();
  }
}
