import type { Candidate } from "../core/comparison.ts";
import type { Estimate } from "../core/estimate.ts";
import type { Metric } from "../core/metric.ts";
import { type Evidence, estimateOf, type Measured } from "./evidence.ts";
import type { Judged, Judgement, NotJudged } from "./judge.ts";
import { isBaseline } from "./portfolio.ts";
import { type Contender, isGain, isWithinOneSe, modelsOf, pickModel, type Selection } from "./select.ts";

/** One line per candidate, in the order they were given. `judged[i]` has place i in the evidence and the selection. */
export function candidateTable(
  judgements: readonly Judgement[],
  judged: readonly Judged[],
  evidence: Evidence | null,
  selection: Selection | null,
  metric: Metric,
): Candidate[] {
  return judgements.map((one) => {
    const place = one.state === "judged" ? judged.indexOf(one) : -1;
    if (one.state !== "judged" || evidence === null || selection === null) return withoutScore(one);
    return judgedCandidate(one, place, { judged, evidence, selection, metric });
  });
}

interface Table {
  readonly judged: readonly Judged[];
  readonly evidence: Evidence;
  readonly selection: Selection;
  readonly metric: Metric;
}

function judgedCandidate({ plan, outcome }: Judged, place: number, table: Table): Candidate {
  const { judged, evidence, selection, metric } = table;
  const optimism = optimismOf(place, table);
  const sign = metric.better === "higher" ? 1 : -1;
  const against = (other: number) => {
    const of = judged[other]?.outcome;
    if (of === undefined || other === place) return null;
    return estimateOf(evidence.difference(place, other), evidence, [outcome.id, of.id]);
  };
  const score = withinRange(shifted(evidence.score(place), -sign * optimism), metric);
  return {
    name: plan.name,
    label: plan.label,
    complexity: plan.complexity,
    estimator: plan.estimator,
    params: plan.params,
    score: estimateOf(score, evidence, [outcome.id], methodOf(place, table)),
    optimism,
    overBaseline: gainOf(place, table) ?? against(selection.bestBaseline),
    againstBest: against(selection.best),
    fitMs: outcome.folds.reduce((sum, { fitMs }) => sum + fitMs, 0) / outcome.folds.length,
    state: stateOf(place, table),
    note: noteOf(place, table),
  };
}

/**
 * Beside the chosen model stands the gain of a blind choice, so that choosing the best of many does not flatter it. It is the number of the verdict's test, which
 * chooses the surest gain, while the chosen model is the simplest near the best: its method says so.
 */
function gainOf(place: number, { judged, evidence, selection }: Table): Estimate | null {
  if (!isCorrected(place, { judged, selection }) || selection.worth === null) return null;
  const ids = [judged[place]?.outcome.id, judged[selection.bestBaseline]?.outcome.id].flatMap((id) => id ?? []);
  return estimateOf(
    selection.worth,
    evidence,
    ids,
    `${evidence.method}; of a blind choice of the surest gain, not of this model alone: ${evidence.blindness}`,
  );
}

/** By how much the chosen model's score is too good for having been chosen: against a blind choice, never below 0. Others were not chosen: 0. */
function optimismOf(place: number, { judged, evidence, selection, metric }: Table): number {
  if (!isCorrected(place, { judged, selection })) return 0;
  const contenders = contendersOf(judged);
  const blind = evidence.chosenBlindly(
    (seen) => pickModel(seen, contenders, selection.bestBaseline, metric.better),
    modelsOf(contenders),
    null,
  );
  const sign = metric.better === "higher" ? 1 : -1;
  return Math.max(0, sign * (evidence.score(place).value - blind.value)) || 0;
}

function isCorrected(place: number, { judged, selection }: Pick<Table, "judged" | "selection">): boolean {
  return place === selection.chosen && selection.verdict === "model" && modelsOf(contendersOf(judged)).length > 1;
}

function methodOf(place: number, table: Table): string {
  const { method, blindness } = table.evidence;
  return isCorrected(place, table) ? `${method}; corrected for choosing: ${blindness}` : method;
}

function shifted(measured: Measured, by: number): Measured {
  return { ...measured, value: measured.value + by, low: measured.low + by, high: measured.high + by };
}

/** An interval does not reach beyond what the metric can be. */
function withinRange(measured: Measured, { best, worst }: Metric): Measured {
  const [least, most] = [Math.min(best, worst), Math.max(best, worst)];
  return { ...measured, low: Math.max(least, measured.low), high: Math.min(most, measured.high) };
}

function contendersOf(judged: readonly Judged[]): Contender[] {
  return judged.map(({ plan }) => ({ name: plan.name, complexity: plan.complexity, isBaseline: isBaseline(plan) }));
}

function stateOf(place: number, { judged, evidence, selection }: Table): Candidate["state"] {
  const chosen = judged[selection.chosen]?.plan.complexity ?? Number.POSITIVE_INFINITY;
  const own = judged[place]?.plan ?? { complexity: 0 };
  if (place === selection.chosen) return "chosen";
  if (isBaseline(own)) return "baseline";
  if (isShownWorse(evidence, place, selection.best)) return "worse";
  // Where the comparison is undecided, so is every model that is not shown to be worse.
  if (selection.verdict === "undecided") return "undecided";
  if (own.complexity >= chosen) return "not-worse-but-more-complex";
  return selection.verdict === "model" && !isWithinOneSe(evidence, place, selection.best) ? "behind" : "undecided";
}

function isShownWorse(evidence: Evidence, place: number, best: number): boolean {
  return place !== best && evidence.difference(place, best).high < 0;
}

function noteOf(place: number, table: Table): string | null {
  const { evidence, selection, judged } = table;
  if (place === selection.chosen || isBaseline(judged[place]?.plan ?? { complexity: 0 }) || selection.verdict !== "model") return null;
  if (isShownWorse(evidence, place, selection.best)) return null;
  const isNear = isWithinOneSe(evidence, place, selection.best);
  if (stateOf(place, table) === "behind") return "simpler, but by more than one standard error, though the interval holds 0";
  if (!isNear) return "behind the best by more than one standard error, though the interval holds 0";
  return isGain(evidence.difference(place, selection.bestBaseline)) ? null : "not shown to be better than the best baseline";
}

function withoutScore(one: Judgement): Candidate {
  const nothing = { value: Number.NaN, low: Number.NaN, high: Number.NaN, level: 0.95, method: "none", experiments: [] };
  const { state, note } = one.state === "judged" ? { state: "failed" as const, note: "not compared" } : (one satisfies NotJudged);
  const { name, label, complexity, estimator, params } = one.plan;
  return {
    name,
    label,
    complexity,
    estimator,
    params,
    score: nothing,
    optimism: 0,
    overBaseline: null,
    againstBest: null,
    fitMs: 0,
    state,
    note,
  };
}
