import { createRandom } from "../core/random.ts";
import type { Fold } from "../core/split.ts";

/** Parts of a single test set, when there are no folds to go by. */
const PARTS = 5;

/**
 * Part of each judged row, for fitting on the other parts: the outer fold that judged it (first repeat), so that grouped or ordered rows stay
 * together. With fewer than two folds: random parts.
 */
export function partsOfRows(rows: Int32Array, folds: readonly Fold[], seed: number): Int32Array {
  const partOf = new Map<number, number>();
  for (const { index, test } of folds) for (const row of test) if (!partOf.has(row)) partOf.set(row, index);
  const parts = rows.map((row) => partOf.get(row) ?? 0);
  if (new Set(parts).size > 1) return parts;
  const random = createRandom(seed, "parts");
  return random.shuffle(rows.map((_, i) => i % PARTS));
}

/** Learns on the rows outside each part and applies to the rows in it. `use` writes its answers by place. */
export function crossFit<Fitted>(
  parts: Int32Array,
  learn: (places: Int32Array) => Fitted,
  use: (fitted: Fitted, places: Int32Array) => void,
): void {
  const places = parts.map((_, i) => i);
  for (const part of new Set(parts)) {
    const fitted = learn(places.filter((i) => parts[i] !== part));
    use(
      fitted,
      places.filter((i) => parts[i] === part),
    );
  }
}
