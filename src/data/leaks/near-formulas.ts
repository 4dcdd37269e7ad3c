import type { Column } from "../../core/column.ts";
import { ascendingOrder, concordanceOfPairs, concordanceOfSpearman, pearson, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, factsOf, valueAt } from "../columns/column-facts.ts";
import { targetView } from "../columns/target-view.ts";
import { associationsOf } from "../signal/associations.ts";

/**
 * Two columns whose ratio or difference puts the target's values in nearly the right order, overall or within each level of a third one, although neither does alone: an instalment
 * over its amount, within each term, is the rate.
 */
export interface NearFormula {
  readonly columns: readonly [string, string];
  /** "a": the first alone, within the levels of the second. */
  readonly operation: "a" | "a - b" | "a / b" | "a * b" | "a / b^2";
  /** The column within whose levels it holds; null: it holds overall. */
  readonly within: string | null;
  /** Share of pairs of rows of one level in the right order, and that of the better one of the two columns alone. */
  readonly score: number;
  readonly alone: number;
  readonly rows: number;
}

type Numbers = Extract<Column, { readonly values: Float64Array }>;

const OPERATIONS: Readonly<Record<Exclude<NearFormula["operation"], "a">, (a: number, b: number) => number>> = {
  "a - b": (a, b) => a - b,
  "a / b": (a, b) => a / b,
  "a * b": (a, b) => a * b,
  "a / b^2": (a, b) => a / b ** 2,
};

/** The order of a pair and what is made of it: a ratio turned round is the same order from behind, a weight by the square of a height is not. */
const FORMS: readonly (readonly [operation: keyof typeof OPERATIONS, isTurned: boolean])[] = [
  ["a / b", false],
  ["a - b", false],
  ["a * b", false],
  ["a / b^2", false],
  ["a / b^2", true],
];

/** As for classes (pair-jumps.ts): so well together, and no better than that alone. */
const TOGETHER = 0.98;
const ALONE = 0.93;
/** What a pair must reach on the rows looked at first. */
const PROBED = 0.95;
/** Rank correlation tells too little of a formula whose parts are rounded in some rows: from here on the pairs are counted. */
const COUNTED = 0.96;

const MOST_COLUMNS = 40;
const LEAST_VALUES = 20;
const MOST_LEVELS = 12;
const MOST_PARTINGS = 10;
const LEAST_ROWS = 100;
/** Rows of one level, below which it has no order to speak of; and the share of the rows that levels of more rows must hold. */
const LEAST_IN_LEVEL = 10;
const LEAST_HELD = 0.9;
const PROBES = 300;
const ROWS = 2_000;

/**
 * All pairs of the forty columns of many values that tell most alone, within the levels of no column or of ten, and each of the forty within those levels alone: an instalment of a bill, within
 * each price of a unit, is what was used. The best parting of each, the best pair first.
 */
export async function nearFormulas(context: AuditContext): Promise<readonly NearFormula[]> {
  const rows = Array.from(targetView(context.target, context.task, ROWS, context.seed).rows);
  if (rows.length < LEAST_ROWS) return [];
  const probes = rows.filter((_, i) => i % Math.max(1, Math.floor(rows.length / PROBES)) === 0);
  const columns = numbersOf(context);
  const partings = [null, ...partingsOf(context)].map((within) => partingOf(context, probes, within));
  const best = (of: readonly Parting[], made: Reader) => bestParting(context, { rows, probes }, of, made);
  const alone = (column: Column, within: Column | null) => concordance(context, rows, (row) => valueAt(column, row), within);
  const found: NearFormula[] = [];
  for (const [i, one] of columns.entries()) {
    await context.pause();
    const own = best(partings.slice(1), (row) => valueAt(one, row));
    if (own?.within != null) add([one.name, own.within.name], "a", own, alone(one, null));
    for (const other of columns.slice(i + 1))
      for (const [operation, isTurned] of FORMS) {
        const [a, b] = isTurned ? [other, one] : [one, other];
        const told = best(partings, (row) => OPERATIONS[operation](a.values[row] ?? Number.NaN, b.values[row] ?? Number.NaN));
        if (told !== null) add([a.name, b.name], operation, told, Math.max(alone(a, told.within), alone(b, told.within)));
      }
  }
  return found.sort((x, y) => y.score - x.score || (x.columns.join() < y.columns.join() ? -1 : 1));

  function add(columns: NearFormula["columns"], operation: NearFormula["operation"], { within, score, rows }: Best, ofOne: number): void {
    if (ofOne <= ALONE) found.push({ columns, operation, within: within?.name ?? null, score, alone: ofOne, rows });
  }
}

type Reader = (row: number) => number;

interface Best extends Pick<NearFormula, "score" | "rows"> {
  readonly within: Column | null;
}

/** The parting within which what is made of the row has most pairs in order; null where none has enough of them. */
function bestParting(
  context: AuditContext,
  { rows, probes }: Readonly<Record<"rows" | "probes", readonly number[]>>,
  partings: readonly Parting[],
  made: Reader,
): Best | null {
  const seen = ordered(probes, made);
  const tie = ties(seen, made);
  const likely = partings.filter((parting) => probed(seen, tie, parting) >= PROBED);
  if (likely.length === 0) return null;
  const all = ordered(rows, made);
  const scored = likely.map(({ within }) => ({ within, score: concordance(context, all, made, within), rows: all.length }));
  const best = scored.sort((x, y) => y.score - x.score)[0];
  return best === undefined || best.score < TOGETHER ? null : best;
}

function numbersOf(context: AuditContext): readonly Numbers[] {
  const associations = associationsOf(context);
  const told = (name: string) => associations.get(name)?.z ?? 0;
  return columnsNamed(context.frame, context.roles.features)
    .filter((column): column is Numbers => column.type === "number" && (associations.get(column.name)?.score ?? 1) < ALONE)
    .filter((column) => factsOf(column, context.frame.rows).distinct >= LEAST_VALUES)
    .sort((a, b) => told(b.name) - told(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
}

/** Columns of few values, the ones that tell most of the target. */
function partingsOf(context: AuditContext): readonly Column[] {
  const told = (name: string) => associationsOf(context).get(name)?.z ?? 0;
  return columnsNamed(context.frame, context.roles.features)
    .filter((column) => {
      const { distinct } = factsOf(column, context.frame.rows);
      return distinct >= 2 && distinct <= MOST_LEVELS;
    })
    .sort((a, b) => told(b.name) - told(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_PARTINGS);
}

/** Rows with a value, the smallest first. */
function ordered(rows: readonly number[], read: (row: number) => number): readonly number[] {
  const present = rows.filter((row) => Number.isFinite(read(row)));
  if (2 * present.length < rows.length) return [];
  return Array.from(ascendingOrder(present.map(read)), (place) => present[place] ?? 0);
}

/** The rows looked at first, parted: by row the part, and the rank of the target within it. */
interface Parting {
  readonly within: Column | null;
  readonly partOf: Int32Array;
  readonly rankOf: Float64Array;
  readonly parts: number;
}

function partingOf(context: AuditContext, rows: readonly number[], within: Column | null): Parting {
  const partOf = new Int32Array(context.frame.rows).fill(-1);
  const rankOf = new Float64Array(context.frame.rows);
  const parts = partsOf(rows, within);
  parts.forEach((part, place) => {
    const order = ranks(part.map((row) => context.target[row] ?? 0));
    part.forEach((row, i) => {
      partOf[row] = place;
      rankOf[row] = order[i] ?? 0;
    });
  });
  return { within, partOf, rankOf, parts: parts.length };
}

/** Of sorted rows the place of the first one that has the same value. */
function ties(rows: readonly number[], read: (row: number) => number): Int32Array {
  const first = new Int32Array(rows.length);
  for (let i = 1; i < rows.length; i++) first[i] = read(rows[i] ?? 0) === read(rows[i - 1] ?? 0) ? (first[i - 1] ?? 0) : i;
  return first;
}

/** Sums of a part's ranks: of n rows, less what ties take from the spread of their ranks; and of the rows of the tie that is open. */
interface PartSums {
  n: number;
  y: number;
  yy: number;
  xy: number;
  tied: number;
  first: number;
  run: number;
  runY: number;
}

/** As `concordance`, in one pass over sorted rows: nearly all pairs end here. tie: what `ties` says of them. */
function probed(rows: readonly number[], tie: Int32Array, { partOf, rankOf, parts }: Parting): number {
  const sums = Array.from({ length: parts }, (): PartSums => ({ n: 0, y: 0, yy: 0, xy: 0, tied: 0, first: -1, run: 0, runY: 0 }));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const own = sums[partOf[row] ?? -1];
    if (own === undefined) continue;
    if (own.first !== tie[i]) closeRun(own, tie[i] ?? i);
    const y = rankOf[row] ?? 0;
    own.run++;
    own.runY += y;
    own.y += y;
    own.yy += y * y;
  }
  let [total, held] = [0, 0];
  for (const own of sums) {
    closeRun(own, -1);
    const { n, y, yy, xy, tied } = own;
    const spread = ((n * (n * n - 1)) / 12 - tied) * (yy - (y * y) / n);
    if (n > 1 && spread > 0) total += (n * (xy - ((n + 1) / 2) * y)) / Math.sqrt(spread);
    held += n;
  }
  return held === 0 ? 0 : concordanceOfSpearman(Math.abs(total / held));
}

/** Rows of one value share the mean of their ranks. */
function closeRun(own: PartSums, first: number): void {
  const { run } = own;
  own.xy += (own.n + (run + 1) / 2) * own.runY;
  own.tied += (run ** 3 - run) / 12;
  own.n += run;
  own.run = 0;
  own.runY = 0;
  own.first = first;
}

function partsOf(rows: readonly number[], within: Column | null): readonly number[][] {
  const parts = new Map<number, number[]>();
  for (const row of rows) {
    const level = within === null ? 0 : valueAt(within, row);
    if (Number.isNaN(level)) continue;
    const part = parts.get(level);
    if (part === undefined) parts.set(level, [row]);
    else part.push(row);
  }
  return [...parts.values()];
}

/** Mean share of the pairs of rows of one level in the right order, by rows; 0 where too few rows stand in levels that have an order, or where levels do not agree on the direction. */
function concordance(context: AuditContext, rows: readonly number[], read: Reader, within: Column | null): number {
  const large = partsOf(rows, within).filter((part) => part.length >= LEAST_IN_LEVEL);
  const held = large.reduce((sum, part) => sum + part.length, 0);
  if (held < LEAST_ROWS || held < LEAST_HELD * rows.length) return 0;
  const truth = (row: number) => context.target[row] ?? 0;
  const over = (told: (part: readonly number[]) => number) =>
    Math.abs(large.reduce((sum, part) => sum + part.length * told(part), 0) / held);
  const byRanks = concordanceOfSpearman(
    over((part) => {
      const rho = pearson(ranks(part.map(read)), ranks(part.map(truth)));
      return Number.isNaN(rho) ? 0 : rho;
    }),
  );
  return byRanks < COUNTED ? byRanks : 0.5 + over((part) => concordanceOfPairs(part.map(read), part.map(truth)) - 0.5);
}
