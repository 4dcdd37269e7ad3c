import type { NamedRows } from "./shifted-row.ts";

/** Lines of a file that are no rows. */
export type LeftOutLines =
  | { readonly which: "titles" | "totals"; readonly lines: readonly string[] }
  | { readonly which: "secondHeader"; readonly lines: readonly string[] }
  | { readonly which: "repeatedNames" };

/** What the reader of a file noticed and mended, as data. `readingSentence` puts it into words; nothing reads these again. */
export type ReadingNote = Noticed & {
  /** Of several files that are read as one table, the one that it is of; absent where there is one. */
  readonly file?: string;
  /** Rows of the files before that one; null or absent: not known, or none. */
  readonly rowsBefore?: number | null;
};

export type Noticed =
  | { readonly kind: "lone-returns" }
  | { readonly kind: "no-header"; readonly why: string }
  /** Columns behind the last one, without name and values; positions from 1. */
  | { readonly kind: "blank-columns"; readonly positions: readonly number[] }
  | { readonly kind: "header-delimiter" }
  /** Columns whose name stood before in the header, with the names they got; positions from 1. */
  | { readonly kind: "repeated-names"; readonly columns: readonly RepeatedName[] }
  | ({ readonly kind: "left-out" } & LeftOutLines)
  | { readonly kind: "windows-1252"; readonly word: string }
  /** Another encoding than UTF-8 and Windows-1252, as users call it. */
  | { readonly kind: "encoding"; readonly encoding: string; readonly word: string }
  | { readonly kind: "shifted-rows"; readonly rows: NamedRows; readonly from: string; readonly joined: string | null };

export interface RepeatedName {
  readonly name: string;
  readonly called: string;
  readonly position: number;
}

/** Whoever reads the table as it stands with these lines gives this. */
const AS_DATA = "give --no-second-header";

/** What is told of a table's reading: as data where a check asks for it, else a sentence. */
export type Said = string | ReadingNote;

/** The sentences, and what of them is data. */
export function toldOf(said: readonly Said[]): { readonly notes: readonly string[]; readonly noticed?: readonly ReadingNote[] } {
  const noticed = said.filter((one) => typeof one !== "string");
  return { notes: said.map((one) => (typeof one === "string" ? one : readingSentence(one))), ...(noticed.length === 0 ? {} : { noticed }) };
}

/** The name of the encoding that the file was read as; undefined where it was UTF-8. */
export function encodingOf(noticed: readonly ReadingNote[] | undefined): string | undefined {
  const names = (noticed ?? []).flatMap((note) =>
    note.kind === "encoding" ? [note.encoding] : note.kind === "windows-1252" ? ["Windows-1252"] : [],
  );
  return names.find((name) => name !== "Windows-1252") ?? names[0];
}

/** The same, of one of several files. */
export function saidOfFile(said: Said, file: string, rowsBefore: number | null): Said {
  if (typeof said === "string") return `${file}: ${said}`;
  return { ...said, file, rowsBefore };
}

/** asData: what has the lines under the header read as data. */
export function readingSentence(note: ReadingNote, asData = AS_DATA): string {
  const sentence = sentenceOf(note, asData);
  return note.file === undefined ? sentence : `${note.file}: ${sentence}`;
}

function sentenceOf(note: Noticed, asData: string): string {
  switch (note.kind) {
    case "lone-returns":
      return "Lines end with a carriage return alone.";
    case "no-header":
      return `The file has no header: ${note.why}. Columns are called column_1, column_2, ...`;
    case "blank-columns":
      return `${counted(note.positions.length, "column")} at the end without name and values (position ${firstTen(note.positions)}) left out.`;
    case "header-delimiter":
      return "The header ends with a delimiter that the rows do not have; it was left out.";
    case "repeated-names":
      return repeatedSentence(note.columns);
    case "left-out":
      return leftOutSentence(note, asData);
    case "windows-1252":
      return readAs("Windows-1252 (Latin-1)", note.word);
    case "encoding":
      return readAs(note.encoding, note.word);
    case "shifted-rows":
      return shiftedSentence(note.rows, note.from, note.joined);
  }
  return note satisfies never;
}

function repeatedSentence(columns: readonly RepeatedName[]): string {
  const one = columns.length === 1 ? "1 column has a name" : `${columns.length.toLocaleString("en")} columns have names`;
  const positions = firstTen(columns.map(({ position }) => position));
  const called = columns
    .slice(0, 10)
    .map((column) => column.called)
    .join(", ");
  return `${one} that stood before in the header (position ${positions}); named ${called}${columns.length > 10 ? ` and ${columns.length - 10} more` : ""}.`;
}

function readAs(encoding: string, word: string): string {
  return `The file was read as ${encoding}, since its bytes are no UTF-8 and so give words such as "${word}".`;
}

function leftOutSentence(note: LeftOutLines, asData: string): string {
  if (note.which === "repeatedNames")
    return "The line with the names stands between the rows too, as where files were put one behind the other; left out there.";
  const { which, lines } = note;
  if (which === "secondHeader") {
    const [it, row] = lines.length === 1 ? ["it", "no row"] : ["them", "no rows"];
    const shown = lines.map((line) => `"${line.length > 60 ? `${line.slice(0, 60)}...` : line}"`).join(" and ");
    return `${counted(lines.length, "line")} under the header left out: ${row}, but what the columns are (${shown}); to have ${it} read as data, ${asData.replace(/\bit\b/, it)}.`;
  }
  const shown = `"${(lines.find((line) => line !== "") ?? "").slice(0, 60)}"`;
  const [place, what] = which === "titles" ? ["above", "a title"] : ["below", "a total or a remark"];
  return `${counted(lines.length, "line")} ${place} the table left out: no row, but ${what} (${shown}).`;
}

function shiftedSentence(rows: NamedRows, from: string, joined: string | null): string {
  const why =
    joined === null
      ? "a cell too many stands before them"
      : `a delimiter without quotes cut ${joined} in two, which was put together again`;
  return `The cells of ${namedRows(rows)} stood one column to the right from ${from} on, the last of them in a column without a name: ${why}. They were moved back.`;
}

/** "3 rows (from 0: 1, 4, 8)". */
export function namedRows({ count, first }: NamedRows): string {
  if (first.length === 0) return counted(count, "row");
  const more = count > first.length ? ` and ${(count - first.length).toLocaleString("en")} more` : "";
  return `${counted(count, "row")} (from 0: ${first.join(", ")}${more})`;
}

function counted(number: number, one: string): string {
  return `${number.toLocaleString("en")} ${one}${number === 1 ? "" : "s"}`;
}

function firstTen(items: readonly number[]): string {
  return items.length <= 10 ? items.join(", ") : `${items.slice(0, 10).join(", ")} and ${items.length - 10} more`;
}
