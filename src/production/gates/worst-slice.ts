import type { Frame } from "../../core/column.ts";
import { digits, rangeText } from "../../core/digits.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Judged, Metric } from "../../core/metric.ts";
import type { Scorer } from "../../core/scorer.ts";
import { takeJudged, WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { count } from "../phrase.ts";
import { cutSlices } from "../slices/cut.ts";
import { FALSE_CALLS, type JudgedSlice, judgeSlices } from "../slices/judge-slices.ts";
import type { Slice } from "../slices/slice.ts";
import { type Gate, judgedBy, skipped } from "./gate.ts";

const FEWEST_ROWS = 50;
const FEWEST_SHARE = 0.005;

/**
 * Is there a part of the rows where the model does harm? Fails when, on a slice, it loses to the constant answer of all rows; or when its loss there is above
 * that on the other rows and above the slice's own constant answer by more than what counts. Both beyond chance over all slices tested.
 */
export const worstSlice: Gate = {
  gate: "worst-slice",
  title: "The model does no harm on any part of the rows",
  rubric: ["M6"],
  run: async ({ scorer, frame, mended, judged, experiments, metric, groups, seed }) => {
    if (isOneAnswer(scorer, frame, judged))
      return skipped(
        `What ships gives one answer for all rows (${scorer.label}): that is itself the answer which a model is held against on a part of them.`,
      );
    const fewest = Math.max(FEWEST_ROWS, Math.ceil(FEWEST_SHARE * frame.rows));
    // A model of one column may do harm on the parts that another one tells.
    const columns = [...scorer.inputs.map(({ name }) => name), ...(scorer.unread ?? [])];
    const { slices, crossed } = cutSlices(mended(frame), columns, judged.outputs, fewest);
    if (slices.length === 0) return skipped(`No part of the ${count(frame.rows, "row")} has the ${fewest} rows that a judgement needs.`);
    const { faults, weakest, tested } = judgeSlices(slices, { judged, metric, groups, seed });
    const whole = metric.score(judged);
    const evidence = {
      tested,
      crossed,
      fewestRows: fewest,
      whole,
      falseCalls: FALSE_CALLS,
      far: WORTHWHILE_LOSS,
      faults: faults.map(({ slice, fault, skill, worseThanConstant, farWorse }) => ({
        name: slice.name,
        rows: slice.rows.length,
        fault,
        skill,
        q: fault === "worse-than-constant" ? worseThanConstant : farWorse,
      })),
      slices: weakest.map(({ slice, score, skill }) => ({
        name: slice.name,
        rows: slice.rows.length,
        value: score.value,
        low: score.low,
        high: score.high,
        skill,
      })),
    };
    const worst = weakest[0];
    const order = worst === undefined ? "" : backwards(worst.score, worst.slice, judged, metric);
    const weak =
      worst === undefined
        ? `${metric.label} is not defined where it helps least`
        : `it helps least, against one answer for the slice, on ${worst.slice.name} (${count(worst.slice.rows.length, "row")}): ${metric.label} ${rangeText(worst.score)} against ${digits(whole, worst.score)} on all${order !== "" ? order : isFarBelow(worst.score, whole, metric) ? ": of little use there" : ""}`;
    const verdict =
      faults.length === 0
        ? `On none of ${count(tested, "slice")} does its loss exceed that of a constant answer beyond chance`
        : faultSentence(faults, tested);
    return judgedBy(faults.length === 0, `${verdict}; ${weak}.`, {
      measured: worst === undefined ? null : { ...worst.score, experiments },
      evidence,
    });
  },
};

/** The answers of more folds than any split has differ even for one answer each. */
const MOST_FOLDS = 100;

/** The same answer to every row. Out of fold it is another one in each fold, so what ships is asked, but only where the answers are few. */
function isOneAnswer(scorer: Pick<Scorer, "score">, frame: Frame, judged: Judged): boolean {
  const few = new Set<number>();
  for (const answer of judged.outputs) if (few.add(answer).size > MOST_FOLDS) return false;
  const answers = scorer.score(frame);
  const width = answers.length / frame.rows;
  return answers.every((answer, at) => answer === answers[at % width]);
}

/** Said where the whole interval lies on the wrong side of what one answer for all rows of the slice scores, though its loss does not. */
function backwards({ low, high }: Estimate, { rows }: Slice, judged: Judged, metric: Metric): string {
  const own = takeJudged(judged, rows);
  const width = own.outputs.length / own.truth.length;
  const constant = metric.score({ ...own, outputs: own.outputs.map((_, at) => own.outputs[at % width] ?? 0) });
  if (Number.isNaN(constant) || !(metric.better === "higher" ? high < constant : low > constant)) return "";
  return `: worse than one answer for all of them (${digits(constant)}), so do not rank within it`;
}

/** The whole interval lies on the wrong side of the score on all rows. */
function isFarBelow({ low, high }: Estimate, whole: number, { better }: Metric): boolean {
  return better === "higher" ? high < whole : low > whole;
}

function faultSentence(faults: readonly JudgedSlice[], tested: number): string {
  const [first] = faults;
  const how =
    first?.fault === "worse-than-constant"
      ? "it does worse than the same answer for everybody"
      : "its loss is higher than elsewhere, and one constant answer for that slice would do better";
  return `${faults.length} of ${count(tested, "slice")} ${faults.length === 1 ? "is" : "are"} harmed: on ${first?.slice.name ?? ""} ${how}`;
}
