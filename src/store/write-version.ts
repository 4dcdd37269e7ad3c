import { renameSync } from "node:fs";
import type { CheckedLabel, ColumnInfo, Dataset } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import type { ReadingNote } from "../core/reading-note.ts";
import type { ShiftRule } from "../core/shifted-row.ts";
import { isPlain } from "../core/written-amount.ts";
import { amountSql } from "./amount-text.ts";
import { writeAllAtomic, writeAtomic } from "./atomic.ts";
import { storedNames } from "./column-names.ts";
import type { TypeDecision } from "./column-type.ts";
import { copySql } from "./copy-sql.ts";
import { countTyped, type TypedFacts } from "./count-typed.ts";
import { dateSql } from "./date-pattern.ts";
import { inTurn } from "./in-turn.ts";
import { numberSql, plainNumberSql } from "./number-text.ts";
import { endPlainPasses } from "./plain-beside.ts";
import type { NumberFacts } from "./plain-pass.ts";
import type { RawColumn, RawTable } from "./raw-table.ts";
import { identifier, type Session } from "./session.ts";
import { inLanes, type Lane, sideBySide } from "./side-by-side.ts";
import { isReadOnce, type StagedPart, stagePart } from "./stage-part.ts";
import { ALL_PARSED, unparsedOf, zonesOf } from "./unparsed.ts";
import { manifestPath, PART_COLUMNS, partPath } from "./version.ts";

/** Everything of a dataset that is known before its rows are read. */
export interface VersionHead {
  readonly version: string;
  readonly source: Dataset["source"];
  readonly notes: readonly string[];
  readonly noticed?: readonly ReadingNote[];
  readonly shifted?: ShiftRule;
  readonly parent: string | null;
  readonly checked?: readonly CheckedLabel[];
}

/** Reads the raw table once, types its columns and writes the version whole or not at all. */
export async function writeVersion(session: Session, dataFolder: string, raw: RawTable, head: VersionHead): Promise<Dataset> {
  const stored = storedNames(raw.columns.map((column) => column.name)).map(identifier);
  const parts = Math.ceil(raw.columns.length / PART_COLUMNS);
  // The files of other sources may be known to their own session alone.
  const lanesOf = isReadOnce(raw) ? session : null;
  // Much of it is done in this thread: what one lane has written is counted while it reads what comes next.
  const inOrder = inTurn();
  const write = (part: number, path: string, lane: Lane | null): Promise<WrittenPart> => {
    const [first, end] = [part * PART_COLUMNS, (part + 1) * PART_COLUMNS];
    const columns = raw.columns.slice(first, end);
    const counter = lane === null || lane.isAlone ? null : { session, inOrder };
    return writePart(lane?.session ?? session, raw, { columns, stored: stored.slice(first, end), first, path }, counter);
  };
  try {
    return await writeParts(dataFolder, head, parts, write, lanesOf);
  } finally {
    // After a failure some of it may go on.
    await inOrder(async () => undefined);
    await endPlainPasses();
  }
}

export interface WrittenPart {
  /** They may be counted after the file is written. */
  readonly columns: readonly ColumnInfo[] | Promise<readonly ColumnInfo[]>;
  readonly rows: number;
}

/** Counts beside the lanes, one file after the other. */
interface Counter {
  readonly session: Session;
  readonly inOrder: ReturnType<typeof inTurn>;
}

/** Writes the Parquet files of a version, then its manifest. `write` makes one file at the given path; with `lanesOf` some are made side by side in its lanes. */
export async function writeParts(
  dataFolder: string,
  head: VersionHead,
  parts: number,
  write: (part: number, path: string, lane: Lane | null) => Promise<WrittenPart>,
  lanesOf: Session | null = null,
): Promise<Dataset> {
  const columns: ColumnInfo[] = [];
  let rows = 0;
  const paths = Array.from({ length: parts }, (_, part) => partPath(dataFolder, head.version, part));
  await writeAllAtomic(paths, async (temporary, isDone) => {
    const one = async (part: number, lane: Lane | null) => {
      const written = await write(part, temporary[part] ?? "", lane);
      isDone(part);
      return written;
    };
    const count = temporary.length;
    const all = await (lanesOf === null ? sideBySide(count, 1, (part) => one(part, null)) : inLanes(lanesOf, count, one));
    for (const written of all) {
      columns.push(...(await written.columns));
      rows = written.rows;
    }
    if (rows === 0) throw noRows(head.source.name);
  });
  const dataset: Dataset = { ...head, rows, columns };
  writeAtomic(manifestPath(dataFolder, head.version), `${JSON.stringify(dataset, null, 1)}\n`);
  return dataset;
}

/** @param where the file or table. */
export function noRows(where: string): OldhandError {
  return new OldhandError("header-only", { what: "The table has columns but no rows.", where, expected: "at least one row" });
}

/** Columns of one file of the version: their names there, the position of the first, and the file. */
interface Part {
  readonly columns: readonly RawColumn[];
  readonly stored: readonly string[];
  readonly first: number;
  readonly path: string;
}

async function writePart(
  session: Session,
  raw: RawTable,
  { columns: group, stored, first, path }: Part,
  counter: Counter | null,
): Promise<WrittenPart> {
  const names = group.map((_, index) => `v${first + index}`);
  const staged = await stagePart(session, raw, { columns: group, names, stored, first }, path);
  const { rows } = staged;
  const typed = group.map((column, index) => typedColumn(column, names[index] ?? "", staged, raw.decimal));
  // What was staged in the file as it is to be is the file.
  if (staged.file === null || typed.some(({ cell, sql }) => cell !== sql))
    await session.run(
      copySql(`SELECT ${typed.map((column, index) => `${column.sql} AS ${stored[index]}`).join(", ")} FROM raw`, path, rows),
    );
  else renameSync(staged.file, path);
  const types = typed.map((column) => column.type);
  const known = typed.map((column) => knownOf(column, staged.counted.get(column.cell), rows));
  const told = await toldOfEach(session, group, typed, first);
  await staged.drop();
  await raw.onePass?.done(first / PART_COLUMNS);
  const columnsBy = async (by: Session) => {
    const facts = await countTyped(by, path, stored, types, rows, known);
    return told.map((column, index) => ({ ...column, ...(facts[index] ?? { missing: rows, distinct: 0, integer: false }) }));
  };
  if (counter === null) return { columns: await columnsBy(session), rows };
  const columns = counter.inOrder(() => columnsBy(counter.session));
  // It may fail while another lane is waited for.
  columns.catch(() => undefined);
  return { columns, rows };
}

/** What was counted of a column while it was read. */
function knownOf({ type, counted }: TypedColumn, numbers: NumberFacts | undefined, rows: number): TypedFacts | undefined {
  if (type === "number" && numbers !== undefined)
    return { missing: rows - numbers.present, distinct: numbers.distinct, integer: numbers.integer };
  return counted === undefined ? undefined : { missing: rows - counted.present, distinct: counted.distinct, integer: false };
}

/** What is known of each column before its cells are counted. */
async function toldOfEach(
  session: Session,
  group: readonly RawColumn[],
  typed: readonly TypedColumn[],
  first: number,
): Promise<Omit<ColumnInfo, keyof TypedFacts>[]> {
  const told: Omit<ColumnInfo, keyof TypedFacts>[] = [];
  for (const [index, column] of typed.entries()) {
    const isRead = column.type === "date" && column.sql !== column.cell;
    const zones = isRead ? await zonesOf(session, column.cell, column.sql, column.dateFormat) : {};
    const unparsed = column.complete ? ALL_PARSED : await unparsedOf(session, column.cell, column.sql, column.dateFormat);
    told.push({
      name: group[index]?.name ?? "",
      position: first + index,
      type: column.type,
      why: column.why,
      ...unparsed,
      ...zones,
      dateFormat: column.dateFormat,
      ...(column.amount === undefined ? {} : { amount: column.amount }),
      ...(column.noted === undefined ? {} : { noted: column.noted }),
    });
  }
  return told;
}

interface TypedColumn extends TypeDecision {
  /** SQL name in the staged table. */
  readonly cell: string;
  readonly sql: string;
}

function typedColumn(column: RawColumn, cell: string, { decisions, ready }: StagedPart, decimal: "." | ","): TypedColumn {
  if (column.kind !== "text" && column.kind !== "words")
    return { cell, sql: cell, type: column.kind, why: `kept as ${column.kind} from the file`, dateFormat: null, complete: true };
  const decision = decisions.get(cell) ?? { type: "category" as const, why: "", dateFormat: null, complete: true };
  return { ...decision, cell, sql: ready.has(cell) ? cell : typedSql(cell, decision, decimal) };
}

/** SQL that reads a text cell as the given type; what does not parse is NULL. */
function typedSql(cell: string, decision: TypeDecision, decimal: "." | ","): string {
  if (decision.amount !== undefined && !isPlain(decision.amount)) return amountSql(cell, decision.amount);
  if (decision.type === "number") return decision.complete ? plainNumberSql(cell, decimal) : numberSql(cell, decimal);
  if (decision.type === "date") return dateSql(cell, decision.dateFormat);
  return cell;
}
