import type { ColumnInfo, Dataset } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import { writeAllAtomic, writeAtomic } from "./atomic.ts";
import { storedNames } from "./column-names.ts";
import type { TypeDecision } from "./column-type.ts";
import { dateSql } from "./date-pattern.ts";
import { numberSql } from "./number-text.ts";
import type { RawColumn, RawTable } from "./raw-table.ts";
import { identifier, literal, type Session } from "./session.ts";
import { aggregate, typeTextColumns } from "./type-columns.ts";
import { manifestPath, PART_COLUMNS, partPath } from "./version.ts";

/** Everything of a dataset that is known before its rows are read. */
export interface VersionHead {
  readonly version: string;
  readonly source: Dataset["source"];
  readonly notes: readonly string[];
  readonly parent: string | null;
}

/** Reads the raw table once, types its columns and writes the version whole or not at all. */
export async function writeVersion(session: Session, dataFolder: string, raw: RawTable, head: VersionHead): Promise<Dataset> {
  const groups = Array.from({ length: Math.ceil(raw.columns.length / PART_COLUMNS) }, (_, part) =>
    raw.columns.slice(part * PART_COLUMNS, (part + 1) * PART_COLUMNS),
  );
  const stored = storedNames(raw.columns.map((column) => column.name)).map(identifier);
  const columns: ColumnInfo[] = [];
  let rows = 0;
  await writeAllAtomic(
    groups.map((_, part) => partPath(dataFolder, head.version, part)),
    async (paths) => {
      for (const [part, group] of groups.entries()) {
        const first = part * PART_COLUMNS;
        const names = stored.slice(first, first + PART_COLUMNS);
        const written = await writePart(session, raw, group, names, first, paths[part] ?? "");
        columns.push(...written.columns);
        rows = written.rows;
      }
    },
  );
  if (rows === 0)
    throw new OldhandError("header-only", {
      what: "The file has columns but no rows.",
      where: head.source.name,
      expected: "at least one row",
    });
  const dataset: Dataset = { version: head.version, rows, columns, source: head.source, notes: head.notes, parent: head.parent };
  writeAtomic(manifestPath(dataFolder, head.version), `${JSON.stringify(dataset, null, 1)}\n`);
  return dataset;
}

async function writePart(
  session: Session,
  raw: RawTable,
  group: readonly RawColumn[],
  stored: readonly string[],
  first: number,
  path: string,
): Promise<{ columns: ColumnInfo[]; rows: number }> {
  const names = group.map((_, index) => `v${first + index}`);
  await session.run(
    `CREATE OR REPLACE TABLE raw AS SELECT ${group.map((column, index) => `${column.sql} AS ${names[index]}`).join(", ")} FROM ${raw.relation}`,
  );
  const [counted] = await session.rows("SELECT count(*) FROM raw");
  const rows = Number(counted?.[0] ?? 0);
  const texts = names.filter((_, index) => group[index]?.kind === "text");
  const decisions = await typeTextColumns(session, "raw", texts, rows, raw.decimal);
  const typed = group.map((column, index) => typedColumn(column, names[index] ?? "", decisions, raw.decimal));
  await session.run(
    `COPY (SELECT ${typed.map((column, index) => `${column.sql} AS ${stored[index]}`).join(", ")} FROM raw) TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy, USE_TMP_FILE false)`,
  );
  const columns = await describe(session, path, stored, group, typed, rows, first);
  await session.run("DROP TABLE raw");
  return { columns, rows };
}

interface TypedColumn extends TypeDecision {
  /** SQL name in the staged table. */
  readonly cell: string;
  readonly sql: string;
}

function typedColumn(column: RawColumn, cell: string, decisions: ReadonlyMap<string, TypeDecision>, decimal: "." | ","): TypedColumn {
  if (column.kind !== "text") return { cell, sql: cell, type: column.kind, why: `kept as ${column.kind} from the file`, dateFormat: null };
  const decision = decisions.get(cell) ?? { type: "category" as const, why: "", dateFormat: null };
  return { ...decision, cell, sql: typedSql(cell, decision, decimal) };
}

/** SQL that reads a text cell as the given type; what does not parse is NULL. */
export function typedSql(
  cell: string,
  decision: { readonly type: string; readonly dateFormat: string | null },
  decimal: "." | ",",
): string {
  if (decision.type === "number") return numberSql(cell, decimal);
  if (decision.type === "date") return decision.dateFormat === null ? `TRY_CAST(${cell} AS TIMESTAMP)` : dateSql(cell, decision.dateFormat);
  return cell;
}

async function describe(
  session: Session,
  path: string,
  stored: readonly string[],
  group: readonly RawColumn[],
  typed: readonly TypedColumn[],
  rows: number,
  first: number,
): Promise<ColumnInfo[]> {
  const numbers = new Set(stored.filter((_, index) => typed[index]?.type === "number"));
  const facts = await aggregate(session, `read_parquet(${literal(path)})`, stored, rows, (name) => [
    `count(${name})`,
    `count(DISTINCT ${name})`,
    numbers.has(name) ? `count(*) FILTER (${name} <> trunc(${name}))` : "0",
  ]);
  const cells = await aggregate(
    session,
    "raw",
    typed.map((column) => column.cell),
    rows,
    (cell) => [`count(${cell})`],
  );
  const columns: ColumnInfo[] = [];
  for (const [index, column] of typed.entries()) {
    const [present = 0, distinct = 0, fractions = 0] = (facts.get(stored[index] ?? "") ?? []).map(Number);
    const lost = Number(cells.get(column.cell)?.[0] ?? 0) - present;
    columns.push({
      name: group[index]?.name ?? "",
      position: first + index,
      type: column.type,
      why: column.why,
      missing: rows - present,
      distinct,
      integer: column.type === "number" && present > 0 && fractions === 0,
      unparsed: lost === 0 ? [] : await unparsedOf(session, column),
      dateFormat: column.dateFormat,
    });
  }
  return columns;
}

async function unparsedOf(session: Session, { cell, sql }: TypedColumn): Promise<ColumnInfo["unparsed"]> {
  const rows = await session.rows(
    `SELECT ${cell}, count(*) AS n FROM raw WHERE ${cell} IS NOT NULL AND ${sql} IS NULL GROUP BY ${cell} ORDER BY n DESC, ${cell} LIMIT 20`,
  );
  return rows.map(([value, count]) => ({ value: String(value), count: Number(count) }));
}
