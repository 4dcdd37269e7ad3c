import { shown } from "../../shown.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";

/**
 * Trees of one round: one for each output, or one whose leaves hold a value per output. Files of XGBoost may have several trees for each output in a round; with one output
 * nothing tells them apart, and each counts as a round.
 */
function treesEach({ outputs, leafWidth, treeOutput }: TreeEnsemble): number {
  if (outputs === leafWidth) return 1;
  const next = treeOutput.findIndex((output, tree) => tree > 0 && output < treeOutput[tree - 1]!);
  return next < 0 ? Math.max(1, treeOutput.length) : next;
}

/** Rounds of boosting that the trees are of; trees of a forest. */
export function roundsOf(ensemble: TreeEnsemble): number {
  return Math.ceil(ensemble.treeOutput.length / treesEach(ensemble));
}

/**
 * The trees of the first rounds alone, as if the training had ended there; the first trees of a forest, as if it had no others. For predictions, files and explanations alike: it is
 * an ensemble. rounds: 0 = none, which leaves the constant of boosting.
 * @throws RangeError for more rounds than there are, for what is no whole number of at least 0, and for no tree of a forest.
 */
export function firstRounds(ensemble: TreeEnsemble, rounds: number): TreeEnsemble {
  checkEnsemble("firstRounds", ensemble);
  const all = roundsOf(ensemble);
  if (!Number.isInteger(rounds) || rounds < 0)
    throw wrongValue("bad-option", `rounds must be a whole number, at least 0, got ${shown(rounds)}`);
  if (rounds > all) throw wrongValue("bad-option", `the trees are of ${all} rounds, ${rounds} were asked for`);
  if (rounds === all) return ensemble;
  if (rounds === 0 && ensemble.averaged === true) throw wrongValue("bad-option", "a forest without trees predicts nothing");
  const known = last.get(ensemble);
  if (known?.rounds === rounds) return known.shorter;
  const { history: _, ...cut } = between(ensemble, 0, rounds);
  const shorter = ensemble.averaged === true ? { ...cut, leafValues: cut.leafValues.map((value) => (value * all) / rounds) } : cut;
  last.set(ensemble, { rounds, shorter });
  return shorter;
}

/** What was asked for last: an ensemble is prepared for many rows once. */
const last = new WeakMap<TreeEnsemble, { readonly rounds: number; readonly shorter: TreeEnsemble }>();

/** What round `round` (from 0) adds alone: its trees on top of 0. */
export function roundAlone(ensemble: TreeEnsemble, round: number): TreeEnsemble {
  return { ...between(ensemble, round, round + 1), base: new Float64Array(ensemble.outputs) };
}

function between(ensemble: TreeEnsemble, from: number, to: number): TreeEnsemble {
  const { treeStart, treeOutput, feature, left, leafWidth, leafValues, subset, features } = ensemble;
  const each = treesEach(ensemble);
  const [first, end] = [from * each, Math.min(treeOutput.length, to * each)];
  const [start, stop] = [treeStart[first]!, treeStart[end]!];
  let [low, high] = [leafValues.length, 0];
  let words = 0;
  for (let node = start; node < stop; node++) {
    if (feature[node]! >= 0) {
      if (subset[node]! >= 0) words = Math.max(words, subset[node]! + Math.ceil(features[feature[node]!]!.levels / 32));
      continue;
    }
    low = Math.min(low, left[node]!);
    high = Math.max(high, left[node]! + leafWidth);
  }
  return {
    ...ensemble,
    treeStart: treeStart.slice(first, end + 1).map((node) => node - start),
    treeOutput: treeOutput.slice(first, end),
    feature: feature.slice(start, stop),
    threshold: ensemble.threshold.slice(start, stop),
    missingLeft: ensemble.missingLeft.slice(start, stop),
    subset: subset.slice(start, stop),
    left: left.slice(start, stop).map((child, i) => child - (feature[start + i]! < 0 ? low : start)),
    right: ensemble.right.slice(start, stop).map((child, i) => (feature[start + i]! < 0 ? child : child - start)),
    gain: ensemble.gain.slice(start, stop),
    cover: ensemble.cover.slice(start, stop),
    leafValues: leafValues.slice(low, high),
    subsets: ensemble.subsets.slice(0, words),
  };
}
