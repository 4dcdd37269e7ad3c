import type { RawColumn } from "./raw-table.ts";
import { identifier, type Session } from "./session.ts";

export interface NativeColumns {
  readonly columns: RawColumn[];
  readonly notes: string[];
}

const SMALL_NUMBER = /^(U?(TINYINT|SMALLINT|INTEGER)|FLOAT|DOUBLE|DECIMAL\b.*)$/;
const FRACTIONS = /^(FLOAT|DOUBLE|DECIMAL\b)/;
const WIDE_INTEGER = /^U?(BIGINT|HUGEINT)$/;
const NESTED = /(\[\d*\]|^STRUCT|^MAP|^UNION|^BLOB|^BIT|^VARIANT|^GEOMETRY)/;

/** Columns of a file that knows its types. Nested and binary ones are left out with a note. */
export async function nativeColumns(session: Session, relation: string): Promise<NativeColumns> {
  const described = await session.rows(`DESCRIBE SELECT * FROM ${relation}`);
  const columns: RawColumn[] = [];
  const notes: string[] = [];
  for (const row of described) {
    const [name, type] = [String(row[0]), String(row[1])];
    if (NESTED.test(type)) notes.push(`Column "${name}" was left out: it holds ${type}, not single values.`);
    else columns.push({ name, ...(await native(session, relation, identifier(name), type)) });
  }
  return { columns, notes };
}

async function native(session: Session, relation: string, cell: string, type: string): Promise<Omit<RawColumn, "name">> {
  const text = type === "JSON" ? jsonText(cell) : `nullif(CAST(${cell} AS VARCHAR), '')`;
  if (SMALL_NUMBER.test(type)) {
    const sql = finite(`CAST(${cell} AS DOUBLE)`);
    return { sql, kind: "number", text: FRACTIONS.test(type) ? plainText(`CAST(${cell} AS DOUBLE)`, text) : text };
  }
  if (WIDE_INTEGER.test(type)) {
    const [row] = await session.rows(`SELECT count(*) FROM ${relation} WHERE ${cell} > 9007199254740992 OR ${cell} < -9007199254740992`);
    return Number(row?.[0] ?? 0) === 0 ? { sql: `CAST(${cell} AS DOUBLE)`, kind: "number", text } : { sql: text, kind: "category", text };
  }
  if (type === "DATE" || type.startsWith("TIMESTAMP")) return { sql: dateWithin(cell), kind: "date", text };
  return { sql: text, kind: type === "JSON" ? "text" : type === "VARCHAR" ? "words" : "category", text };
}

/** Milliseconds from 1970 beyond which JavaScript has no date: the years -271821 and 275760. Files hold such dates for "never", or where they are damaged. */
const MOST_MS = 8_640_000_000_000_000;

/** A date that can be told; others are missing. */
function dateWithin(cell: string): string {
  const time = `TRY_CAST(${cell} AS TIMESTAMP)`;
  return `CASE WHEN isfinite(${time}) AND abs(epoch_ms(${time})) <= ${MOST_MS} THEN ${time} END`;
}

/** The text of a JSON value. */
export function jsonText(cell: string): string {
  const written = `nullif(${cell} ->> '$', '')`;
  return `CASE WHEN json_type(${cell}) = 'DOUBLE' THEN ${plainText(jsonNumber(cell), written)} ELSE ${written} END`;
}

/** DOUBLE, or NULL where the value is no number. */
export function jsonNumber(cell: string): string {
  return `CASE WHEN json_type(${cell}) IN ('BIGINT', 'UBIGINT', 'DOUBLE') THEN TRY_CAST(${cell} ->> '$' AS DOUBLE) END`;
}

/** A type with fractions does not tell 12 from 12.0; codes are written without. `number`: DOUBLE or NULL; `written`: the text of all other numbers. */
function plainText(number: string, written: string): string {
  const isPlain = `abs(${number}) < 9007199254740992 AND ${number} = trunc(${number})`;
  return `CASE WHEN ${isPlain} THEN CAST(CAST(${number} AS BIGINT) AS VARCHAR) ELSE ${written} END`;
}

function finite(sql: string): string {
  return `CASE WHEN isfinite(${sql}) THEN ${sql} END`;
}
