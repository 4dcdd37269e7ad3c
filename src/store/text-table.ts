import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { temporaryName } from "./atomic.ts";
import { readCsvSql } from "./csv-source.ts";
import { writeError } from "./io-error.ts";
import type { RawTable } from "./raw-table.ts";
import { PART_COLUMNS } from "./version.ts";

/** Rows of another source written as text, in files that DuckDB reads in parts of PART_COLUMNS columns c0, c1, ... */
export interface TextTable {
  readonly rows: number;
  /** SHA-256 of the rows as written. */
  readonly contentHash: string;
  readonly relation: string;
  readonly partRelation: RawTable["partRelation"];
  close(): void;
}

export interface TextTableWriter {
  /** One row; "" is a missing cell. */
  write(cells: readonly string[]): void;
  end(): TextTable;
  abort(): void;
}

const FLUSH_CHARACTERS = 1 << 18;

/** @throws OldhandError disk-full. */
export function textTableWriter(workFolder: string, width: number): TextTableWriter {
  const parts = Math.max(1, Math.ceil(width / PART_COLUMNS));
  const paths = Array.from({ length: parts }, (_, part) => temporaryName(join(workFolder, `rows-${part}.csv`)));
  const files = paths.map((path) => openSync(path, "wx"));
  const pending = paths.map(() => "");
  const hash: Hash = createHash("sha256");
  let rows = 0;
  let longest = 0;
  let quotedNewline = false;
  const flush = (part: number) => {
    const text = pending[part] ?? "";
    hash.update(text);
    const bytes = Buffer.from(text, "utf8");
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(files[part] ?? -1, bytes, written);
    } catch (error) {
      throw writeError(error, paths[part] ?? "");
    }
    pending[part] = "";
  };
  const remove = () => {
    for (const path of paths) rmSync(path, { force: true });
  };
  return {
    write: (cells) => {
      rows++;
      for (let part = 0; part < parts; part++) {
        const line = csvLine(cells, part * PART_COLUMNS, Math.min(width, (part + 1) * PART_COLUMNS));
        longest = Math.max(longest, line.length * 3);
        quotedNewline ||= /[\r\n]./.test(line);
        pending[part] += line;
        if ((pending[part]?.length ?? 0) >= FLUSH_CHARACTERS) flush(part);
      }
    },
    end: () => {
      for (let part = 0; part < parts; part++) flush(part);
      for (const file of files) closeSync(file);
      const relations = paths.map((path, part) => {
        const first = part * PART_COLUMNS;
        return readCsvSql(path, SYNTAX, { first, width: Math.min(PART_COLUMNS, width - first) }, false, { longest, quotedNewline });
      });
      return {
        rows,
        contentHash: hash.digest("hex"),
        relation: relations.join(" POSITIONAL JOIN "),
        partRelation: (part) => relations[part] ?? "",
        close: remove,
      };
    },
    abort: () => {
      for (const file of files) closeSync(file);
      remove();
    },
  };
}

const SYNTAX = { delimiter: ",", quote: '"' };

/** Every present cell in quotes; a row of one missing cell is written as an empty quoted one, since a blank line is no row. */
function csvLine(cells: readonly string[], first: number, end: number): string {
  let line = "";
  for (let i = first; i < end; i++) {
    const cell = cells[i] ?? "";
    line += `${i === first ? "" : ","}${cell === "" ? "" : `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`}`;
  }
  return `${line === "" ? '""' : line}\n`;
}
