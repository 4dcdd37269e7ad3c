import type { OutOfFold } from "../../core/experiment.ts";
import { createRandom, type Random } from "../../core/random.ts";
import { outputsOf } from "../../core/task.ts";
import { float64From, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { inverse } from "../../stats/index.ts";
import type { AuditContext, JudgedRows } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { LIKELY } from "../harm/ground.ts";
import { associationsOf } from "../signal/associations.ts";
import { checkedLabels } from "./checked-labels.ts";
import { transitionOf, wrongness } from "./clean-probabilities.ts";
import { type Labelled, labelIssues } from "./confident-learning.ts";
import { discriminantView } from "./discriminant-view.ts";
import { flatFloors } from "./flat-contradictions.ts";
import { rankByChance } from "./label-chance.ts";
import { type ClassRows, type ErrorFloor, errorFloor, type LabelNoise, labelNoise, largestFloorZ, orderedClass } from "./label-floor.ts";
import { type ErringSegments, lapsedLabels, type Segments, segmentsOf } from "./lapsed-labels.ts";
import { noiseFloor } from "./noise-floor.ts";
import { type ResidualTail, residualOutliers } from "./residual-tail.ts";
import { byGain, type ReviewRow, reviewRow, SUREST } from "./review-row.ts";
import { viewFeatures } from "./view-features.ts";

/** What out-of-fold answers tell about the labels. */
export interface LabelReview {
  readonly rows: readonly ReviewRow[];
  readonly confidence: number;
  /** Labelled rows that were judged. */
  readonly judged: number;
  /** Rows left out because equal rows have other labels. */
  readonly conflicting: number;
  readonly floors: readonly ErrorFloor[];
  /** The column whose levels err at rates of their own; null when none does. */
  readonly segment: ErringSegments | null;
  readonly tail: ResidualTail | null;
}

/** Level of the draws that decide whether anything is said, and deviations from which it need not be asked. */
const CHANCE = 0.01;
const VERY_STRONG = 6;
/** Below LIKELY. */
const ASKS = 0.45;

/** null without out-of-fold answers, or when nothing tells errors of labels from a task that is hard. Once per audit. */
export function labelReview(context: AuditContext): LabelReview | null {
  const { outOfFold } = context;
  if (outOfFold === null || checkedLabels(context).found === "right") return null;
  return context.shared("label review", () =>
    context.task.kind === "regression" ? ofValues(context, outOfFold) : ofClasses(context, outOfFold),
  );
}

/** Rows judged and the mean of their outputs over repeats, row-major. */
export function meanOutputs(
  { rows, outputs, repeats }: OutOfFold,
  width: number,
): { readonly rows: Int32Array; readonly outputs: Float64Array } {
  const count = rows.length / repeats;
  const sums = new Float64Array(count * width);
  for (let i = 0; i < outputs.length; i++) sums[i % sums.length] = (sums[i % sums.length] ?? 0) + (outputs[i] ?? 0) / repeats;
  return { rows: rows.subarray(0, count), outputs: sums };
}

function ofClasses(context: AuditContext, outOfFold: JudgedRows): LabelReview | null {
  const { rows, conflicting, isKnown, ...seen } = labelledRows(context, outOfFold);
  const found = judgeClasses(seen, hasWitnesses(context), createRandom(context.seed, "label-floor"));
  if (found === null) return null;
  return {
    rows: found.reviewed.filter(({ row }) => !isKnown(row)).map(({ row: place, ...rest }) => ({ row: rows[place] ?? 0, ...rest })),
    confidence: found.confidence,
    judged: rows.length,
    conflicting,
    floors: found.floors,
    segment: found.segment ?? null,
    tail: null,
  };
}

/** Labels of classes, their out-of-fold probabilities, and what another view says of the same rows (null = there is none). */
export interface SeenLabels {
  readonly labelled: Labelled;
  readonly view: Float64Array | null;
  /** Names with few levels, by place: a labeller or a site may err more than others. */
  readonly segments: readonly Segments[];
  /** A person has found wrong labels in an earlier round. */
  readonly areKnown: boolean;
  /** Equal rows disagree, or a person has looked at the row and found it right. */
  readonly isConflict: (place: number) => boolean;
  /** It repeats an earlier row, so its label is no evidence of its own. */
  readonly isRepeated: (place: number) => boolean;
}

export interface LabelledRows extends SeenLabels {
  /** Frame row of each place. */
  readonly rows: Int32Array;
  readonly conflicting: number;
  /** A person has looked at the row: its label is known. */
  readonly isKnown: (place: number) => boolean;
}

export function labelledRows(context: AuditContext, outOfFold: JudgedRows): LabelledRows {
  const { task, target } = context;
  const width = outputsOf(task);
  const { rows, outputs } = meanOutputs(outOfFold, width);
  const { foldOf } = outOfFold;
  const probabilities = width > 1 ? outputs : Float64Array.from({ length: 2 * rows.length }, (_, i) => twoClasses(outputs, i));
  const labels = int32From(rows, (row) => target[row] ?? 0);
  const classes = width > 1 ? width : 2;
  const floor = noiseFloor(context);
  const [conflicting, repeated] = [new Set(floor.conflicting), new Set(floor.repeated)];
  const { isChecked, delivered, found } = checkedLabels(context);
  // How often labels are wrong is told by those that came, the ones found wrong among them: without these the others would seem to be hardly ever wrong.
  const names = task.kind === "regression" ? [] : task.classes;
  const came = labels.map((label, place) => {
    const text = delivered(rows[place] ?? -1);
    return text === null || !names.includes(text) ? label : names.indexOf(text);
  });
  const isRight = (row: number) => isChecked(row) && delivered(row) === null;
  return {
    rows,
    labelled: { labels: came, probabilities, classes },
    view: context.shared("label view", () =>
      discriminantView(
        viewFeatures(context, context.roles.features, rows),
        labels,
        classes,
        sameFolds(rows, foldOf) ?? createRandom(context.seed, "label view"),
      ),
    ),
    segments: segmentsOf(context, rows),
    areKnown: found === "wrong",
    isConflict: (place) => conflicting.has(rows[place] ?? -1) || isRight(rows[place] ?? -1),
    isRepeated: (place) => repeated.has(rows[place] ?? -1),
    conflicting: conflicting.size,
    isKnown: (place) => isChecked(rows[place] ?? -1),
  };
}

/** Folds of the rows; null where all of them are judged in one, or it is not known. */
function sameFolds(rows: Int32Array, foldOf: Int32Array | undefined): Int32Array | null {
  const folds = int32From(rows, (row) => foldOf?.[row] ?? -1);
  return folds.some((fold) => fold < 0) || folds.every((fold) => fold === folds[0]) ? null : folds;
}

interface JudgedClasses {
  /** `row` is the place. */
  readonly reviewed: readonly ReviewRow[];
  readonly floors: readonly ErrorFloor[];
  readonly segment?: ErringSegments | null;
  readonly confidence: number;
}

/** Pairs of rows that a column alone puts in the right order. */
const WITNESS = 0.75;

/** Whether two columns or more tell the target clearly, each alone: what contradicts one column may be that column's errors. */
export function hasWitnesses(context: AuditContext): boolean {
  const { features } = context.roles;
  return features.filter((name) => (associationsOf(context).get(name)?.score ?? 0) >= WITNESS).length >= 2;
}

/** asksFlat: whether foreseen contradictions at a flat rate are asked about. null when nothing tells errors of labels from a task that is hard. */
export function judgeClasses(seen: SeenLabels, asksFlat: boolean, random: Random): JudgedClasses | null {
  const { labelled, view, isConflict } = seen;
  const isLeft = (place: number) => isConflict(place) || seen.isRepeated(place);
  const found = foundNoise(labelled, isLeft, random);
  const lapsed = view === null ? null : lapsedLabels(seen, view);
  if (lapsed !== null) return { ...lapsed, floors: found?.floors ?? lapsed.floors, confidence: found?.confidence ?? ASKS };
  const noise = found ?? (asksFlat ? flatNoise(labelled, isLeft) : null);
  return noise === null ? null : { ...noise, reviewed: reviewClasses(labelled, transitionOf(noise.floors, labelled.classes), isConflict) };
}

/** Contradictions beyond those that the probabilities foresee, which are an outcome that is hard to tell. */
function foundNoise(labelled: Labelled, isLeft: (place: number) => boolean, random: Random): LabelNoise | null {
  const counts = new Float64Array(labelled.classes);
  for (const label of Array.from(labelled.labels)) counts[label] = (counts[label] ?? 0) + 1;
  const found = Array.from(counts.keys()).flatMap((one) => errorFloor(labelled, one, isLeft) ?? []);
  const noise = labelNoise(found, counts);
  if (noise === null || noise.confidence < LIKELY) return null;
  const chance = rankByChance(orderedClasses(labelled, isLeft), largestFloorZ, random);
  if (chance.p > CHANCE) return null;
  return { floors: noise.floors, confidence: chance.z > VERY_STRONG ? noise.confidence : Math.min(ASKS, noise.confidence) };
}

/** Contradictions that the probabilities foresee, at a flat rate. */
function flatNoise(labelled: Labelled, isLeft: (place: number) => boolean): LabelNoise | null {
  const floors = flatFloors(labelled, orderedClasses(labelled, isLeft));
  return floors === null ? null : { floors, confidence: ASKS };
}

function orderedClasses(labelled: Labelled, isLeft: (place: number) => boolean): readonly ClassRows[] {
  return Array.from({ length: labelled.classes }, (_, one) => orderedClass(labelled, one, isLeft)).filter(
    ({ places }) => places.length > 0,
  );
}

function twoClasses(outputs: Float64Array, i: number): number {
  const positive = outputs[i >> 1] ?? 0;
  return i % 2 === 1 ? positive : 1 - positive;
}

/** Issues of confident learning that the floors make likely, by expected gain. `row` is the place. */
function reviewClasses(labelled: Labelled, transition: Float64Array, isConflict: (place: number) => boolean): readonly ReviewRow[] {
  const { probabilities, classes, labels } = labelled;
  const back = inverse(transition, classes);
  if (back === null) return [];
  const n = labels.length;
  return labelIssues(labelled)
    .flatMap(({ place, given }): ReviewRow[] => {
      const own = probabilities.subarray(place * classes, (place + 1) * classes);
      const { wrong, proposed } = wrongness(own, given, transition, back);
      if (isConflict(place) || proposed < 0 || wrong <= 0) return [];
      return [reviewRow(place, given, { wrong, proposed }, own, n)];
    })
    .sort(byGain);
}

/** Zeros from here on are an answer of their own ("not at all"), and no slip of an amount; nor are the amounts slips of zeros. */
const HEAP = 0.05;

/** Nor is what is told as a placeholder and asked about: it is no label, or it is right. */
function amountsOf(context: AuditContext): (value: number) => boolean {
  const asked = context.labels.flatMap(({ trap, held }) =>
    trap === "sentinel" ? (held ?? []).flatMap(({ values }) => values.map(Number)) : [],
  );
  const zeros = context.target.reduce((sum, value) => sum + Number(value === 0), 0);
  const left = new Set([...asked, ...(zeros < HEAP * context.target.length ? [] : [0])]);
  return (value) => !left.has(value);
}

function ofValues(context: AuditContext, outOfFold: OutOfFold): LabelReview | null {
  const mean = meanOutputs(outOfFold, 1);
  const conflicting = new Set(noiseFloor(context).conflicting);
  const { isChecked } = checkedLabels(context);
  const isAmount = amountsOf(context);
  const places = int32Where(placesUpTo(mean.rows.length), (place) => isAmount(context.target[mean.rows[place] ?? 0] ?? Number.NaN));
  const [rows, outputs] = [int32From(places, (place) => mean.rows[place] ?? 0), float64From(places, (place) => mean.outputs[place] ?? 0)];
  const truth = float64From(rows, (row) => context.target[row] ?? Number.NaN);
  const tail = residualOutliers(truth, outputs);
  if (tail === null) return null;
  const reviewed = tail.outliers
    .filter(({ place }) => !conflicting.has(rows[place] ?? -1) && !isChecked(rows[place] ?? -1))
    .map(({ place, probability }): ReviewRow => {
      const [label, proposed] = [truth[place] ?? 0, outputs[place] ?? 0];
      return {
        row: rows[place] ?? 0,
        label,
        proposed,
        probability: Math.min(SUREST, probability),
        gain: (probability * (label - proposed) ** 2) / rows.length,
      };
    })
    .sort(byGain);
  if (reviewed.length === 0) return null;
  const confidence = reviewed.reduce((sum, { probability }) => sum + probability, 0) / reviewed.length;
  return {
    rows: reviewed,
    confidence: tail.isSure ? confidence : Math.min(ASKS, confidence),
    judged: rows.length,
    conflicting: conflicting.size,
    floors: [],
    segment: null,
    tail,
  };
}

/** Most rows that a person is asked to look at, and columns shown with them. */
const MOST_ROWS = 2_000;
const MOST_COLUMNS = 8;

/**
 * `review.csv`: the rows by expected gain, with the columns that tell most of the target. `corrected` and `checked_by` are for the person to fill in. Rows that
 * were checked before stand below as they were filled in: given back, the file is all that is known.
 */
export function reviewFile(context: AuditContext): string | null {
  const review = labelReview(context);
  if (review === null) return null;
  const { task, frame, roles } = context;
  const strength = (name: string) => associationsOf(context).get(name)?.score ?? 0;
  const shown = [...roles.features].sort((a, b) => strength(b) - strength(a) || (a < b ? -1 : 1)).slice(0, MOST_COLUMNS);
  const columns = columnsNamed(frame, [
    ...roles.ids.slice(0, 1),
    ...frame.columns.flatMap(({ name }) => (shown.includes(name) ? [name] : [])),
  ]);
  const labelText = (value: number) => (task.kind === "regression" ? String(value) : (task.classes[value] ?? ""));
  const head = ["row", "label", "corrected", "checked_by", "proposed", "probability", "gain", ...columns.map(({ name }) => name)];
  const lines = review.rows
    .slice(0, MOST_ROWS)
    .map(({ row, label, proposed, probability, gain }) => [
      String(frame.rowNumbers?.[row] ?? row),
      labelText(label),
      "",
      "",
      labelText(proposed),
      probability.toFixed(3),
      gain.toPrecision(3),
      ...columns.map((column) => cellText(column.type === "date", textAt(column, row))),
    ]);
  const before = checkedLabels(context).all.map(({ row, label, corrected, by }) => [
    String(row),
    label,
    corrected,
    by,
    ...head.slice(4).map(() => ""),
  ]);
  return `${[head, ...lines, ...before].map((cells) => cells.map(csvCell).join(",")).join("\n")}\n`;
}

function cellText(isDate: boolean, text: string | null): string {
  if (text === null) return "";
  return isDate && Number.isFinite(Number(text)) ? new Date(Number(text)).toISOString() : text;
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}
