import type { TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";

/** What each feature did in the trees, in the order of the ensemble's features. */
export interface FeatureImportance {
  readonly name: string;
  /** Sum of the gains of its splits. */
  readonly gain: number;
  /** Sum of the cover (hessian or weight) of the nodes it splits. */
  readonly cover: number;
  readonly splits: number;
}

export function importanceOf(ensemble: TreeEnsemble): FeatureImportance[] {
  checkEnsemble("importanceOf", ensemble);
  const sums = ensemble.features.map(({ name }) => ({ name, gain: 0, cover: 0, splits: 0 }));
  for (const [node, place] of ensemble.feature.entries()) {
    const sum = sums[place];
    if (sum === undefined) continue;
    sum.gain += ensemble.gain[node]!;
    sum.cover += ensemble.cover[node]!;
    sum.splits++;
  }
  return sums;
}
