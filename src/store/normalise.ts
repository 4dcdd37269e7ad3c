import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { type CellSyntax, parseRecord } from "./cells.ts";
import { unwrapRow } from "./sniff.ts";

/** Records of a delimited file of any size, in order; blank lines are left out. */
export async function* readRecords(path: string, syntax: CellSyntax, wholeRowQuoted: boolean): AsyncIterable<string[]> {
  let text = "";
  let first = true;
  const step = function* (last: boolean): Iterable<string[]> {
    let at = 0;
    while (at < text.length) {
      const outer = wholeRowQuoted ? lineAt(text, at) : parseRecord(text, at, syntax);
      if (!last && outer.next >= text.length) break;
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

/** Writes the file anew: comma, every cell in double quotes, \n. Returns the number of records. */
export async function normalise(path: string, target: string, syntax: CellSyntax, wholeRowQuoted: boolean): Promise<number> {
  const file = openSync(target, "wx");
  let records = 0;
  let pending = "";
  try {
    for await (const cells of readRecords(path, syntax, wholeRowQuoted)) {
      pending += `${cells.map((cell) => (cell === "" ? "" : `"${cell.replaceAll('"', '""')}"`)).join(",")}\n`;
      records++;
      if (pending.length > 1 << 20) {
        writeSync(file, pending);
        pending = "";
      }
    }
    writeSync(file, pending);
    return records;
  } finally {
    closeSync(file);
  }
}

function lineAt(text: string, start: number): { line: string; next: number } {
  const end = /\r\n|\n|\r/g;
  end.lastIndex = start;
  const found = end.exec(text);
  if (found === null) return { line: text.slice(start), next: text.length };
  return { line: text.slice(start, found.index), next: found.index + found[0].length };
}
