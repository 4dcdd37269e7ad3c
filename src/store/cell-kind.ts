import type { CellKind } from "../core/shifted-row.ts";
import { numberSql, parseNumber } from "./number-text.ts";
import { literal } from "./session.ts";

const NEARLY_ALL = 0.98;
/** A column of so few values, each in many rows, holds no other. */
const [MOST_LEVELS, ROWS_PER_LEVEL] = [50, 10];

export interface Kind {
  /** Not every cell fits: it tells where a row stands. */
  readonly isTelling: boolean;
  readonly fits: (cell: string) => boolean;
}

/** A cell without the blanks around it; nothing is the empty text. */
export function cellText(sql: string): string {
  return `coalesce(trim(${sql}), '')`;
}

/** Of the first columns, by the rows that stand as they should. */
export function kindsOf(rows: readonly (readonly string[])[], width: number, decimal: "." | ","): CellKind[] {
  return Array.from({ length: width }, (_, place) =>
    kindOfCells(
      rows.map((row) => row[place] ?? ""),
      decimal,
    ),
  );
}

function kindOfCells(cells: readonly string[], decimal: "." | ","): CellKind {
  const present = cells.filter((cell) => cell !== "");
  const values = new Set(present);
  const numbers = present.filter((cell) => parseNumber(cell, decimal) !== null).length;
  if (values.size > 0 && values.size <= Math.min(MOST_LEVELS, present.length / ROWS_PER_LEVEL))
    return { holds: "levels", levels: [...values] };
  if (present.length > 0 && numbers >= NEARLY_ALL * present.length) return { holds: "numbers" };
  return { holds: present.length === 0 || numbers > 0 ? "anything" : "words" };
}

export function kindOf(kind: CellKind, decimal: "." | ","): Kind {
  const isNumber = (cell: string) => parseNumber(cell, decimal) !== null;
  switch (kind.holds) {
    case "levels": {
      const levels = new Set(kind.levels);
      return { isTelling: true, fits: (cell) => cell === "" || levels.has(cell) };
    }
    case "numbers":
      return { isTelling: true, fits: (cell) => cell === "" || isNumber(cell) };
    case "words":
      return { isTelling: false, fits: (cell) => cell === "" || !isNumber(cell) };
    case "anything":
      return { isTelling: false, fits: () => true };
  }
  return kind satisfies never;
}

/** The same as `fits` of a cell given as `cellText`, in SQL. */
export function fitsSql(cell: string, kind: CellKind, decimal: "." | ","): string {
  switch (kind.holds) {
    case "levels":
      return `${cell} IN (${["", ...kind.levels].map(literal).join(", ")})`;
    case "numbers":
      return `(${cell} = '' OR (${numberSql(cell, decimal)}) IS NOT NULL)`;
    case "words":
      return `(${cell} = '' OR (${numberSql(cell, decimal)}) IS NULL)`;
    case "anything":
      return "true";
  }
  return kind satisfies never;
}
