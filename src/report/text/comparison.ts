import {
  type Candidate,
  type Comparison,
  candidateState,
  choiceNote,
  notTriedSentence,
  type TestJudgement,
} from "../../core/comparison.ts";
import { ratesText } from "../../core/threshold-rates.ts";
import { holdsZero, intervalText, intervalTexts, isBounded, numberText, percentText, signed } from "../numbers.ts";
import { durationText } from "../units.ts";
import { inOrderOfScore, isJudged, shortState, shortStateMeanings } from "../words/candidate.ts";
import { type Paint, plainLine, type TextRow, tableText, WIDTH, wrapText } from "./layout.ts";

const MOST_COLUMNS = 10;

/** The candidates as a table, best first. */
export function candidateLines(comparison: Comparison, paint: Paint, width = WIDTH): string[] {
  const { candidates, better, metricLabel, chosen, test, rule } = comparison;
  const rows = inOrderOfScore(candidates, better).map((candidate): TextRow => {
    const isChosen = candidate.name === chosen;
    const line = isChosen ? (text: string) => paint.bold(paint.green(text)) : isJudged(candidate) ? plainLine : paint.dim;
    return { cells: [isChosen ? "*" : " ", ...cellsOf(candidate)], paint: line };
  });
  const columns = [
    { head: "", align: "left", most: 1 },
    { head: "candidate", align: "left", most: 30 },
    { head: metricLabel, align: "left", most: 30 },
    { head: "over the best baseline", align: "left", most: 30 },
    { head: "training", align: "right", most: 10 },
    { head: "", align: "left", most: 30 },
  ] as const;
  const where = test === null ? "" : ", in folds within the training rows";
  return [
    paint.bold(`Which model (${metricLabel}, ${better} is better${where})`),
    ...tableText(columns, rows, paint, ""),
    ...[...shortStateMeanings(candidates), notTriedSentence(comparison), choiceNote(comparison)]
      .filter((text) => text !== null)
      .flatMap((text) => wrapText(text, width, "   "))
      .map(paint.dim),
    ...(rule === null ? [] : wrapText(`Rule on one column: ${rule.text}`, width, "  ")),
    ...(test === null ? [] : testLines(test, comparison, paint, width)),
  ];
}

/** What the given test rows say, once all was chosen. */
function testLines(test: TestJudgement, { candidates, chosen }: Comparison, paint: Paint, width: number): string[] {
  const label = candidates.find(({ name }) => name === chosen)?.label ?? chosen;
  const gain = test.overBaseline === null ? "" : `, over the best baseline ${differenceText(test.overBaseline)}`;
  const beside = test.beside.map((one) => `${one.label} ${intervalText(one.score)}`).join(", ");
  return [
    paint.bold(`On ${test.rows} given test rows, judged once in this run`),
    ...wrapText(`${label} ${intervalText(test.score)}${gain}. Beside it: ${beside}.`, width, "  "),
  ];
}

function cellsOf(candidate: Candidate): string[] {
  const { label, score, overBaseline, fitMs } = candidate;
  if (!isJudged(candidate)) return [label, "", "", "", candidateState(candidate)];
  return [
    label,
    intervalText(score),
    overBaseline === null ? "" : differenceText(overBaseline),
    durationText(fitMs),
    shortState(candidate),
  ];
}

function differenceText(difference: { value: number; low: number; high: number }): string {
  const { value, low, high } = intervalTexts(difference);
  return `${signed(value)}${isBounded(difference) ? ` [${low}, ${high}]` : ""}`;
}

/** Why this one, how well it is calibrated, and what it looks at. */
export function modelLines(comparison: Comparison, paint: Paint, width: number): string[] {
  const { why, calibration, threshold, importance, errorHalfWidth, metricLabel } = comparison;
  const ranked = [...importance].sort((a, b) => b.drop.value - a.drop.value).slice(0, MOST_COLUMNS);
  const rows = ranked.map(({ column, drop }) => ({
    cells: [column, intervalText(drop), holdsZero(drop) ? "no effect shown" : ""],
    paint: holdsZero(drop) ? paint.dim : plainLine,
  }));
  const columns = [
    { head: "column", align: "left", most: 40 },
    { head: `worsening of ${metricLabel} when shuffled`, align: "left", most: 40 },
    { head: "", align: "left", most: 20 },
  ] as const;
  return [
    ...why.flatMap((sentence) => wrapText(sentence, width, "  - ")),
    ...(calibration === null
      ? []
      : [
          "",
          ...wrapText(
            `Calibration (${calibration.method}): said and happened differ by ${percentText(calibration.after.ece)} on average, before ${percentText(calibration.before.ece)}; Brier score ${numberText(calibration.after.brier)}.`,
            width,
          ),
        ]),
    ...(threshold === null
      ? []
      : wrapText(`Threshold ${numberText(threshold.value)} (${threshold.why}): ${ratesText(threshold, percentText)}.`, width)),
    ...(errorHalfWidth === null ? [] : wrapText(`90 % of the out-of-fold errors were at most ${numberText(errorHalfWidth)}.`, width)),
    ...(rows.length === 0 ? [] : ["", paint.bold("What it looks at"), ...tableText(columns, rows, paint)]),
  ];
}
