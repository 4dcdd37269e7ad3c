import { OldhandError } from "../core/error.ts";
import { nearestName } from "../core/nearest-name.ts";
import type { CellSample, CellsChanged, ColumnsChanged, DiffSide, TableDiff } from "../core/table-diff.ts";
import { levelsChanged } from "./diff-levels.ts";
import { matchRows, type Tables } from "./diff-rows.ts";
import {
  cellsDiffer,
  cellText,
  columnsRelation,
  pairedColumns,
  type SharedColumn,
  type StoredColumn,
  type StoredTable,
  storedColumns,
} from "./diff-tables.ts";
import { type Session, type SessionOptions, type SqlValue, withSession } from "./session.ts";
import { spillFolder } from "./version.ts";

export interface DiffOptions extends SessionOptions {
  /** Columns that tell which row is which; empty = found. */
  readonly key: readonly string[];
  /** Rows of the first table that the second one has, in its order, where that is known. */
  readonly kept: Int32Array | null;
  /** Most row numbers of a set that are given back. */
  readonly sampleRows: number;
  readonly seed: number;
}

/** Rows of the two sets and what stayed, for whoever compares their values: uniform samples, ascending. */
export interface DiffRows {
  readonly added: Int32Array;
  readonly removed: Int32Array;
  /** Rows of the first table that the second one has too. */
  readonly stayed: Int32Array;
}

const CELL_SAMPLES = 3;
const ROW_SAMPLES = 5;
/** Columns of one query over the matched rows. */
const BATCH = 20;

/**
 * What two tables differ in. Everything is counted over all rows in DuckDB, so memory does not grow with them. Cells are compared by value: a text and the
 * number that it writes are one. @throws OldhandError unknown-column when a key is not in both.
 */
export async function diffDatasets(
  before: StoredTable,
  after: StoredTable,
  options: DiffOptions,
): Promise<{ readonly diff: TableDiff; readonly rows: DiffRows }> {
  const [a, b] = [storedColumns(before), storedColumns(after)];
  for (const name of options.key) for (const side of [before, after]) refuseUnknown(name, side);
  const byName = [...a].flatMap(([name, column]): SharedColumn[] => {
    const other = b.get(name);
    return other === undefined ? [] : [{ name, a: column, b: other }];
  });
  const tables: Tables = { rowsA: before.dataset.rows, rowsB: after.dataset.rows, shared: byName };
  return withSession(options, spillFolder(after.dataFolder), async (session) => {
    const match = await matchRows(session, tables, options.key, options.kept);
    const gone = [...a].flatMap(([name, column]) => (b.has(name) ? [] : [column]));
    const fresh = [...b].flatMap(([name, column]) => (a.has(name) ? [] : [column]));
    const isByRow = match.by !== "content" && match.by !== "none";
    const renamed = !isByRow ? [] : await findRenamed(session, gone, fresh);
    const compared = [...byName, ...renamed.map(({ a: from, b: to }) => ({ name: to.info.name, a: from, b: to }))];
    const cells = !isByRow ? [] : await changedCells(session, compared);
    const sampled = (sql: string) => sampleOf(session, sql, options);
    const [added, removed] = [only("b", tables.rowsB), only("a", tables.rowsA)];
    const [counted] = await session.rows(
      `SELECT (SELECT count(*) FROM pairs)${isByRow ? ", (SELECT count(DISTINCT rb) FROM changed_rows)" : ", 0"}`,
    );
    const [matched = 0, changed = 0] = (counted ?? []).map(Number);
    const first = async (sql: string) =>
      (await session.rows(`SELECT r FROM (${sql}) ORDER BY r LIMIT ${ROW_SAMPLES}`)).map(([row]) => Number(row));
    const diff: TableDiff = {
      before: sideOf(before),
      after: sideOf(after),
      match,
      columns: columnsChanged(byName, gone, fresh, renamed),
      rows: {
        matched,
        added: tables.rowsB - matched,
        removed: tables.rowsA - matched,
        changed,
        addedRows: await first(added),
        removedRows: await first(removed),
      },
      cells,
    };
    return {
      diff,
      rows: { added: await sampled(added), removed: await sampled(removed), stayed: await sampled("SELECT ra AS r FROM pairs") },
    };
  });
}

function refuseUnknown(name: string, { dataset }: StoredTable): void {
  const names = dataset.columns.map((column) => column.name);
  if (names.includes(name)) return;
  const nearest = nearestName(name, names);
  throw new OldhandError("unknown-column", {
    what: `There is no column "${name}" to tell rows by.`,
    where: dataset.source.name,
    expected: "a column of both tables",
    fix: nearest === null ? "Name another column with --key." : `Did you mean "${nearest}"?`,
  });
}

function sideOf({ dataset }: StoredTable): DiffSide {
  return { name: dataset.source.name, version: dataset.version, rows: dataset.rows, columns: dataset.columns.length };
}

function only(side: "a" | "b", rows: number): string {
  return `SELECT range AS r FROM range(${rows}) ANTI JOIN pairs ON range = r${side}`;
}

async function sampleOf(session: Session, sql: string, { sampleRows, seed }: DiffOptions): Promise<Int32Array> {
  const rows = await session.rows(`SELECT r FROM (${sql}) USING SAMPLE reservoir(${sampleRows} ROWS) REPEATABLE (${seed})`);
  return Int32Array.from(rows, ([row]) => Number(row)).sort();
}

function columnsChanged(
  shared: readonly SharedColumn[],
  gone: readonly StoredColumn[],
  fresh: readonly StoredColumn[],
  renamed: readonly Renamed[],
): ColumnsChanged {
  const inB = [...shared].sort((one, other) => one.b.info.position - other.b.info.position);
  return {
    added: fresh.filter((column) => !renamed.some(({ b }) => b === column)).map(({ info }) => info.name),
    removed: gone.filter((column) => !renamed.some(({ a }) => a === column)).map(({ info }) => info.name),
    renamed: renamed.map(({ a, b, agreement }) => ({ from: a.info.name, to: b.info.name, agreement })),
    retyped: shared.flatMap(({ name, a, b }) => (a.info.type === b.info.type ? [] : [{ name, from: a.info.type, to: b.info.type }])),
    reordered: inB.some((column, place) => column !== shared[place]),
  };
}

/** Columns with a changed cell, most first. Rows with one are in the table `changed_rows` afterwards. */
async function changedCells(session: Session, columns: readonly SharedColumn[]): Promise<CellsChanged[]> {
  await session.run("CREATE OR REPLACE TEMP TABLE changed_rows (rb BIGINT)");
  const found: CellsChanged[] = [];
  for (const group of inSameFiles(columns))
    for (let from = 0; from < group.length; from += BATCH) found.push(...(await changedIn(session, group.slice(from, from + BATCH))));
  return found.sort((one, other) => other.cells - one.cells);
}

function inSameFiles(columns: readonly SharedColumn[]): readonly SharedColumn[][] {
  const groups = new Map<string, SharedColumn[]>();
  for (const column of columns) {
    const files = `${column.a.part.path}\n${column.b.part.path}`;
    groups.set(files, [...(groups.get(files) ?? []), column]);
  }
  return [...groups.values()];
}

async function changedIn(session: Session, batch: readonly SharedColumn[]): Promise<CellsChanged[]> {
  const differ = batch.map(({ a, b }, place) => cellsDiffer(`x${place}`, a.info, `y${place}`, b.info));
  const from = pairedColumns(batch);
  const counts = batch.flatMap(({ a, b }, place) => {
    const [x, y, isOther] = [`x${place}`, `y${place}`, differ[place] ?? ""];
    const isOrdered = a.info.type === b.info.type && (a.info.type === "number" || a.info.type === "date");
    return [
      `count_if(${isOther})`,
      `count_if(${x} IS NOT NULL AND ${y} IS NULL)`,
      `count_if(${x} IS NULL AND ${y} IS NOT NULL)`,
      ...(isOrdered ? [`count_if(${y} > ${x})`, `count_if(${y} < ${x})`] : ["0", "0"]),
    ];
  });
  const [row = []] = await session.rows(`SELECT ${counts.join(", ")} FROM ${from}`);
  const changed = batch.flatMap((column, place) => {
    const [cells = 0, emptied = 0, filled = 0, up = 0, down = 0] = row.slice(5 * place, 5 * place + 5).map(Number);
    return cells === 0 ? [] : [{ column, isOther: differ[place] ?? "", place, cells, emptied, filled, up, down }];
  });
  if (changed.length === 0) return [];
  await session.run(`INSERT INTO changed_rows SELECT rb FROM ${from} WHERE ${changed.map(({ isOther }) => isOther).join(" OR ")}`);
  const found: CellsChanged[] = [];
  for (const { column, isOther, place, ...facts } of changed) {
    const texts = [cellText(`x${place}`, column.a.info), cellText(`y${place}`, column.b.info)];
    const samples = await session.rows(
      `SELECT ra, rb, ${texts.join(", ")} FROM ${from} WHERE ${isOther} ORDER BY rb LIMIT ${CELL_SAMPLES}`,
    );
    const levels =
      column.a.info.type === "category" && column.b.info.type === "category" ? await levelsChanged(session, from, place) : null;
    found.push({ column: column.name, ...facts, ...(levels === null ? {} : { levels }), samples: samples.map(sampleCell) });
  }
  return found;
}

function sampleCell([ra, rb, x, y]: readonly SqlValue[]): CellSample {
  const text = (cell: SqlValue | undefined) => (cell === null || cell === undefined ? null : String(cell));
  return { rowBefore: Number(ra), rowAfter: Number(rb), before: text(x), after: text(y) };
}

interface Renamed {
  readonly a: StoredColumn;
  readonly b: StoredColumn;
  readonly agreement: number;
}

/** Matched rows that are looked at, and columns of a side: more are told as gone and new. */
const RENAME_ROWS = 2000;
const MOST_RENAMED = 100;
/** Least agreement beyond chance, and the most likely chance of so many equal cells, of two columns that are one. */
const LEAST_KAPPA = 0.95;
const MOST_CHANCE = 0.001;

/** Pairs of a column that is gone and a new one whose cells agree, the best first. */
async function findRenamed(session: Session, gone: readonly StoredColumn[], fresh: readonly StoredColumn[]): Promise<Renamed[]> {
  if (gone.length === 0 || fresh.length === 0 || gone.length > MOST_RENAMED || fresh.length > MOST_RENAMED) return [];
  await session.run("ALTER TABLE pairs RENAME TO all_pairs");
  await session.run(`CREATE TEMP TABLE pairs AS SELECT * FROM all_pairs ORDER BY hash(rb) LIMIT ${RENAME_ROWS}`);
  const textsOf = async (columns: readonly StoredColumn[], side: "a" | "b") => {
    const cells = columns.map(({ info }, place) => cellText(`c${place}`, info));
    const rows = await session.rows(
      `SELECT ${cells.join(", ")} FROM pairs JOIN (SELECT * FROM ${columnsRelation(columns, "c")}) t ON t.r = r${side} ORDER BY rb`,
    );
    return columns.map((_, place) => rows.map((row) => row[place] ?? null));
  };
  const [before, after] = [await textsOf(gone, "a"), await textsOf(fresh, "b")];
  await session.run("DROP TABLE pairs");
  await session.run("ALTER TABLE all_pairs RENAME TO pairs");
  const alike = gone.flatMap((a, i) =>
    fresh.flatMap((b, j): Renamed[] => {
      const { kappa, chance } = agreementOf(before[i] ?? [], after[j] ?? []);
      return kappa >= LEAST_KAPPA && chance <= MOST_CHANCE ? [{ a, b, agreement: kappa }] : [];
    }),
  );
  const taken = new Set<StoredColumn>();
  return alike
    .sort((one, other) => other.agreement - one.agreement)
    .filter(({ a, b }) => {
      if (taken.has(a) || taken.has(b)) return false;
      taken.add(a).add(b);
      return true;
    });
}

/** Cohen's kappa of two columns row by row, and the chance of so much agreement of columns that know nothing of each other. */
function agreementOf(x: readonly SqlValue[], y: readonly SqlValue[]): { kappa: number; chance: number } {
  const counts = new Map<SqlValue, [number, number]>();
  let equal = 0;
  for (const [row, value] of x.entries()) {
    if (value === y[row]) equal++;
    for (const [side, cell] of [value, y[row] ?? null].entries()) {
      const count = counts.get(cell) ?? [0, 0];
      count[side as 0 | 1]++;
      counts.set(cell, count);
    }
  }
  const rows = Math.max(1, x.length);
  let expected = 0;
  for (const [inX, inY] of counts.values()) expected += (inX / rows) * (inY / rows);
  if (expected >= 1) return { kappa: 0, chance: 1 };
  return { kappa: (equal / rows - expected) / (1 - expected), chance: expected ** equal };
}
