import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail, wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { valueOrder } from "../columns/value-order.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import { ASKS } from "./broken-orders.ts";

/** A column of two values that says whether a number is above a limit, in all rows but a few on both sides of it. */
export interface BrokenCut {
  /** Between these two values of the number. */
  readonly below: number;
  readonly above: number;
  /** Whether the mark is on above the limit, or below it. */
  readonly isOnAbove: boolean;
  readonly compared: number;
  readonly broken: readonly number[];
  /** Rows beyond those beside the limit, those of them that break it, and the chance of so many if the mark only went with the number. */
  readonly far: number;
  readonly farBroken: number;
  readonly p: number;
}

/** Share of the rows, and of the rarer value, that break it at most. */
const [MOST_BROKEN, OF_RARER] = [0.05, 0.1];
/** Rows of each value; different values of the number, and rows, on each side beyond those beside the limit. */
const [LEAST_OF_EACH, LEAST_BESIDE] = [30, 20];
/** Rows that are looked at first, and the share of them that may break the best limit. */
const [PROBED, PROBED_SHARE] = [400, 0.1];
/** Beside the limit the share that breaks it is no larger than this. */
const MOST_BESIDE = 0.1;
/** Rows far from the limit that break it. */
const LEAST_FAR = 3;
/** Of tables, over all pairs. */
const CHANCE = 1e-3;

type Marks = (row: number) => number;

/**
 * Whether a mark is made from a number by a limit, and contradicts it in a few rows. What only goes with a number (a disease with a pressure) errs beside the best limit and ever less away from it: if its
 * log odds are a straight line, half a step off the limit the odds of an error are o, a step and a half off they are o cubed at most. A rule with slips errs far away as often as beside the limit. So the rows that lie
 * beyond the nearest ones on both sides (twenty rows, and all of the value nearest to the limit) are compared with the cube of the largest share of errors that those may have (Wilson, 95 %).
 * order: rows that have the number, in ascending order of it. mark: 0, 1, or NaN. looks: pairs that are looked at.
 */
export function brokenCut(values: Float64Array, order: Int32Array, mark: Marks, looks: number): BrokenCut | null {
  if (order.length < 2 * LEAST_OF_EACH) return null;
  const step = Math.max(1, Math.floor(order.length / PROBED));
  const probes = Int32Array.from({ length: Math.floor(order.length / step) }, (_, place) => order[place * step + (step >> 1)] ?? 0);
  const probed = bestLimit(values, probes, mark);
  if (probed === null || probed.errors > PROBED_SHARE * probes.length) return null;
  const rows = order.filter((row) => !Number.isNaN(mark(row)));
  const ones = rows.reduce((sum, row) => sum + mark(row), 0);
  const rarer = Math.min(ones, rows.length - ones);
  const best = bestLimit(values, rows, mark);
  if (best === null || rarer < LEAST_OF_EACH) return null;
  if (best.errors > MOST_BROKEN * rows.length || best.errors > OF_RARER * rarer) return null;
  const isBroken = (row: number, place: number) => mark(row) !== Number(place >= best.place === best.isOnAbove);
  const broken = rows.filter(isBroken);
  const [from, to] = [besideFrom(values, rows, best.place), besideTo(values, rows, best.place)];
  if (from < LEAST_BESIDE || rows.length - to < LEAST_BESIDE) return null;
  const count = (start: number, end: number) =>
    rows.subarray(start, end).reduce((sum, row, i) => sum + Number(isBroken(row, start + i)), 0);
  const [low, high] = [count(0, from), count(to, rows.length)];
  const beside = [count(from, best.place) / (best.place - from), count(best.place, to) / (to - best.place)];
  if (low === 0 || high === 0 || low + high < LEAST_FAR || beside.some((share) => share > MOST_BESIDE)) return null;
  const far = from + rows.length - to;
  const most = wilson(count(from, to), to - from, 0.95).high;
  const p = looks * binomialUpperTail(low + high, far, Math.min(1, (most / (1 - most)) ** 3));
  if (p > CHANCE) return null;
  const [below = 0, above = 0] = [best.place - 1, best.place].map((place) => values[rows[place] ?? 0] ?? 0);
  return { below, above, isOnAbove: best.isOnAbove, compared: rows.length, broken: [...broken], far, farBroken: low + high, p };
}

/** The first place above the limit that fewest rows break. */
function bestLimit(values: Float64Array, rows: Int32Array, mark: Marks) {
  let ones = 0;
  let all = 0;
  for (const row of rows) {
    const own = mark(row);
    if (Number.isNaN(own)) continue;
    all++;
    ones += own;
  }
  let best: { readonly place: number; readonly errors: number; readonly isOnAbove: boolean } | null = null;
  let [seen, seenOnes] = [0, 0];
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place] as number;
    const before = place === 0 ? row : (rows[place - 1] as number);
    if (seen > 0 && (values[row] as number) > (values[before] as number)) {
      const errors = seenOnes + (all - seen - (ones - seenOnes));
      const [fewest, isOnAbove] = errors <= all - errors ? [errors, true] : [all - errors, false];
      if (best === null || fewest < best.errors) best = { place, errors: fewest, isOnAbove };
    }
    const own = mark(row);
    if (Number.isNaN(own)) continue;
    seen++;
    seenOnes += own;
  }
  return best;
}

/** All rows of the value right below the limit, and of as many more values as make twenty rows. */
function besideFrom(values: Float64Array, rows: Int32Array, place: number): number {
  let from = place - 1;
  while (from > 0 && (place - from < LEAST_BESIDE || values[rows[from - 1] ?? 0] === values[rows[from] ?? 0])) from--;
  return from;
}

function besideTo(values: Float64Array, rows: Int32Array, place: number): number {
  let to = place + 1;
  while (to < rows.length && (to - place < LEAST_BESIDE || values[rows[to] ?? 0] === values[rows[to - 1] ?? 0])) to++;
  return to;
}

const [MOST_MARKS, MOST_NUMBERS, LEAST_VALUES] = [20, 40, 6];

interface Mark {
  readonly name: string;
  /** What 1 stands for. */
  readonly on: string;
  readonly at: Marks;
}

/** Marks that say on which side of a limit a number lies, and contradict it in a few rows. Which of the two is wrong nobody can tell: it asks. */
export function brokenCuts(context: AuditContext, numbers: readonly NumberColumn[]): readonly Suspicion[] {
  const marks = marksOf(context)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MOST_MARKS);
  const some = finestFirst(numbers, ({ name }) => infoOf(context, name).distinct)
    .filter(({ name }) => infoOf(context, name).distinct >= LEAST_VALUES)
    .slice(0, MOST_NUMBERS);
  return marks.flatMap((mark) => {
    const found = some.flatMap((number) => {
      const cut = brokenCut(number.values, valueOrder(context, number), mark.at, marks.length * some.length);
      return cut === null ? [] : [{ number, cut }];
    });
    // Of copies of the number, that which fewest rows contradict.
    const [best] = found.sort((a, b) => a.cut.broken.length - b.cut.broken.length || (a.number.name < b.number.name ? -1 : 1));
    return best === undefined ? [] : [told(context, mark, best.number, best.cut)];
  });
}

function marksOf(context: AuditContext): Mark[] {
  const ofNumbers = numberFeatures(context).flatMap(({ name, values }): Mark[] => {
    if (infoOf(context, name).distinct !== 2) return [];
    const [low = Number.NaN, high = Number.NaN, ...more] = [...new Set(values)]
      .filter((value) => !Number.isNaN(value))
      .sort((a, b) => a - b);
    if (more.length > 0) return [];
    return [{ name, on: amount(high), at: (row) => (values[row] === high ? 1 : values[row] === low ? 0 : Number.NaN) }];
  });
  const ofLevels = levelFeatures(context).flatMap(({ name, codes, levels }): Mark[] => {
    const [first = -1, second = -1, ...more] = [...new Set(codes)].filter((code) => code >= 0).sort((a, b) => a - b);
    if (second < 0 || more.length > 0) return [];
    return [{ name, on: quoted(levels[second] ?? ""), at: (row) => (codes[row] === second ? 1 : codes[row] === first ? 0 : Number.NaN) }];
  });
  return [...ofNumbers, ...ofLevels];
}

function told(context: AuditContext, mark: Mark, number: NumberColumn, cut: BrokenCut): Suspicion {
  const rows = new Set(cut.broken);
  const { isOnAbove, below, above, compared, far, farBroken, p } = cut;
  const side = isOnAbove ? `${amount(above)} or more` : `${amount(below)} or less`;
  return {
    trap: "impossible-value",
    columns: [number.name, mark.name],
    rows: affectedRows(context, (row) => rows.has(row)),
    severity: "costly",
    confidence: ASKS,
    evidence: { kind: "broken limit", below, above, comparedRows: compared, brokenRows: rows.size, farRows: far, farBroken, p },
    fix: {
      action: "advice",
      text: `Look at these rows: correct \`${number.name}\` or \`${mark.name}\` at its source, or leave both empty there.`,
    },
    counterfactual: null,
    unmeasured: "Which of the two is wrong the cells do not say.",
    question: `Is it a mistake where \`${mark.name}\` does not say whether \`${number.name}\` is ${side}?`,
    choices: ["mistake", "true value"],
    why: `\`${mark.name}\` is ${mark.on} where \`${number.name}\` is ${side}, and nowhere else, in ${percent(1 - rows.size / compared)} of the rows. ${counted(rows.size, "row")} contradict it on both sides, ${amount(farBroken)} of them not beside the limit: what only goes with a number errs there (chance ${amount(p)}).`,
  };
}
