import { closeSync, openSync, readSync } from "node:fs";
import { type CellSyntax, parseRecords } from "./cells.ts";

const PART_BYTES = 1024 * 1024;
/** A larger file is looked at in so many parts, evenly spread, the first and the last among them. */
const MOST_PARTS = 64;
const LINE_END = 10;

/** Records of a delimited file between two bytes, the first of which begins a record: all of them, of a large file those in evenly spread parts. What a part cuts off is left out, or is a narrow record. */
export function* spreadRecords(
  path: string,
  begin: number,
  end: number,
  syntax: CellSyntax,
  partBytes = PART_BYTES,
): Iterable<readonly string[]> {
  const parts = Math.ceil((end - begin) / partBytes);
  const starts =
    parts <= MOST_PARTS
      ? Array.from({ length: parts }, (_, part) => begin + part * partBytes)
      : Array.from({ length: MOST_PARTS }, (_, part) => Math.round(begin + (part * (end - partBytes - begin)) / (MOST_PARTS - 1)));
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(partBytes);
    // Of the part before, where the next one follows it.
    let rest = Buffer.alloc(0);
    let reached = begin;
    for (const start of starts) {
      const read = buffer.subarray(0, readSync(file, buffer, 0, Math.min(partBytes, end - start), start));
      const whole = start === reached ? Buffer.concat([rest, read]) : read.subarray(read.indexOf(LINE_END) + 1);
      reached = start + read.length;
      const text = whole.toString("utf8", 0, reached === end ? whole.length : whole.lastIndexOf(LINE_END) + 1);
      rest = Buffer.from(whole.subarray(reached === end ? whole.length : whole.lastIndexOf(LINE_END) + 1));
      for (const { cells } of parseRecords(text, syntax, Number.POSITIVE_INFINITY, true)) yield cells;
    }
  } finally {
    closeSync(file);
  }
}
