import { createRandom } from "../../core/random.ts";
import { float64Where } from "../../core/typed-from.ts";
import { variance } from "../../stats/index.ts";
import { halfDecimal } from "../columns/written-decimals.ts";

export type PairOperation = "a + b" | "a - b" | "a * b" | "a / b";

/** Two columns that give the target exactly: target = operation(a, b) on a share of the rows. */
export interface PairIdentity {
  readonly a: number;
  readonly b: number;
  readonly operation: PairOperation;
  readonly share: number;
}

const OPERATIONS: Readonly<Record<PairOperation, (a: number, b: number) => number>> = {
  "a + b": (a, b) => a + b,
  "a - b": (a, b) => a - b,
  "a * b": (a, b) => a * b,
  "a / b": (a, b) => a / b,
};

/** What the partner of `a` must be for the target `y`. */
const PARTNERS: Readonly<Record<PairOperation, (y: number, a: number) => number>> = {
  "a + b": (y, a) => y - a,
  "a - b": (y, a) => a - y,
  "a * b": (y, a) => y / a,
  "a / b": (y, a) => a / y,
};

const PROBES = 6;
const DRAWS = 3;
const EXACT_SHARE = 0.99;

/**
 * All pairs in linear time: the partner's values on six rows are computed from each column and looked up; a hit is verified on all rows.
 * Columns with a missing value in a draw of rows are looked at in another draw. columns and y: same length, NaN is missing.
 */
export function pairIdentities(columns: readonly Float64Array[], y: Float64Array, seed: number): readonly PairIdentity[] {
  const random = createRandom(seed, "pair identities");
  const labelled = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  const found = new Map<string, PairIdentity>();
  for (let draw = 0; draw < DRAWS && labelled.length >= 20; draw++) {
    const rows = Array.from({ length: PROBES }, () => labelled[random.integer(labelled.length)] ?? 0);
    if (new Set(rows.map((row) => y[row])).size < 2) continue;
    for (const candidate of hits(columns, y, rows)) {
      const { a, b, operation } = candidate;
      const key =
        operation === "a + b" || operation === "a * b" ? `${Math.min(a, b)} ${operation} ${Math.max(a, b)}` : `${a} ${operation} ${b}`;
      if (found.has(key)) continue;
      const share = exactShare(columns[a], columns[b], y, operation);
      if (share >= EXACT_SHARE) found.set(key, { ...candidate, share });
    }
  }
  return [...found.values()];
}

/** Rows looked at first, and how many roundings wide the deviation of all three numbers is at least, below which a hit would be chance. */
const LOOKED_AT = 200;
const LEAST_SPREAD = 20;

/**
 * Sums and differences that rounding hides from the search above: 0.351 + 0.404 written beside 0.756. All pairs of a few columns; each is off by at most half
 * of the last decimal of its three numbers in 99 % of the rows.
 * @param columns at most some dozens, since all pairs are tried
 */
export function roundedIdentities(columns: readonly Float64Array[], y: Float64Array): readonly PairIdentity[] {
  const labelled = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  const step = Math.max(1, Math.floor(labelled.length / LOOKED_AT));
  const probes = labelled.filter((_, i) => i % step === 0);
  const halfUnit = (values: Float64Array) => halfDecimal(float64Where(values, (value) => !Number.isNaN(value)));
  const [units, own] = [columns.map(halfUnit), halfUnit(y)];
  const spreadOf = (values: Float64Array) => Math.sqrt(variance(float64Where(values, (value) => !Number.isNaN(value))));
  const spread = spreadOf(y);
  const spreads = columns.map(spreadOf);
  return columns.flatMap((a, i) =>
    columns.flatMap((b, j): PairIdentity[] => {
      const tolerance = (own + (units[i] ?? 0) + (units[j] ?? 0)) * (1 + 1e-9);
      // Both must have a part in it: beside a near copy of the target any column that hardly varies would fit.
      if (i === j || [spread, spreads[i] ?? 0, spreads[j] ?? 0].some((one) => !(one > LEAST_SPREAD * tolerance))) return [];
      return (["a + b", "a - b"] as const).flatMap((operation) => {
        if (operation === "a + b" && i > j) return [];
        const share = (rows: readonly number[]) => shareWithin(rows, a, b, y, operation, tolerance);
        if (share(probes) < EXACT_SHARE || share(labelled) < EXACT_SHARE) return [];
        return [{ a: i, b: j, operation, share: share(labelled) }];
      });
    }),
  );
}

function shareWithin(
  rows: readonly number[],
  a: Float64Array,
  b: Float64Array,
  y: Float64Array,
  operation: PairOperation,
  tolerance: number,
): number {
  let [exact, seen] = [0, 0];
  for (const row of rows) {
    const made = OPERATIONS[operation](a[row] ?? Number.NaN, b[row] ?? Number.NaN);
    if (!Number.isFinite(made)) continue;
    seen++;
    exact += Number(Math.abs(made - (y[row] ?? 0)) <= tolerance);
    // What cannot reach the share any more is left: nearly all pairs, after a few rows.
    if (seen - exact > 1 + rows.length * (1 - EXACT_SHARE)) return 0;
  }
  return seen < 20 || seen < rows.length / 4 ? 0 : exact / seen;
}

function hits(columns: readonly Float64Array[], y: Float64Array, rows: readonly number[]): readonly Omit<PairIdentity, "share">[] {
  const places = new Map<string, number[]>();
  columns.forEach((column, place) => {
    const key = keyOf(rows.map((row) => column[row] ?? Number.NaN));
    if (key === null) return;
    const held = places.get(key);
    if (held === undefined) places.set(key, [place]);
    else if (held.length < 4) held.push(place);
  });
  return columns.flatMap((column, a) =>
    (Object.keys(PARTNERS) as PairOperation[]).flatMap((operation) => {
      const key = keyOf(rows.map((row) => PARTNERS[operation](y[row] ?? Number.NaN, column[row] ?? Number.NaN)));
      const partners = key === null ? [] : (places.get(key) ?? []);
      return partners.filter((b) => b !== a).map((b) => ({ a, b, operation }));
    }),
  );
}

/** Six significant digits of each value; null when one is missing, infinite, or all are equal (a constant is no partner). */
function keyOf(values: readonly number[]): string | null {
  if (values.some((value) => !Number.isFinite(value)) || values.every((value) => value === values[0])) return null;
  return values.map((value) => (Math.abs(value) < 1e-9 ? "0" : value.toPrecision(6))).join(" ");
}

function exactShare(a: Float64Array | undefined, b: Float64Array | undefined, y: Float64Array, operation: PairOperation): number {
  let exact = 0;
  let seen = 0;
  for (let row = 0; row < y.length; row++) {
    const truth = y[row] ?? Number.NaN;
    const made = OPERATIONS[operation](a?.[row] ?? Number.NaN, b?.[row] ?? Number.NaN);
    if (Number.isNaN(truth) || !Number.isFinite(made)) continue;
    seen++;
    if (Math.abs(made - truth) <= 1e-6 * Math.max(1e-9, Math.abs(truth), Math.abs(made))) exact++;
  }
  return seen < 20 || seen < y.length / 4 ? 0 : exact / seen;
}
