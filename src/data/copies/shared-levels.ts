import type { LevelColumn } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";

/** A value of one column that stands in just the rows in which another column has one of some values: "not asked" where the answer before was no. */
export interface SharedLevel {
  readonly of: LevelColumn;
  readonly level: string;
  readonly by: LevelColumn;
  /** Values of `by` with which it goes, and all of them. */
  readonly kinds: readonly string[];
  readonly all: number;
  readonly rows: number;
  /** Rows with the value in which the other column has yet another one; 0: just where it has one of the kinds. */
  readonly elsewhere: number;
  /** Rows that are compared, and those in which it holds: all, or those of the kinds where the value stands elsewhere too. */
  readonly compared: number;
  readonly held: number;
  /** That columns without a bond would agree so. */
  readonly chance: number;
}

/** More values are keys or texts. */
const MOST_LEVELS = 50;
const MOST_COLUMNS = 40;
/** Share of the rows that have the value, and that have not. */
const LEAST_SHARE = 0.02;
const LEAST_ROWS = 20;
/** Rows that may break it, and the same of the rows with the value, or of those without where they are fewer. */
const [STRAYS, STRAYS_OF_FEW] = [0.005, 0.05];
/** Where the value stands elsewhere too, the share of its rows that the kinds hold; and the rows of the kinds without it. */
const [LEAST_COVERED, STRAYS_IN_KINDS] = [0.8, 0.005];
/** Over all pairs and values. */
const CHANCE = 1e-9;
/** Rows that refute nearly all pairs, and strays among them. */
const [PROBED, STRAYS_IN_PROBE, COVERED_IN_PROBE] = [1000, 0.02, 0.7];

/** What the columns are: mayGive as for coarser ones; of a number only an end says that there is none of it, or all: its levels are in their order. */
interface Kinds {
  readonly mayGive?: (column: LevelColumn) => boolean;
  readonly isNumber?: (column: LevelColumn) => boolean;
}

/** Of each column the value that shows best, beside the column that gives it by the fewest values; each two columns once. Columns that give others whole are told as such. */
export function sharedLevels(
  columns: readonly LevelColumn[],
  rows: number,
  { mayGive = () => true, isNumber = () => false }: Kinds = {},
): readonly SharedLevel[] {
  const fit = columns.filter(({ levels }) => levels.length >= 2 && levels.length <= MOST_LEVELS);
  const chosen = new Set(finestFirst(fit, ({ levels }) => levels.length).slice(0, MOST_COLUMNS));
  const some = fit.filter((column) => chosen.has(column));
  const looks = some.length * Math.max(1, some.length - 1) * MOST_LEVELS;
  const found = some.flatMap((of) => {
    const giving = some.flatMap((by) =>
      of === by || !mayGive(by)
        ? []
        : (bond(of, by, rows, looks)
            ?.filter((one) => isAtEnds(one, isNumber))
            .slice(0, 1) ?? []),
    );
    return giving
      .sort(
        (a, b) =>
          isPartly(a) - isPartly(b) || b.held / b.compared - a.held / a.compared || a.all - b.all || (a.by.name < b.by.name ? -1 : 1),
      )
      .slice(0, 1);
  });
  return found.filter((one, place) => !found.slice(0, place).some(({ of, by }) => of === one.by && by === one.of));
}

function bond(of: LevelColumn, by: LevelColumn, rows: number, looks: number): readonly SharedLevel[] | null {
  const step = Math.max(1, Math.floor(rows / PROBED));
  const probe = tableOf(of, by, rows, step);
  const hopeful = of.levels.flatMap((_, level) => {
    const { strays } = split(probe, level);
    if (probe.rows === 0) return [];
    const { covered, own } = within(probe, level, STRAYS_IN_PROBE);
    return strays <= STRAYS_IN_PROBE * probe.rows || covered >= COVERED_IN_PROBE * own ? [level] : [];
  });
  if (hopeful.length === 0) return null;
  const table = step === 1 ? probe : tableOf(of, by, rows, 1);
  if (givesWhole(table)) return null;
  const fits = hopeful.flatMap((level) => resultOf(of, by, table, level, looks) ?? impliedBy(of, by, table, level, looks) ?? []);
  return fits.sort((a, b) => isPartly(a) - isPartly(b) || b.held - a.held || b.rows - a.rows);
}

function isAtEnds({ of, level, by, kinds }: SharedLevel, isNumber: (column: LevelColumn) => boolean): boolean {
  const standsAtEnd = ({ levels }: LevelColumn, some: readonly string[]) => {
    const places = some.map((one) => levels.indexOf(one));
    return Math.max(...places) === some.length - 1 || Math.min(...places) === levels.length - some.length;
  };
  return (!isNumber(of) || standsAtEnd(of, [level])) && (!isNumber(by) || standsAtEnd(by, kinds));
}

/** Rows of each value of `by`, with each value of `of`. */
interface Table {
  readonly cells: Float64Array;
  readonly width: number;
  readonly sums: Float64Array;
  readonly rows: number;
}

function tableOf(of: LevelColumn, by: LevelColumn, rows: number, step: number): Table {
  const width = of.levels.length;
  const [cells, sums] = [new Float64Array(by.levels.length * width), new Float64Array(by.levels.length)];
  let held = 0;
  for (let row = 0; row < rows; row += step) {
    const [x, y] = [of.codes[row] ?? -1, by.codes[row] ?? -1];
    if (x < 0 || y < 0) continue;
    cells[y * width + x] = (cells[y * width + x] ?? 0) + 1;
    sums[y] = (sums[y] ?? 0) + 1;
    held++;
  }
  return { cells, width, sums, rows: held };
}

/** The values of `by` in whose rows it mostly stands, and the rows that stray from that. */
function split({ cells, width, sums }: Table, level: number) {
  const kinds: number[] = [];
  let [strays, own] = [0, 0];
  sums.forEach((all, kind) => {
    const count = cells[kind * width + level] ?? 0;
    own += count;
    if (2 * count > all) kinds.push(kind);
    strays += Math.min(count, all - count);
  });
  return { kinds, strays, own };
}

const isPartly = ({ elsewhere }: SharedLevel) => Number(elsewhere > 0);

/** The values of `by` nearly all of whose rows have it, and what they hold. */
function within({ cells, width, sums }: Table, level: number, strays: number) {
  const kinds: number[] = [];
  let [covered, held, own] = [0, 0, 0];
  sums.forEach((all, kind) => {
    const count = cells[kind * width + level] ?? 0;
    own += count;
    if (all === 0 || all - count > strays * all) return;
    kinds.push(kind);
    covered += count;
    held += all;
  });
  return { kinds, covered, held, own };
}

/** Each value of the one goes with one value of the other: what the other tells is told whole. */
function givesWhole({ cells, width, sums }: Table): boolean {
  const [byEach, ofEach] = [new Int32Array(sums.length), new Int32Array(width)];
  cells.forEach((count, place) => {
    if (count === 0) return;
    const [kind, level] = [Math.floor(place / width), place % width];
    byEach[kind] = (byEach[kind] ?? 0) + 1;
    ofEach[level] = (ofEach[level] ?? 0) + 1;
  });
  return byEach.every((count) => count <= 1) || ofEach.every((count) => count <= 1);
}

function resultOf(of: LevelColumn, by: LevelColumn, table: Table, level: number, looks: number): SharedLevel | null {
  const { kinds, strays, own } = split(table, level);
  const few = Math.min(own, table.rows - own);
  if (few < Math.max(LEAST_ROWS, LEAST_SHARE * table.rows) || strays > STRAYS * table.rows || strays > STRAYS_OF_FEW * few) return null;
  if (kinds.length === 0) return null;
  const share = own / table.rows;
  // A value of `by` is pure by chance as all its rows have it, or none.
  const logChance = table.sums.reduce((sum, count) => sum + Math.log(share ** count + (1 - share) ** count), strays * Math.log(table.rows));
  if (logChance > Math.log(CHANCE / looks)) return null;
  return {
    ...called(of, by, table, level, kinds),
    rows: own,
    elsewhere: 0,
    compared: table.rows,
    held: table.rows - strays,
    chance: Math.exp(logChance),
  };
}

function called(of: LevelColumn, by: LevelColumn, { sums }: Table, level: number, kinds: readonly number[]) {
  return {
    of,
    level: of.levels[level] ?? "",
    by,
    kinds: kinds.map((kind) => by.levels[kind] ?? ""),
    all: sums.reduce((count, rows) => count + Number(rows > 0), 0),
  };
}

/** It stands wherever the other column has one of some values, which hold most of its rows, and in a few rows more. Of two marks that are never on together there is nothing to tell. */
function impliedBy(of: LevelColumn, by: LevelColumn, table: Table, level: number, looks: number): SharedLevel | null {
  if (of.levels.length === 2 && by.levels.length === 2) return null;
  const { kinds, covered, held, own } = within(table, level, STRAYS_IN_KINDS);
  const few = Math.min(own, table.rows - own);
  if (kinds.length === 0 || covered < LEAST_COVERED * own || few < Math.max(LEAST_ROWS, LEAST_SHARE * table.rows)) return null;
  // Any choice of kinds might have been that of the pure ones.
  const share = own / table.rows;
  const logChance = covered * Math.log(share) + (held - covered) * Math.log(held) + table.sums.length * Math.LN2;
  if (logChance > Math.log(CHANCE / looks)) return null;
  return {
    ...called(of, by, table, level, kinds),
    rows: own,
    elsewhere: own - covered,
    compared: held,
    held: covered,
    chance: Math.exp(logChance),
  };
}
