import type { Feature } from "../../../core/matrix.ts";
import { SLOT_CELLS } from "../kernels/contract.ts";
import { type FeatureBins, numericBin } from "./bins.ts";
import type { FoundFeature } from "./find.ts";

export interface BundledFeature {
  readonly feature: Extract<Feature, { kind: "numeric" }>;
  readonly bins: FeatureBins & { readonly kind: "numeric" };
  /** The fullest bin. */
  readonly implicit: number;
  /** Bins but that one. */
  readonly stored: number;
}

/** Share of rows in the fullest bin from which a feature counts as sparse (LightGBM's sparse_threshold). */
const SPARSE = 0.8;
/** Bundles that a feature is tried against. */
const MOST_TRIED = 64;

/**
 * Exclusive feature bundling (Ke et al. 2017) without conflicts: features share a slot only if no row of the matrix fills two of them, so trees are the same
 * with and without it.
 */
export function planBundles(found: readonly FoundFeature[], rows: number, sampled: number): BundledFeature[][] {
  const sparse = found
    .filter(({ inFullest }) => inFullest >= SPARSE * sampled)
    .sort((a, b) => b.inFullest - a.inFullest || a.place - b.place);
  if (sparse.length < 2) return [];
  const bundles: { members: BundledFeature[]; rows: Uint32Array; stored: number; filled: number }[] = [];
  for (const { feature, bins, fullest } of sparse) {
    if (feature.kind !== "numeric" || bins.kind !== "numeric") continue;
    const one: BundledFeature = { feature, bins, implicit: fullest, stored: bins.valueBins - 1 };
    const own = filledRows(one, rows);
    if (own === null) continue;
    const free = bundles
      .slice(-MOST_TRIED)
      .find((bundle) => bundle.stored + one.stored < SLOT_CELLS && bundle.filled + own.count <= rows && !overlap(bundle.rows, own.bits));
    if (free === undefined) bundles.push({ members: [one], rows: own.bits, stored: one.stored, filled: own.count });
    else {
      free.members.push(one);
      free.stored += one.stored;
      free.filled += own.count;
      for (let word = 0; word < own.bits.length; word++) free.rows[word]! |= own.bits[word]!;
    }
  }
  return bundles.filter(({ members }) => members.length > 1).map(({ members }) => members);
}

/** Rows outside the fullest bin; null when one is missing. */
function filledRows({ feature, bins, implicit }: BundledFeature, rows: number): { bits: Uint32Array; count: number } | null {
  const { thresholds, valueBins } = bins;
  const bits = new Uint32Array(Math.ceil(rows / 32));
  // Values of the fullest bin lie above one threshold and not above the next.
  const [low, high] = [thresholds[implicit - 1] ?? Number.NEGATIVE_INFINITY, thresholds[implicit] ?? Number.POSITIVE_INFINITY];
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = feature.values[row]!;
    if (value > low && value <= high) continue;
    const bin = numericBin(value, thresholds);
    if (bin === implicit) continue;
    if (bin === valueBins) return null;
    bits[row >> 5]! |= 1 << (row & 31);
    count++;
  }
  return { bits, count };
}

function overlap(a: Uint32Array, b: Uint32Array): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word]! & b[word]!) !== 0) return true;
  return false;
}
