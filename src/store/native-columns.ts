import { freeName } from "./column-names.ts";
import type { RawColumn } from "./raw-table.ts";
import { identifier, literal, type Session } from "./session.ts";

/** A column, or a field of a nested one. */
export interface NativeColumn extends RawColumn {
  /** Names from the column of the file down to the value. */
  readonly path: readonly string[];
}

export interface NativeColumns {
  readonly columns: NativeColumn[];
  readonly notes: string[];
}

/** Names from a column down to a value in it; what lies deeper is left out. */
export const MOST_NESTED = 4;

const SMALL_NUMBER = /^(U?(TINYINT|SMALLINT|INTEGER)|FLOAT|DOUBLE|DECIMAL\b.*)$/;
const FRACTIONS = /^(FLOAT|DOUBLE|DECIMAL\b)/;
const WIDE_INTEGER = /^U?(BIGINT|HUGEINT)$/;
const NESTED = /(\[\d*\]|^STRUCT|^MAP|^UNION|^BLOB|^BIT|^VARIANT|^GEOMETRY)/;

const SHOWN_TYPE = 80;

/** Columns of a file that knows its types; the fields of a nested one are columns "outer.inner". Lists, maps and binary ones are left out with a note. */
export async function nativeColumns(session: Session, relation: string): Promise<NativeColumns> {
  const described = await describe(session, `* FROM ${relation}`);
  const taken = new Set(described.map(({ name }) => name));
  const columns: NativeColumn[] = [];
  const notes: string[] = [];
  const add = async (path: readonly string[], name: string, type: string): Promise<void> => {
    const fields = path.length < MOST_NESTED ? await fieldsOf(session, type) : null;
    if (fields !== null) {
      for (const field of fields) await add([...path, field.name], freeName(`${name}.${field.name}`, taken), field.type);
      return;
    }
    const shown = type.length > SHOWN_TYPE ? `${type.slice(0, SHOWN_TYPE)}...` : type;
    if (NESTED.test(type)) notes.push(`Column "${name}" was left out: it holds ${shown}, not single values.`);
    else columns.push({ name, path, ...(await native(session, relation, fieldSql(path), type)) });
  };
  for (const { name, type } of described) await add([name], name, type);
  return { columns, notes };
}

/** Null for a type without named fields, and for one that holds names the database reads but cannot write: none, empty ones and two that differ in case alone. */
async function fieldsOf(session: Session, type: string): Promise<{ name: string; type: string }[] | null> {
  if (!type.startsWith("STRUCT(") || !type.endsWith(")")) return null;
  return describe(session, `unnest(CAST(NULL AS ${type}))`).catch(() => null);
}

async function describe(session: Session, selected: string): Promise<{ name: string; type: string }[]> {
  const rows = await session.rows(`DESCRIBE SELECT ${selected}`);
  return rows.map((row) => ({ name: String(row[0]), type: String(row[1]) }));
}

function fieldSql([column = "", ...fields]: readonly string[]): string {
  return fields.reduce((outer, field) => `struct_extract(${outer}, ${literal(field)})`, identifier(column));
}

/** A value in a column of JSON. */
export function jsonFieldSql([column = "", ...fields]: readonly string[]): string {
  const pointer = fields.map((field) => `/${field.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
  return pointer === "" ? identifier(column) : `json_extract(${identifier(column)}, ${literal(pointer)})`;
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
