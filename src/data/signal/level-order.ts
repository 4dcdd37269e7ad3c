import { createRandom } from "../../core/random.ts";
import { float64From, int32From, int32Where } from "../../core/typed-from.ts";
import { comingBack, fUpperTail, type NeighbourRatio, neighbourRatio, ranks, turningPoints, variance } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts, type NumberColumn, valueCounts } from "../columns/counts.ts";

/** What the target and the other columns say of the order of the values of a column. */
export interface LevelOrder extends NeighbourRatio {
  /** Values with enough rows to be looked at. */
  readonly levels: number;
  /** Columns, the target among them, whose means differ from value to value beyond chance. */
  readonly telling: number;
  /** Where the target alone tells: how often its means turn from value to value beyond noise. */
  readonly turns: number;
}

const MOST_ROWS = 6000;
/** Rows that are looked at stand in stretches: rows of one thing follow each other. */
const STRETCH = 50;
const MOST_MARKS = 32;
/** Of a column of names, and of a target of many classes, so many are marks. */
const MOST_NAMES = 3;
const LEAST_LEVELS = 4;
/** Rows of a value in which a mark is present. */
const LEAST_ROWS = 3;
/** Standard errors by which the means of a mark differ more than by chance. */
const BEYOND_CHANCE = 4;
/** And the chance of that (F test), which of few values is far larger than a normal distribution has it: two of 32 marks are so by chance in one of 20,000 columns. */
const CHANCE = 3e-4;
/** Along a quantity the target may come and go, as weekdays do along days: it turns often then, and half of what differs comes back so many steps further on. */
const [COMES_BACK, LEAST_STEPS] = [0.5, 2];
/** A mark that the column gives nearly exactly is made from it. */
const MADE_FROM = 0.02;

/** Things with several rows each: the column that names them, and the thing of each row of the frame, -1 for none. */
export interface Things {
  readonly column: string;
  readonly codes: Int32Array;
}

/** What makes rows no draws of their own: things with several rows, and rows of the frame that are copies of earlier ones. */
export interface Repeats {
  readonly things: readonly Things[];
  readonly copied: ReadonlySet<number>;
}

interface Mark {
  readonly column: string;
  /** Of the rows that are looked at, mean 0 and deviation 1. */
  readonly values: Float64Array;
}

/**
 * Whether neighbours among the values of a column are more alike than any two of them, over the means of many other columns with the noise of the means taken out. Rows
 * that follow each other with one value, rows of one thing whose value never changes, and copies are one draw. Null where too few values have rows, or nothing differs between them. least: a smaller ratio needs no test.
 */
export function levelOrder(context: AuditContext, column: NumberColumn, repeats: Repeats, least: number): LevelOrder | null {
  const { values, counts, present } = valueCounts(context, column);
  const rows = drawsOf(context, column, repeats);
  const held = levelsOf(column, rows);
  const levels = held.length;
  const kept = held.reduce((sum, value) => sum + (counts[placeOf(values, value)] ?? 0), 0);
  if (levels < LEAST_LEVELS || levels < MOST_KEPT * values.length || kept < ROWS_KEPT * present) return null;
  const codes = int32From(rows, (row) => placeOf(held, column.values[row] ?? Number.NaN));
  const squares = new Float64Array(levels * levels);
  const told = new Set<string>();
  let [total, turns] = [0, 0];
  for (const mark of marksOf(context)) {
    if (mark.column === column.name) continue;
    const means = meansOf(codes, placesOf(context), rows, mark, levels);
    const weight = means === null ? 0 : addDifferences(squares, means, levels);
    total += weight;
    if (weight > 0) told.add(mark.column);
    if (means !== null && weight > 0 && mark.column === context.roles.target) turns = Math.max(turns, turnsOf(held, means));
  }
  if (total === 0) return null;
  const { shuffle } = createRandom(context.seed, "order of levels", column.name);
  return {
    ...neighbourRatio(
      squares.map((square) => square / total),
      weightsOf(codes, levels),
      levels,
      shuffle,
      least,
    ),
    levels,
    telling: told.size,
    turns,
  };
}

/** Of measurements many values have too few rows to be looked at, of codes few. */
const MOST_KEPT = 0.7;
const ROWS_KEPT = 0.95;

function levelsOf({ values }: NumberColumn, rows: Int32Array): Float64Array {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(values[row] ?? 0, (counts.get(values[row] ?? 0) ?? 0) + 1);
  return Float64Array.from([...counts].flatMap(([value, count]) => (count > LEAST_ROWS ? [value] : []))).sort();
}

/** Place in the sorted values; -1 for none of them. */
function placeOf(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value ? low : -1;
}

function rowsOf(context: AuditContext): Int32Array {
  return context.shared("level-order rows", () => {
    const { rows } = context.frame;
    const stretches = rows <= MOST_ROWS ? 1 : MOST_ROWS / STRETCH;
    const size = rows <= MOST_ROWS ? rows : STRETCH;
    return Int32Array.from(
      { length: stretches * size },
      (_, i) => Math.floor((Math.floor(i / size) * (rows - size)) / Math.max(1, stretches - 1)) + (i % size),
    );
  });
}

/** Place among the looked-at rows of each row of the frame. */
function placesOf(context: AuditContext): Int32Array {
  return context.shared("level-order places", () => {
    const places = new Int32Array(context.frame.rows).fill(-1);
    rowsOf(context).forEach((row, place) => {
      places[row] = place;
    });
    return places;
  });
}

/** Rows of independent draws: the first of each run of one value, and of each thing that has one value. */
function drawsOf(context: AuditContext, { name, values }: NumberColumn, { things: all, copied }: Repeats): Int32Array {
  const rows = rowsOf(context);
  const things = all.filter(({ column, codes }) => column !== name && isSettledBy(codes, values, rows));
  const seen = things.map(() => new Set<number>());
  let before = Number.NaN;
  return int32Where(rows, (row) => {
    const value = values[row] ?? Number.NaN;
    const isNew = !Number.isNaN(value) && value !== before && !copied.has(row);
    before = value;
    return (
      things.every(({ codes }, i) => {
        const code = codes[row] ?? -1;
        if (code < 0) return true;
        const known = seen[i]?.has(code) === true;
        seen[i]?.add(code);
        return !known;
      }) && isNew
    );
  });
}

/** Each thing has one value in all of its rows, and values have several things. */
function isSettledBy(codes: Int32Array, values: Float64Array, rows: Int32Array): boolean {
  const own = new Map<number, number>();
  for (const row of rows) {
    const [code, value] = [codes[row] ?? -1, values[row] ?? Number.NaN];
    if (code < 0 || Number.isNaN(value)) continue;
    if ((own.get(code) ?? value) !== value) return false;
    own.set(code, value);
  }
  return own.size > new Set(own.values()).size;
}

/** The target first, then columns in the order of their names, evenly drawn where they are many. */
function marksOf(context: AuditContext): readonly Mark[] {
  return context.shared("level-order marks", () => {
    const { frame, roles } = context;
    const left = new Set([roles.target, ...roles.ignored, ...roles.ids]);
    const offered = frame.columns.filter(({ name }) => !left.has(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
    const step = Math.max(1, offered.length / MOST_MARKS);
    const chosen = Array.from({ length: Math.floor(offered.length / step) }, (_, i) => offered[Math.floor(i * step)]);
    return [
      ...ofTarget(context),
      ...chosen.flatMap((column) =>
        column === undefined ? [] : "codes" in column ? ofNames(context, column) : ofNumbers(context, column.name, column.values),
      ),
    ].slice(0, MOST_MARKS);
  });
}

function ofTarget(context: AuditContext): readonly Mark[] {
  const { task, target, roles } = context;
  if (task.kind === "regression") return ofNumbers(context, roles.target, target);
  const counts = new Float64Array(task.classes.length);
  for (const label of target) if (!Number.isNaN(label)) counts[label] = (counts[label] ?? 0) + 1;
  const classes = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  return classes
    .slice(0, task.kind === "binary" ? 1 : MOST_NAMES)
    .flatMap((label) => markOf(context, roles.target, (row) => (Number.isNaN(target[row]) ? Number.NaN : Number(target[row] === label))));
}

function ofNames(context: AuditContext, column: LevelColumn): readonly Mark[] {
  const counts = levelCounts(context, column);
  const common = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b).slice(0, MOST_NAMES);
  return common.flatMap((level) => {
    if ((counts[level] ?? 0) < LEAST_ROWS * LEAST_LEVELS) return [];
    return markOf(context, column.name, (row) => {
      const code = column.codes[row] ?? -1;
      return code < 0 ? Number.NaN : Number(code === level);
    });
  });
}

/** By their ranks: one large value is one row. */
function ofNumbers(context: AuditContext, name: string, values: Float64Array): readonly Mark[] {
  const rows = rowsOf(context);
  const present = int32Where(rows, (row) => !Number.isNaN(values[row]));
  const order = ranks(float64From(present, (row) => values[row] ?? 0));
  const places = placesOf(context);
  const own = new Float64Array(rows.length).fill(Number.NaN);
  present.forEach((row, i) => {
    own[places[row] ?? 0] = order[i] ?? 0;
  });
  return markOf(context, name, (row) => own[places[row] ?? 0] ?? Number.NaN);
}

function markOf(context: AuditContext, column: string, at: (row: number) => number): readonly Mark[] {
  const values = float64From(rowsOf(context), at);
  let [sum, squares, present] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    present++;
  }
  const mean = sum / Math.max(1, present);
  for (const value of values) if (!Number.isNaN(value)) squares += (value - mean) ** 2;
  const deviation = Math.sqrt(squares / Math.max(1, present));
  return deviation > 0 ? [{ column, values: values.map((value) => (value - mean) / deviation) }] : [];
}

/** Of the values of a column: rows, means of a mark, their noise, and how far they differ beyond it. */
interface Means {
  readonly counts: Float64Array;
  readonly means: Float64Array;
  /** Variance of a row within its value. */
  readonly noise: number;
  readonly beyond: number;
  /** Chance of that. */
  readonly p: number;
}

/** Null where some value has too few rows, or the column is made from the mark. */
function meansOf(codes: Int32Array, places: Int32Array, rows: Int32Array, { values }: Mark, levels: number): Means | null {
  const [counts, sums] = [new Float64Array(levels), new Float64Array(levels)];
  let [present, all, total] = [0, 0, 0];
  for (let i = 0; i < rows.length; i++) {
    const [code, value] = [codes[i] ?? -1, values[places[rows[i] ?? 0] ?? 0] ?? Number.NaN];
    if (code < 0 || Number.isNaN(value)) continue;
    counts[code] = (counts[code] ?? 0) + 1;
    sums[code] = (sums[code] ?? 0) + value;
    present++;
    total += value;
    all += value ** 2;
  }
  if (present < levels + 10 || counts.some((count) => count < LEAST_ROWS)) return null;
  const means = sums.map((sum, i) => sum / (counts[i] ?? 1));
  const explained = means.reduce((sum, mean, i) => sum + (counts[i] ?? 0) * mean ** 2, 0);
  const noise = (all - explained) / (present - levels);
  if (noise < MADE_FROM) return null;
  const between = (explained - total ** 2 / present) / (levels - 1);
  const p = fUpperTail(between / noise, levels - 1, present - levels);
  return { counts, means, noise, beyond: (between / noise - 1) * Math.sqrt((levels - 1) / 2), p };
}

/** values: the numbers whose means these are. */
function turnsOf(values: Float64Array, { counts, means, noise }: Means): number {
  const found = comingBack(values, [means], LEAST_STEPS);
  const ofNoise = counts.reduce((sum, count) => sum + noise / count / counts.length, 0);
  if (found !== null && found.z > BEYOND_CHANCE && found.covariance >= COMES_BACK * (variance(means) - ofNoise)) return 0;
  return turningPoints(
    means,
    counts.map((count) => noise / count),
    BEYOND_CHANCE,
  );
}

/** Adds a mark's squared differences of means, in units of their mean, times its weight, which grows with how far they are beyond chance; 0: they are not. */
function addDifferences(squares: Float64Array, { counts, means, noise, beyond, p }: Means, levels: number): number {
  if (!(beyond > BEYOND_CHANCE && p < CHANCE)) return 0;
  const made = new Float64Array(levels * levels);
  let [sum, weight] = [0, 0];
  for (let i = 0; i < levels; i++)
    for (let j = 0; j < i; j++) {
      const error = 1 / (counts[i] ?? 1) + 1 / (counts[j] ?? 1);
      const square = ((means[i] ?? 0) - (means[j] ?? 0)) ** 2 - noise * error;
      made[i * levels + j] = square;
      made[j * levels + i] = square;
      sum += square / error;
      weight += 1 / error;
    }
  if (!(sum > 0)) return 0;
  const own = Math.min(1, beyond / 10);
  for (let i = 0; i < made.length; i++) squares[i] = (squares[i] ?? 0) + ((made[i] ?? 0) * weight * own) / sum;
  return own;
}

function weightsOf(codes: Int32Array, levels: number): Float64Array {
  const counts = new Float64Array(levels);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1;
  return Float64Array.from({ length: levels * levels }, (_, i) => {
    const [a, b] = [Math.floor(i / levels), i % levels];
    return a === b ? 0 : 1 / (1 / (counts[a] ?? 1) + 1 / (counts[b] ?? 1));
  });
}
