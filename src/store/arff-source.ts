import { closeSync, createReadStream, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { OldhandError } from "../core/error.ts";
import { temporaryName } from "./atomic.ts";
import { scanBytes, textSink } from "./byte-scan.ts";
import { distinctNames } from "./column-names.ts";
import { readCsvSql, textColumn } from "./csv-source.ts";
import type { Source } from "./source.ts";
import type { SourceFile } from "./source-file.ts";

/** Dense ARFF (Weka): attribute names from the head, "?" is missing, data as quoted CSV. Types are found like those of a CSV. */
export async function openArff(file: SourceFile, workFolder: string): Promise<Source> {
  const contentHash = await scanBytes(file.path, [textSink(file.path)]);
  const rewritten = temporaryName(join(workFolder, "arff.csv"));
  let found: { names: string[]; longest: number };
  try {
    found = await rewriteArff(file.path, rewritten);
  } catch (error) {
    rmSync(rewritten, { force: true });
    throw error;
  }
  const { names, longest } = found;
  const relation = readCsvSql(rewritten, { delimiter: ",", quote: '"' }, { first: 0, width: names.length }, false, {
    longest,
    quotedNewline: true,
  });
  return {
    name: file.name,
    bytes: file.bytes,
    format: "arff",
    dialect: null,
    names: null,
    contentHash,
    how: { format: "arff" },
    table: async () => ({
      raw: {
        columns: names.map((name, position) => textColumn(name, `c${position}`)),
        decimal: ".",
        relation,
        partRelation: null,
        rows: null,
      },
      notes: [],
    }),
    close: () => {
      rmSync(rewritten, { force: true });
    },
  };
}

async function rewriteArff(path: string, target: string): Promise<{ names: string[]; longest: number }> {
  const names: string[] = [];
  let inData = false;
  let number = 0;
  let longest = 0;
  const out = openSync(target, "wx");
  try {
    for await (const line of createInterface({ input: createReadStream(path, "utf8"), crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      const text = line.trim();
      if (text === "" || text.startsWith("%")) continue;
      longest = Math.max(longest, text.length * 6);
      if (inData) writeSync(out, csvLine(arffCells(text), names.length, `${path}, line ${number}`));
      else if (/^@data\b/i.test(text)) inData = true;
      else if (/^@attribute\b/i.test(text)) names.push(attributeName(text, `${path}, line ${number}`));
    }
  } finally {
    closeSync(out);
  }
  if (names.length < 2 || !inData)
    throw new OldhandError("file-format", { what: "The ARFF file has no @attribute lines or no @data line.", where: path });
  return { names: distinctNames(names, path), longest };
}

function attributeName(line: string, where: string): string {
  const found = /^@attribute\s+(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+))/i.exec(line);
  const name = found?.[1] ?? found?.[2] ?? found?.[3];
  if (name === undefined) throw new OldhandError("file-format", { what: "An @attribute has no name.", where, got: line.slice(0, 80) });
  return unescaped(name);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

/** As Weka writes special characters in quotes. */
function unescaped(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => ESCAPES[character] ?? character);
}

/** Cells of one data line; quotes are ' or ", a backslash escapes. A bare ? is missing. */
function arffCells(line: string): string[] {
  if (line.startsWith("{")) throw new OldhandError("not-yet", { what: "Sparse ARFF is not read yet.", fix: "Write it as CSV." });
  const cells: string[] = [];
  const cell = /\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([^,]*?))\s*(?:,|$)/gy;
  while (cell.lastIndex <= line.length) {
    const found = cell.exec(line);
    if (found === null) break;
    const quoted = found[1] ?? found[2];
    cells.push(quoted === undefined ? (found[3] === "?" ? "" : (found[3] ?? "")) : unescaped(quoted));
    if (!found[0].endsWith(",")) break;
  }
  return cells;
}

function csvLine(cells: readonly string[], width: number, where: string): string {
  if (cells.length !== width) {
    throw new OldhandError("ragged-row", {
      what: "A row has another number of cells than there are attributes.",
      where,
      expected: `${width} cells`,
      got: `${cells.length} cells`,
    });
  }
  return `${cells.map((cell) => (cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;
}
