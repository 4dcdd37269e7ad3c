import type { OutOfFold } from "../core/experiment.ts";
import { createRandom } from "../core/random.ts";
import type { Fold } from "../core/split.ts";

/** Parts of a single test set, when there are no folds to go by. */
const PARTS = 5;

/** Parts of judged rows: what is learned for one part is learned on others. */
export interface Parts {
  /** Part of each place. Periods are numbered in their order. */
  readonly of: Int32Array;
  /** Parts are periods of time: what is learned for one is learned on earlier ones alone, as it will be when the model is used. */
  readonly arePeriods: boolean;
}

/**
 * Part of each out-of-fold prediction, for fitting on other parts: the outer fold that judged it, so that grouped or ordered rows stay together.
 * With fewer than two folds: random parts.
 */
export function partsOfRows(
  { rows, repeats }: Pick<OutOfFold, "rows" | "repeats">,
  folds: readonly Fold[],
  arePeriods: boolean,
  seed: number,
): Parts {
  const foldsOf = new Map<number, number[]>();
  for (const { index, test } of folds)
    for (const row of test) {
      const own = foldsOf.get(row);
      if (own === undefined) foldsOf.set(row, [index]);
      else own.push(index);
    }
  const perRepeat = rows.length / repeats;
  const parts = rows.map((row, i) => foldsOf.get(row)?.[Math.floor(i / perRepeat)] ?? 0);
  if (new Set(parts).size > 1) return { of: parts, arePeriods };
  const random = createRandom(seed, "parts");
  return { of: random.shuffle(rows.map((_, i) => i % PARTS)), arePeriods: false };
}

/** Parts of some of the places, as equals: where only one is left, fifths of it in the order of the places. */
export function partsWithin({ of }: Parts, places: Int32Array): Parts {
  const own = places.map((place) => of[place] ?? 0);
  const isOne = own.every((part) => part === own[0]);
  return { of: isOne ? own.map((_, i) => Math.floor((i * PARTS) / own.length)) : own, arePeriods: false };
}

/**
 * Learns on what lies outside each part and applies to what is in it; never on another repeat, which holds the same rows again. Of periods it learns on
 * the earlier ones, and leaves out the first, which has none. `use` writes its answers by place.
 */
export function crossFit<Fitted>(
  { of, arePeriods }: Parts,
  repeats: number,
  learn: (places: Int32Array, part: number) => Fitted,
  use: (fitted: Fitted, places: Int32Array) => void,
): void {
  const perRepeat = of.length / repeats;
  const partAt = (place: number) => of[place] ?? 0;
  for (let repeat = 0; repeat < repeats; repeat++) {
    const places = Int32Array.from({ length: perRepeat }, (_, i) => repeat * perRepeat + i);
    for (const part of new Set(places.map(partAt))) {
      const known = places.filter((i) => (arePeriods ? partAt(i) < part : partAt(i) !== part));
      if (arePeriods && known.length === 0) continue;
      use(
        learn(known, part),
        places.filter((i) => partAt(i) === part),
      );
    }
  }
}
