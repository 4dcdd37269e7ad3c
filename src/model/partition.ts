import type { OutOfFold } from "../core/experiment.ts";
import { createRandom } from "../core/random.ts";
import type { Fold } from "../core/split.ts";

/** Parts of a single test set, when there are no folds to go by. */
const PARTS = 5;

/**
 * Part of each out-of-fold prediction, for fitting on the other parts: the outer fold that judged it, so that grouped or ordered rows stay together.
 * With fewer than two folds: random parts.
 */
export function partsOfRows({ rows, repeats }: Pick<OutOfFold, "rows" | "repeats">, folds: readonly Fold[], seed: number): Int32Array {
  const foldsOf = new Map<number, number[]>();
  for (const { index, test } of folds)
    for (const row of test) {
      const own = foldsOf.get(row);
      if (own === undefined) foldsOf.set(row, [index]);
      else own.push(index);
    }
  const perRepeat = rows.length / repeats;
  const parts = rows.map((row, i) => foldsOf.get(row)?.[Math.floor(i / perRepeat)] ?? 0);
  if (new Set(parts).size > 1) return parts;
  const random = createRandom(seed, "parts");
  return random.shuffle(rows.map((_, i) => i % PARTS));
}

/**
 * Learns on what lies outside each part and applies to what is in it; never on another repeat, which holds the same rows again. `use` writes its
 * answers by place.
 */
export function crossFit<Fitted>(
  parts: Int32Array,
  repeats: number,
  learn: (places: Int32Array) => Fitted,
  use: (fitted: Fitted, places: Int32Array) => void,
): void {
  const perRepeat = parts.length / repeats;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const places = Int32Array.from({ length: perRepeat }, (_, i) => repeat * perRepeat + i);
    for (const part of new Set(places.map((place) => parts[place] ?? 0))) {
      const fitted = learn(places.filter((i) => parts[i] !== part));
      use(
        fitted,
        places.filter((i) => parts[i] === part),
      );
    }
  }
}
