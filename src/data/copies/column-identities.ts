import { float64From } from "../../core/typed-from.ts";
import { exactLinear, inverse, mean, moments, standardDeviation } from "../../stats/index.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { lastDecimal } from "../columns/written-decimals.ts";

/** A column that others give up to rounding: constant + sum of factor * part, or constant * product of part ^ power. */
export interface ColumnIdentity {
  readonly whole: NumberColumn;
  readonly parts: readonly NumberColumn[];
  /** One per part: the factor of a sum, mostly 1 or -1; 1, -1, 2 or -2 of a product. */
  readonly powers: readonly number[];
  readonly constant: number;
  readonly kind: "sum" | "product";
  /** Rows in which all are present, and in which the identity holds to the last digit of the whole. */
  readonly compared: number;
  readonly exact: number;
  /** How far it may be off, where that is more than rounding. */
  readonly within?: number;
}

const SAMPLES = 3;
/** Rounding of the whole, and as much of its parts, in units of the former's variance. */
const ROUNDINGS = 8;
const ROWS_MORE = 20;
const MOST_PARTS = 6;
const MOST_FACTORS = 3;
/** A column may break its identity in so many rows: errors of entry. */
const HOLDS = 0.99;
/** Of a sample, which may hold two of these errors. */
const HOLDS_IN_SAMPLE = 0.95;

/** Identities among at most some forty columns, each set of columns once. dates: columns that are days. */
export async function columnIdentities(
  columns: readonly NumberColumn[],
  rows: number,
  pause: () => Promise<void>,
  dates: ReadonlySet<string> = new Set(),
): Promise<readonly ColumnIdentity[]> {
  const found = new Map<string, ColumnIdentity>();
  for (const kind of ["sum", "product"] as const) {
    // A date is no factor.
    const fit = kind === "sum" ? columns : columns.filter(({ name, values }) => !dates.has(name) && areAbove0(values));
    for (const sample of samplesOf(fit, rows)) {
      for (const whole of fit) {
        await pause();
        const others = fit.filter((part) => part !== whole);
        const one = identityOf(whole, others, sample, kind);
        if (one === null) continue;
        const key = [one.whole, ...one.parts]
          .map(({ name }) => name)
          .sort()
          .join("\u0001");
        const known = found.get(key);
        if (known === undefined || weight(one) > weight(known)) found.set(key, one);
      }
    }
  }
  return [...found.values()];
}

function areAbove0(values: Float64Array): boolean {
  for (let row = 0; row < values.length; row++) if ((values[row] as number) <= 0) return false;
  return true;
}

/** Of the forms of one identity the one without minus: the total of its parts, the product of its factors. Later columns are made from earlier ones. */
function weight({ powers, exact, compared }: ColumnIdentity): number {
  return powers.filter((power) => power > 0).length / powers.length + exact / Math.max(1, compared) / 1000;
}

/** Small samples of rows in which all columns are present: one wrong row spoils one of them only. */
function samplesOf(columns: readonly NumberColumn[], rows: number): readonly (readonly number[])[] {
  const size = 3 * columns.length + ROWS_MORE;
  const complete: number[] = [];
  const step = Math.max(1, Math.floor(rows / (4 * SAMPLES * size)));
  for (let row = 0; row < rows && complete.length < SAMPLES * size; row += step)
    if (columns.every(({ values }) => Number.isFinite(values[row]))) complete.push(row);
  if (complete.length < size) return [];
  const all = [...new Set([...complete, ...columns.flatMap((column) => rareRows(column, columns, complete, rows))])].sort((a, b) => a - b);
  const made = Math.min(SAMPLES, Math.floor(complete.length / size));
  return Array.from({ length: made }, (_, i) => all.filter((_row, place) => place % made === i));
}

/** A column that is nearly always the same shows what it is made of in other rows only. */
const NEARLY_ALWAYS = 0.9;
const RARE_ROWS = 8;

function rareRows(
  { values }: NumberColumn,
  columns: readonly NumberColumn[],
  complete: readonly number[],
  rows: number,
): readonly number[] {
  const counts = new Map<number, number>();
  for (const row of complete) counts.set(values[row] ?? 0, (counts.get(values[row] ?? 0) ?? 0) + 1);
  const usual = [...counts].find(([, count]) => count > NEARLY_ALWAYS * complete.length)?.[0];
  if (usual === undefined) return [];
  const rare: number[] = [];
  for (let row = 0; row < rows; row++)
    if (values[row] !== usual && columns.every((one) => Number.isFinite(one.values[row]))) rare.push(row);
  const step = Math.max(1, rare.length / (SAMPLES * RARE_ROWS));
  return Array.from({ length: Math.floor(rare.length / step) }, (_, i) => rare[Math.floor(i * step)] ?? 0);
}

function identityOf(
  whole: NumberColumn,
  others: readonly NumberColumn[],
  sample: readonly number[],
  kind: ColumnIdentity["kind"],
): ColumnIdentity | null {
  const read = kind === "sum" ? (value: number) => value : Math.log;
  const pick = ({ values }: NumberColumn) => float64From(sample, (row) => read(values[row] ?? 0));
  const y = pick(whole);
  const step = stepOf(whole, sample);
  const places = exactLinear(others.map(pick), y, Math.max(1e-9, ROUNDINGS * roundingShare(whole, y, sample, step, kind)));
  const most = kind === "sum" ? MOST_PARTS : MOST_FACTORS;
  if (places === null || places.length < 2 || places.length > most) return null;
  const parts = places.flatMap((place) => others[place] ?? []);
  const plain = bestPowers(whole, parts, sample, step, kind);
  if (plain !== null || kind !== "sum") return plain;
  const rounded = meanOfParts(whole, parts, sample, step) ?? roundedSum(whole, parts, sample, step);
  return rounded !== null || parts.length > MOST_FACTORS ? rounded : weightedSum(whole, parts, sample, step);
}

/** The mean of more columns than weights are sought for, rounded to the last decimal that is written. */
function meanOfParts(whole: NumberColumn, parts: readonly NumberColumn[], sample: readonly number[], step: number): ColumnIdentity | null {
  const y = float64From(sample, (row) => whole.values[row] ?? 0);
  if (parts.length <= MOST_FACTORS || !(standardDeviation(y) > LEAST_SPREAD * step)) return null;
  const equal = parts.map(() => 1 / parts.length);
  const found = identityBy(whole, parts, equal, sample, step, "sum");
  return found?.constant === 0 ? found : null;
}

/** A total that was rounded on its own is off by half a step for itself and for each of its parts. Each part must vary by far more. */
function roundedSum(whole: NumberColumn, parts: readonly NumberColumn[], sample: readonly number[], step: number): ColumnIdentity | null {
  const steps = step * (1 + parts.length);
  const varies = ({ values }: NumberColumn) => standardDeviation(float64From(sample, (row) => values[row] ?? 0)) > LEAST_SPREAD * steps;
  if (![whole, ...parts].every(varies)) return null;
  const found = bestPowers(whole, parts, sample, steps, "sum");
  if (found === null || !isRounding(found, steps)) return null;
  // Of a part the total is the one that the others are taken from.
  const [total, ...more] = parts.filter((_, i) => found.powers[i] === 1);
  const turned = total === undefined || more.length > 0 ? null : [whole, ...parts.filter((part) => part !== total)];
  const best = (turned === null || total === undefined ? null : bestPowers(total, turned, sample, steps, "sum")) ?? found;
  return { ...best, within: steps / 2 };
}

/** Standard errors that the mean of roundings lies from 0 at most. */
const ERRORS_OFF = 4;

/** What is left over lies on both sides of 0 and is 0 in the mean; otherwise it is another part, such as a few beds for isolation. */
function isRounding({ whole, parts, powers }: ColumnIdentity, steps: number): boolean {
  const made = madeBy(parts, powers, "sum");
  const rest = whole.values.map((value, row) => value - made(row)).filter((value) => Math.abs(value) <= steps / 2);
  const off = moments(rest);
  return (
    rest.some((value) => value > 0) &&
    rest.some((value) => value < 0) &&
    Math.abs(off.mean) <= ERRORS_OFF * Math.sqrt(off.variance / off.count)
  );
}

/** null where a part adds no more than rounding does: then the others alone give the whole. */
function weightedSum(whole: NumberColumn, parts: readonly NumberColumn[], sample: readonly number[], step: number): ColumnIdentity | null {
  const pick = ({ values }: NumberColumn) => float64From(sample, (row) => values[row] ?? 0);
  const [y, columns] = [pick(whole), parts.map(pick)];
  const factors = leastSquares(columns, y);
  if (factors === null) return null;
  const steps = parts.reduce((sum, part, i) => sum + Math.abs(factors[i] ?? 0) * roundedTo(part, sample), step);
  const isTold = columns.every((values, i) => standardDeviation(values) * Math.abs(factors[i] ?? 0) > steps);
  return isTold && standardDeviation(y) > LEAST_SPREAD * steps ? identityBy(whole, parts, factors, sample, steps, "sum") : null;
}

function stepOf({ values }: NumberColumn, sample: readonly number[]): number {
  return lastDecimal(float64From(sample, (row) => values[row] ?? 0));
}

/** Whole numbers count and are exact. */
function roundedTo(column: NumberColumn, sample: readonly number[]): number {
  const step = stepOf(column, sample);
  return step === 1 ? 0 : step;
}

/** How many steps of rounding wide the deviation of a sum with weights is at least, below which it would hold by chance. */
const LEAST_SPREAD = 20;

/** Digits of a factor that an exact sum leaves certain. */
const FACTOR_DIGITS = 6;

/** Factors of the parts; null where they are not one another's kind. */
function leastSquares(columns: readonly Float64Array[], y: Float64Array): readonly number[] | null {
  const k = columns.length;
  const centred = (values: Float64Array) => {
    const middle = mean(values);
    return values.map((value) => value - middle);
  };
  const [parts, wanted] = [columns.map(centred), centred(y)];
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const scale = parts.map((part) => Math.sqrt(dot(part, part)) || 1);
  const products = Float64Array.from({ length: k * k }, (_, i) => {
    const [a, b] = [Math.floor(i / k), i % k];
    return dot(parts[a] ?? wanted, parts[b] ?? wanted) / ((scale[a] ?? 1) * (scale[b] ?? 1));
  });
  const back = inverse(products, k);
  if (back === null) return null;
  const right = parts.map((part, i) => dot(part, wanted) / (scale[i] ?? 1));
  return parts.map((_, i) => {
    const factor = right.reduce((sum, value, j) => sum + (back[i * k + j] ?? 0) * value, 0) / (scale[i] ?? 1);
    return Number(factor.toPrecision(FACTOR_DIGITS));
  });
}

/** Share of the variance that rounding to the last digit makes: the variance of a uniform of width `step`. */
function roundingShare(
  { values }: NumberColumn,
  y: Float64Array,
  sample: readonly number[],
  step: number,
  kind: ColumnIdentity["kind"],
): number {
  const middle = y.reduce((sum, value) => sum + value, 0) / y.length;
  const variance = y.reduce((sum, value) => sum + (value - middle) ** 2, 0) / y.length;
  const error = sample.reduce((sum, row) => sum + (kind === "sum" ? step ** 2 : (step / (values[row] ?? 1)) ** 2) / 12, 0) / y.length;
  return variance === 0 ? 0 : Math.min(1e-3, error / variance);
}

function bestPowers(
  whole: NumberColumn,
  parts: readonly NumberColumn[],
  sample: readonly number[],
  step: number,
  kind: ColumnIdentity["kind"],
): ColumnIdentity | null {
  const choices = kind === "sum" ? [1, -1] : [1, -1, 2, -2];
  let combinations: readonly (readonly number[])[] = [[]];
  for (const _ of parts) combinations = combinations.flatMap((head) => choices.map((power) => [...head, power]));
  for (const powers of combinations) {
    const found = identityBy(whole, parts, powers, sample, step, kind);
    if (found !== null) return found;
  }
  return null;
}

function identityBy(
  whole: NumberColumn,
  parts: readonly NumberColumn[],
  powers: readonly number[],
  sample: readonly number[],
  step: number,
  kind: ColumnIdentity["kind"],
): ColumnIdentity | null {
  const made = madeBy(parts, powers, kind);
  const rest = sample
    .map((row) => (kind === "sum" ? (whole.values[row] ?? 0) - made(row) : (whole.values[row] ?? 0) / made(row)))
    .sort((a, b) => a - b);
  const middle = rest[Math.floor(rest.length / 2)] ?? Number.NaN;
  const constant = kind === "sum" && Math.abs(middle) <= step / 2 + 1e-9 ? 0 : middle;
  // Rows in which nothing happens hold whatever the weights are.
  const held = sample.filter((row) => isExact({ whole, constant, kind }, made(row), row, step)).length;
  if (held < HOLDS_IN_SAMPLE * sample.length) return null;
  const counts = countExact(whole, made, constant, step, kind);
  return counts.exact >= HOLDS * counts.compared && counts.compared > 0 ? { whole, parts, powers, constant, kind, ...counts } : null;
}

function madeBy(parts: readonly NumberColumn[], powers: readonly number[], kind: ColumnIdentity["kind"]): (row: number) => number {
  return (row) => {
    let made = kind === "sum" ? 0 : 1;
    parts.forEach(({ values }, i) => {
      const [value, power] = [values[row] ?? Number.NaN, powers[i] ?? 1];
      if (kind === "sum") made += power * value;
      else made *= value ** power;
    });
    return made;
  };
}

/** Tolerance: half of the last digit, and a ten-thousandth of the value in a product whose constant is a median of rounded values. */
function isExact(identity: Pick<ColumnIdentity, "whole" | "constant" | "kind">, made: number, row: number, step: number): boolean {
  const value = identity.whole.values[row] ?? Number.NaN;
  const expected = identity.kind === "sum" ? made + identity.constant : made * identity.constant;
  const slack = identity.kind === "sum" ? 1e-6 : 1e-4;
  return Math.abs(value - expected) <= 0.51 * step + slack * Math.max(1e-9, Math.abs(value));
}

function countExact(whole: NumberColumn, made: (row: number) => number, constant: number, step: number, kind: ColumnIdentity["kind"]) {
  let [compared, exact] = [0, 0];
  for (let row = 0; row < whole.values.length; row++) {
    const value = made(row);
    if (!Number.isFinite(value) || Number.isNaN(whole.values[row])) continue;
    compared++;
    if (isExact({ whole, constant, kind }, value, row, step)) exact++;
  }
  return { compared, exact };
}
