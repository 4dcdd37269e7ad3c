import { float64From, float64Where } from "../../core/typed-from.ts";
import { linearWeights, quantile, variance } from "../../stats/index.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

/** The target is a weighted sum of what two columns make, within rounding: a share of a whole, a growth in per cent, a weight from an index and a height. */
export interface StraightFormula {
  readonly a: number;
  readonly b: number;
  readonly form: Form;
  /** Of the terms of the form, in their order, and what is added. */
  readonly weights: readonly number[];
  readonly constant: number;
  /** Share of the rows in which it holds. */
  readonly share: number;
}

export type Form = "a + b" | "a * b" | "a / b" | "a * b^2" | "a / b^2" | "a + a * b";

interface Terms {
  readonly isSymmetric: boolean;
  /** Without a constant: the formula goes through 0 by what it means. */
  readonly isThroughZero: boolean;
  readonly terms: readonly ((a: number, b: number) => number)[];
  /** How far each term moves when a, and when b, moves by one. */
  readonly slopes: readonly ((a: number, b: number) => readonly [number, number])[];
}

const FORMS: Readonly<Record<Form, Terms>> = {
  "a + b": {
    isSymmetric: true,
    isThroughZero: false,
    terms: [(a) => a, (_, b) => b],
    slopes: [() => [1, 0], () => [0, 1]],
  },
  "a * b": { isSymmetric: true, isThroughZero: false, terms: [(a, b) => a * b], slopes: [(a, b) => [b, a]] },
  "a / b": { isSymmetric: false, isThroughZero: false, terms: [(a, b) => a / b], slopes: [(a, b) => [1 / b, a / b ** 2]] },
  "a * b^2": { isSymmetric: false, isThroughZero: false, terms: [(a, b) => a * b ** 2], slopes: [(a, b) => [b ** 2, 2 * a * b]] },
  "a / b^2": {
    isSymmetric: false,
    isThroughZero: false,
    terms: [(a, b) => a / b ** 2],
    slopes: [(a, b) => [1 / b ** 2, (2 * a) / b ** 3]],
  },
  "a + a * b": {
    isSymmetric: false,
    isThroughZero: true,
    terms: [(a) => a, (a, b) => a * b],
    slopes: [() => [1, 0], (a, b) => [b, a]],
  },
};

const FEW = 12;
const LOOKED_AT = 200;
/** Rows among which those are sought in which all are present. */
const SOUGHT = 2_000;
const LEAST_ROWS = 30;
const EXACT_SHARE = 0.99;
/** Of a few rows the weights are a little off. */
const SLACK = 1.5;
/** How many tolerances wide the deviation of the target, and of each term's part, is at least, below which a hit would be chance. */
const LEAST_SPREAD = 20;
/** What arithmetic in single precision loses. */
const RELATIVE = 1e-6;

interface Written {
  readonly values: Float64Array;
  /** Half of the last written decimal. */
  readonly half: number;
}

interface Fit {
  readonly weights: readonly number[];
  readonly constant: number;
}

/**
 * All pairs of some columns in all forms, on twelve rows first. Off by at most what the rounding of the three numbers leads to, in 99 % of the rows in which all are present (a quarter of the
 * labelled ones at least); each term has a part in it twenty times as wide.
 * @param columns at most some dozens, since all pairs are tried
 */
export function straightFormulas(columns: readonly Float64Array[], y: Float64Array): readonly StraightFormula[] {
  const target = { values: y, half: halfDecimal(float64Where(y, (value) => !Number.isNaN(value))) };
  const written = columns.map((values) => ({ values, half: halfOf(values) }));
  const labelled = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  const some = every(labelled, SOUGHT);
  return written.flatMap((a, i) =>
    written.flatMap((b, j): StraightFormula[] => {
      if (i === j) return [];
      const both = some.filter((row) => Number.isFinite(a.values[row]) && Number.isFinite(b.values[row]));
      if (both.length < LEAST_ROWS || both.length < some.length / 4) return [];
      return (Object.keys(FORMS) as Form[]).flatMap((form) => {
        if (FORMS[form].isSymmetric && i > j) return [];
        const found = heldBy(target, a, b, FORMS[form], both, labelled);
        return found === null ? [] : [{ a: i, b: j, form, ...found }];
      });
    }),
  );
}

/** Whole numbers count, and are exact. */
function halfOf(values: Float64Array): number {
  const present = float64Where(values, (value) => !Number.isNaN(value));
  return present.every(Number.isInteger) ? 0 : halfDecimal(present);
}

/** both: some of the rows in which both columns are present. */
function heldBy(
  target: Written,
  a: Written,
  b: Written,
  form: Terms,
  both: readonly number[],
  rows: readonly number[],
): (Fit & { readonly share: number }) | null {
  const few = every(both, FEW);
  const first = fitOf(target, a, b, form, few);
  if (first === null || shareOf(target, a, b, form, first, few, SLACK) < 1) return null;
  const probes = every(both, LOOKED_AT);
  const fit = fitOf(target, a, b, form, probes);
  if (fit === null || shareOf(target, a, b, form, fit, probes, 1) < EXACT_SHARE || !isWide(target, a, b, form, fit, probes)) return null;
  const share = shareOf(target, a, b, form, fit, rows, 1);
  return share < EXACT_SHARE ? null : { ...fit, share };
}

function every(rows: readonly number[], count: number): readonly number[] {
  const step = Math.max(1, rows.length / count);
  return rows.length <= count ? rows : Array.from({ length: count }, (_, i) => rows[Math.floor(i * step)] ?? 0);
}

function fitOf(target: Written, a: Written, b: Written, { terms, isThroughZero }: Terms, rows: readonly number[]): Fit | null {
  const made = terms.map((term) => float64From(rows, (row) => term(a.values[row] ?? 0, b.values[row] ?? 0)));
  const y = float64From(rows, (row) => target.values[row] ?? 0);
  if (made.some((values) => values.some((value) => !Number.isFinite(value)))) return null;
  if (!isThroughZero) {
    const { weights, constant } = linearWeights(made, y);
    return [...weights, constant].every(Number.isFinite) ? { weights: [...weights], constant } : null;
  }
  // Divided by the first term: y / a = first + second x b.
  const [whole, part] = made;
  if (whole === undefined || part === undefined || whole.includes(0)) return null;
  const { weights, constant } = linearWeights(
    [part.map((value, i) => value / (whole[i] ?? 1))],
    y.map((value, i) => value / (whole[i] ?? 1)),
  );
  const second = weights[0] ?? Number.NaN;
  return Number.isFinite(constant) && Number.isFinite(second) ? { weights: [constant, second], constant: 0 } : null;
}

function madeBy({ terms }: Terms, { weights, constant }: Fit, a: number, b: number): number {
  return terms.reduce((sum, term, i) => sum + (weights[i] ?? 0) * term(a, b), constant);
}

function toleranceAt(target: Written, a: Written, b: Written, { slopes }: Terms, { weights }: Fit, row: number): number {
  const [x, z, y] = [a.values[row] ?? 0, b.values[row] ?? 0, target.values[row] ?? 0];
  const [byA, byB] = slopes.reduce(
    ([p, q], slope, i) => {
      const [own, other] = slope(x, z);
      return [p + (weights[i] ?? 0) * own, q + (weights[i] ?? 0) * other];
    },
    [0, 0],
  );
  return target.half + Math.abs(byA) * a.half + Math.abs(byB) * b.half + RELATIVE * Math.abs(y);
}

function shareOf(target: Written, a: Written, b: Written, form: Terms, fit: Fit, rows: readonly number[], slack: number): number {
  let [exact, seen] = [0, 0];
  for (const row of rows) {
    const made = madeBy(form, fit, a.values[row] ?? 0, b.values[row] ?? 0);
    if (!Number.isFinite(made)) continue;
    seen++;
    exact += Number(Math.abs(made - (target.values[row] ?? 0)) <= slack * 1.02 * toleranceAt(target, a, b, form, fit, row));
    if (seen - exact > 1 + rows.length * (1 - EXACT_SHARE)) return 0;
  }
  return seen < LEAST_ROWS && seen < rows.length ? 0 : exact / seen;
}

/** The target and what each of the two columns does to it vary far more than rounding does. */
function isWide(target: Written, a: Written, b: Written, form: Terms, fit: Fit, rows: readonly number[]): boolean {
  const tolerance = quantile(
    rows.map((row) => toleranceAt(target, a, b, form, fit, row)),
    0.5,
  );
  const [middleA, middleB] = [a, b].map(({ values }) =>
    quantile(
      rows.map((row) => values[row] ?? 0),
      0.5,
    ),
  ) as [number, number];
  const moved = [
    (row: number) => target.values[row] ?? 0,
    (row: number) => madeBy(form, fit, a.values[row] ?? 0, middleB),
    (row: number) => madeBy(form, fit, middleA, b.values[row] ?? 0),
  ];
  return moved.every((read) => Math.sqrt(variance(float64From(rows, read))) > LEAST_SPREAD * tolerance);
}
