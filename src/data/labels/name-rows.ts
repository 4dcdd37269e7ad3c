import { type Frame, isMissing } from "../../core/column.ts";
import { fold } from "../../core/null-words.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { counted, namedColumns } from "../findings/phrase.ts";

/** Rows that say the names of their columns, and the columns in which they do, each with its codes of the name. */
export interface NameRows {
  /** Ascending. */
  readonly rows: readonly number[];
  readonly columns: readonly { readonly column: LevelColumn; readonly codes: ReadonlySet<number> }[];
}

/** Cells of a row that are the names of their columns, by their number and as a share of those that are filled. */
const [LEAST_NAMES, NAMED_SHARE] = [3, 0.5];
/** Share of the cells of a column that hold its name; more are a value of it. */
const MOST_OF_NAME = 0.05;
/** Of the cells that hold the name of their column, so many stand in such rows: others were ticked of several. */
const IN_ROWS = 0.5;

/** Rows that say the names of the columns again, where files were put one behind the other; those that are equal to the header in every cell the reader leaves out. null without any. */
export function nameRows(frame: Frame): NameRows | null {
  const columns = frame.columns.flatMap((column) => {
    if (!("codes" in column)) return [];
    const name = fold(column.name);
    const counts = countCodes(column.codes, column.levels.length);
    const codes = new Set(column.levels.flatMap((level, code) => (fold(level) === name ? [code] : [])));
    const [own, all] = [[...codes], [...counts.keys()]].map((some) => some.reduce((sum, code) => sum + (counts[code] ?? 0), 0)) as [
      number,
      number,
    ];
    // What was ticked of several stands in a column of its own name.
    return own > 0 && own <= MOST_OF_NAME * all ? [{ column, codes }] : [];
  });
  const all = rowsOfNames(frame, columns);
  const mostlyThere = columns.filter(({ column, codes }) => {
    const of = (row: number) => codes.has(column.codes[row] ?? -1);
    return all.filter(of).length >= IN_ROWS * column.codes.reduce((sum, code) => sum + Number(codes.has(code)), 0);
  });
  const rows = rowsOfNames(frame, mostlyThere);
  return rows.length === 0 ? null : { rows, columns: mostlyThere };
}

function rowsOfNames(frame: Frame, columns: NameRows["columns"]): readonly number[] {
  if (columns.length < LEAST_NAMES) return [];
  const rows: number[] = [];
  for (let row = 0; row < frame.rows; row++) {
    const named = columns.filter(({ column, codes }) => codes.has(column.codes[row] ?? -1)).length;
    if (named < LEAST_NAMES || holdsNumber(frame, row)) continue;
    const filled = frame.columns.filter((column) => !isMissing(column, row)).length;
    if (named >= NAMED_SHARE * filled) rows.push(row);
  }
  return rows;
}

/** A number that is not the name of its column ("1990"): a line of names has none. */
function holdsNumber({ columns }: Frame, row: number): boolean {
  return columns.some((column) => "values" in column && !isMissing(column, row) && column.values[row] !== Number(column.name));
}

/** The beginning of a sentence. */
export function nameRowsWords({ rows, columns }: NameRows): string {
  const names = columns.map(({ column }) => column.name);
  return `${counted(rows.length, "row says", "rows say")} the names of the columns again (${namedColumns(names.slice(0, 3))}${names.length > 3 ? ", ..." : ""})`;
}
