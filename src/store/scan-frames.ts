import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Column, Frame } from "../core/column.ts";
import type { ColumnInfo } from "../core/dataset.ts";
import { withoutPasswords } from "../core/place.ts";
import { readingSentence, toldOf } from "../core/reading-note.ts";
import type { NamedRows, ShiftRule } from "../core/shifted-row.ts";
import { type BatchReader, batchReader, wholeReader } from "./batch-reader.ts";
import { SHORT_TABLE_ROWS } from "./column-reader.ts";
import { extraNote } from "./concat-datasets.ts";
import { copySql } from "./copy-sql.ts";
import { type KnownValues, matchColumns, readAs } from "./match-columns.ts";
import { openSource } from "./open-source.ts";
import type { RawTable } from "./raw-table.ts";
import { literal, type Session, type SessionOptions, withSession } from "./session.ts";
import { type Desk, explained } from "./source.ts";
import { type UnreadCells, unreadCells, unreadSql } from "./unread-cells.ts";
import { PART_COLUMNS } from "./version.ts";

export interface ScanOptions extends SessionOptions {
  /** Rows in a batch; the last one may be smaller. */
  readonly batchRows: number;
  /** Called once for each thing the reader noticed, e.g. columns it leaves out. */
  readonly onNote?: (note: string) => void;
  /** Called once, before the first batch, with the lines that are no rows, in words. */
  readonly onLeftOut?: (notes: readonly string[]) => void;
  /** Called once, before the first batch, with the columns that hold cells which are not of their type. What it throws ends the scan. */
  readonly onUnread?: (cells: readonly UnreadCells[]) => void;
  /** Called once, before the first batch, with the names of all columns of the table. */
  readonly onNames?: (names: ReadonlySet<string>) => void;
  /** Called once, before the first batch, where rows hold a cell behind the last column that has a name. */
  readonly onShifted?: (found: ShiftedFound) => void;
  /** Is given every batch before the first one is, and before `onUnread` is called. */
  readonly ahead?: (frame: Frame) => void;
  /** Further columns, behind the others, of which those are read that the table has. */
  readonly ifThere?: readonly ColumnInfo[];
  /** What is known of the columns' values: it decides whether a nearly equal name is offered for a missing one. */
  readonly known?: readonly KnownValues[];
  /** Columns that the training file had and that are not needed: a file may have them. */
  readonly others?: readonly string[];
  /** Folder for a temporary copy of the needed columns; default the system's. */
  readonly workFolder?: string;
  /** As in `Desk`. */
  readonly secondHeader?: false;
  readonly shifted?: ShiftRule;
  readonly encoding?: string;
}

/** Rows that have a cell more than the table has columns. */
export interface ShiftedFound {
  /** In words: those whose cells were moved back as in training. */
  readonly moved: readonly string[];
  /** Those that were left as they stand, without a rule from training; null: none. */
  readonly overfull: NamedRows | null;
}

/**
 * Reads a new table (see `openSource`) in batches, with the types of a known dataset: a number column is read as numbers
 * whatever it looks like, what does not parse is missing. Gives the wanted columns in their order; `rowNumbers` are rows of the file.
 * The whole file is checked before the first batch. Memory does not grow with the rows.
 * @throws OldhandError schema-mismatch naming the missing columns, or as openDataset.
 */
export async function* scanFrames(path: string, needed: readonly ColumnInfo[], options: ScanOptions): AsyncIterable<Frame> {
  const folder = mkdtempSync(join(options.workFolder ?? tmpdir(), "oldhand-scan-"));
  try {
    const source = await openSource(
      path,
      deskFor(options, folder),
      [...needed, ...(options.ifThere ?? [])].map((column) => column.name),
    );
    let columns = needed;
    const staged = await withSession(options, join(folder, "spill"), async (session) => {
      const { raw, notes, overfull = null } = await source.table(session, "written");
      const names = new Set(raw.columns.map(({ name }) => name));
      options.onNames?.(names);
      columns = [...needed, ...(options.ifThere ?? []).filter(({ name }) => names.has(name))];
      const matched = await matchColumns(session, raw, columns, withoutPasswords(path), options.known, options.others);
      for (const note of [...toldOf(notes).notes, ...extraNote(matched.extra, source.name)]) options.onNote?.(note);
      const moved = notes.filter((note) => typeof note !== "string" && note.kind === "shifted-rows");
      const isKnown = !matched.extra.includes(raw.columns.at(-1)?.name ?? "");
      const found = { moved: toldOf(moved).notes, overfull: isKnown ? null : overfull };
      if (found.moved.length > 0 || found.overfull !== null) options.onShifted?.(found);
      return stageParts(session, { ...raw, columns: matched.columns }, columns, folder);
    }).catch(async (error: unknown) => {
      throw await explained(error, source);
    });
    source.close();
    options.onLeftOut?.((source.leftOut ?? []).map((note) => (typeof note === "string" ? note : readingSentence(note, BELOW))));
    const batches = () => readBatches(staged, columns, options, join(folder, "spill"));
    if (options.ahead !== undefined) for await (const frame of batches()) options.ahead(frame);
    options.onUnread?.(staged.unread);
    yield* batches();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What has lines under the header scored. */
const BELOW = "put it below the other rows";

function deskFor({ memoryBytes, secondHeader, shifted, encoding }: ScanOptions, workFolder: string): Desk {
  return {
    workFolder,
    memoryBytes,
    ...(secondHeader === undefined ? {} : { secondHeader }),
    ...(shifted === undefined ? {} : { shifted }),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

interface Staged {
  readonly paths: readonly string[];
  readonly rows: number;
  readonly unread: readonly UnreadCells[];
}

/** The wanted columns, typed, as Parquet files of at most PART_COLUMNS columns named c0, c1, ... Beside them u0, u1, ...: what could not be read. */
async function stageParts(session: Session, raw: RawTable, columns: readonly ColumnInfo[], folder: string): Promise<Staged> {
  const paths: string[] = [];
  const unread: UnreadCells[] = [];
  for (let first = 0; first < columns.length; first += PART_COLUMNS) {
    const group = columns.slice(first, first + PART_COLUMNS);
    const cells = group.map((info, index) => stagedCell(raw, first + index, info, index));
    const path = join(folder, `part-${paths.length}.parquet`);
    const inner = `SELECT ${cells.flatMap(({ read }) => read).join(", ")} FROM ${raw.relation}`;
    await session.run(copySql(`SELECT ${cells.flatMap(({ stored }) => stored).join(", ")} FROM (${inner})`, path, null));
    unread.push(
      ...(await unreadCells(
        session,
        path,
        group,
        cells.map(({ stored }) => stored.length > 1),
      )),
    );
    paths.push(path);
  }
  const [counted] = await session.rows(`SELECT count(*) FROM read_parquet(${literal(paths[0] ?? "")})`);
  return { paths, rows: Number(counted?.[0] ?? 0), unread };
}

/** What is read of a column's cells, and what of that is stored. */
function stagedCell(raw: RawTable, position: number, info: ColumnInfo, index: number) {
  const column = raw.columns[position];
  const value = `c${index}`;
  if (column === undefined) return { read: [`NULL AS ${value}`], stored: [value] };
  const unread = unreadSql(column, info, value, `t${index}`);
  const read = `${readAs(column, info, raw.decimal)} AS ${value}`;
  return unread === null
    ? { read: [read], stored: [value] }
    : { read: [read, `${column.text} AS t${index}`], stored: [value, `${unread} AS u${index}`] };
}

async function* readBatches(staged: Staged, columns: readonly ColumnInfo[], options: ScanOptions, spill: string): AsyncIterable<Frame> {
  const readers: BatchReader[] = [];
  const open = staged.rows <= SHORT_TABLE_ROWS ? wholeReader : batchReader;
  try {
    for (const [part, path] of staged.paths.entries()) {
      const infos = columns.slice(part * PART_COLUMNS, (part + 1) * PART_COLUMNS);
      readers.push(await open(options, spill, path, infos, staged.rows));
    }
    for (let start = 0; start < staged.rows; ) {
      const rows = Math.min(options.batchRows, staged.rows - start);
      const batch: Column[] = [];
      for (const reader of readers) batch.push(...(await reader.next(rows)));
      yield { rows, columns: batch, rowNumbers: Int32Array.from({ length: rows }, (_, row) => start + row) };
      start += rows;
    }
  } finally {
    for (const reader of readers) reader.close();
  }
}
