import { takeColumn } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { float64From, float64Where, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { twoProportionZ, wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { equalFeatures } from "../columns/equal-features.ts";
import { featuresOf, numberFeatures } from "../columns/features.ts";
import { halfDecimal } from "../columns/written-decimals.ts";
import { cloudOf, continuousFeatures } from "../copies/continuous-cloud.ts";
import { type Copies, copiesOf } from "../copies/copies.ts";
import { COPIES_OR_ALIKE, TWICE } from "../copies/copy-severity.ts";
import { type FinerRows, finerRows } from "../copies/finer-rows.ts";
import { pointsOnSegments, tiedColumns } from "../copies/segments.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { zThreshold } from "../signal/associations.ts";

const LEAST_ROWS = 40;
const MOST_CLASSES = 20;
/** Share of a class that repeats, against that of the largest class. */
const LEAST_SHARE = 0.1;
const TIMES = 3;
/** More equal pairs than chance makes at this level. */
const CHANCE = 1e-4;
const LOOKED = 200;
const LEAST_COLUMNS = 3;
/** Numbers of fewer values leave open where between two rows another lies. */
const LEAST_VALUES = 10;

const presentIn = (values: Float64Array) => float64Where(values, (value) => Number.isFinite(value));

/** A rarer class was copied, or filled with points between its rows (SMOTE), before the split. */
export const oversampled: Check = {
  trap: "oversampled",
  title: "A class was filled up with made rows",
  apart: 3,
  async inspect(context) {
    const classes = classesOf(context);
    const [largest, ...others] = classes;
    if (largest === undefined) return [];
    const [found, left]: [Suspicion[][], OneClass[]] = [[], []];
    for (const rarer of others) {
      const repeated = copied(context, largest, rarer, others.length) ?? [];
      await context.pause();
      const made = interpolated(context, largest, rarer, others.length);
      await context.pause();
      if (made === null) left.push(rarer);
      found.push([...repeated, ...(made ?? [])]);
    }
    const written = finer(context, largest, left, others.length);
    return others.flatMap((rarer, place) => [...(found[place] ?? []), ...(written.get(rarer) ?? [])]);
  },
};

interface OneClass {
  readonly name: string;
  readonly rows: Int32Array;
}

/** Classes with enough rows; the largest first. After oversampling several may be of one size: the one with the fewest repeated rows counts as the largest. */
function classesOf(context: AuditContext): readonly OneClass[] {
  const { task, target } = context;
  if (task.kind === "regression" || task.classes.length > MOST_CLASSES) return [];
  const { group, sizes } = equalFeatures(context);
  const repeats = (rows: Int32Array) => int32Where(rows, (row) => (sizes[group[row] ?? 0] ?? 0) > 1).length / rows.length;
  return task.classes
    .map((name, place) => ({ name, rows: int32Where(placesUpTo(target.length), (row) => target[row] === place) }))
    .filter(({ rows }) => rows.length >= LEAST_ROWS)
    .map((one) => ({ ...one, repeated: repeats(one.rows) }))
    .sort((a, b) =>
      Math.abs(a.rows.length - b.rows.length) > 0.02 * a.rows.length ? b.rows.length - a.rows.length : a.repeated - b.repeated,
    );
}

/** Rows that repeat an earlier one of them. */
function surplusIn(context: AuditContext, rows: Int32Array): number {
  const { group } = equalFeatures(context);
  return rows.length - new Set(rows.map((row) => group[row] ?? 0)).size;
}

function copiesIn(context: AuditContext, rows: Int32Array): Copies {
  const columns = featuresOf(context).map((column) => takeColumn(column, rows));
  return copiesOf({ ...context, frame: { rows: rows.length, columns: [], rowNumbers: null } }, columns);
}

function copied(context: AuditContext, largest: OneClass, rarer: OneClass, tests: number): Suspicion[] | null {
  const [own, other] = [surplusIn(context, rarer.rows), surplusIn(context, largest.rows)];
  const [share, otherShare] = [own / rarer.rows.length, other / largest.rows.length];
  const { z } = twoProportionZ(own, rarer.rows.length, other, largest.rows.length);
  if (share < LEAST_SHARE || share < TIMES * otherShare || Math.abs(z) <= zThreshold(tests)) return null;
  const copies = copiesIn(context, rarer.rows);
  if (copies.p > CHANCE || copies.share < 0.5) return null;
  const { group, sizes } = equalFeatures(context);
  const steps: RecipeStep[] = [
    { op: "drop-duplicate-rows", ignoring: [...context.roles.ids, ...(context.roles.time === null ? [] : [context.roles.time])] },
  ];
  const isOwn = new Set(rarer.rows);
  // Answers to a few questions agree by habit more often than independent columns would.
  const measured = continuousFeatures(context, 0).length > 0;
  return [
    {
      trap: "oversampled",
      columns: [],
      rows: affectedRows(context, (row) => isOwn.has(row) && (sizes[group[row] ?? 0] ?? 0) > 1),
      severity: "blocker",
      confidence: Math.min(0.97, copies.share) * (measured ? 1 : 0.5),
      evidence: {
        kind: "copies",
        class: rarer.name,
        rows: rarer.rows.length,
        surplusRows: own,
        share,
        shareOfLargestClass: otherShare,
        z,
        copiedPairsShare: copies.share,
        measured,
      },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: true },
      question: TWICE,
      choices: COPIES_OR_ALIKE,
      why: `${percent(share)} of the ${amount(rarer.rows.length)} rows of class "${rarer.name}" repeat another one, against ${percent(otherShare)} of class "${largest.name}": the class was filled up with copies, and a random split puts them on both sides.`,
    },
  ];
}

/** The largest class, which nobody fills up, shows how often points lie between others by themselves. */
function interpolated(context: AuditContext, largest: OneClass, rarer: OneClass, tests: number): Suspicion[] | null {
  const all = continuousFeatures(context, 0, LEAST_VALUES);
  if (all.length < LEAST_COLUMNS) return null;
  const look = (one: OneClass, columns: readonly NumberColumn[]) => {
    const cloud = cloudOf(columns, one.rows);
    const halves = float64From(columns, ({ values }, i) => halfDecimal(presentIn(values)) / (cloud.deviations[i] ?? 1));
    return { cloud, ...pointsOnSegments(cloud, halves, LOOKED, createRandom(context.seed, "segments", one.name)) };
  };
  const seen = look(rarer, all);
  if (seen.between.length < 5) return null;
  const tied = tiedColumns(seen.cloud, seen.ends);
  const columns = all.filter((_, i) => !tied.has(i));
  if (columns.length < LEAST_COLUMNS) return null;
  const own = tied.size === 0 ? seen : look(rarer, columns);
  if (own.between.length < 5) return null;
  const other = look(largest, columns);
  const [low, high] = [wilson(own.between.length, own.looked, 0.95).low, wilson(other.between.length, other.looked, 0.95).high];
  const { z } = twoProportionZ(own.between.length, own.looked, other.between.length, other.looked);
  if (Math.abs(z) <= zThreshold(tests) || low <= 2 * high) return null;
  const hit = new Set(own.between.map((point) => own.cloud.places[point] ?? -1));
  const share = own.between.length / own.looked;
  return [
    {
      trap: "oversampled",
      columns: columns.map(({ name }) => name),
      rows: { count: Math.round(share * rarer.rows.length), sample: affectedRows(context, (row) => hit.has(row)).sample },
      severity: "blocker",
      confidence: Math.min(0.97, 1 - high / low),
      evidence: {
        kind: "interpolated",
        class: rarer.name,
        rows: rarer.rows.length,
        lookedAt: own.looked,
        between: own.between.length,
        share,
        betweenInLargestClass: other.between.length,
        z,
      },
      fix: {
        action: "advice",
        text: "Take the table as it was before rows were made (SMOTE and the like); if at all, make them from the training rows of each fold.",
      },
      counterfactual: null,
      question: null,
      why: `${percent(share)} of the rows of class "${rarer.name}" that were looked at lie on the way between two of their neighbours, to the last written decimal, against ${percent(other.between.length / Math.max(1, other.looked))} of class "${largest.name}": they were made from other rows, and a random split puts them and their origins on both sides.`,
    },
  ];
}

/** Made between rows that are not near each other, or by a program that adds a little of everything: what gives them away is that counts are no whole numbers any more. Either class may have been filled up. */
function finer(
  context: AuditContext,
  largest: OneClass,
  rarer: readonly OneClass[],
  tests: number,
): ReadonlyMap<OneClass, readonly Suspicion[]> {
  const looks = rarer.flatMap((own) => [
    { made: own, other: largest },
    { made: largest, other: own },
  ]);
  const found = finerRows(
    numberFeatures(context),
    looks.map(({ made, other }) => ({ made: made.rows, other: other.rows })),
    2 * tests,
  );
  const said = looks.map(({ made, other }, place) => (found[place] ? [finerNumbers(context, made, other, found[place])] : []));
  return new Map(rarer.map((own, place) => [own, [...(said[2 * place] ?? []), ...(said[2 * place + 1] ?? [])]]));
}

function finerNumbers(context: AuditContext, made: OneClass, other: OneClass, found: FinerRows): Suspicion {
  const hit = new Set(found.rows);
  const [first] = found.columns;
  const [share, otherShare] = [found.rows.length / made.rows.length, found.others / other.rows.length];
  return {
    trap: "oversampled",
    columns: found.columns.map(({ name }) => name),
    rows: affectedRows(context, (row) => hit.has(row)),
    severity: "blocker",
    confidence: Math.min(0.95, 1 - otherShare / share),
    evidence: {
      kind: "finer",
      class: made.name,
      rows: made.rows.length,
      finerRows: found.rows.length,
      finerInOtherClass: found.others,
      decimals: Object.fromEntries(found.columns.map(({ name, decimals }) => [name, decimals])),
      z: found.z,
    },
    fix: {
      action: "advice",
      text: "Take the table as it was before rows were made (SMOTE and the like), or write both classes with the same decimals; if at all, make rows from the training rows of each fold.",
    },
    counterfactual: null,
    question: null,
    why: `${percent(share)} of the rows of class "${made.name}" write ${counted(found.columns.length, "column")} with more decimals than class "${other.name}" ever does (${namedColumns(found.columns.map(({ name }) => name))}; "${other.name}" writes \`${first?.name ?? ""}\` with ${first?.decimals === 0 ? "none" : `at most ${first?.decimals ?? 0}`}, ${percent(otherShare)} of its rows differ): they were calculated from other rows, or come from somewhere else, and how a number is written gives the class.`,
  };
}
