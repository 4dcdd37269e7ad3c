import { int32From } from "../../core/typed-from.ts";
import { chiSquareUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { levelFeatures } from "../columns/features.ts";
import type { Labelled } from "./confident-learning.ts";
import { type ErrorFloor, floorOf, orderedClass } from "./label-floor.ts";
import { type LabelLapse, labelLapse, lapseOf } from "./label-lapse.ts";
import type { SeenLabels } from "./label-review.ts";
import { byGain, type ReviewRow, reviewRow } from "./review-row.ts";

/** Levels of a column by place. */
export interface Segments {
  readonly column: string;
  readonly levels: readonly string[];
  readonly of: Int32Array;
}

/** Rate of wrong labels in the levels of a column, the largest first. */
export interface ErringSegments {
  readonly column: string;
  readonly rates: readonly { readonly level: string; readonly rate: number }[];
}

export interface LapsedLabels {
  /** `row` is the place. */
  readonly reviewed: readonly ReviewRow[];
  readonly floors: readonly ErrorFloor[];
  readonly segment: ErringSegments | null;
}

/** Chance that lapses explain labels so much better where no label is wrong. */
const LEVEL = 0.001;
/** Rates of label errors in ten public data sets reach 10 % (Northcutt, Athalye and Mueller 2021). A class that loses so many rows is one that the columns do not tell. */
const LARGEST_RATE = 0.25;
/** From here on nobody takes the labels of the surest half for the truth. */
const MOST_CONTRADICTED = 0.2;
/** A row is listed from this probability on that its label is wrong. */
const LISTED = 0.3;
const MOST_LEVELS = 20;
/** Wrong labels below which the chi-squared distribution does not hold. */
const LEAST_EXPECTED = 5;

/** Names that may be a labeller or a site. */
export function segmentsOf(context: AuditContext, rows: Int32Array): readonly Segments[] {
  const allowed = new Set(context.roles.features);
  return levelFeatures(context)
    .filter(({ name, levels }) => allowed.has(name) && levels.length >= 2 && levels.length <= MOST_LEVELS)
    .map(({ name, levels, codes }) => ({
      column: name,
      levels: [...levels, ""],
      // A gap is a level of its own.
      of: int32From(rows, (row) => ((codes[row] ?? -1) < 0 ? levels.length : (codes[row] ?? 0))),
    }));
}

/**
 * Labels that lapses explain (rows that repeat an earlier one do not count): at a rate for each class, or for each level of the column whose levels the answers contradict most unevenly. null when they explain nothing. areKnown: a person
 * has found wrong labels here, so it is not asked whether there are any.
 */
export function lapsedLabels(seen: Omit<SeenLabels, "view">, view: Float64Array): LapsedLabels | null {
  const { labelled, isConflict, segments, areKnown } = seen;
  const told = toldByLevel(labelled, segments);
  const left = (place: number) => told[place] === 1 || isConflict(place) || seen.isRepeated(place);
  const ofClasses = labelLapse(labelled, view, left);
  const uneven = mostUneven(labelled, ofClasses.clean, left, segments);
  const ofSegments = uneven === null ? null : labelLapse(labelled, view, left, uneven.of);
  const candidates = [
    { lapse: ofClasses, p: areMistakes(ofClasses) ? chanceOf(ofClasses) : 1, segment: null },
    ...(uneven === null || ofSegments === null
      ? []
      : [
          {
            lapse: ofSegments,
            p: segments.length * chanceOf(ofSegments),
            segment: { column: uneven.column, rates: ratesOf(uneven, ofSegments) },
          },
        ]),
  ].sort((a, b) => a.p - b.p);
  for (const { lapse, p, segment } of candidates) {
    const reviewed = areKnown || p < LEVEL ? lapsedRows(labelled, lapse, isConflict) : [];
    if (!areKnown && expectedOf(reviewed) < LEAST_EXPECTED) continue;
    // Whoever errs so often that most is wrong makes no single mistakes.
    if (reviewed.length === 0 || reviewed.length > LARGEST_RATE * labelled.labels.length) continue;
    const floors = halfFloors({ ...labelled, probabilities: lapse.clean }, isConflict);
    // Where a fifth of the surest half is contradicted, the columns do not tell the class.
    if (!areKnown && segment === null && floors.some(({ rate }) => rate > MOST_CONTRADICTED)) continue;
    return { reviewed, floors, segment };
  }
  return null;
}

/** Rows of a level have one class for a reason, not by luck, from this chance on. */
const BY_LUCK = 1e-6;

/** Rows of levels that have one class only: a level that gives the label is no evidence of how surely the other columns do. 1 = such a row. */
function toldByLevel({ labels, classes }: Labelled, segments: readonly Segments[]): Uint8Array {
  const told = new Uint8Array(labels.length);
  const shares = new Float64Array(classes);
  for (const label of Array.from(labels)) shares[label] = (shares[label] ?? 0) + 1 / labels.length;
  for (const { of, levels } of segments) {
    const counts = Array.from(levels, () => new Float64Array(classes));
    of.forEach((level, place) => {
      const own = counts[level];
      if (own !== undefined) own[labels[place] ?? 0] = (own[labels[place] ?? 0] ?? 0) + 1;
    });
    const isTold = counts.map((own) => {
      const rows = own.reduce((sum, count) => sum + count, 0);
      const only = own.indexOf(rows);
      return only >= 0 && rows * Math.log(shares[only] ?? 1) < Math.log(BY_LUCK);
    });
    of.forEach((level, place) => {
      if (isTold[level] === true) told[place] = 1;
    });
  }
  return told;
}

function expectedOf(reviewed: readonly ReviewRow[]): number {
  return reviewed.reduce((sum, { probability }) => sum + probability, 0);
}

function areMistakes({ rates }: LabelLapse): boolean {
  return Math.max(...rates) < LARGEST_RATE;
}

/**
 * Of a gain where rates are 0 and can only rise: a half of them comes out at 0, so the gain is a mixture of chi-squared with binomial weights (Self and
 * Liang 1987).
 */
function chanceOf({ gain, rates }: LabelLapse): number {
  let weight = 0.5 ** rates.length;
  let p = 0;
  for (let df = 1; df <= rates.length; df++) {
    weight *= (rates.length - df + 1) / df;
    p += weight * chiSquareUpperTail(gain, df);
  }
  return p;
}

/** By chi-squared of the contradictions over the levels, per degree of freedom; null where it is within chance of all columns. */
function mostUneven(
  { labels, classes }: Labelled,
  clean: Float64Array,
  isConflict: (place: number) => boolean,
  segments: readonly Segments[],
): Segments | null {
  const contradicts = Uint8Array.from({ length: labels.length }, (_, place) => {
    const given = clean[place * classes + (labels[place] ?? 0)] ?? 0;
    for (let one = 0; one < classes; one++) if ((clean[place * classes + one] ?? 0) > given) return 1;
    return 0;
  });
  const ranked = segments
    .map((one) => ({ one, p: unevenness(contradicts, one, isConflict) }))
    .sort((a, b) => a.p - b.p || (a.one.column < b.one.column ? -1 : 1))[0];
  return ranked === undefined || ranked.p * segments.length > 0.01 ? null : ranked.one;
}

function unevenness(contradicts: Uint8Array, { of, levels }: Segments, isConflict: (place: number) => boolean): number {
  const [rows, hits] = [new Float64Array(levels.length), new Float64Array(levels.length)];
  let [all, wrong] = [0, 0];
  for (let place = 0; place < of.length; place++) {
    if (isConflict(place)) continue;
    const level = of[place] ?? 0;
    rows[level] = (rows[level] ?? 0) + 1;
    hits[level] = (hits[level] ?? 0) + (contradicts[place] ?? 0);
    all++;
    wrong += contradicts[place] ?? 0;
  }
  const rate = wrong / all;
  if (rate === 0 || rate === 1) return 1;
  let [square, df] = [0, -1];
  rows.forEach((count, level) => {
    if (count === 0) return;
    square += ((hits[level] ?? 0) - count * rate) ** 2 / (count * rate * (1 - rate));
    df++;
  });
  return df < 1 ? 1 : chiSquareUpperTail(square, df);
}

function ratesOf({ levels }: Segments, { rates }: LabelLapse): ErringSegments["rates"] {
  return levels
    .flatMap((level, at) => (rates[at] === undefined ? [] : [{ level, rate: rates[at] }]))
    .sort((a, b) => b.rate - a.rate || (a.level < b.level ? -1 : 1));
}

/** Rows whose labels the lapses make likely to be wrong, by expected gain. */
function lapsedRows({ labels, classes }: Labelled, lapse: LabelLapse, isConflict: (place: number) => boolean): readonly ReviewRow[] {
  const reviewed: ReviewRow[] = [];
  for (let place = 0; place < labels.length; place++) {
    const label = labels[place] ?? 0;
    const judged = lapseOf(lapse, place, label, classes);
    if (judged.wrong < LISTED || isConflict(place)) continue;
    reviewed.push(reviewRow(place, label, judged, lapse.clean.subarray(place * classes, (place + 1) * classes), labels.length));
  }
  return reviewed.sort(byGain);
}

/** Of each class, how often labels contradict the surest half of its rows. */
function halfFloors(labelled: Labelled, isConflict: (place: number) => boolean): readonly ErrorFloor[] {
  return Array.from({ length: labelled.classes }, (_, one) => orderedClass(labelled, one, isConflict)).flatMap((one) => {
    const surest = Math.ceil(one.places.length / 2);
    const wrong = one.isWrong.subarray(0, surest).reduce((sum, flag) => sum + flag, 0);
    return wrong === 0 ? [] : [floorOf(labelled, one, { surest, wrong, z: 0 })];
  });
}
