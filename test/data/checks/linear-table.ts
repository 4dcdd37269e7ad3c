import { createRandom } from "../../../src/core/random.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";

export const ROWS = 400;

/** Two usual columns and a coin as target, beside the given columns. */
export function contextWith(columns: Record<string, Cells>, target: Cells | null = null) {
  const random = createRandom(5, "linear");
  const plain = numbers(ROWS, () => 50 + 8 * random.normal());
  const other = numbers(ROWS, () => random.normal());
  const coin = numbers(ROWS, () => random.integer(2));
  const all: [string, Cells][] = [...Object.entries(columns), ["plain", plain], ["other", other], ["y", target ?? coin]];
  return contextOf(tableOf(all), "y");
}

/** Normal values from a seed. */
export function normals(seed: number): number[] {
  const random = createRandom(seed, "normals");
  return numbers(ROWS, () => random.normal());
}
