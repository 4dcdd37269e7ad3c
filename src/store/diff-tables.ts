import type { ColumnType } from "../core/column.ts";
import type { ColumnInfo, Dataset } from "../core/dataset.ts";
import { ordersOf } from "../core/date-order.ts";
import { periodFormat } from "../core/written-period.ts";
import { dateSql, writtenDateSql } from "./date-pattern.ts";
import { literal } from "./session.ts";
import { type Part, partsOf } from "./version.ts";

/** Columns that both tables have, under one name or under two. */
export interface SharedColumn {
  readonly name: string;
  readonly a: StoredColumn;
  readonly b: StoredColumn;
}

/** A version and where it lies. */
export interface StoredTable {
  readonly dataset: Dataset;
  readonly dataFolder: string;
}

/** A column of a table with its place on the disk. */
export interface StoredColumn {
  readonly info: ColumnInfo;
  readonly part: Part;
  /** SQL name in its file. */
  readonly stored: string;
}

export function storedColumns({ dataset, dataFolder }: StoredTable): ReadonlyMap<string, StoredColumn> {
  const parts = partsOf(dataFolder, dataset.version, dataset.columns);
  return new Map(
    parts.flatMap((part) =>
      part.columns.map((info, place): [string, StoredColumn] => [info.name, { info, part, stored: part.stored[place] ?? "" }]),
    ),
  );
}

/** Relation with the row number `r` and the columns as prefix0, prefix1, ... */
export function columnsRelation(columns: readonly StoredColumn[], prefix: string): string {
  const parts = [...new Set(columns.map(({ part }) => part))];
  const selects = parts.map((part) => {
    const own = columns.flatMap((column, place) => (column.part === part ? [`${column.stored} AS ${prefix}${place}`] : []));
    return `(SELECT file_row_number AS r, ${own.join(", ")} FROM read_parquet(${literal(part.path)}, file_row_number=true))`;
  });
  return selects.map((select, place) => (place === 0 ? `${select} t0` : `JOIN ${select} t${place} USING (r)`)).join(" ");
}

function isWords(type: ColumnType): boolean {
  return type === "category" || type === "text";
}

/** SQL that is true where two cells hold another value. A text and the number or date that it writes are one value. */
export function cellsDiffer(x: string, a: ColumnInfo, y: string, b: ColumnInfo): string {
  if (a.type === b.type || (isWords(a.type) && isWords(b.type))) return `${x} IS DISTINCT FROM ${y}`;
  const [read, other] = isWords(a.type) ? [readAs(x, b), y] : isWords(b.type) ? [readAs(y, a), x] : [null, null];
  const present = `(${x} IS NULL) <> (${y} IS NULL)`;
  if (read === null) return `(${present} OR (${x} IS NOT NULL AND ${y} IS NOT NULL))`;
  return `(${present} OR (${read} IS DISTINCT FROM ${other}))`;
}

function readAs(text: string, { type, dateFormat }: ColumnInfo): string {
  if (type === "number") return `TRY_CAST(trim(${text}) AS DOUBLE)`;
  if (dateFormat !== null && periodFormat(dateFormat) !== null) return dateSql(text, dateFormat);
  const plain = `TRY_CAST(trim(${text}) AS TIMESTAMP)`;
  const formats = dateFormat === null ? [] : ordersOf(dateFormat);
  return `coalesce(${[...formats.map((one) => writtenDateSql(`trim(${text})`, one)), plain].join(", ")})`;
}

/** A cell as it is written, the same for a number and the text that writes it. */
export function cellText(x: string, { type }: ColumnInfo): string {
  if (type === "number")
    return `CASE WHEN ${x} = trunc(${x}) AND abs(${x}) < 1e15 THEN CAST(CAST(${x} AS BIGINT) AS VARCHAR) ELSE CAST(${x} AS VARCHAR) END`;
  if (type === "date") return `regexp_replace(CAST(${x} AS VARCHAR), ' 00:00:00$', '')`;
  return x;
}

/** Relation with ra, rb and of each shared column the cell before (x0, ...) and after (y0, ...). */
export function pairedColumns(columns: readonly SharedColumn[]): string {
  const side = (of: "a" | "b", prefix: string) =>
    `(SELECT * FROM ${columnsRelation(
      columns.map((one) => one[of]),
      prefix,
    )})`;
  return `(SELECT p.ra, p.rb, a.* EXCLUDE (r), b.* EXCLUDE (r) FROM pairs p JOIN ${side("a", "x")} a ON a.r = p.ra JOIN ${side("b", "y")} b ON b.r = p.rb)`;
}
