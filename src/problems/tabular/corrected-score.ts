import type { Comparison } from "../../core/comparison.ts";
import { digits, rangeText } from "../../core/digits.ts";
import type { Outcome } from "../../core/experiment.ts";
import { int32Where } from "../../core/typed-from.ts";
import { metricNamed } from "../../metrics/index.ts";
import type { Workspace } from "../kind.ts";
import { correctedTarget } from "./corrected-labels.ts";
import { pick } from "./pipeline.ts";
import type { TabularQuestion } from "./question.ts";
import { weightValues } from "./weight.ts";

/**
 * Says beside the honest score what it would be by labels that nobody has checked. The honest one keeps the rows in question, by their labels as
 * delivered: by the corrections the model would judge itself, and without these rows, which are the hard ones, every model looks better as well.
 */
export function withCorrections(
  comparison: Comparison,
  { corrections, ...space }: Workspace,
  question: TabularQuestion,
  outcome: Outcome | null,
): Comparison {
  const labels = corrections.reduce((sum, { rows }) => sum + rows.length, 0);
  if (labels === 0) return comparison;
  const score = comparison.candidates.find(({ name }) => name === comparison.chosen)?.score;
  const gain = outcome === null ? Number.NaN : gainByCorrections(space, question, outcome);
  const asCorrected = score === undefined || comparison.test !== null ? Number.NaN : score.value + gain;
  const { metricLabel } = comparison;
  const scores =
    score === undefined || !Number.isFinite(asCorrected)
      ? ""
      : ` By the labels as delivered: ${metricLabel} ${rangeText(score)}; by the corrected ones it would be ${digits(asCorrected, score)}, which is not counted as proof, since corrections that follow a model's opinion prove that model.`;
  const [which, rows] =
    labels === 1 ? ["1 label was", "this row trains"] : [`${labels.toLocaleString("en")} labels were`, "these rows train"];
  const judged = labels === 1 ? "is judged" : "are judged";
  const sentence = `${which} corrected and nobody has checked ${labels === 1 ? "it" : "them"} (column \`checked_by\` of the file): ${rows} with the correction and ${judged} by the label as delivered.${scores}`;
  return {
    ...comparison,
    corrections: { labels, asCorrected: Number.isFinite(asCorrected) ? asCorrected : null },
    why: [sentence, ...comparison.why],
  };
}

/** Mean over the folds by the corrected labels, less that by the labels as delivered. The answers are the same. */
function gainByCorrections(
  { lab, frame }: Pick<Workspace, "lab" | "frame">,
  { truth, weight, task }: TabularQuestion,
  outcome: Outcome,
): number {
  const { experiment, outOfFold } = outcome;
  const metric = metricNamed(experiment.metrics[0] ?? "");
  const corrected = correctedTarget(experiment, frame, truth);
  const weights = weightValues(frame, weight);
  const folds = lab.folds(experiment);
  const judged = outOfFold.rows.length / outOfFold.repeats;
  const width = outOfFold.outputs.length / outOfFold.rows.length;
  const placeOf = new Map(Array.from(outOfFold.rows.subarray(0, judged), (row, place) => [row, place]));
  const gains = folds.map(({ test }, place) => {
    const first = Math.floor((place * outOfFold.repeats) / folds.length) * judged;
    const known = int32Where(test, (row) => !Number.isNaN(corrected[row]));
    const scoreBy = (rows: Int32Array, labels: Float64Array) => {
      const outputs = new Float64Array(rows.length * width);
      rows.forEach((row, i) => {
        const from = (first + (placeOf.get(row) ?? 0)) * width;
        outputs.set(outOfFold.outputs.subarray(from, from + width), i * width);
      });
      return metric.score({ task, truth: pick(labels, rows), outputs, weight: weights === null ? null : pick(weights, rows) });
    };
    return scoreBy(known, corrected) - scoreBy(test, truth);
  });
  const finite = gains.filter(Number.isFinite);
  return finite.reduce((sum, gain) => sum + gain, 0) / finite.length;
}
