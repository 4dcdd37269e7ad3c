import type { RowMatch } from "../core/table-diff.ts";
import { agreeBeyondChance } from "./diff-chance.ts";
import { cellsDiffer, cellText, columnsRelation, pairedColumns, type SharedColumn, type StoredColumn } from "./diff-tables.ts";
import { storeRowNumbers } from "./row-numbers.ts";
import type { Session } from "./session.ts";

export interface Tables {
  readonly rowsA: number;
  readonly rowsB: number;
  readonly shared: readonly SharedColumn[];
}

/** Columns that are looked at to choose between ways to match rows. */
const MOST_TRIED_COLUMNS = 10;
const MOST_TRIED_KEYS = 3;
/** Share of equal cells below which rows are also sought as wholes. */
const CLEAR = 0.5;

/**
 * Finds the rows of the one table in the other: the session's table `pairs` (ra, rb) then holds them. Without a key the way is taken in which most cells are
 * equal: by position (as many rows in both), by a column whose values all differ in both tables, or whole rows. Where even so rows agree no more than by
 * chance, none is matched.
 */
export async function matchRows(session: Session, tables: Tables, key: readonly string[], kept: Int32Array | null): Promise<RowMatch> {
  const none = { before: 0, after: 0 };
  if (kept !== null) {
    await storeRowNumbers(session, "kept_rows", kept);
    await session.run("CREATE OR REPLACE TEMP TABLE pairs AS SELECT number AS ra, rowid AS rb FROM kept_rows");
    return { by: "steps", key: [], why: "which rows were kept is known from the making of the second table", repeated: none };
  }
  if (key.length > 0) {
    const repeated = await pairByKey(session, sharedNamed(tables, key));
    return { by: "key", key, why: "as asked", repeated };
  }
  const isAsLong = tables.rowsA === tables.rowsB;
  let best: { readonly share: number; readonly name: string | null } = { share: -1, name: null };
  if (isAsLong) {
    await pairByPosition(session, tables.rowsA);
    const share = await equalShare(session, tables, []);
    if (share >= 1 || tables.shared.length === 0) return byPosition();
    best = { share, name: null };
  }
  if (tables.shared.length === 0) return unmatched(session, "they have no column in common, and not as many rows");
  for (const name of likelyKeys(tables)) {
    await pairByKey(session, sharedNamed(tables, [name]));
    const share = await equalShare(session, tables, [name]);
    if (share > best.share) best = { share, name };
  }
  const whole = best.share < CLEAR && tables.shared.length > 0 ? await pairByContent(session, tables) : null;
  if (whole !== null && whole > best.share)
    return {
      by: "content",
      key: [],
      why: "rows that are equal in all columns of both; no column tells which row became which (--key names one)",
      repeated: none,
    };
  if (best.name !== null) {
    const repeated = await pairByKey(session, sharedNamed(tables, [best.name]));
    const counters = await countersOf(session, tables);
    if (counters.includes(best.name) && !(await agreeBeyondChance(session, tables, counters))) return unmatched(session);
    return { by: "key", key: [best.name], why: "its values all differ in both tables, and by it most cells are equal", repeated };
  }
  if (!isAsLong)
    return { by: "content", key: [], why: "nothing tells which row became which (--key names a column that does)", repeated: none };
  await pairByPosition(session, tables.rowsA);
  return (await agreeBeyondChance(session, tables, await countersOf(session, tables))) ? byPosition() : unmatched(session);
}

/** Whole numbers that count the rows of both tables: any two tables agree in them. */
async function countersOf(session: Session, { shared, rowsA, rowsB }: Tables): Promise<readonly string[]> {
  const isCounter = ({ info: { type, integer, missing, distinct } }: StoredColumn, rows: number) =>
    type === "number" && integer && missing === 0 && distinct === rows;
  const found: string[] = [];
  for (const { name, a, b } of shared.filter((one) => isCounter(one.a, rowsA) && isCounter(one.b, rowsB))) {
    const spans = await Promise.all(
      [a, b].map((column) => session.rows(`SELECT max(c0) - min(c0) + 1 FROM ${columnsRelation([column], "c")}`)),
    );
    if (spans.every((span, side) => Number(span[0]?.[0]) === (side === 0 ? rowsA : rowsB))) found.push(name);
  }
  return found;
}

const AS_BY_CHANCE =
  "row by row they agree no more than by chance, so they seem to be other rows (--key names a column that tells which is which)";

async function unmatched(session: Session, why = AS_BY_CHANCE): Promise<RowMatch> {
  await session.run("CREATE OR REPLACE TEMP TABLE pairs (ra BIGINT, rb BIGINT)");
  return {
    by: "none",
    key: [],
    why,
    repeated: { before: 0, after: 0 },
  };
}

function byPosition(): RowMatch {
  return { by: "position", key: [], why: "both have as many rows, and no key makes more cells equal", repeated: { before: 0, after: 0 } };
}

function sharedNamed({ shared }: Tables, names: readonly string[]): readonly SharedColumn[] {
  return names.flatMap((name) => shared.filter((one) => one.name === name));
}

/** Names and whole numbers whose values all differ in both tables. */
function likelyKeys({ shared, rowsA, rowsB }: Tables): string[] {
  const isKey = ({ info: { type, integer, missing, distinct } }: StoredColumn, rows: number) =>
    missing === 0 && distinct === rows && (type === "category" || type === "text" || (type === "number" && integer));
  return shared
    .filter(({ a, b }) => a.info.type === b.info.type && isKey(a, rowsA) && isKey(b, rowsB))
    .slice(0, MOST_TRIED_KEYS)
    .map(({ name }) => name);
}

async function pairByPosition(session: Session, rows: number): Promise<void> {
  await session.run(`CREATE OR REPLACE TEMP TABLE pairs AS SELECT range AS ra, range AS rb FROM range(${rows})`);
}

/** Of equal keys the first row is paired with the first one, and so on. @returns rows whose key stands in an earlier row too */
async function pairByKey(session: Session, key: readonly SharedColumn[]): Promise<RowMatch["repeated"]> {
  const names = key.map((_, place) => `k${place}`).join(", ");
  const repeated: number[] = [];
  for (const side of ["a", "b"] as const) {
    const columns = key.map((one) => one[side]);
    const cells = columns.map(({ info }, place) => (isOneType(key[place]) ? `c${place}` : cellText(`c${place}`, info)));
    await session.run(
      `CREATE OR REPLACE TEMP TABLE keys_${side} AS SELECT r, ${cells.map((cell, place) => `${cell} AS k${place}`).join(", ")} FROM ${columnsRelation(columns, "c")}`,
    );
    const [counted] = await session.rows(
      `SELECT count(*) - (SELECT count(*) FROM (SELECT DISTINCT ${names} FROM keys_${side})) FROM keys_${side}`,
    );
    repeated.push(Number(counted?.[0] ?? 0));
  }
  const isRepeated = repeated.some((count) => count > 0);
  const from = (side: string) =>
    isRepeated ? `(SELECT *, row_number() OVER (PARTITION BY ${names} ORDER BY r) AS o FROM keys_${side})` : `keys_${side}`;
  const equal = [...key.map((_, place) => `a.k${place} IS NOT DISTINCT FROM b.k${place}`), ...(isRepeated ? ["a.o = b.o"] : [])];
  await session.run(
    `CREATE OR REPLACE TEMP TABLE pairs AS SELECT a.r AS ra, b.r AS rb FROM ${from("a")} a JOIN ${from("b")} b ON ${equal.join(" AND ")}`,
  );
  for (const side of ["a", "b"]) await session.run(`DROP TABLE keys_${side}`);
  return { before: repeated[0] ?? 0, after: repeated[1] ?? 0 };
}

function isOneType(column: SharedColumn | undefined): boolean {
  return column !== undefined && column.a.info.type === column.b.info.type;
}

/** By a 64-bit hash of all shared columns. @returns share of the longer table that is matched */
async function pairByContent(session: Session, { shared, rowsA, rowsB }: Tables): Promise<number> {
  for (const side of ["a", "b"] as const) {
    const columns = shared.map((one) => one[side]);
    const cells = columns.map(({ info }, place) => (isOneType(shared[place]) ? `c${place}` : cellText(`c${place}`, info)));
    const hashed = `SELECT r, hash(${cells.join(", ")}) AS h FROM ${columnsRelation(columns, "c")}`;
    await session.run(
      `CREATE OR REPLACE TEMP TABLE hashes_${side} AS SELECT r, h, row_number() OVER (PARTITION BY h ORDER BY r) AS o FROM (${hashed})`,
    );
  }
  await session.run(
    "CREATE OR REPLACE TEMP TABLE pairs AS SELECT a.r AS ra, b.r AS rb FROM hashes_a a JOIN hashes_b b ON a.h = b.h AND a.o = b.o",
  );
  for (const side of ["a", "b"]) await session.run(`DROP TABLE hashes_${side}`);
  const [counted] = await session.rows("SELECT count(*) FROM pairs");
  return Number(counted?.[0] ?? 0) / Math.max(1, rowsA, rowsB);
}

/** Of the cells of the longer table, in some columns, those that are equal in a matched row. */
async function equalShare(session: Session, { shared, rowsA, rowsB }: Tables, key: readonly string[]): Promise<number> {
  const others = shared.filter(({ name }) => !key.includes(name));
  const step = Math.max(1, Math.floor(others.length / MOST_TRIED_COLUMNS));
  const tried = others.filter((_, place) => place % step === 0).slice(0, MOST_TRIED_COLUMNS);
  if (tried.length === 0) {
    const [counted] = await session.rows("SELECT count(*) FROM pairs");
    return Number(counted?.[0] ?? 0) / Math.max(1, rowsA, rowsB);
  }
  const equal = tried.map(({ a, b }, place) => `count_if(NOT ${cellsDiffer(`x${place}`, a.info, `y${place}`, b.info)})`);
  const [counts] = await session.rows(`SELECT ${equal.join(", ")} FROM ${pairedColumns(tried)}`);
  const sum = (counts ?? []).reduce<number>((total, count) => total + Number(count), 0);
  return sum / (tried.length * Math.max(1, rowsA, rowsB));
}
