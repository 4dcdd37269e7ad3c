/** Fewer training rows say nothing about a model that is meant for more. */
export const LEAST_ROWS = 50;

/** Fewer groups are no sample of groups. */
export const LEAST_GROUPS = 10;

/** Training rows, or groups, that every class must have at an anchor. */
const LEAST_OF_A_CLASS = 5;

const MOST_ANCHORS = 8;

/**
 * Sizes below the full one, ascending: full / 2^(j/2) for j = 1, 2, ..., as long as the size is at least `least`; with the full one at most
 * MOST_ANCHORS. Half octaves forecast as well as the denser grid of LCDB (bench/results/learning-curve.json).
 */
export function anchorsBelow(full: number, least: number): number[] {
  const sizes = Array.from({ length: MOST_ANCHORS - 1 }, (_, j) => Math.round(full / 2 ** ((j + 1) / 2)));
  return sizes.filter((size) => size >= least).reverse();
}

/**
 * Smallest training size, at least `floor`, that holds LEAST_OF_A_CLASS units of every class when drawn by class. Classes that are too rare for it even
 * in the full size are passed over. counts: rows, or groups, that hold each class in the dataset, of `all`; size: of the full training set.
 */
export function leastUnitsForClasses(counts: readonly number[], all: number, size: number, floor: number): number {
  const common = counts.filter((count) => (count / all) * size >= LEAST_OF_A_CLASS);
  if (common.length === 0) return floor;
  return Math.max(floor, Math.ceil((LEAST_OF_A_CLASS * all) / Math.min(...common)));
}

/** With the full size this makes the fewest points that can be forecast from. */
const LEAST_ANCHORS = 3;

/** A half octave goes before an octave that is up to this many times as large: an even span says more than a dense one. */
const OCTAVE_WORTH = 4;

/**
 * The anchors that fit into the time, when an anchor takes its share of the full one's time. The dearest go first, half octaves before octaves; when
 * too few for a forecast would be left, none is.
 */
export function affordableAnchors(anchors: readonly number[], full: number, fullMs: number, allowedMs: number): number[] {
  const isOctave = (rows: number) => Math.abs(Math.log2(full / rows) - Math.round(Math.log2(full / rows))) < 0.25;
  const burden = (rows: number) => (isOctave(rows) ? rows : rows * OCTAVE_WORTH);
  const dropped = [...anchors].sort((a, b) => burden(b) - burden(a));
  const costMs = (rows: readonly number[]) => rows.reduce((sum, n) => sum + (n / full) * fullMs, 0);
  let from = 0;
  while (costMs(dropped.slice(from)) > allowedMs) from++;
  const kept = dropped.slice(from).sort((a, b) => a - b);
  return from > 0 && kept.length < LEAST_ANCHORS ? [] : kept;
}
