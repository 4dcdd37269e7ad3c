import { OldhandError } from "../core/error.ts";
import type { Said } from "../core/reading-note.ts";

export interface HeaderNames {
  readonly names: string[];
  /** Positions (1-based) of columns without a name, called column_N. */
  readonly unnamed: readonly number[];
  /** Positions (1-based) of columns whose name stood before, called name_2, name_3, ... */
  readonly repeated: readonly number[];
}

/** Names of the columns from the first record. An empty one becomes column_N, one that stood before name_2: which is meant is told by its place. */
export function namesFromHeader(cells: readonly string[]): HeaderNames {
  const trimmed = cells.map((cell) => (isBlank(cell) ? "" : cell.trim()));
  const taken = new Set(trimmed);
  const times = new Map<string, number>();
  const unnamed: number[] = [];
  const repeated: number[] = [];
  const names = trimmed.map((name, index) => {
    if (name === "") {
      unnamed.push(index + 1);
      return freeName(`column_${index + 1}`, taken);
    }
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    if (time === 1) return name;
    repeated.push(index + 1);
    return freeName(`${name}_${time}`, taken);
  });
  return { names, unnamed, repeated };
}

/** What the header lacked and how it was made up for. names: of the columns. */
export function headerNotes({ names, unnamed, repeated }: HeaderNames): Said[] {
  if (repeated.length === 0) return unnamedNote(unnamed);
  const columns = repeated.map((position) => {
    const called = names[position - 1] ?? "";
    return { name: called.replace(/_[0-9]+_*$/, ""), called, position };
  });
  return [...unnamedNote(unnamed), { kind: "repeated-names", columns }];
}

function unnamedNote(unnamed: readonly number[]): string[] {
  if (unnamed.length === 0) return [];
  return [`${count(unnamed.length, "column has", "columns have")} no name in the header (position ${list(unnamed)}); named column_N.`];
}

/** Nothing but spaces and delimiters, as spreadsheets leave behind at the ends of rows. */
export function isBlank(cell: string): boolean {
  return /^[,;|\s]*$/.test(cell);
}

export function namesWithoutHeader(width: number): HeaderNames {
  return { names: Array.from({ length: width }, (_, position) => `column_${position + 1}`), unnamed: [], repeated: [] };
}

/** Of the first columns alone. */
export function headerWithin({ names, unnamed, repeated }: HeaderNames, width: number): HeaderNames {
  const within = (positions: readonly number[]) => positions.filter((position) => position <= width);
  return { names: names.slice(0, width), unnamed: within(unnamed), repeated: within(repeated) };
}

/**
 * Names of the columns inside the Parquet file, which knows no difference between upper and lower case: the name itself, or with its
 * position when another column is called the same but for case.
 */
export function storedNames(names: readonly string[]): string[] {
  const seen = new Set<string>();
  return names.map((name, position) => {
    let stored = name;
    while (seen.has(stored.toLowerCase())) stored = `${stored}#${position + 1}`;
    seen.add(stored.toLowerCase());
    return stored;
  });
}

export function count(number: number, one: string, many: string): string {
  return number === 1 ? `1 ${one}` : `${number.toLocaleString("en")} ${many}`;
}

/** The first ten of them, as people write it. */
export function list(items: readonly (string | number)[]): string {
  return items.length <= 10 ? items.join(", ") : `${items.slice(0, 10).join(", ")} and ${items.length - 10} more`;
}

/** The name with as many "_" behind it that nobody has it; from then on it is taken. */
export function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name)) name = `${name}_`;
  taken.add(name);
  return name;
}

/** The names, where whoever wrote them can write others: a query, or a format that forbids it. @throws OldhandError duplicate-column. */
export function distinctNames(cells: readonly string[], where: string): string[] {
  const { names, repeated } = namesFromHeader(cells);
  if (repeated.length === 0) return names;
  const twice = [...new Set(repeated.map((position) => cells[position - 1]?.trim() ?? ""))];
  const placesOf = (name: string) => cells.flatMap((cell, index) => (cell.trim() === name ? [index + 1] : []));
  throw new OldhandError("duplicate-column", {
    what: `${count(twice.length, "column name is", "column names are")} used more than once.`,
    where,
    expected: "a different name for each column",
    got: twice
      .slice(0, 5)
      .map((name) => `"${name}" at positions ${list(placesOf(name))}`)
      .join("; "),
    fix: "Rename or remove the repeated columns.",
  });
}
