import type { Feature } from "../../../core/matrix.ts";
import { SLOT_CELLS } from "../kernels/contract.ts";
import { binOfRow, type FeatureBins } from "./bins.ts";

export interface BundleCandidate {
  readonly feature: Feature;
  readonly place: number;
  readonly bins: FeatureBins;
  /** The most frequent bin. */
  readonly implicit: number;
  /** Bins but that one. */
  readonly stored: number;
}

/** Share of rows in the most frequent bin from which a feature counts as sparse (LightGBM's sparse_threshold). */
const SPARSE = 0.8;
/** Bundles that a feature is tried against. */
const MOST_TRIED = 64;

/**
 * Exclusive feature bundling (Ke et al. 2017) without conflicts: features share a slot only if no row of the matrix fills two of them, so trees are the same
 * with and without it.
 */
export function planBundles(
  found: readonly { readonly feature: Feature; readonly place: number; readonly bins: FeatureBins }[],
  rows: number,
  sample: Int32Array,
): BundleCandidate[][] {
  const sparse = found.flatMap((one) => candidateOf(one, sample) ?? []).sort((a, b) => a.filled - b.filled || a.place - b.place);
  if (sparse.length < 2) return [];
  const bundles: { members: BundleCandidate[]; rows: Uint32Array; stored: number; filled: number }[] = [];
  for (const { filled, ...one } of sparse) {
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

function candidateOf(
  one: { readonly feature: Feature; readonly place: number; readonly bins: FeatureBins },
  sample: Int32Array,
): (BundleCandidate & { readonly filled: number }) | null {
  const { feature, bins } = one;
  if (bins.kind !== "numeric") return null;
  const counts = new Int32Array(bins.valueBins + 1);
  for (const row of sample) counts[binOfRow(feature, bins, row)]!++;
  let implicit = 0;
  for (let bin = 1; bin < bins.valueBins; bin++) if (counts[bin]! > counts[implicit]!) implicit = bin;
  if (counts[bins.valueBins]! > 0 || counts[implicit]! < SPARSE * sample.length) return null;
  return { ...one, implicit, stored: bins.valueBins - 1, filled: sample.length - counts[implicit]! };
}

/** Rows outside the most frequent bin; null when one is missing. */
function filledRows({ feature, bins, implicit }: BundleCandidate, rows: number): { bits: Uint32Array; count: number } | null {
  const bits = new Uint32Array(Math.ceil(rows / 32));
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const bin = binOfRow(feature, bins, row);
    if (bin === implicit) continue;
    if (bin === bins.valueBins) return null;
    bits[row >> 5]! |= 1 << (row & 31);
    count++;
  }
  return { bits, count };
}

function overlap(a: Uint32Array, b: Uint32Array): boolean {
  for (let word = 0; word < a.length; word++) if ((a[word]! & b[word]!) !== 0) return true;
  return false;
}
