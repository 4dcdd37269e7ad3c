import type { NumberColumn } from "../columns/counts.ts";

/** Marks of 0 and 1 that give each other: exactly one of a set in every row, or one that is on where any of its parts is. */
export interface FlagSet {
  /** Null: exactly one of the parts is on in every row. */
  readonly whole: NumberColumn | null;
  readonly parts: readonly NumberColumn[];
  /** No two parts are on in one row: the whole is their sum. */
  readonly apart: boolean;
  /** That this holds in all rows of marks that have nothing to do with each other. */
  readonly chance: number;
}

const MOST_FLAGS = 100;
const MOST_PARTS = 12;
/** Of one in every row: regions by years are many. */
const MOST_OF_ONE = 60;
/** Rows in which a mark is on, and off. */
const LEAST_ROWS = 5;
const CHANCE = 1e-6;
/** Steps of the search for one set. */
const MOST_STEPS = 2000;

interface Flag {
  readonly column: NumberColumn;
  /** 32 rows in each number. */
  readonly bits: Int32Array;
  readonly on: number;
}

/** Each set once. Marks with gaps are left out. */
export function flagSets(columns: readonly NumberColumn[], rows: number): readonly FlagSet[] {
  const flags = columns
    .flatMap((column) => flagOf(column, rows))
    .filter(({ on }) => on >= LEAST_ROWS && rows - on >= LEAST_ROWS)
    .sort((a, b) => (a.column.name < b.column.name ? -1 : 1))
    .slice(0, MOST_FLAGS);
  return [...partitions(flags, rows), ...flags.flatMap((flag) => unionOf(flag, flags, rows))].filter(({ chance }) => chance < CHANCE);
}

function flagOf(column: NumberColumn, rows: number): readonly Flag[] {
  const bits = new Int32Array((rows + 31) >> 5);
  let on = 0;
  for (let row = 0; row < rows; row++) {
    const value = column.values[row];
    if (value === 1) {
      bits[row >> 5] = (bits[row >> 5] ?? 0) | (1 << (row & 31));
      on++;
    } else if (value !== 0) return [];
  }
  return [{ column, bits, on }];
}

/** Sets of three or more that cover every row once: the first row that is open is covered by one of the marks that are on in it. */
function partitions(flags: readonly Flag[], rows: number): readonly FlagSet[] {
  const found: FlagSet[] = [];
  const used = new Set<Flag>();
  for (const first of flags) {
    if (used.has(first)) continue;
    let steps = 0;
    const cover = (taken: readonly Flag[], covered: Int32Array, count: number): readonly Flag[] | null => {
      if (count === rows) return taken;
      if (++steps > MOST_STEPS || taken.length >= MOST_OF_ONE) return null;
      const open = firstOpen(covered);
      for (const flag of flags) {
        if (used.has(flag) || !isOn(flag.bits, open) || count + flag.on > rows || !areApart(flag.bits, covered)) continue;
        const whole = cover([...taken, flag], either(covered, flag.bits), count + flag.on);
        if (whole !== null) return whole;
      }
      return null;
    };
    const set = cover([first], first.bits, first.on);
    if (set === null || set.length < 3) continue;
    for (const flag of set) used.add(flag);
    found.push({ whole: null, parts: set.map(({ column }) => column), apart: true, chance: chanceOfOne(set, rows) });
  }
  return found;
}

/** Where the marks within it make up the whole, the fewest of them that do, the largest first. */
function unionOf(whole: Flag, flags: readonly Flag[], rows: number): readonly FlagSet[] {
  const within = flags.filter((flag) => flag.on < whole.on && isWithin(flag.bits, whole.bits)).sort((a, b) => b.on - a.on);
  let covered = new Int32Array(whole.bits.length);
  const parts: Flag[] = [];
  for (const flag of within) {
    if (isWithin(flag.bits, covered)) continue;
    covered = either(covered, flag.bits);
    parts.push(flag);
  }
  if (parts.length < 2 || parts.length > MOST_PARTS || !isWithin(whole.bits, covered)) return [];
  const off = parts.reduce((product, { on }) => product * (1 - on / rows), 1);
  const share = whole.on / rows;
  const apart = parts.reduce((sum, { on }) => sum + on, 0) === whole.on;
  return [
    { whole: whole.column, parts: parts.map(({ column }) => column), apart, chance: ((1 - off) * share + off * (1 - share)) ** rows },
  ];
}

function chanceOfOne(set: readonly Flag[], rows: number): number {
  const off = set.reduce((product, { on }) => product * (1 - on / rows), 1);
  const one = set.reduce((sum, { on }) => sum + (on / (rows - on)) * off, 0);
  return one ** rows;
}

function firstOpen(covered: Int32Array): number {
  const place = covered.findIndex((word) => word !== -1);
  return place * 32 + (31 - Math.clz32(~(covered[place] ?? 0) & -~(covered[place] ?? 0)));
}

const isOn = (bits: Int32Array, row: number) => (((bits[row >> 5] ?? 0) >>> (row & 31)) & 1) === 1;
const areApart = (a: Int32Array, b: Int32Array) => a.every((word, i) => (word & (b[i] ?? 0)) === 0);
const isWithin = (part: Int32Array, whole: Int32Array) => part.every((word, i) => (word & ~(whole[i] ?? 0)) === 0);
const either = (a: Int32Array, b: Int32Array) => a.map((word, i) => word | (b[i] ?? 0));
