import { cutToWidth, displayWidth } from "../plain.ts";

/** Colours of a terminal; each gives the text back unchanged where there are none. picocolors' `createColors()` is one. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

export interface TextOptions {
  readonly colours: Paint;
  /** The dossier, as the user may type it. */
  readonly folder: string;
  /** Columns of the terminal; default 100. */
  readonly width?: number;
}

export const WIDTH = 100;

/** A JSON answer with texts alone: it is to be pasted, so it stands in one line, however long. */
const ANSWER = /^\{"(?:[^"\\]|\\.)*": "(?:[^"\\]|\\.)*"\}/;

/** At blanks, though not before a per cent sign and not inside an answer. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let rest = text;
  while (rest !== "") {
    const answer = ANSWER.exec(rest)?.[0] ?? "";
    const after = rest.slice(answer.length);
    const at = after.search(/ +(?!%)/);
    const tail = at < 0 ? after : after.slice(0, at);
    words.push(answer + tail);
    rest = at < 0 ? "" : after.slice(at).replace(/^ +/, "");
  }
  return words;
}

/** Lines of at most `width` cells, broken at blanks, though not before a per cent sign; a word that is longer than a line is broken inside, but for a JSON answer. `first` stands before the first line. */
export function wrapText(text: string, width: number, first = "", indent = " ".repeat(displayWidth(first))): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of wordsOf(text).filter((part) => part !== "")) {
    for (const piece of ANSWER.test(word) ? [word] : piecesOf(word, width - displayWidth(indent))) {
      const joined = isEmpty ? `${line}${piece}` : `${line} ${piece}`;
      if (isEmpty || displayWidth(joined) <= width) line = joined;
      else {
        lines.push(line);
        line = `${indent}${piece}`;
      }
      isEmpty = false;
    }
  }
  return [...lines, line.trimEnd()];
}

function piecesOf(word: string, width: number): string[] {
  if (displayWidth(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (displayWidth(piece + character) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}

export interface Column {
  readonly head: string;
  readonly align: "left" | "right";
  /** Longer cells are cut. */
  readonly most: number;
}

export interface TextRow {
  readonly cells: readonly string[];
  /** Colour of the whole line, put on after it is laid out. */
  readonly paint: (line: string) => string;
}

/** An aligned table: heads dim, columns parted by two blanks. Empty columns are left out. */
export function tableText(columns: readonly Column[], rows: readonly TextRow[], paint: Paint, indent = "  "): string[] {
  const used = columns.map((column, i) => ({ ...column, i })).filter(({ i }) => rows.some(({ cells }) => (cells[i] ?? "") !== ""));
  const cellOf = (cells: readonly string[], { i, most }: { i: number; most: number }) => cutToWidth(cells[i] ?? "", most);
  const widths = used.map((column) => Math.max(displayWidth(column.head), ...rows.map(({ cells }) => displayWidth(cellOf(cells, column)))));
  const lineOf = (texts: readonly string[]) =>
    `${indent}${texts.map((text, k) => padded(text, widths[k] ?? 0, used[k]?.align ?? "left")).join("  ")}`.trimEnd();
  const head = used.some((column) => column.head !== "") ? [paint.dim(lineOf(used.map((column) => column.head)))] : [];
  return [...head, ...rows.map((row) => row.paint(lineOf(used.map((column) => cellOf(row.cells, column)))))];
}

function padded(text: string, width: number, align: "left" | "right"): string {
  const blank = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "right" ? `${blank}${text}` : `${text}${blank}`;
}

export const plainLine = (line: string): string => line;
