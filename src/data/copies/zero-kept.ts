import type { NumberColumn } from "../columns/counts.ts";

/** Fewer values fall in one order by chance, and more are compared as amounts. */
const [LEAST, MOST] = [6, 50];

/**
 * Pairs of columns of few values that go one to one, where the one falls or rises with the other but for 0, which stays 0: a dilution and a dose that is 1 / dilution, where none was given both
 * are 0. columns: with the number of their different values.
 */
export function zeroKept(
  columns: readonly { readonly column: NumberColumn; readonly distinct: number }[],
): readonly (readonly [NumberColumn, NumberColumn])[] {
  const few = columns.filter(({ distinct }) => distinct > LEAST && distinct <= MOST);
  return few.flatMap(({ column, distinct }, place) =>
    few
      .slice(place + 1)
      .filter((other) => other.distinct === distinct && keepsZero(column.values, other.column.values))
      .map((other) => [column, other.column] as const),
  );
}

function keepsZero(a: Float64Array, b: Float64Array): boolean {
  const there = new Map<number, number>();
  for (let row = 0; row < a.length; row++) {
    const [x, y] = [a[row] ?? Number.NaN, b[row] ?? Number.NaN];
    if (Number.isNaN(x) !== Number.isNaN(y) || (x === 0) !== (y === 0)) return false;
    if (Number.isNaN(x)) continue;
    const known = there.get(x);
    if (known === undefined) there.set(x, y);
    else if (known !== y) return false;
  }
  if (!there.delete(0) || there.size < LEAST) return false;
  const others = [...there].sort(([x], [y]) => x - y).map(([, y]) => y);
  const steps = others.slice(1).map((y, i) => Math.sign(y - (others[i] ?? 0)));
  return steps[0] !== 0 && steps.every((step) => step === steps[0]);
}
