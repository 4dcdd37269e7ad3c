import { columnOf, isMissing } from "../../core/column.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Outcome } from "../../core/experiment.ts";
import type { Counterfactual } from "../../core/finding.ts";
import type { Judged } from "../../core/metric.ts";
import { createRandom } from "../../core/random.ts";
import { outputsOf } from "../../core/task.ts";
import { float64From } from "../../core/typed-from.ts";
import {
  compareJudgings,
  compareOutcomes,
  estimateOf,
  type Ground,
  groundOf,
  type Judging,
  judgedRows,
  type Lab,
} from "../../lab/index.ts";
import { lossPerRow, metricNamed } from "../../metrics/index.ts";
import { differenceOfProportions, effectiveCount, type Noise, wilson } from "../../stats/index.ts";

/** What a pair of outcomes says of a trap. */
export interface Measured {
  readonly metric: string;
  readonly claimed: Estimate;
  readonly honest: Estimate;
  readonly difference: Estimate;
  /** Two-sided, of no difference. */
  readonly p: number;
}

/** Outcomes of a trap's two sides; one and the same where only the judging differs. */
export interface Sides {
  readonly claimed: Outcome;
  readonly honest: Outcome;
  readonly counterfactual: Counterfactual;
  /** Of a fold's score when a model is trained anew; null where folds show it themselves. */
  readonly noise: Noise | null;
}

/** The claimed and the honest score, and their difference with its interval at `level`; the scores have theirs at `scoreLevel`. */
export function measure({ claimed, honest, counterfactual, noise }: Sides, lab: Lab, level: number, scoreLevel: number): Measured {
  const metric = metricOf(honest);
  const ground = truthFor(lab, honest);
  if (counterfactual.change === "classes") return ofClasses(honest, counterfactual.classes, ground, level, scoreLevel);
  const judgings = judgingsOf(claimed, honest, counterfactual, ground, lab);
  if (judgings !== null) {
    const compared = (at: number) => compareJudgings(honest, judgings, lab.folds(honest.experiment), ground, at);
    const { difference, p } = compared(level);
    const { a, b } = compared(scoreLevel);
    const experiments = [claimed.id, honest.id];
    return { metric: judgings[1].metric.name, claimed: a, honest: b, difference: { ...difference, experiments }, p };
  }
  const { difference, p } = compareOutcomes(claimed, honest, metric, level, ground, noise);
  const score = (outcome: Outcome) => estimateOf(outcome, metric, scoreLevel, truthFor(lab, outcome));
  return { metric, claimed: score(claimed), honest: score(honest), difference, p };
}

/** What the judged rows are compared with, for policies whose spread comes from rows. */
export function truthFor(lab: Lab, { experiment }: Outcome): Ground {
  return groundOf(lab.frame(experiment.dataset), experiment);
}

export function metricOf({ experiment }: Outcome): string {
  return experiment.metrics[0] ?? "";
}

/** Two ways to judge the honest outcome's rows; null where whole outcomes are compared. */
function judgingsOf(
  claimed: Outcome,
  honest: Outcome,
  counterfactual: Counterfactual,
  ground: Ground,
  lab: Lab,
): readonly [Judging, Judging] | null {
  const metric = metricNamed(metricOf(honest));
  const judged = judgedRows(honest, ground);
  switch (counterfactual.change) {
    case "metric":
      return [
        { metric: metricNamed(counterfactual.claimed), judged },
        { metric: metricNamed(counterfactual.honest), judged },
      ];
    case "judged-rows":
      return [
        { metric, judged },
        { metric, judged: withoutRows(judged, honest, counterfactual.without) },
      ];
    case "cells": {
      const column = columnOf(lab.frame(honest.experiment.dataset), counterfactual.column);
      const random = createRandom(honest.experiment.seed, "lost cells");
      const lost = Array.from({ length: ground.truth.length }, (_, row) => random.next() < counterfactual.share && !isMissing(column, row));
      return [
        { metric, judged: { ...judged, outputs: mixed(honest, claimed, (row) => lost[row] === true) } },
        { metric, judged },
      ];
    }
    default:
      return null;
  }
}

function withoutRows(judged: Judged, { outOfFold }: Outcome, without: readonly number[]): Judged {
  const out = new Set(without);
  return { ...judged, weight: float64From(outOfFold.rows, (row, i) => (out.has(row) ? 0 : (judged.weight?.[i] ?? 1))) };
}

/** The honest answers, but those of `other` where it is asked for. Both have answered the same rows. */
function mixed({ experiment, outOfFold }: Outcome, other: Outcome, takesOther: (row: number) => boolean): Float64Array {
  const width = outputsOf(experiment.task);
  const outputs = Float64Array.from(outOfFold.outputs);
  outOfFold.rows.forEach((row, place) => {
    if (takesOther(row)) outputs.set(other.outOfFold.outputs.subarray(place * width, (place + 1) * width), place * width);
  });
  return outputs;
}

/**
 * Shares decided right, of rows of other classes against rows of these. A few rows give no spread over folds: intervals by Wilson, of the difference by
 * Newcombe, rows taken as independent. A row that is judged several times counts once, with the share of times that it was right.
 */
function ofClasses(outcome: Outcome, classes: readonly number[], ground: Ground, level: number, scoreLevel: number): Measured {
  const judged = judgedRows(outcome, ground);
  const losses = lossPerRow(metricNamed("accuracy"), judged);
  const { repeats } = outcome.outOfFold;
  const each = losses.length / repeats;
  const share = (isIn: (label: number) => boolean) => {
    const places = Array.from({ length: each }, (_, place) => place).filter((place) => isIn(judged.truth[place] ?? Number.NaN));
    const weight = places.map((place) => judged.weight?.[place] ?? 1);
    const trials = effectiveCount(weight);
    const total = weight.reduce((sum, one) => sum + one, 0);
    const right = places.map((place) => 1 - meanOf(repeats, (repeat) => losses[repeat * each + place] ?? Number.NaN));
    return { successes: (trials * right.reduce((sum, one, i) => sum + one * (weight[i] ?? 0), 0)) / total, trials };
  };
  const others = share((label) => !classes.includes(label));
  const these = share((label) => classes.includes(label));
  const known = { level, experiments: [outcome.id] };
  const score = ({ successes, trials }: typeof others): Estimate => {
    return { ...wilson(successes, trials, scoreLevel), ...known, level: scoreLevel, method: "Wilson" };
  };
  const { p, ...difference } = differenceOfProportions(others, these, level);
  const method = "Newcombe, rows taken as independent";
  return { metric: "accuracy", claimed: score(others), honest: score(these), difference: { ...difference, ...known, method }, p };
}

function meanOf(count: number, valueAt: (place: number) => number): number {
  return Array.from({ length: count }, (_, place) => valueAt(place)).reduce((sum, value) => sum + value, 0) / count;
}
