import { OldhandError } from "../core/error.ts";

/** Names of the columns from the first record; an empty one becomes column_N (1-based); `unnamed` are those N. @throws OldhandError duplicate-column. */
export function namesFromHeader(cells: readonly string[], where: string): { names: string[]; unnamed: number[] } {
  const trimmed = cells.map((cell) => (isBlank(cell) ? "" : cell.trim()));
  const positions = new Map<string, number[]>();
  trimmed.forEach((name, position) => {
    if (name !== "") positions.set(name, [...(positions.get(name) ?? []), position + 1]);
  });
  const twice = [...positions].filter(([, places]) => places.length > 1);
  if (twice.length > 0) throw duplicateColumns(twice, where);
  const unnamed = trimmed.flatMap((name, position) => (name === "" ? [position + 1] : []));
  const taken = new Set(trimmed);
  const names = trimmed.map((name, position) => (name === "" ? freeName(`column_${position + 1}`, taken) : name));
  return { names, unnamed };
}

export function unnamedNote(unnamed: readonly number[]): string[] {
  if (unnamed.length === 0) return [];
  return [`${count(unnamed.length, "column has", "columns have")} no name in the header (position ${list(unnamed)}); named column_N.`];
}

/** Nothing but spaces and delimiters, as spreadsheets leave behind at the ends of rows. */
export function isBlank(cell: string): boolean {
  return /^[,;|\s]*$/.test(cell);
}

export function namesWithoutHeader(width: number): string[] {
  return Array.from({ length: width }, (_, position) => `column_${position + 1}`);
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

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  while (taken.has(name)) name = `${name}_`;
  taken.add(name);
  return name;
}

function duplicateColumns(twice: readonly [string, number[]][], where: string): OldhandError {
  const named = twice.slice(0, 5).map(([name, places]) => `"${name}" at positions ${list(places)}`);
  return new OldhandError("duplicate-column", {
    what: `${count(twice.length, "column name is", "column names are")} used more than once.`,
    where,
    expected: "a different name for each column",
    got: named.join("; "),
    fix: "Rename or remove the repeated columns.",
  });
}
