import type { Feature, Matrix } from "../../../core/matrix.ts";
import type { TreeKernels } from "../kernels/contract.ts";
import { type BinningRules, categoryBins, type FeatureBins, numericBins } from "./bins.ts";

/** A feature that can split. */
export interface FoundFeature {
  readonly feature: Feature;
  /** In the matrix. */
  readonly place: number;
  readonly bins: FeatureBins;
  /** Numeric: the bin with the most rows of the sample, and their number. Categorical: 0. */
  readonly fullest: number;
  readonly inFullest: number;
}

/** Lists sorted at a time, for each thread. */
const LISTS_PER_THREAD = 4;

/** Features of which the rows of the sample fall into two bins or more; missing counts as a bin. */
export function findFeatures(kernels: TreeKernels, { features }: Matrix, sample: Int32Array, rules: BinningRules): FoundFeature[] {
  const found: FoundFeature[] = [];
  const numeric: Numeric[] = [];
  for (const [place, feature] of features.entries()) {
    if (feature.kind === "numeric") {
      numeric.push({ feature, place });
      continue;
    }
    const { bins, others } = categoryBins(feature, sample, rules);
    if (bins.valueBins > 1 || (bins.valueBins === 1 && others > 0)) found.push({ feature, place, bins, fullest: 0, inFullest: 0 });
  }
  const batch = LISTS_PER_THREAD * kernels.threads;
  for (let begin = 0; begin < numeric.length; begin += batch) {
    found.push(...findNumeric(kernels, numeric.slice(begin, begin + batch), sample, rules));
  }
  return found;
}

interface Numeric {
  readonly feature: Extract<Feature, { kind: "numeric" }>;
  readonly place: number;
}

function findNumeric(kernels: TreeKernels, batch: readonly Numeric[], sample: Int32Array, rules: BinningRules): FoundFeature[] {
  const { memory } = kernels;
  const bytes = 8 * Math.max(1, sample.length);
  const lists = memory.allocate(bytes * batch.length);
  const { f64 } = memory;
  const counts = batch.map(({ feature }, i) => copyPresent(feature.values, sample, f64, (lists + i * bytes) / 8));
  kernels.sortReals(lists, bytes, counts);
  const found = batch.flatMap(({ feature, place }, i): FoundFeature[] => {
    const at = (lists + i * bytes) / 8;
    const about = numericBins(f64.subarray(at, at + counts[i]!), rules);
    const { valueBins } = about.bins;
    const canSplit = valueBins > 1 || (valueBins === 1 && counts[i]! < sample.length);
    return canSplit ? [{ feature, place, ...about }] : [];
  });
  memory.free(lists);
  return found;
}

function copyPresent(values: Float64Array, sample: Int32Array, to: Float64Array, first: number): number {
  let at = first;
  for (let i = 0; i < sample.length; i++) {
    const value = values[sample[i]!]!;
    if (!Number.isNaN(value)) to[at++] = value;
  }
  return at - first;
}
