import type { Experiment } from "../../core/experiment.ts";
import type { Metric } from "../../core/metric.ts";
import type { SplitPolicy } from "../../core/split.ts";
import { REFERENCE } from "../../data/index.ts";
import { BudgetEnded, estimateOf, groundOf } from "../../lab/index.ts";
import { metricNamed } from "../../metrics/index.ts";
import { blamesSoFar, autopsy as playAutopsy } from "../../production/index.ts";
import type { DataStage, FailureReport, Workspace } from "../kind.ts";
import { experimentFor } from "./experiment.ts";
import { type Omission, omissionsOf } from "./omissions.ts";
import type { TabularQuestion } from "./question.ts";

const DRAWS = 3;

/**
 * What would have happened to a project that had left out what the audit mended. The loss is the disappointment: the score that the project would have
 * promised from its own test, minus what production would have given. In production a leak's column is not there yet, and rows come as the
 * honest split judges them. null when nothing was mended that a project could have left out.
 */
export async function autopsy(space: Workspace, data: DataStage<TabularQuestion>): Promise<FailureReport | null> {
  const omissions = omissionsOf(data.file.findings, data.naive);
  if (omissions.length === 0) return null;
  const metric = metricNamed(data.question.metrics[0] ?? "");
  const scores = scorer(space, data, omissions, metric);
  const all: { promised: number; realised: number }[] = [];
  const losses = new Map<string, number>();
  const keyOf = (omitted: ReadonlySet<string>, seed: number) => JSON.stringify([seed, [...omitted].sort()]);
  const players = omissions.map(({ id, stage, title }) => ({ id, stage, title }));
  const combinations = 2 ** players.length;
  const given = { players, promised: 0, acceptable: await noise(space, data, metric), seed: space.request.seed };
  const measure = async (omitted: ReadonlySet<string>, seed: number) => {
    const note = `leaving out ${omitted.size === 0 ? "nothing" : [...omitted].join(", ")}`;
    space.progress(note, { done: losses.size, planned: DRAWS * combinations, unit: "combinations", isLast: true });
    const outcome = await scores(omitted, seed);
    if (omitted.size === omissions.length) all.push(outcome);
    const loss = (metric.better === "higher" ? 1 : -1) * (outcome.promised - outcome.realised);
    losses.set(keyOf(omitted, seed), loss);
    return loss;
  };
  const reportOf = (game: FailureReport["game"], draws: number): FailureReport => {
    // Of the same draws as the shares, so that these add up to the gap between the two.
    const own = all.slice(0, Math.max(1, draws));
    const mean = (score: "promised" | "realised") => own.reduce((sum, one) => sum + one[score], 0) / own.length;
    const blames = blamesSoFar(players, (omitted) => losses.get(keyOf(omitted, given.seed)));
    const ended = draws === DRAWS ? null : { tried: losses.size, of: DRAWS * combinations, blames };
    return { metric: metric.label, promised: mean("promised"), realised: mean("realised"), game, ended };
  };
  try {
    return reportOf(await playAutopsy({ ...given, value: measure, draws: DRAWS }), DRAWS);
  } catch (error) {
    // The loss with nothing omitted is what every other is set against.
    if (!(error instanceof BudgetEnded) || losses.size < 2) throw error;
    const whole = Math.floor(losses.size / combinations);
    if (whole === 0) return reportOf(null, 0);
    const recalled = async (omitted: ReadonlySet<string>, seed: number) => losses.get(keyOf(omitted, seed)) ?? Number.NaN;
    return reportOf(await playAutopsy({ ...given, value: recalled, draws: whole }), whole);
  }
}

/** Half-width of the honest score's interval: a smaller gap is no broken promise. */
async function noise(space: Workspace, { recipe, question }: DataStage<TabularQuestion>, metric: Metric): Promise<number> {
  const { features, split } = question;
  const outcome = await space.lab.run(experimentFor(question, { features, recipe, split, estimator: REFERENCE }));
  const { low, high } = estimateOf(outcome, metric.name, 0.95, groundOf(space.frame, outcome.experiment));
  return (high - low) / 2;
}

function scorer(space: Workspace, { recipe, question }: DataStage<TabularQuestion>, omissions: readonly Omission[], metric: Metric) {
  return async (omitted: ReadonlySet<string>, seed: number): Promise<{ promised: number; realised: number }> => {
    const left = omissions.filter(({ id }) => omitted.has(id));
    const leaks = [...new Set(left.flatMap(({ columns }) => columns))];
    const unmended = new Set(left.flatMap(({ steps }) => steps.map((step) => JSON.stringify(step))));
    const build = (split: SplitPolicy): Experiment => ({
      ...experimentFor(
        { ...question, seed },
        {
          features: [...question.features, ...leaks],
          recipe: recipe.filter((step) => !unmended.has(JSON.stringify(step)) && step.op !== "drop"),
          split,
          estimator: REFERENCE,
        },
      ),
    });
    const naive = left.find(({ split }) => split !== null)?.split ?? question.split;
    const honest = build(question.split);
    const promised = await space.lab.run(build(naive));
    const realised = await space.lab.run(leaks.length === 0 ? honest : { ...honest, absentWhenJudged: leaks });
    return { promised: promised.scores[metric.name] ?? Number.NaN, realised: realised.scores[metric.name] ?? Number.NaN };
  };
}
