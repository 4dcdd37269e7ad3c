import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { type CellSyntax, parseRecord } from "./cells.ts";
import { writeError } from "./io-error.ts";
import { openQuote, type RaggedRow, raggedRows } from "./record-scan.ts";
import { isCutOff, unwrapRow } from "./sniff.ts";

/** Records of a delimited file of any size, in order; blank lines are left out. */
async function* readRecords(path: string, syntax: CellSyntax, wholeRowQuoted: boolean): AsyncIterable<string[]> {
  let text = "";
  let first = true;
  let line = 0;
  const step = function* (last: boolean): Iterable<string[]> {
    let at = 0;
    while (at < text.length) {
      const outer = wholeRowQuoted ? lineAt(text, at) : parseRecord(text, at, syntax);
      if (!last && outer.next >= text.length) break;
      line++;
      if ("line" in outer && unwrapRow(outer.line) === null && isCutOff(outer.line))
        throw openQuote(path, line, last && outer.next >= text.length);
      const cells = "line" in outer ? parseRecord(unwrapRow(outer.line) ?? outer.line, 0, syntax).cells : outer.cells;
      if (cells.length > 1 || (cells[0] ?? "").trim() !== "") yield cells;
      at = outer.next;
    }
    text = text.slice(at);
  };
  for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: 1 << 20 })) {
    text += first ? (piece as string).replace(/^\uFEFF/, "") : (piece as string);
    first = false;
    yield* step(false);
  }
  yield* step(true);
}

/**
 * Writes the file anew: comma, every present cell in double quotes, \n, BLOCK columns in each of the targets. A first record of another width than the names becomes these. Returns the number of
 * records and a bound for the bytes of the longest. @throws OldhandError ragged-row (only lines that are one quoted cell are not checked before).
 */
export async function normalise(
  path: string,
  targets: readonly string[],
  syntax: CellSyntax,
  wholeRowQuoted: boolean,
  header: { readonly first: number; readonly names: readonly string[] },
  block: number,
): Promise<{ records: number; longest: number }> {
  const width = header.names.length;
  const files = targets.map((target) => openSync(target, "wx"));
  const pending = targets.map(() => "");
  const ragged: RaggedRow[] = [];
  let records = 0;
  let longest = 0;
  try {
    for await (const read of readRecords(path, syntax, wholeRowQuoted)) {
      records++;
      const isFitted = records === 1 && header.first !== width && read.length === header.first;
      const cells = isFitted ? header.names : read;
      if (cells.length !== width) ragged.push({ line: records, cells: cells.length });
      for (const [index, file] of files.entries()) {
        const line = csvLine(targets.length === 1 ? cells : cells.slice(index * block, (index + 1) * block));
        longest = Math.max(longest, line.length * 3);
        pending[index] += line;
        if ((pending[index]?.length ?? 0) < FLUSH_CHARACTERS) continue;
        writeSync(file, pending[index] ?? "");
        pending[index] = "";
      }
    }
    for (const [index, file] of files.entries()) writeSync(file, pending[index] ?? "");
    if (ragged.length > 0) throw raggedRows(path, ragged, width);
    return { records, longest };
  } catch (error) {
    throw writeError(error, targets[0] ?? path);
  } finally {
    for (const file of files) closeSync(file);
  }
}

const FLUSH_CHARACTERS = 1 << 18;

/** An empty cell is missing, so it stays without quotes. */
function csvLine(cells: readonly string[]): string {
  let line = "";
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? "";
    line += `${i === 0 ? "" : ","}${cell === "" ? "" : `"${cell.includes('"') ? cell.replaceAll('"', '""') : cell}"`}`;
  }
  return `${line}\n`;
}

function lineAt(text: string, start: number): { line: string; next: number } {
  const end = /\r\n|\n|\r/g;
  end.lastIndex = start;
  const found = end.exec(text);
  if (found === null) return { line: text.slice(start), next: text.length };
  return { line: text.slice(start, found.index), next: found.index + found[0].length };
}
