import type { Column } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { binomialUpperTail, pearson, quantile, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { equalFeatures } from "../columns/equal-features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { profileSet } from "./profile-sets.ts";
import { ranked } from "./ranked-values.ts";

/** One or two columns, or a set of measurements, whose equal values go with equal values of others: rows of one thing that no key names. */
export interface ProfileGroups {
  readonly columns: readonly string[];
  /** Columns that stay the same with them, beyond what rows of the next values have in common. */
  readonly constant: readonly string[];
  /** Pairs of rows that agree in the columns, and how many would if these were independent; null for one column. */
  readonly pairs: number;
  readonly expected: number | null;
}

/** Columns of numbers or days, those of the most values, columns beside them, and rows, drawn by chance, that are looked at. */
const MOST_COLUMNS = 16;
const MOST_OTHERS = 40;
const MOST_ROWS = 5_000;
/** A column of fewer values is no part of a profile by itself. */
const LEAST_VALUES = 20;
/** Things with two rows or more, of which one pair each is looked at. */
const LEAST_THINGS = 30;
/** Rows that agree in two columns must be so many times as often as if these were independent: else most of them are strangers. */
const TIMES_CHANCE = 10;
/** One pair among twenty may be of strangers, or written wrongly. */
const SAME = 0.95;
/** A column in which fewer of the first pairs agree is given up. */
const FIRST_PAIRS = 200;
const GIVEN_UP = 0.85;
/** Share of the rows that are left where each counts once, from which copies hide nothing. */
const MOST_DIFFERENT = 0.8;
/** Chance of one column that stays the same by chance, over all sets and columns looked at. */
const BY_CHANCE = 0.001;
/** A number that rows of the next values have in common so rarely is the thing's own (a name may be the column once more); what they have oftener may be a level or a kind. */
const OWN = 0.2;
/** Rows of things that are met twice or more, as a share of all: fewer meet by chance, or by what they are made of. */
const MET_AGAIN = 0.5;
/** Without one of its own so many others must stay the same with two columns; with one they may be kinds of it, as weekdays and holidays of a day. */
const LEAST_KINDS = 3;
/** So many do where a column numbers the rows of each thing: its visits, its hours. */
const LEAST_COUNTED = 2;
/** What goes up or down with a column is made of it. */
const IN_ORDER = 0.9;
/** Share of the things whose places are compared: those that lie nearest. */
const IN_PLACE = 0.9;
/** Of a thing that is met several times something moves: so few pairs agree, and the ranks of those that differ are so far apart, as a share of those of strangers. */
const MOVES = 0.5;
const FAR = 0.3;
/** Where so many things have three rows or more they are met again, and not copied once: then they may move little. */
const SEVERAL = 0.5;

/** Places of the values in their order, in 0..values - 1, of the rows looked at; -1 for a missing one. */
interface Coded {
  readonly name: string;
  readonly codes: Int32Array;
  readonly values: number;
  readonly named: boolean;
  /** The values themselves, NaN for a missing one. */
  readonly raw: Float64Array;
}

type Pairs = readonly (readonly [number, number])[];

interface AgreeingPairs {
  /** One for each thing with two rows or more. */
  readonly things: Pairs;
  /** Each row that agrees with the one before it: where one value has most rows, this is of them. */
  readonly again: Pairs;
  /** Things with three rows or more. */
  readonly several: number;
  /** How many pairs of rows agree. */
  readonly pairs: number;
  /** Neighbours in the order that do not agree, of two columns in the second one only. */
  readonly next: Pairs;
}

/**
 * Rows of one thing (a patient with several visits) without a key. For each column of many values, and each two of them, pairs of rows that agree in it are compared with pairs that
 * stand side by side in its order and do not: what depends on it smoothly is as alike in both, and only what belongs to a thing is the same in the first alone. One pair for each thing (binomial,
 * Bonferroni over sets and columns). Copies, two rows in which nothing moves far, are no things with several rows. The set in which the most pairs agree. Once per audit.
 */
export function profileGroups(context: AuditContext): ProfileGroups | null {
  return context.shared("profile groups", () => {
    const found = surest(context, drawnRows(context, placesUpTo(context.frame.rows))) ?? amongDifferent(context);
    if (found !== null) return found;
    const set = profileSet(context);
    return set === null ? null : { ...set, constant: [] };
  });
}

/** Where rows are written several times, their copies hide that others agree in a part: each counts once. */
function amongDifferent(context: AuditContext): ProfileGroups | null {
  const { group } = equalFeatures(context);
  const seen = new Map<number, Set<number>>();
  const once = int32Where(placesUpTo(context.frame.rows), (row) => {
    const labels = seen.get(group[row] ?? 0) ?? new Set();
    if (labels.size === 0) seen.set(group[row] ?? 0, labels);
    const label = context.target[row] ?? Number.NaN;
    return labels.size < labels.add(label).size;
  });
  return once.length > MOST_DIFFERENT * context.frame.rows ? null : surest(context, drawnRows(context, once));
}

function surest(context: AuditContext, rows: Int32Array): ProfileGroups | null {
  const { frame, roles } = context;
  const offered = new Set([...roles.features, ...roles.ids]);
  const finest = finestFirst(
    frame.columns.filter(({ name }) => offered.has(name)),
    (column) => factsOf(column, frame.rows).distinct,
  );
  const columns = finest.slice(0, MOST_OTHERS).map((column) => codedOf(column, rows));
  const seeds = finestFirst(
    columns.filter(({ codes, values, named }) => !named && values >= LEAST_VALUES && values <= 0.9 * codes.length),
    ({ values }) => values,
  ).slice(0, MOST_COLUMNS);
  const sets = [...seeds.map((one) => [one]), ...seeds.flatMap((a, i) => seeds.slice(i + 1).map((b) => [a, b]))];
  const looks = sets.length * columns.length;
  const found = sets.flatMap((set) => profileOf(set, columns, looks) ?? []);
  return found.sort((a, b) => b.pairs - a.pairs || a.columns.length - b.columns.length)[0] ?? null;
}

function drawnRows({ seed }: AuditContext, all: Int32Array): Int32Array {
  return all.length <= MOST_ROWS ? all : createRandom(seed, "profile groups").shuffle(all).slice(0, MOST_ROWS).sort();
}

function codedOf(column: Column, rows: Int32Array): Coded {
  const raw = float64From(rows, (row) => valueAt(column, row));
  const { codes, values } = ranked(raw);
  return { name: column.name, codes, values, named: "codes" in column, raw };
}

function profileOf(set: readonly Coded[], columns: readonly Coded[], looks: number): ProfileGroups | null {
  const [a, b] = set;
  if (a === undefined) return null;
  const order = sortedBy(a, b);
  if (!areMetAgain(order, a.codes, b?.codes ?? a.codes)) return null;
  const { things, several, again, pairs, next } = pairsIn(order, a, b);
  const others = columns.filter((column) => !set.includes(column));
  const isCounted = () => others.some((column) => counts(column, order, a, b, looks));
  const expected = b === undefined ? null : expectedPairs(a, b, order.length);
  // Columns that depend on each other agree oftener as well: only where something numbers the rows of each thing are pairs of one thing taken out of what chance is told by.
  const isMore = expected === null || pairs >= TIMES_CHANCE * expected;
  if (!isMore && (b === undefined || pairs < TIMES_CHANCE * ofStrangers(expected, a, b, order.length, pairs) || !isCounted())) return null;
  const near = b === undefined ? next : [...next, ...pairsIn(sortedBy(b, a), b, a).next];
  if (near.length < LEAST_THINGS) return null;
  const first = things.slice(0, FIRST_PAIRS);
  const kept = others.flatMap((column) => {
    const start = agreement(column, first);
    if (start.agree < GIVEN_UP * start.held) return [];
    const same = agreement(column, things);
    if (same.held < LEAST_THINGS || !isSame(same) || !isSame(agreement(column, again))) return [];
    const usual = agreement(column, near);
    const chance = (usual.agree + 1) / (usual.held + 2);
    const isKept = usual.held >= LEAST_THINGS && binomialUpperTail(same.agree, same.held, chance) * looks < BY_CHANCE;
    const isTheirs = set.some((one) => inOrder(one, column, things)) || (b !== undefined && areGivenBy(a, b, column));
    return isKept && !isTheirs ? [{ column, usual }] : [];
  });
  const own = kept.filter(({ column, usual }) => !column.named && column.values >= LEAST_VALUES && usual.agree <= OWN * usual.held);
  const isKnown = () => kept.length >= LEAST_KINDS || (kept.length >= LEAST_COUNTED && isCounted());
  if (own.length === 0 && (b === undefined || !isKnown())) return null;
  const numbers = kept.flatMap(({ column }) => (column.named ? [] : [column]));
  if (b === undefined && numbers.some((u, i) => numbers.slice(i + 1).some((v) => isMadeOf(a, u, v)))) return null;
  if (!others.some((column) => moves(column, things, several >= SEVERAL * things.length))) return null;
  return { columns: set.map(({ name }) => name), constant: kept.map(({ column }) => column.name), pairs, expected };
}

/** No two rows of a thing have the same value, which strangers have often: in nearly all things, and in more than by chance (binomial). */
function counts(column: Coded, order: Int32Array, a: Coded, b: Coded | undefined, looks: number): boolean {
  const held = new Float64Array(column.values);
  for (const row of order) if ((column.codes[row] ?? -1) >= 0) held[column.codes[row] ?? 0] = (held[column.codes[row] ?? 0] ?? 0) + 1;
  const rows = held.reduce((sum, count) => sum + count, 0);
  const alike = held.reduce((sum, count) => sum + count * (count - 1), 0) / Math.max(1, rows * (rows - 1));
  let [things, different, byChance] = [0, 0, 0];
  for (let i = 0; i < order.length; ) {
    const [first, seen] = [order[i] ?? 0, new Set<number>()];
    let size = 0;
    for (
      ;
      i < order.length && a.codes[order[i] ?? 0] === a.codes[first] && (b === undefined || b.codes[order[i] ?? 0] === b.codes[first]);
      i++
    ) {
      size++;
      seen.add(column.codes[order[i] ?? 0] ?? -1);
    }
    if (size < 2) continue;
    things++;
    different += Number(seen.size === size);
    byChance += (1 - alike) ** ((size * (size - 1)) / 2);
  }
  return isSame({ held: things, agree: different }) && binomialUpperTail(different, things, byChance / things) * looks < BY_CHANCE;
}

/** What two columns give, such as a body mass index, agrees where strangers agree in both: it says no more of them than the two do. */
function isMadeOf(column: Coded, u: Coded, v: Coded): boolean {
  const order = sortedBy(u, v);
  const { things, pairs } = pairsIn(order, u, v);
  return isSame(agreement(column, things)) && pairs < TIMES_CHANCE * expectedPairs(u, v, order.length);
}

/** Share of the variance that a sum of two columns gives, or their product, where they are what the third is made of. */
const GIVEN = 0.99;

/** A sum or difference of the two, or a product or ratio: it stays the same with them, whoever the rows are of. */
function areGivenBy(a: Coded, b: Coded, column: Coded): boolean {
  if (a.named || b.named || column.named) return false;
  return [(value: number) => value, (value: number) => (value > 0 ? Math.log(value) : Number.NaN)].some((read) => {
    const [x, y, z] = [a, b, column].map(({ raw }) => raw.map(read)) as [Float64Array, Float64Array, Float64Array];
    const rows = [...x.keys()].filter((row) => Number.isFinite(x[row]) && Number.isFinite(y[row]) && Number.isFinite(z[row]));
    if (rows.length < LEAST_THINGS) return false;
    const [u, v, w] = [x, y, z].map((values) => float64From(rows, (row) => values[row] ?? 0)) as [Float64Array, Float64Array, Float64Array];
    const [xy, xz, yz] = [pearson(u, v), pearson(u, w), pearson(v, w)];
    return (xz ** 2 + yz ** 2 - 2 * xz * yz * xy) / (1 - xy ** 2) >= GIVEN;
  });
}

/** Places of the rows by the first column, then the second. */
function sortedBy(a: Coded, b: Coded | undefined): Int32Array {
  const rows = a.codes.length;
  const keys = new Float64Array(rows);
  const count = b === undefined ? keysOf(a.codes, NO_CODES, 1, keys) : keysOf(a.codes, b.codes, b.values, keys);
  return placesIn(keys.subarray(0, count).sort(), rows);
}

const NO_CODES = new Int32Array(0);

/** A number for each row that has both, by which they are sorted; how many. */
function keysOf(a: Int32Array, b: Int32Array, values: number, keys: Float64Array): number {
  const isAlone = b.length === 0;
  let count = 0;
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row] as number, isAlone ? 0 : (b[row] as number)];
    if (x >= 0 && y >= 0) keys[count++] = (x * values + y) * a.length + row;
  }
  return count;
}

function placesIn(keys: Float64Array, rows: number): Int32Array {
  const places = new Int32Array(keys.length);
  for (let i = 0; i < places.length; i++) places[i] = (keys[i] as number) % rows;
  return places;
}

/** Of most pairs of columns few rows agree, which counting tells. */
function areMetAgain(order: Int32Array, a: Int32Array, b: Int32Array): boolean {
  let [things, again, isAgain] = [0, 0, false];
  for (let i = 1; i < order.length; i++) {
    const [before, row] = [order[i - 1] as number, order[i] as number];
    const isSame = a[before] === a[row] && b[before] === b[row];
    if (isSame && !isAgain) things++;
    if (isSame) again++;
    isAgain = isSame;
  }
  return things >= LEAST_THINGS && again + things >= MET_AGAIN * a.length;
}

function pairsIn(order: Int32Array, a: Coded, b: Coded | undefined): AgreeingPairs {
  const things: [number, number][] = [];
  const again: [number, number][] = [];
  const next: [number, number][] = [];
  let [several, pairs, run] = [0, 0, 1];
  for (let i = 1; i < order.length; i++) {
    const [before, row] = [order[i - 1] ?? 0, order[i] ?? 0];
    const sameA = a.codes[before] === a.codes[row];
    if (sameA && (b === undefined || b.codes[before] === b.codes[row])) {
      if (run === 1) things.push([before, row]);
      again.push([before, row]);
      if (run === 2) several++;
      pairs += run;
      run++;
    } else {
      run = 1;
      if (sameA || b === undefined) next.push([before, row]);
    }
  }
  return { things, again, several, pairs, next };
}

/** Share of the pairs of rows that agree in a column. */
function agreeing({ codes, values }: Coded): number {
  const counts = new Float64Array(values);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  const held = counts.reduce((sum, count) => sum + count, 0);
  return counts.reduce((sum, count) => sum + count * (count - 1), 0) / Math.max(1, held * (held - 1));
}

function expectedPairs(a: Coded, b: Coded, rows: number): number {
  return (agreeing(a) * agreeing(b) * rows * (rows - 1)) / 2;
}

/**
 * Pairs of strangers that agree in both. A share t of all pairs is of one thing and agrees in either column; of the others qa and qb agree, independently: the shares that agree are
 * a = t + (1 - t) qa, b likewise and both = t + (1 - t) qa qb, so t = (both - a b) / (1 + both - a - b).
 */
function ofStrangers(independent: number, a: Coded, b: Coded, rows: number, pairs: number): number {
  const all = (rows * (rows - 1)) / 2;
  const [both, ab] = [pairs / Math.max(1, all), independent / Math.max(1, all)];
  const ofThings = Math.max(0, both - ab) / Math.max(1e-12, 1 + both - agreeing(a) - agreeing(b));
  return (both - Math.min(both, ofThings)) * all;
}

interface Agreement {
  readonly held: number;
  readonly agree: number;
}

function isSame({ held, agree }: Agreement): boolean {
  return agree >= SAME * held;
}

function agreement({ codes }: Coded, pairs: Pairs): Agreement {
  let [held, agree] = [0, 0];
  for (const [a, b] of pairs) {
    const [x, y] = [codes[a] ?? -1, codes[b] ?? -1];
    if (x < 0 || y < 0) continue;
    held++;
    agree += Number(x === y);
  }
  return { held, agree };
}

/** Spearman's correlation of the things' places, but for a few that another unit or a slip puts elsewhere. */
function inOrder(a: Coded, b: Coded, things: Pairs): boolean {
  if (a.named || b.named) return false;
  const rows = things.map(([first]) => first).filter((row) => (a.codes[row] ?? -1) >= 0 && (b.codes[row] ?? -1) >= 0);
  if (rows.length < 3) return true;
  const ranked = ({ codes }: Coded) => ranks(float64From(rows, (row) => codes[row] ?? 0));
  const [ofA, ofB] = [ranked(a), ranked(b)];
  return [ofB, ofB.map((rank) => rows.length + 1 - rank)].some((way) => {
    const off = ofA.map((rank, i) => Math.abs(rank - (way[i] ?? 0)));
    const most = quantile(off, IN_PLACE);
    const near = placesUpTo(off.length).filter((i) => (off[i] ?? 0) <= most);
    const of = (values: Float64Array) => float64From(near, (i) => values[i] ?? 0);
    return pearson(of(ofA), of(way)) >= IN_ORDER;
  });
}

function moves(column: Coded, things: Pairs, mayBeLittle: boolean): boolean {
  const { held, agree } = agreement(column, things);
  if (held < LEAST_THINGS || agree > MOVES * held) return false;
  if (column.named || mayBeLittle) return true;
  const strangers = things.map(([first], i) => [first, (things[(i + 1) % things.length] ?? [0, 0])[1]] as const);
  const apart = (pairs: Pairs) => {
    const steps = pairs.map(([a, b]) => Math.abs((column.codes[a] ?? 0) - (column.codes[b] ?? 0))).sort((x, y) => x - y);
    return steps[steps.length >> 1] ?? 0;
  };
  return apart(things) >= FAR * apart(strangers);
}
