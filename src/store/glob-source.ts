import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { OldhandError } from "../core/error.ts";
import type { Json } from "../core/json.ts";
import { type Said, saidOfFile } from "../core/reading-note.ts";
import { count, list } from "./column-names.ts";
import type { RawColumn, RawKind, RawTable } from "./raw-table.ts";
import type { Session } from "./session.ts";
import type { Cells, ReadTable, Source } from "./source.ts";
import { readError } from "./source-file.ts";

/** Files that a pattern names, in the order of their paths. @throws OldhandError file-not-found. */
export async function filesOf(pattern: string): Promise<string[]> {
  const { default: picomatch } = await import("picomatch");
  const { base, glob } = picomatch.scan(pattern);
  const matches = picomatch(pattern);
  const folder = base === "" ? "." : base;
  let entries: string[];
  try {
    entries = readdirSync(folder, { recursive: glob.includes("/"), withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    throw readError(error, folder);
  }
  const wanted = pattern.startsWith("./") ? entries.map((path) => `./${path}`) : entries;
  return someOf(wanted.filter((path) => matches(path)).sort(), pattern);
}

export async function keysOf(keys: readonly string[], pattern: string): Promise<string[]> {
  const { default: picomatch } = await import("picomatch");
  const matches = picomatch(pattern);
  return keys.filter((key) => matches(key));
}

export function someOf(paths: string[], pattern: string): string[] {
  if (paths.length > 0) return paths;
  throw new OldhandError("file-not-found", {
    what: "No file fits the pattern.",
    where: pattern,
    fix: "Check the pattern; * stands for anything but /, ** for folders too.",
  });
}

/** Opens one of several files, whose columns are called as expected; `encoding`: what the others were read as. */
type Open = (path: string, expected: readonly string[] | null, encoding?: string) => Promise<Source>;

/** In what the files are read whose bytes say surely in which encoding they are; undefined where none does, or two say otherwise. */
function usualEncoding(sources: readonly Source[]): string | undefined {
  const names = new Set(sources.flatMap(({ encoding }) => (encoding?.isSure === true ? [encoding.name] : [])));
  return names.size === 1 ? [...names][0] : undefined;
}

function closeAll(sources: readonly Source[]): void {
  for (const source of sources) source.close();
}

/** Each is given the columns of the first. `refused`: the first whose encoding its own bytes do not say. */
async function openEach(paths: readonly string[], open: Open, expected: readonly string[] | null) {
  const sources: Source[] = [];
  let refused: OldhandError | null = null;
  for (const path of paths) {
    try {
      sources.push(await open(path, sources.length === 0 ? expected : (sources[0]?.names ?? null)));
    } catch (error) {
      if (error instanceof OldhandError && error.code === "encoding") {
        refused ??= error;
        continue;
      }
      closeAll(sources);
      throw refused ?? error;
    }
  }
  return { sources, refused };
}

/** Files of one table are in one encoding: where one says surely in which, those that do not are read so too. @throws OldhandError as `open`. */
async function openAlike(paths: readonly string[], open: Open, expected: readonly string[] | null): Promise<readonly Source[]> {
  const own = await openEach(paths, open, expected);
  const usual = usualEncoding(own.sources);
  const isOther = ({ encoding }: Source) => encoding !== undefined && encoding.name !== usual;
  if (own.refused === null && (usual === undefined || !own.sources.some(isOther))) return own.sources;
  closeAll(own.sources);
  if (usual === undefined) throw own.refused;
  const alike = await openEach(paths, (path, names) => open(path, names, usual), expected);
  if (alike.refused === null) return alike.sources;
  closeAll(alike.sources);
  throw alike.refused;
}

/** Several tables with the same columns as one, row behind row in the order of their names. */
export async function openSeveral(
  pattern: string,
  paths: readonly string[],
  open: Open,
  expected: readonly string[] | null,
): Promise<Source> {
  const sources = await openAlike(paths, open, expected);
  const hash = createHash("sha256");
  for (const source of sources) hash.update(`${source.contentHash}\n`);
  const formats = [...new Set(sources.map((source) => source.format))];
  return {
    name: pattern,
    bytes: sources.reduce((sum, source) => sum + source.bytes, 0),
    format: formats.join("+"),
    dialect: sources[0]?.dialect ?? null,
    endsOpen: sources.at(-1)?.endsOpen === true,
    names: sources[0]?.names ?? null,
    contentHash: hash.digest("hex"),
    how: sources.map((source) => source.how) as Json,
    leftOut: sources.flatMap(({ name, leftOut = [] }) => leftOut.map((note) => saidOfFile(note, name, null))),
    table: async (session, cells) => union(session, cells, sources, paths),
    close: () => closeAll(sources),
  };
}

async function union(session: Session, cells: Cells | undefined, sources: readonly Source[], paths: readonly string[]): Promise<ReadTable> {
  const tables: RawTable[] = [];
  const notes: Said[] = [];
  let read: Pick<ReadTable, "shifted" | "overfull"> = {};
  let before: number | null = 0;
  for (const [index, source] of sources.entries()) {
    const { raw, notes: found, ...shifts } = await source.table(session, cells);
    read = { ...shifts, ...read };
    tables.push(index === 0 ? raw : { ...raw, columns: inOrderOf(tables[0] ?? raw, raw, paths[0] ?? "", paths[index] ?? "") });
    notes.push(...found.map((note) => saidOfFile(note, source.name, before)));
    before = before === null || raw.rows === null ? null : before + raw.rows;
  }
  const [first] = tables;
  if (first === undefined) throw new RangeError("no tables");
  const decimals = new Set(tables.map((table) => table.decimal));
  if (decimals.size > 1) throw mixedDecimals(paths, tables);
  const kinds = first.columns.map((_, position) => commonKind(tables.map((table) => table.columns[position]?.kind ?? "text")));
  const numberOf = ({ number }: RawColumn, i: number) =>
    cells === "written" && kinds[i] === "text" ? `, ${number ?? "NULL::DOUBLE"} AS n${i}` : "";
  const selectOf = (column: RawColumn, i: number) => `${selected(column, kinds[i] ?? "text", i)}${numberOf(column, i)}`;
  const selects = tables.map((table) => `SELECT ${table.columns.map(selectOf).join(", ")} FROM ${table.relation}`);
  return {
    raw: {
      columns: first.columns.map(({ name }, i) => {
        const kind = kinds[i] ?? "text";
        const text = kind === "text" || kind === "words" || kind === "category" ? `u${i}` : `t${i}`;
        return { name, kind, sql: `u${i}`, text, ...(cells === "written" && kind === "text" ? { number: `n${i}` } : {}) };
      }),
      decimal: first.decimal,
      relation: `(${selects.join(" UNION ALL ")})`,
      partRelation: null,
      rows: tables.every(({ rows }) => rows !== null) ? tables.reduce((sum, { rows }) => sum + (rows ?? 0), 0) : null,
    },
    ...read,
    notes: [`${count(sources.length, "file", "files")} read as one table, in the order of their names.`, ...mostly(notes)],
  };
}

/** The value, and its text where the two differ. */
function selected(column: RawColumn, kind: RawKind, index: number): string {
  if (kind === "text" || kind === "words" || kind === "category") return `${column.text} AS u${index}`;
  return `${column.sql} AS u${index}, ${column.text} AS t${index}`;
}

/** Columns that files know differently are read as text and typed like the cells of a CSV. */
function commonKind(kinds: readonly RawKind[]): RawKind {
  const different = new Set(kinds);
  if (different.size === 1) return kinds[0] ?? "text";
  return [...different].every((kind) => kind === "words" || kind === "category") ? "words" : "text";
}

const MOST_NOTES = 20;

function mostly(notes: readonly Said[]): Said[] {
  return notes.length <= MOST_NOTES ? [...notes] : [...notes.slice(0, MOST_NOTES), `and ${notes.length - MOST_NOTES} notes more.`];
}

/** @throws OldhandError schema-mismatch when the names of the columns are not the same. */
function inOrderOf(first: RawTable, other: RawTable, firstPath: string, path: string): RawColumn[] {
  const byName = new Map(other.columns.map((column) => [column.name, column]));
  const wanted = new Set(first.columns.map(({ name }) => name));
  const missing = [...wanted].filter((name) => !byName.has(name));
  const extra = [...byName.keys()].filter((name) => !wanted.has(name));
  if (missing.length === 0 && extra.length === 0) return first.columns.flatMap(({ name }) => byName.get(name) ?? []);
  const named = (words: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${words} ${list(names.map((name) => `"${name}"`))}`];
  throw new OldhandError("schema-mismatch", {
    what: "The files have different columns.",
    where: path,
    expected: `the columns of ${firstPath}`,
    got: [...named("without", missing), ...named("with", extra)].join("; "),
    fix: "Give files of one table, or make their columns the same.",
  });
}

function mixedDecimals(paths: readonly string[], tables: readonly RawTable[]): OldhandError {
  const other = tables.findIndex(({ decimal }) => decimal !== tables[0]?.decimal);
  return new OldhandError("schema-mismatch", {
    what: "The files write numbers differently.",
    where: paths[other] ?? "",
    expected: `a decimal ${tables[0]?.decimal === "," ? "comma" : "point"}, as in ${paths[0]}`,
    got: `a decimal ${tables[other]?.decimal === "," ? "comma" : "point"}`,
    fix: "Write all files with the same one.",
  });
}
