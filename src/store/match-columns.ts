import { distance } from "fastest-levenshtein";
import type { ColumnInfo } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import { count, list } from "./column-names.ts";
import { dateSql } from "./date-pattern.ts";
import { numberSql } from "./number-text.ts";
import type { RawColumn, RawTable } from "./raw-table.ts";

export interface Matched {
  /** For each wanted column, the one of the file. */
  readonly columns: readonly RawColumn[];
  /** Names of the file that nobody wants. */
  readonly extra: readonly string[];
}

/** Finds the wanted columns in a file by name. @throws OldhandError schema-mismatch naming all that are missing. */
export function matchColumns(raw: RawTable, wanted: readonly ColumnInfo[], path: string): Matched {
  const byName = new Map(raw.columns.map((column) => [column.name, column]));
  const missing = wanted.filter((column) => !byName.has(column.name)).map((column) => column.name);
  if (missing.length > 0) throw mismatch(missing, [...byName.keys()], path);
  const names = new Set(wanted.map((column) => column.name));
  return {
    columns: wanted.flatMap((column) => byName.get(column.name) ?? []),
    extra: raw.columns.map((column) => column.name).filter((name) => !names.has(name)),
  };
}

/** SQL that reads a column of a file as the type it has in the dataset, whatever it looks like. `text`: its staged text. */
export function readAs(column: RawColumn, info: ColumnInfo, decimal: "." | ",", text = column.text): string {
  if (info.type === "number") return column.kind === "number" ? column.sql : numberSql(text, decimal);
  if (info.type === "date") return column.kind === "date" ? column.sql : dateSql(text, info.dateFormat);
  return text;
}

function mismatch(missing: readonly string[], present: readonly string[], path: string): OldhandError {
  const near = missing.flatMap((name) => {
    const best = present
      .map((other) => ({ other, edits: distance(name.toLowerCase(), other.toLowerCase()) }))
      .sort((a, b) => a.edits - b.edits)[0];
    return best !== undefined && best.edits <= Math.max(1, name.length / 3) ? [`"${best.other}" to "${name}"`] : [];
  });
  return new OldhandError("schema-mismatch", {
    what: `${count(missing.length, "column is", "columns are")} missing in the file.`,
    where: path,
    expected: list(missing.map((name) => `"${name}"`)),
    got: list(present.map((name) => `"${name}"`)),
    fix: near.length > 0 ? `Rename ${list(near)}.` : "Give a file with the columns of the training data.",
  });
}
