import { float64From, float64Where } from "../../core/typed-from.ts";
import { quantile, variance } from "../../stats/index.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

/** target = constant x a x b, or constant x a / b, within rounding: a rate per 10,000, a percentage, a price per unit times the units. */
export interface RoundedProduct {
  readonly a: number;
  readonly b: number;
  readonly operation: "a * b" | "a / b";
  readonly constant: number;
  /** Share of the rows in which it holds. */
  readonly share: number;
}

const FEW = 12;
const LOOKED_AT = 200;
const LEAST_ROWS = 20;
const EXACT_SHARE = 0.99;
/** How many tolerances wide the target's deviation is at least, below which a hit would be chance. */
const LEAST_SPREAD = 20;
/** Share of the rows that one of the two alone gives in the same way, from which the other has no part in it. */
const ALONE = 0.5;
/** What arithmetic in single precision loses. */
const RELATIVE = 1e-6;

/** Values, and half of their last written decimal; whole numbers count and are exact. */
interface Written {
  readonly values: Float64Array;
  readonly half: number;
}

type Operation = RoundedProduct["operation"];

/**
 * All pairs of a few columns. The constant is the median over the rows looked at, or a number of two digits near it. Off by at most what the rounding of the three numbers leads to, in 99 % of
 * the rows, or in the share `least` of them; each of the two must have a part in it. partners: what stands in the place of each column as `b`; default: the columns themselves.
 * @param columns at most some dozens, since all pairs are tried
 */
export function roundedProducts(
  columns: readonly Float64Array[],
  y: Float64Array,
  partners: readonly Float64Array[] = columns,
  least: number = EXACT_SHARE,
): readonly RoundedProduct[] {
  const labelled = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  if (labelled.length < LEAST_ROWS) return [];
  const every = (count: number) => labelled.filter((_, i) => i % Math.max(1, Math.floor(labelled.length / count)) === 0);
  const [few, probes] = [every(FEW), every(LOOKED_AT)];
  const target = { values: y, half: halfDecimal(present(y)) };
  const isNoAnswerAlone = (one: Written) =>
    Math.max(...(["a * b", "a / b"] as const).map((by) => aloneShare(target, one, by, probes))) < ALONE;
  const written = columns.map(writtenOf);
  const isPart = written.map(isNoAnswerAlone);
  const isSame = partners === columns;
  const others = isSame ? written : partners.map(writtenOf);
  const isOther = isSame ? isPart : others.map(isNoAnswerAlone);
  return written.flatMap((a, i) =>
    others.flatMap((b, j): RoundedProduct[] =>
      (["a * b", "a / b"] as const).flatMap((operation) => {
        if (i === j || !isPart[i] || !isOther[j] || (isSame && operation === "a * b" && i > j)) return [];
        if (constantOf(target, a, b, operation, few, least) === null) return [];
        const constant = constantOf(target, a, b, operation, probes, least);
        if (constant === null || !isWide(target, a, b, operation, constant, probes)) return [];
        const share = shareOf(target, a, b, operation, constant, labelled, least);
        return share < least ? [] : [{ a: i, b: j, operation, constant, share }];
      }),
    ),
  );
}

function present(values: Float64Array): Float64Array {
  return float64Where(values, (value) => !Number.isNaN(value));
}

function writtenOf(values: Float64Array): Written {
  const own = present(values);
  return { values, half: own.every(Number.isInteger) ? 0 : halfDecimal(own) };
}

const ONE: Written = { values: new Float64Array(0), half: 0 };

function at({ values }: Written, row: number): number {
  return values.length === 0 ? 1 : (values[row] ?? Number.NaN);
}

function made(a: number, b: number, operation: Operation): number {
  return operation === "a * b" ? a * b : a / b;
}

function toleranceOf(
  y: number,
  half: number,
  a: number,
  b: number,
  halves: readonly [number, number],
  constant: number,
  operation: Operation,
): number {
  const [byA, byB] = operation === "a * b" ? [Math.abs(b), Math.abs(a)] : [1 / Math.abs(b), Math.abs(a) / b ** 2];
  return half + Math.abs(constant) * (halves[0] * byA + halves[1] * byB) + RELATIVE * Math.abs(y);
}

function shareOf(
  target: Written,
  a: Written,
  b: Written,
  operation: Operation,
  constant: number,
  rows: readonly number[],
  least: number,
): number {
  let [exact, seen] = [0, 0];
  for (const row of rows) {
    const [y, own, other] = [at(target, row), at(a, row), at(b, row)];
    const value = constant * made(own, other, operation);
    if (!Number.isFinite(value)) continue;
    seen++;
    exact += Number(Math.abs(value - y) <= toleranceOf(y, target.half, own, other, [a.half, b.half], constant, operation));
    if (seen - exact > 1 + rows.length * (1 - least)) return 0;
  }
  return seen < rows.length / 4 || seen < Math.min(LEAST_ROWS, rows.length / 2) ? 0 : exact / seen;
}

/** null when no constant fits. */
function constantOf(target: Written, a: Written, b: Written, operation: Operation, rows: readonly number[], least: number): number | null {
  const ratios = rows
    .map((row) => at(target, row) / made(at(a, row), at(b, row), operation))
    .filter((ratio) => Number.isFinite(ratio) && ratio !== 0);
  if (2 * ratios.length < rows.length) return null;
  const middle = quantile(ratios, 0.5);
  // Of a dozen rows one may be otherwise where some may.
  const needed = least < EXACT_SHARE ? Math.min(least, 1 - 1 / ratios.length) : least;
  const fits = [Number(middle.toPrecision(2)), middle].filter(
    (constant) => shareOf(target, a, b, operation, constant, rows, needed) >= needed,
  );
  return fits[0] ?? null;
}

/** The share of the rows that one column gives alone, times a constant. */
function aloneShare(target: Written, column: Written, operation: Operation, rows: readonly number[]): number {
  const [a, b] = operation === "a * b" ? [column, ONE] : [ONE, column];
  const ratios = rows.map((row) => at(target, row) / made(at(a, row), at(b, row), operation)).filter(Number.isFinite);
  if (ratios.length === 0) return 0;
  const middle = quantile(ratios, 0.5);
  const close = rows.filter((row) => {
    const [y, own, other] = [at(target, row), at(a, row), at(b, row)];
    return (
      Math.abs(middle * made(own, other, operation) - y) <= toleranceOf(y, target.half, own, other, [a.half, b.half], middle, operation)
    );
  });
  return close.length / rows.length;
}

function isWide(target: Written, a: Written, b: Written, operation: Operation, constant: number, rows: readonly number[]): boolean {
  const tolerances = rows
    .map((row) => toleranceOf(at(target, row), target.half, at(a, row), at(b, row), [a.half, b.half], constant, operation))
    .filter(Number.isFinite);
  const middle = quantile(tolerances, 0.5);
  return Math.sqrt(variance(float64From(rows, (row) => at(target, row)))) > LEAST_SPREAD * middle;
}
