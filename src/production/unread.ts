import { OldhandError } from "../core/error.ts";
import { namedRows } from "../core/reading-note.ts";
import type { ShiftedFound, UnreadCells } from "../store/index.ts";

/** Columns that a refusal names. */
const NAMED = 10;

/**
 * Refuses a table in which a column that the model reads has no cell of its type, though cells are there: it would be scored as if all of it were missing.
 * @throws OldhandError schema-mismatch.
 */
export function refuseUnreadable(unread: readonly UnreadCells[], where: string): void {
  const lost = unread.filter(({ read }) => read === 0);
  const [first] = lost;
  if (first === undefined) return;
  const rest = lost.length > NAMED ? ` and ${lost.length - NAMED} more` : "";
  throw new OldhandError("schema-mismatch", {
    what: `No cell of ${lost.length === 1 ? `"${first.column}"` : `${lost.length} columns`} can be read as what the model was trained on.`,
    where,
    expected: lost
      .slice(0, NAMED)
      .map(({ column, type }) => `"${column}" (${type})`)
      .join(", ")
      .concat(rest),
    got: lost
      .slice(0, NAMED)
      .map((one) => `${cellsOf(one)} in "${one.column}", ${exampleOf(one)}`)
      .join("; ")
      .concat(rest),
    fix: whatToDo(first),
  });
}

/** One sentence on cells that were taken as missing, and one on what to do. */
export function unreadWarning(cells: UnreadCells): string {
  const { column, type, count } = cells;
  return `Column "${column}": ${cellsOf(cells)} ${count === 1 ? "is" : "are"} no ${type} and ${count === 1 ? "was" : "were"} taken as missing, ${exampleOf(cells)}. ${whatToDo(cells)}`;
}

/** One sentence on rows whose cells were moved back, or that may need it, each with what to do. */
export function shiftedWarnings({ moved, overfull }: ShiftedFound): string[] {
  if (overfull === null) return [...moved];
  return [
    ...moved,
    `[shifted-row] ${namedRows(overfull)} ${overfull.count === 1 ? "holds" : "hold"} a cell behind the last column that has a name. Training had no such rows: they were scored as they stand. If a text in them was cut in two by a delimiter, their predictions are wrong: put such texts in quotes.`,
  ];
}

/** One sentence on columns of the training data that are not in the file and are not read; empty where there are none. */
export function absentNote(absent: readonly string[]): string {
  if (absent.length === 0) return "";
  const named = absent.slice(0, NAMED).map((name) => `"${name}"`);
  const rest = absent.length > NAMED ? ` and ${absent.length - NAMED} more` : "";
  return `Not in the file, and not read by the model: ${named.join(", ")}${rest}.`;
}

function cellsOf({ count }: UnreadCells): string {
  return count === 1 ? "1 cell" : `${count.toLocaleString("en")} cells`;
}

const LONGEST_EXAMPLE = 40;

function exampleOf({ example, row }: UnreadCells): string {
  const shown = example.length > LONGEST_EXAMPLE ? `${example.slice(0, LONGEST_EXAMPLE)}...` : example;
  return `e.g. ${JSON.stringify(shown)} in row ${row.toLocaleString("en")}`;
}

const DECIMAL_COMMA = /^\s*[-+]?\d*,\d+\s*$/;

function whatToDo({ type, example, isWritten }: UnreadCells): string {
  const rest = "leave the cell empty where the value is not known";
  if (type === "date") return `Write dates as the training file does, and ${rest}.`;
  if (isWritten === true) return `Write numbers as the training file does, and ${rest}.`;
  if (DECIMAL_COMMA.test(example)) return `Write decimals with a point (${example.trim().replace(",", ".")}), and ${rest}.`;
  return `Write plain numbers, without units or thousands separators, and ${rest}.`;
}
