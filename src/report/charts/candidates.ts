import { bestBaselineOf, type Comparison } from "../../core/comparison.ts";
import { differenceWords, directionOf } from "../../core/score-difference.ts";
import { intervalText, numberText } from "../numbers.ts";
import { capital } from "../plain.ts";
import { inOrderOfScore, isJudged } from "../words/candidate.ts";
import type { Chart } from "./drawing.ts";
import { intervalChart } from "./intervals.ts";

const MOST_ROWS = 20;

/** Scores of the candidates against the line of the best baseline; null when none was judged. */
export function candidatesChart(comparison: Comparison): Chart | null {
  const { candidates, better, metricLabel } = comparison;
  const judged = inOrderOfScore(candidates, better).filter(isJudged).slice(0, MOST_ROWS);
  if (judged.length === 0) return null;
  const baseline = bestBaselineOf(comparison);
  const words = {
    name: "candidates",
    title: titleOf(comparison),
    note:
      baseline === null
        ? "Dot: mean over folds, with its interval."
        : `Dot: mean over folds, with its interval. Dashed: the best baseline (${baseline.label}, ${numberText(baseline.score.value)}).`,
    text: `${metricLabel} of the candidates. ${judged.map(({ label, score, state }) => `${label}${state === "chosen" ? " (chosen)" : ""}: ${intervalText(score)}`).join(". ")}.`,
  };
  const rows = judged.map(({ name, label, score, state }, i) => ({
    key: `${i}`,
    label,
    estimate: score,
    isStrong: state === "chosen" || name === comparison.chosen,
  }));
  return intervalChart(rows, { axis: `${metricLabel} (${better} is better)`, line: baseline?.score.value ?? null, words });
}

/** Differences of candidates are signed so that positive is better. */
function titleOf(comparison: Comparison): string {
  const { candidates, chosen, verdict } = comparison;
  const winner = candidates.find(({ name }) => name === chosen);
  const baseline = bestBaselineOf(comparison);
  if (winner === undefined || baseline === null) return "No candidate was chosen";
  if (verdict === "model" && winner.overBaseline !== null && directionOf(winner.overBaseline) !== "open")
    return `${capital(winner.label)}: ${numberText(winner.score.value)}, ${differenceWords(winner.overBaseline, "the best baseline")}`;
  return `No model is shown to beat the best baseline (${baseline.label}, ${numberText(baseline.score.value)})`;
}
