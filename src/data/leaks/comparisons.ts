/** Two numbers of which the larger one, or that they are equal, gives the target: the goals of two teams and the result. */
export interface Comparison {
  readonly columns: readonly [string, string];
  /** What the target is on which side, in words. */
  readonly said: string;
  readonly share: number;
}

/** The target where a is less than b, equal to it, and more, NaN where hardly any row is so; and the rows that have it. */
interface Sides {
  readonly sides: readonly [number, number, number];
  readonly share: number;
}

const MOST_COLUMNS = 30;
const EXACT_SHARE = 0.99;
/** Of the rows; a side with fewer says nothing. */
const LEAST_SIDE = 0.02;
const LEAST_ROWS = 50;
/** Rows that refute nearly all pairs, and the share of them that may stray. */
const [PROBED, HOLDS_IN_PROBE] = [100, 0.95];

/** Only of targets with two or three different numbers. columns and y: same length, NaN is missing. */
export function comparisons(
  columns: readonly { readonly name: string; readonly values: Float64Array }[],
  y: Float64Array,
): readonly Comparison[] {
  const values = valuesOf(y);
  if (values === null) return [];
  const labelled = Array.from(y.keys()).filter((row) => !Number.isNaN(y[row]));
  if (labelled.length < LEAST_ROWS) return [];
  const step = Math.max(1, Math.floor(labelled.length / PROBED));
  const probes = labelled.filter((_, place) => place % step === 0);
  const found: Comparison[] = [];
  const some = columns.slice(0, MOST_COLUMNS);
  for (const [i, a] of some.entries())
    for (const b of some.slice(i + 1)) {
      if (sidesOf(a.values, b.values, y, values, probes).share < HOLDS_IN_PROBE) continue;
      const { sides, share } = sidesOf(a.values, b.values, y, values, labelled);
      const told = sides.filter((side) => !Number.isNaN(side));
      if (share >= EXACT_SHARE && told.length > 1 && new Set(told).size === values.length)
        found.push({ columns: [a.name, b.name], said: saidOf(sides, a.name, b.name), share });
    }
  return found.sort((one, other) => other.share - one.share);
}

/** null: more than three, or one. */
function valuesOf(y: Float64Array): readonly number[] | null {
  const values = new Set<number>();
  for (const value of y) {
    if (Number.isNaN(value)) continue;
    values.add(value);
    if (values.size > 3) return null;
  }
  return values.size < 2 ? null : [...values].sort((a, b) => a - b);
}

/** The most frequent target of each side, and the rows that have it, among those in which both are present. */
function sidesOf(a: Float64Array, b: Float64Array, y: Float64Array, values: readonly number[], rows: readonly number[]): Sides {
  const counts = new Int32Array(9);
  let compared = 0;
  for (const row of rows) {
    const sign = Math.sign((a[row] as number) - (b[row] as number));
    if (Number.isNaN(sign)) continue;
    const place = 3 * (sign + 1) + values.indexOf(y[row] as number);
    counts[place] = (counts[place] as number) + 1;
    compared++;
  }
  let held = 0;
  const side = (sign: number) => {
    const own = Array.from(counts.subarray(3 * sign, 3 * sign + 3));
    const most = Math.max(...own);
    held += most;
    return own.reduce((sum, count) => sum + count, 0) < LEAST_SIDE * compared ? Number.NaN : (values[own.indexOf(most)] as number);
  };
  const sides = [side(0), side(1), side(2)] as const;
  return { sides, share: 2 * compared < rows.length ? 0 : held / compared };
}

function saidOf([less, equal, more]: Sides["sides"], a: string, b: string): string {
  const sides: readonly (readonly [number, string])[] = [
    [more, "more than"],
    [equal, "equal to"],
    [less, "less than"],
  ];
  return sides.flatMap(([value, how]) => (Number.isNaN(value) ? [] : [`${value} where \`${a}\` is ${how} \`${b}\``])).join(", ");
}
