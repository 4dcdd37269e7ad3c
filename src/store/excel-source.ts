import { readFileSync } from "node:fs";
import { OldhandError } from "../core/error.ts";
import { choosePart } from "./choose-part.ts";
import { count, type HeaderNames, headerNotes, headerWithin, namesFromHeader, namesWithoutHeader } from "./column-names.ts";
import { textColumn, withoutBlankTail } from "./csv-source.ts";
import { hasHeader } from "./header.ts";
import { errorText } from "./io-error.ts";
import { type SheetBounds, sheetBounds, sheetText } from "./sheet-cells.ts";
import type { Desk, Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";
import { type TextTable, textTableWriter } from "./text-table.ts";

/** Rows that decide where the table begins, how wide it is and whether it has a header. */
const BEGINNING_ROWS = 1000;

/** The workbook is held in memory while its rows stream; its text of all cells takes about as much again. */
const MOST_SHARE_OF_MEMORY = 0.3;

type Workbook = Uint8Array;

/**
 * A sheet of an .xlsx workbook. Its cells are written as text and typed like those of a CSV; dates come from their serial numbers and
 * formats, booleans as true and false, formulas as the values that Excel kept.
 */
export async function openExcel(file: SourceFile, part: string | null, desk: Desk, expected: readonly string[] | null): Promise<Source> {
  if (file.bytes > desk.memoryBytes * MOST_SHARE_OF_MEMORY) throw tooBig(file, desk);
  const book = readFileSync(file.path);
  const { sheet, notes } = await chooseSheet(book, file, part, expected ?? desk.wanted ?? []);
  const shown = `${file.path}#${sheet}`;
  const { table, named, trailing, layout } = await readSheet(book, sheet, shown, desk.workFolder, expected);
  const { names } = named;
  return {
    name: `${file.name}#${sheet}`,
    bytes: file.bytes,
    format: "xlsx",
    dialect: null,
    names,
    contentHash: table.contentHash,
    how: { format: "xlsx", names },
    table: async (session) => {
      const { rows, relation, partRelation } = table;
      const columns = names.map((name, position) => textColumn(name, `c${position}`));
      const shortened = await withoutBlankTail(session, { columns, decimal: ".", relation, partRelation, rows }, trailing);
      const header = headerNotes(headerWithin(named, shortened.raw.columns.length));
      return { raw: shortened.raw, notes: [...notes, ...layout, ...header, ...shortened.notes] };
    },
    close: table.close,
  };
}

async function chooseSheet(
  book: Workbook,
  file: SourceFile,
  part: string | null,
  wanted: readonly string[],
): Promise<{ sheet: string; notes: string[] }> {
  const sheets: { name: string; seen: boolean }[] = [];
  const { readXlsx } = await import("hucre/xlsx");
  await readable(file.path, () =>
    readXlsx(book, {
      sheets: ({ name, hidden, veryHidden }) => {
        sheets.push({ name, seen: hidden !== true && veryHidden !== true });
        return false;
      },
    }),
  );
  const all = sheets.map(({ name }) => name);
  if (part !== null) return { sheet: choosePart({ kind: "sheet", shown: file.path, names: all }, part), notes: [] };
  const filled: string[] = [];
  for (const { name, seen } of sheets) if (seen && (await hasRows(book, name, file.path))) filled.push(name);
  const likely = wanted.length > 0 && filled.length > 1 ? await sheetWith(book, filled, file.path, wanted) : null;
  const sheet = choosePart({ kind: "sheet", shown: file.path, names: filled, ...(likely === null ? {} : { likely }) }, null);
  const others = all.length - 1;
  const notes = others === 0 ? [] : [`Sheet "${sheet}" was read; ${count(others, "other is", "others are")} empty or hidden.`];
  return { sheet, notes };
}

async function hasRows(book: Workbook, sheet: string, path: string): Promise<boolean> {
  for await (const { cells } of rowsOf(book, sheet, path)) if (cells.some((cell) => cell !== "")) return true;
  return false;
}

/** The first sheet at whose beginning a row has all these names; null where none has. */
async function sheetWith(book: Workbook, sheets: readonly string[], path: string, names: readonly string[]): Promise<string | null> {
  for (const sheet of sheets) {
    let read = 0;
    for await (const { cells } of rowsOf(book, sheet, path)) {
      if (names.every((name) => cells.includes(name))) return sheet;
      if (++read === BEGINNING_ROWS) break;
    }
  }
  return null;
}

interface SheetTable {
  readonly table: TextTable;
  readonly named: HeaderNames;
  readonly trailing: number;
  /** What was left out around the table. */
  readonly layout: readonly string[];
}

async function readSheet(
  book: Workbook,
  sheet: string,
  shown: string,
  workFolder: string,
  expected: readonly string[] | null,
): Promise<SheetTable> {
  const rows = rowsOf(book, sheet, shown);
  const beginning: SheetRow[] = [];
  for (;;) {
    const { value, done } = await rows.next();
    if (done === true) break;
    if (value.cells.some((cell) => cell !== "")) beginning.push(value);
    if (beginning.length === BEGINNING_ROWS) break;
  }
  const bounds = sheetBounds(beginning.map(({ cells }) => cells));
  if (bounds === null) throw emptySheet(shown);
  const { left, right, titles } = bounds;
  const records = beginning.slice(titles).map(({ cells }) => cut(cells, bounds));
  const { header } = hasHeader(records.slice(0, 200), ".", expected);
  const first = records[0] ?? [];
  const named = header ? namesFromHeader(first) : namesWithoutHeader(right - left);
  if (records.length === 1 && header) throw onlyHeader(shown, first.length);
  if (right - left < 2) throw oneColumn(shown, first[0] ?? "");
  const writer = textTableWriter(workFolder, right - left);
  try {
    for (const cells of records.slice(header ? 1 : 0)) writer.write(cells);
    for await (const row of rows) {
      if (row.cells.every((cell) => cell === "")) continue;
      refuseOutside(row, bounds, shown);
      writer.write(cut(row.cells, bounds));
    }
    const trailing = header ? first.length - 1 - first.findLastIndex((cell) => cell.trim() !== "") : 0;
    return { table: writer.end(), named, trailing, layout: layoutNotes(bounds, header) };
  } catch (error) {
    writer.abort();
    throw error;
  }
}

function layoutNotes({ left, titles }: SheetBounds, header: boolean): string[] {
  const notes: string[] = [];
  if (titles > 0) notes.push(`${count(titles, "row", "rows")} above the table left out: one cell each, a title.`);
  if (left > 0) notes.push(`${count(left, "empty column", "empty columns")} before the table left out.`);
  if (!header) notes.push("The sheet has no header. Columns are called column_1, column_2, ...");
  return notes;
}

interface SheetRow {
  /** As Excel counts it, from 1. */
  readonly row: number;
  readonly cells: readonly string[];
}

async function* rowsOf(book: Workbook, sheet: string, shown: string): AsyncGenerator<SheetRow, undefined> {
  const { streamXlsxRows } = await import("hucre/xlsx");
  const rows = streamXlsxRows(book, { sheet });
  try {
    for (;;) {
      const { value, done } = await readable(shown, () => rows.next());
      if (done === true) return;
      yield { row: value.index + 1, cells: value.values.map(sheetText) };
    }
  } finally {
    await rows.return(undefined);
  }
}

function cut(cells: readonly string[], { left, right }: SheetBounds): string[] {
  return Array.from({ length: right - left }, (_, index) => cells[left + index] ?? "");
}

function refuseOutside({ row, cells }: SheetRow, { left, right }: SheetBounds, shown: string): void {
  const outside = cells.findIndex((cell, column) => cell !== "" && (column < left || column >= right));
  if (outside < 0) return;
  throw new OldhandError("ragged-row", {
    what: "A row has a cell outside the table.",
    where: `${shown}, row ${row}, column ${outside + 1}`,
    expected: `cells in columns ${left + 1} to ${right}, as in the first ${BEGINNING_ROWS.toLocaleString("en")} rows`,
    got: `"${(cells[outside] ?? "").slice(0, 80)}"`,
    fix: "Remove what does not belong to the table, or give the column a header.",
  });
}

async function readable<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new OldhandError("file-format", {
      what: "The Excel workbook is damaged or not whole.",
      where: shown,
      got: errorText(error).split("\n", 1)[0] ?? "",
      fix: "Open it in a spreadsheet program and save it again as .xlsx.",
    });
  }
}

function emptySheet(shown: string): OldhandError {
  return new OldhandError("file-empty", {
    what: "The sheet is empty.",
    where: shown,
    expected: "a table with a header and rows",
    got: "no cells",
  });
}

function onlyHeader(shown: string, width: number): OldhandError {
  return new OldhandError("header-only", {
    what: "The sheet has a header but no rows.",
    where: shown,
    expected: "a header and rows",
    got: `one row with ${count(width, "cell", "cells")}`,
  });
}

function oneColumn(shown: string, header: string): OldhandError {
  return new OldhandError("one-column", {
    what: "The sheet has one column; there is nothing to predict from.",
    where: shown,
    expected: "at least two columns",
    got: `"${header.slice(0, 80)}"`,
  });
}

function tooBig(file: SourceFile, { memoryBytes }: Desk): OldhandError {
  const mb = (bytes: number) => `${Math.ceil(bytes / 1e6)} MB`;
  return new OldhandError("out-of-memory", {
    what: "The workbook does not fit into the memory that is allowed.",
    where: file.path,
    expected: `at most ${mb(memoryBytes * MOST_SHARE_OF_MEMORY)}, since a workbook is held in memory while it is read`,
    got: mb(file.bytes),
    fix: "Allow more with --memory, or save the sheet as CSV (UTF-8).",
  });
}
