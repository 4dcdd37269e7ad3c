import { type Candidate, settlingSentence, type TestJudgement, type ToDecide } from "../core/comparison.ts";
import { digits, rangeText } from "../core/digits.ts";
import type { Metric } from "../core/metric.ts";
import { differenceWords, directionOf, mirrored } from "../core/score-difference.ts";
import type { Worthwhile } from "../metrics/index.ts";
import type { Evidence } from "./evidence.ts";
import type { Judged, Judgement } from "./judge.ts";
import type { Selection } from "./select.ts";

export interface Compared {
  readonly judgements: readonly Judgement[];
  readonly judged: readonly Judged[];
  readonly evidence: Evidence | null;
  readonly selection: Selection | null;
  readonly candidates: readonly Candidate[];
  readonly metric: Metric;
  readonly worthwhile: Worthwhile;
  readonly toDecide: ToDecide | null;
  readonly test: TestJudgement | null;
}

/** Plain sentences: why this one, what was not different, what was not tried. */
export function reasonsFor(compared: Compared): string[] {
  const { evidence, selection, judgements } = compared;
  if (evidence === null || selection === null) return ["No candidate could be judged.", ...gaps(judgements)];
  if (selection.chosen < 0)
    return [
      selection.verdict === "model" || selection.bestBaseline < 0
        ? "Not every simple rule could be judged, so it is not known what a model gains over the best of them: no answer yet."
        : selection.tried === 0
          ? "No model was judged in the time, only simple rules: whether one beats the best baseline is not known."
          : "Of the models judged so far none is shown to beat the best baseline once it counts that the best of several was picked, and not all were judged: no answer yet.",
      ...gaps(judgements),
    ];
  const main = selection.verdict === "model" ? whyThisModel(compared, evidence, selection) : whyNoModel(compared, selection);
  return [...onTest(compared), ...main, ...gaps(judgements)];
}

function whyThisModel(compared: Compared, evidence: Evidence, selection: Selection): string[] {
  const { judged, metric } = compared;
  const { chosen, best, bestBaseline } = selection;
  const sentences: string[] = [];
  if (selection.worth !== null) {
    const by = `the best baseline (${labelAt(judged, bestBaseline)}), by ${rangeText(selection.worth)} ${metric.label} (p ${pText(selection.worth.p)})`;
    sentences.push(
      selection.tried === 1
        ? `Tried alone, it beats ${by}.`
        : `Even a blind choice among the ${selection.tried} models tried beats ${by}: the gain is not the luck of trying many.`,
    );
  }
  const optimism = compared.candidates.find(({ state }) => state === "chosen")?.optimism ?? 0;
  if (chosen === best) {
    const uncorrected = optimism > 0 ? ` before its correction for having been chosen (${digits(optimism)})` : "";
    sentences.push(
      `${capital(labelAt(judged, chosen))} has the best mean score${uncorrected}, and no simpler model that is shown to be worth having comes close enough (one standard error) to be called as good.`,
    );
  } else
    sentences.push(
      `${capital(labelAt(judged, best))} has the best mean score, but is ahead by no more than chance gives (one standard error; ${rangeText(evidence.difference(best, chosen))}), so the simpler model wins.`,
    );
  const equal = compared.candidates.filter(({ state }) => state === "not-worse-but-more-complex");
  if (equal.length > 0) sentences.push(`No better, as far as this data can tell: ${list(equal.map((one) => one.label))}.`);
  if (optimism > 0)
    sentences.push(
      `${digits(optimism)} was ${metric.better === "higher" ? "taken off" : "added to"} its score, because the best of several looks better than it is.`,
    );
  return sentences;
}

function whyNoModel({ judged, candidates, metric, worthwhile, toDecide }: Compared, selection: Selection): string[] {
  const { bestBaseline, worth, tried, verdict } = selection;
  const counts = `What counts: ${worthwhile.why}${worthwhile.why.startsWith(digits(worthwhile.gain)) ? "" : `, ${digits(worthwhile.gain)}`}.`;
  const blind =
    worth === null
      ? []
      : [
          `${tried === 1 ? "The one model tried" : `A blind choice among the ${tried} models tried`} differs from the best baseline (${labelAt(judged, bestBaseline)}) by ${rangeText(worth)} ${metric.label}, p ${pText(worth.p)}.`,
        ];
  if (verdict === "simple-rule" && worthwhile.gain === 0)
    return [`${capital(labelAt(judged, bestBaseline))} makes no mistake on the judged rows, so nothing is left to gain over it.`, ...blind];
  if (verdict === "simple-rule")
    return [`No model tried can gain what counts over ${labelAt(judged, bestBaseline)}: every interval excludes it. ${counts}`, ...blind];
  if (verdict === "cannot-learn")
    return [`Nothing tried can gain what counts over the same answer every time: every interval excludes it. ${counts}`, ...blind];
  const open = toDecide === null ? [counts] : [openSentence(toDecide, metric, worthwhile, tried), settlingSentence(toDecide)];
  return [...open, ...blind, ...luckiest(candidates, toDecide, tried)];
}

/** Beside a blind choice that shows nothing, a model whose own interval shows a gain needs a word. */
function luckiest(candidates: readonly Candidate[], toDecide: ToDecide | null, tried: number): string[] {
  const [first] = candidates
    .filter(({ label, complexity, overBaseline }) => complexity >= 2 && label !== toDecide?.open.label && (overBaseline?.low ?? 0) > 0)
    .sort((a, b) => (b.overBaseline?.value ?? 0) - (a.overBaseline?.value ?? 0));
  if (first?.overBaseline == null || tried < 2) return [];
  return [
    `${capital(first.label)} alone would be ahead by ${rangeText(first.overBaseline)}, but the rows that say so also picked it among the ${tried}: it may only be the luckiest.`,
  ];
}

function openSentence({ open }: ToDecide, { label }: Metric, { gain }: Worthwhile, tried: number): string {
  const possible =
    open.gain.low > 0
      ? `A gain is shown for this one model, and one that counts (${digits(gain)}) is possible, but none is shown for a blind choice among the ${tried} models tried: it may only be the luckiest.`
      : gain === 0
        ? "There are too few rows to tell this from no gain."
        : `Both no gain and one that counts (${digits(gain)}) are possible.`;
  return `Not settled: ${open.label} against ${open.against} is ${rangeText(open.gain)} ${label}. ${possible}`;
}

/** The judgement on a given test set comes first: it is the one that no choice has touched. */
function onTest({ test, metric }: Compared): string[] {
  if (test === null) return [];
  const { rows, score, gap, overBaseline } = test;
  const gain = overBaseline === null ? "" : `, ${differenceWords(overBaseline, "the baseline that was best in the folds")}`;
  const toFolds = metric.better === "higher" ? gap : mirrored(gap);
  const direction = directionOf(toFolds);
  const words =
    direction === "open"
      ? `It differs from the folds by ${rangeText(gap)}: no difference shown.`
      : `That is ${differenceWords(toFolds, "in the folds")}: the test rows are not like the training rows, or the folds were ${direction === "better" ? "too hard" : "too easy"}.`;
  return [
    `On the ${rows.toLocaleString("en")} given test rows, looked at once in this run, after all was chosen: ${metric.label} ${rangeText(score)}${gain}.`,
    words,
  ];
}

function gaps(judgements: readonly Judgement[]): string[] {
  const ofState = (state: Judgement["state"]) => judgements.filter((one) => one.state === state);
  const notRun = ofState("not-run").map(({ plan }) => plan.label);
  const failed = ofState("failed").map((one) => `${one.plan.label} (${"note" in one ? one.note : ""})`);
  return [
    ...(notRun.length > 0 ? [`The budget ended before these were tried: ${list(notRun)}.`] : []),
    ...(failed.length > 0 ? [`These failed: ${list(failed)}.`] : []),
  ];
}

function labelAt(judged: readonly Judged[], place: number): string {
  return judged[place]?.plan.label ?? "nothing";
}

function pText(p: number): string {
  return p < 0.001 ? "below 0.001" : p.toFixed(3);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}
