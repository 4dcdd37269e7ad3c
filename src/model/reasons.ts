import type { Candidate } from "../core/comparison.ts";
import type { Metric } from "../core/metric.ts";
import type { Evidence, Measured } from "./evidence.ts";
import type { Judged, Judgement } from "./judge.ts";
import type { Selection } from "./select.ts";

export interface Compared {
  readonly judgements: readonly Judgement[];
  readonly judged: readonly Judged[];
  readonly evidence: Evidence | null;
  readonly selection: Selection | null;
  readonly candidates: readonly Candidate[];
  readonly metric: Metric;
}

/** Plain sentences: why this one, what was not different, what was not tried. */
export function reasonsFor(compared: Compared): string[] {
  const { evidence, selection, judgements } = compared;
  if (evidence === null || selection === null) return ["No candidate could be judged.", ...gaps(judgements)];
  if (selection.chosen < 0)
    return ["None of the models judged so far beats the best baseline, and not all were judged: no answer yet.", ...gaps(judgements)];
  const main = selection.verdict === "model" ? whyThisModel(compared, evidence, selection) : whyNoModel(compared, selection);
  return [...main, ...gaps(judgements)];
}

function whyThisModel(compared: Compared, evidence: Evidence, selection: Selection): string[] {
  const { judged, metric } = compared;
  const { chosen, best, bestBaseline } = selection;
  const sentences: string[] = [];
  if (selection.worth !== null) {
    const { p } = selection.worth;
    sentences.push(
      `A model beats the best baseline (${labelAt(judged, bestBaseline)}) by ${interval(selection.worth)} ${metric.label} (p ${pText(p)}): one test of a blind choice among the ${selection.tried} models tried, so that trying many does not add false claims.`,
    );
  }
  if (chosen === best)
    sentences.push(
      `${capital(labelAt(judged, chosen))} has the best mean score, and no simpler model that is shown to be worth having is within one standard error of it.`,
    );
  else
    sentences.push(
      `${capital(labelAt(judged, best))} has the best mean score, but by no more than one standard error (${interval(evidence.difference(best, chosen))}): the simpler model wins.`,
    );
  const equal = compared.candidates.filter(({ state }) => state === "not-worse-but-more-complex");
  if (equal.length > 0) sentences.push(`No difference was shown to ${list(equal.map((one) => one.label))}.`);
  const corrected = compared.candidates.find(({ state }) => state === "chosen")?.score.value ?? Number.NaN;
  const optimism = Math.abs(corrected - evidence.score(chosen).value);
  if (optimism > 0) sentences.push(`Its score was lowered by ${digits(optimism)} for having been chosen on the same folds.`);
  return sentences;
}

function whyNoModel({ judged, metric }: Compared, selection: Selection): string[] {
  const { bestBaseline, best, worth, tried } = selection;
  const gap =
    worth === null
      ? []
      : [
          `A blind choice among the ${tried} models tried differs from the best baseline (${labelAt(judged, bestBaseline)}) by ${interval(worth)} ${metric.label}, p ${pText(worth.p)}: not shown to be better.`,
        ];
  if (selection.verdict === "simple-rule") return ["A rule on one column does as well as any model tried.", ...gap];
  const rule = best === bestBaseline ? "No model, and no rule on one column," : "No model";
  return [`${rule} is shown to be better than giving the same answer every time.`, ...gap];
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

function interval({ value, low, high }: Measured): string {
  return `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}

function digits(value: number): string {
  if (!Number.isFinite(value)) return "unknown";
  return Math.abs(value) >= 1000 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
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
