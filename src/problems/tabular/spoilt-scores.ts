import type { Experiment, Outcome } from "../../core/experiment.ts";
import type { Spoiling } from "../../core/spoil.ts";
import { BudgetEnded, compareOutcomes, estimateOf, groundOf, WouldNotFit } from "../../lab/index.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { Choice } from "../../model/index.ts";
import type { SpoiltScores } from "../../production/index.ts";
import type { Workspace } from "../kind.ts";

const LEVEL = 0.95;

/** Of the time left: others come after. */
const MOST_SHARE = 0.9;
/** The two gates, with what a foreseen time may be short of. */
const RESERVED = 2 * 1.25;

/** Milliseconds that the two gates will need, which no earlier stage should take. */
export function spoiltMs({ lab }: Pick<Workspace, "lab">, choice: Choice): number {
  const both = judgedBoth(choice);
  return both === null ? 0 : RESERVED * foreseenMs(both, lab.threads);
}

function judgedBoth({ outcome, baseline, comparison }: Choice): readonly [Outcome, Outcome] | null {
  if (outcome === null || baseline === null || outcome.id === baseline.id || comparison.verdict !== "model") return null;
  return [outcome, baseline];
}

function foreseenMs(both: readonly [Outcome, Outcome], threads: number): number {
  return both.reduce((sum, one) => sum + msOfOneRepeat(one), 0) / threads;
}

/**
 * The chosen candidate and the best simple rule, judged by the same folds with cells of the judged rows spoilt, one repeat of the folds: two experiments of the
 * ledger. null where no rule stands beside the chosen one. @throws WouldNotFit when it would take more than its share of what is left,
 * BudgetEnded when nothing is.
 */
export async function spoiltScores({ lab }: Workspace, choice: Choice, spoiling: Spoiling): Promise<SpoiltScores | null> {
  const both = judgedBoth(choice);
  if (both === null) return null;
  const needed = foreseenMs(both, lab.threads);
  const left = lab.left();
  if (left <= 0) throw new BudgetEnded(0);
  if (needed > MOST_SHARE * left) throw new WouldNotFit(needed, left, MOST_SHARE);
  const [model, rule] = await Promise.all(both.map(({ experiment }) => lab.run(spoiltExperiment(experiment, spoiling))));
  if (model === undefined || rule === undefined) throw new RangeError("two experiments have two outcomes");
  const metric = metricNamed(choice.comparison.metric);
  const ground = groundOf(lab.frame(model.experiment.dataset), model.experiment);
  const [worse, better] = metric.better === "higher" ? [rule, model] : [model, rule];
  const score = (one: Outcome) => estimateOf(one, metric.name, LEVEL, ground);
  const { difference } = compareOutcomes(worse, better, metric.name, LEVEL, ground);
  return { model: score(model), rule: score(rule), gain: { ...difference, experiments: [model.id, rule.id] } };
}

function spoiltExperiment(experiment: Experiment, spoiltWhenJudged: Spoiling): Experiment {
  const { split } = experiment;
  return { ...experiment, split: "repeats" in split ? { ...split, repeats: 1 } : split, spoiltWhenJudged };
}

function msOfOneRepeat({ folds, outOfFold: { repeats } }: Outcome): number {
  return folds.reduce((sum, { fitMs, predictMs }) => sum + fitMs + predictMs, 0) / repeats;
}
