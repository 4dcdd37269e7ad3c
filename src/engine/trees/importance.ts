import { refuseAny } from "../options.ts";
import type { TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";

/** What a feature did in the trees. */
export interface FeatureImportance {
  readonly name: string;
  /** Sum of the gains of its splits: in units of twice the loss, summed over training rows, before the learning rate. At least 0. LightGBM's and XGBoost's (total) gain. */
  readonly gain: number;
  /** Sum of the cover of the nodes it splits: hessians in boosting, weights of rows in a forest. XGBoost's total cover. */
  readonly cover: number;
  /** Number of its splits; 0: the trees never ask about it. LightGBM's split, XGBoost's weight. */
  readonly splits: number;
}

/**
 * What each feature of the ensemble did in its trees: one entry per feature, in the order of `ensemble.features`, unsorted and not scaled to a sum. Gain favours
 * features of many values (Strobl et al. 2007); `permutationImportance` measures what the predictions lose without a feature.
 * @throws TypeError for what is no ensemble, such as its JSON; RangeError for options: there are none.
 */
export function importanceOf(ensemble: TreeEnsemble, none?: undefined): FeatureImportance[] {
  checkEnsemble("importanceOf", ensemble);
  refuseAny("importanceOf", none, "it gives gain, cover and splits of each feature");
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
