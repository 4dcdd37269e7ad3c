import { distance } from "fastest-levenshtein";
import type { ColumnInfo } from "../core/dataset.ts";
import { OldhandError } from "../core/error.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { InputField } from "../core/scorer.ts";
import { shellWord } from "../core/shell-word.ts";
import { isPlain } from "../core/written-amount.ts";
import { amountSql } from "./amount-text.ts";
import { count, list } from "./column-names.ts";
import { dateSql } from "./date-pattern.ts";
import { numberSql } from "./number-text.ts";
import type { RawColumn, RawTable } from "./raw-table.ts";
import type { Session } from "./session.ts";

export interface Matched {
  /** For each wanted column, the one of the file. */
  readonly columns: readonly RawColumn[];
  /** Names of the file that training did not have. */
  readonly extra: readonly string[];
}

/** Why a column is wanted that the model does not read. */
export const KEPT = "kept";

/** What is known of a wanted column's values, from training. */
export type KnownValues = Pick<InputField, "name" | "levels" | "min" | "max">;

/**
 * Finds the wanted columns in a file by name. @throws OldhandError schema-mismatch naming all that are missing. A name that is nearly that of a missing
 * column is offered only when training had no column of it and its values could be the missing ones. others: columns of training that nobody wants.
 */
export async function matchColumns(
  session: Session,
  raw: RawTable,
  wanted: readonly ColumnInfo[],
  path: string,
  known: readonly KnownValues[] = [],
  others: readonly string[] = [],
): Promise<Matched> {
  const byName = new Map(raw.columns.map((column) => [column.name, column]));
  const names = new Set(wanted.map((column) => column.name));
  const extra = raw.columns.filter(({ name }) => !names.has(name) && !others.includes(name));
  const missing = wanted.filter((column) => !byName.has(column.name));
  if (missing.length > 0)
    throw mismatch(
      missing,
      await renamings(
        session,
        raw,
        missing.filter(({ why }) => why !== KEPT),
        extra,
        known,
      ),
      raw.columns,
      { unknown: extra, unused: raw.columns.filter(({ name }) => !names.has(name) && others.includes(name)) },
      path,
    );
  return { columns: wanted.flatMap((column) => byName.get(column.name) ?? []), extra: extra.map(({ name }) => name) };
}

/** SQL that reads a column of a file as the type it has in the dataset, whatever it looks like. `text`: its staged text. */
export function readAs(column: RawColumn, info: ColumnInfo, decimal: "." | ",", text = column.text): string {
  if (info.amount !== undefined && !isPlain(info.amount)) {
    if (column.kind === "number") return column.sql;
    return column.number === undefined ? amountSql(text, info.amount) : `coalesce(${column.number}, ${amountSql(text, info.amount)})`;
  }
  if (info.type === "number") return column.kind === "number" ? column.sql : numberSql(text, decimal);
  if (info.type === "date") return column.kind === "date" ? column.sql : dateSql(text, info.dateFormat);
  if (column.kind === "date" && info.why !== KEPT && text === column.text) return isoSql(column.sql);
  return text;
}

/** A time of the file's own type where training had texts: a day at midnight, else to the millisecond as far as it is there. */
function isoSql(time: string): string {
  const written = (format: string) => `strftime(${time}, '${format}')`;
  return `CASE WHEN ${time} = date_trunc('day', ${time}) THEN ${written("%Y-%m-%d")} WHEN ${time} = date_trunc('second', ${time}) THEN ${written("%Y-%m-%d %H:%M:%S")} ELSE ${written("%Y-%m-%d %H:%M:%S.%g")} END`;
}

interface Renaming {
  readonly from: string;
  readonly to: string;
}

async function renamings(
  session: Session,
  raw: RawTable,
  missing: readonly ColumnInfo[],
  extra: readonly RawColumn[],
  known: readonly KnownValues[],
): Promise<Renaming[]> {
  const found: Renaming[] = [];
  for (const info of missing) {
    const near = nearest(info.name, extra);
    const values = known.find(({ name }) => name === info.name) ?? null;
    if (near !== null && (await couldBe(session, raw, near, info, values))) found.push({ from: near.name, to: info.name });
  }
  return found;
}

/** Spelling differs by case and separators, or by a letter in three. */
function nearest(name: string, extra: readonly RawColumn[]): RawColumn | null {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "");
  const ranked = extra
    .map((column) => ({ column, edits: distance(plain(name), plain(column.name)) }))
    .sort((a, b) => a.edits - b.edits || (a.column.name < b.column.name ? -1 : 1));
  const [best] = ranked;
  return best !== undefined && best.edits <= Math.max(1, name.length / 3) ? best.column : null;
}

const SAMPLE_ROWS = 1000;

/**
 * Most of its first values read as the wanted type, and most of those lie in what training saw: within its range, among its levels. A renamed column passes; one
 * of another meaning rarely does.
 */
async function couldBe(session: Session, raw: RawTable, column: RawColumn, info: ColumnInfo, known: KnownValues | null): Promise<boolean> {
  const value = readAs(column, info, raw.decimal);
  const rows = await session.rows(
    `SELECT ${info.type === "date" ? `epoch_ms(${value})` : value} FROM (SELECT * FROM ${raw.relation} WHERE ${column.text} IS NOT NULL LIMIT ${SAMPLE_ROWS})`,
  );
  const read = rows.map(([one]) => one).filter((one) => one !== null && one !== undefined);
  if (2 * read.length <= rows.length) return false;
  return 2 * read.filter((one) => isKnown(one, known)).length > read.length;
}

function isKnown(value: unknown, known: KnownValues | null): boolean {
  if (known === null) return true;
  const { levels, min, max } = known;
  if (levels !== null) return levels.includes(String(value));
  return min === null || max === null || (Number(value) >= min && Number(value) <= max);
}

function mismatch(
  missing: readonly ColumnInfo[],
  renames: readonly Renaming[],
  columns: readonly RawColumn[],
  { unknown, unused }: { readonly unknown: readonly RawColumn[]; readonly unused: readonly RawColumn[] },
  path: string,
): OldhandError {
  const quoted = (some: readonly RawColumn[]) => list(some.map(({ name }) => `"${name}"`));
  const foreign = unknown.length === 0 ? "" : `; not of the training data: ${quoted(unknown)}`;
  const idle = unused.length === 0 ? "" : `; of the training data, but not read by the model: ${quoted(unused)}`;
  const present = columns.length;
  const kept = missing.flatMap(({ name, why }) => (why === KEPT ? [name] : []));
  const keep = kept.flatMap((name) => {
    const nearest = nearestName(
      name,
      columns.map((column) => column.name),
    );
    return [
      `There is no "${name}" to keep. ${nearest === null ? "Name a column of the file, or leave --keep out." : `Did you mean --keep ${shellWord(nearest)}?`}`,
    ];
  });
  const rest = missing.filter(({ name, why }) => why !== KEPT && !renames.some(({ to }) => to === name));
  const rename = renames.length === 0 ? [] : [`Rename ${list(renames.map(({ from, to }) => `"${from}" to "${to}"`))}: their values fit.`];
  const add = rest.length === 0 ? [] : ["Add the missing columns, under these names and with the meaning that they had in training."];
  return new OldhandError("schema-mismatch", {
    what:
      missing.length > 1 && present === unknown.length
        ? "This is another table: none of the columns that the model was trained on is in it."
        : `${count(missing.length, "column is", "columns are")} missing in the file.`,
    where: path,
    expected: list(missing.map(({ name, type }) => `"${name}" (${type})`)),
    got: `${count(present, "column", "columns")}, ${present - unknown.length} of them of the training data${foreign}${idle}`,
    fix: [...keep, ...rename, ...add].join(" "),
  });
}
