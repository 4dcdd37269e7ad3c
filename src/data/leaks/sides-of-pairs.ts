import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { associationsOf, viewOf, zThreshold } from "../signal/associations.ts";
import { answerFor, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { apart } from "./combined.ts";
import { oneSided } from "./one-sided.ts";

/** Which of two columns is larger, or that they are equal, tells a class in a part of the rows: the last login lies after the end of the contract. */
export interface SideOfPair {
  readonly columns: readonly [string, string];
  /** Sign of the first less the second. */
  readonly side: -1 | 0 | 1;
  readonly classIndex: number;
  readonly rows: number;
  readonly own: number;
  /** Rows on other sides, and those of the class among them. */
  readonly others: number;
  readonly ownOfOthers: number;
  /** 95 % limit of the ratio of odds, against rows that are alike in the one column, and in the other; the smaller one. */
  readonly times: number;
}

const MOST_COLUMNS = 30;
/** Of the rows that have both, on the side and beside it. */
const LEAST_SHARE = 0.05;
const LEAST_ROWS = 50;
/** Ratio of odds: 10^1.5, as very strong evidence has it (Jeffreys 1961). */
const LEAST_TIMES = 32;
/** Rows that the sides put right from which they are the target, as combination-leak has it. */
const WHOLE = 0.98;
const STRATA = 20;
const LIMIT_95 = 1.96;

type Pair = readonly [Valued, Valued];
type Valued = Extract<Column, { readonly values: Float64Array }>;

/** Pairs of dates, of the rows' time and dates, and of numbers of one scale, that is, of which now the one and now the other is larger or equal. The clearest first, without a column in common. `told`: columns that give a class away alone, so that beside anything else they do. */
export async function sidesOfPairs(context: AuditContext, told: readonly string[]): Promise<readonly SideOfPair[]> {
  const { task, roles, frame } = context;
  const view = viewOf(context);
  if (task.kind === "regression" || view.rows.length < LEAST_ROWS) return [];
  const left = [...told, ...oneSided(context).map(({ column }) => column)];
  const features = columnsNamed(frame, roles.features).filter(
    ({ name }) => (associationsOf(context).get(name)?.score ?? 1) < NEAR_PERFECT && !left.includes(name),
  );
  const time = frame.columns.filter(
    ({ name, type }) => name === roles.time && type === "date" && !features.some((one) => one.name === name),
  );
  const valued =
    (type: Column["type"]) =>
    (column: Column): column is Valued =>
      "values" in column && column.type === type;
  const dates = [...time, ...features].filter(valued("date")).slice(0, MOST_COLUMNS);
  const numbers = features.filter(valued("number")).slice(0, MOST_COLUMNS);
  const pairs = [dates, numbers].flatMap((columns) => columns.flatMap((a, i) => columns.slice(i + 1).map((b): Pair => [a, b])));
  const limit = zThreshold(3 * pairs.length * task.classes.length);
  const found: SideOfPair[] = [];
  for (const [place, pair] of pairs.entries()) {
    if (place % 20 === 0) await context.pause();
    const known = pair.filter(({ name }) => answerFor(context, name) === "before" || name === roles.time).length;
    if (known < 2) found.push(...sidesOf(context, pair, view.rows, task.classes.length, limit));
  }
  return apart(found.sort((x, y) => y.times - x.times || (x.columns.join() < y.columns.join() ? -1 : 1)));
}

function sidesOf(context: AuditContext, [a, b]: Pair, rows: Int32Array, classes: number, limit: number): readonly SideOfPair[] {
  const signs = float64From(rows, (row) => Math.sign((a.values[row] as number) - (b.values[row] as number)));
  const labels = float64From(rows, (row) => context.target[row] as number);
  const { counts, held: heldBy } = countsOf(signs, labels, new Int32Array(rows.length), classes);
  const compared = heldBy.reduce((sum, one) => sum + one, 0);
  const sides = [-1, 0, 1] as const;
  const labelsOf = (side: number) => counts.subarray((side + 1) * classes, (side + 2) * classes);
  const right = sides.reduce<number>((sum, side) => sum + Math.max(...labelsOf(side)), 0);
  const least = Math.max(LEAST_ROWS, LEAST_SHARE * compared);
  const large = sides.filter((side) => (heldBy[side + 1] as number) >= least && compared - (heldBy[side + 1] as number) >= least);
  if (2 * compared < rows.length || right >= WHOLE * compared || large.length === 0) return [];
  const within = [a, b].map((column) => countsOf(signs, labels, strataOf(context, column, rows), classes));
  return large.flatMap((side) => {
    const held = heldBy[side + 1] as number;
    const found = Array.from({ length: classes }, (_, classIndex): SideOfPair => {
      const own = labelsOf(side)[classIndex] as number;
      const ownOfOthers = sides.reduce<number>((sum, one) => sum + (labelsOf(one)[classIndex] as number), -own);
      const [one, other] = within.map((strata) => limitsWithin(strata, classes, side, classIndex)) as [Limits, Limits];
      const times = Math.min(one.z, other.z) > limit ? Math.min(one.times, other.times) : 0;
      return { columns: [a.name, b.name], side, classIndex, rows: held, own, others: compared - held, ownOfOthers, times };
    });
    // Of two classes one is as much rarer on the side as the other is more frequent.
    const told = classes === 2 ? found.filter((one) => one.own * one.others >= one.ownOfOthers * one.rows) : found;
    const [best] = told.filter(({ times }) => times >= LEAST_TIMES).sort((x, y) => y.times - x.times);
    return best === undefined ? [] : [best];
  });
}

interface Limits {
  readonly times: number;
  readonly z: number;
}

/** Rows of each stratum and side, and those of each class among them, in this order. */
interface SideCounts {
  readonly held: Float64Array;
  readonly counts: Float64Array;
}

/** One pass for all sides and classes: a pass for each of them would cost as many as the classes of a table. */
function countsOf(signs: Float64Array, labels: Float64Array, strata: Int32Array, classes: number): SideCounts {
  const held = new Float64Array(3 * STRATA);
  const counts = new Float64Array(held.length * classes);
  for (let place = 0; place < signs.length; place++) {
    const [sign, stratum] = [signs[place] as number, strata[place] as number];
    if (Number.isNaN(sign) || stratum < 0) continue;
    const cell = 3 * stratum + sign + 1;
    held[cell] = (held[cell] as number) + 1;
    const own = cell * classes + (labels[place] as number);
    counts[own] = (counts[own] as number) + 1;
  }
  return { held, counts };
}

/**
 * The class on the side and off it, among rows alike in one column: z by Mantel and Haenszel's test, and the 95 % limit, nearer to 1, of the ratio of odds of the class on the side to
 * those of the other rows, weighted to the side's strata (direct standardisation; half a row added).
 */
function limitsWithin(strata: SideCounts, classes: number, side: number, label: number): Limits {
  let [on, ownOn, expected, spread, standard, doubt] = [0, 0, 0, 0, 0, 0];
  for (let stratum = 0; stratum < STRATA; stratum++) {
    const [cell, first] = [3 * stratum + side + 1, 3 * stratum];
    const ownAt = (at: number) => strata.counts[at * classes + label] as number;
    const [held, ownHeld] = [strata.held[cell] as number, ownAt(cell)];
    const all = (strata.held[first] as number) + (strata.held[first + 1] as number) + (strata.held[first + 2] as number);
    const own = ownAt(first) + ownAt(first + 1) + ownAt(first + 2);
    const [others, ownOthers] = [all - held, own - ownHeld];
    if (held === 0 || others === 0) continue;
    on += held;
    ownOn += ownHeld;
    expected += (held * own) / all;
    spread += (held * others * own * (all - own)) / (all * all * (all - 1));
    const share = (ownOthers + 0.5) / (others + 1);
    standard += held * share;
    doubt += (held * held * share * (1 - share)) / others;
  }
  if (on === 0 || spread === 0) return { times: 1, z: 0 };
  const share = standard / on;
  const odds = Math.log((ownOn + 0.5) / (on - ownOn + 0.5)) - Math.log(share / (1 - share));
  const se = Math.sqrt(1 / (ownOn + 0.5) + 1 / (on - ownOn + 0.5) + doubt / (on * share * (1 - share)) ** 2);
  return { times: Math.exp(Math.max(0, Math.abs(odds) - LIMIT_95 * se)), z: Math.abs(ownOn - expected) / Math.sqrt(spread) };
}

/** The stratum of each of the rows, by equal counts; equal values share one. -1: no value. */
function strataOf(context: AuditContext, { name, values }: Valued, rows: Int32Array): Int32Array {
  return context.shared(`strata of ${name}`, () => {
    const own = float64From(rows, (row) => values[row] as number);
    const strata = new Int32Array(rows.length).fill(-1);
    const order = ascendingOrder(own).filter((place) => !Number.isNaN(own[place]));
    order.forEach((place, rank) => {
      const before = order[rank - 1];
      const isTie = before !== undefined && own[before] === own[place];
      strata[place] = isTie ? (strata[before] as number) : Math.floor((STRATA * rank) / order.length);
    });
    return strata;
  });
}

const SAID = { "-1": "below", "0": "equal to", "1": "above" } as const;
const SAID_OF_DATES = { "-1": "before", "0": "the same as", "1": "after" } as const;

/** One of the two may be written when the outcome comes: it asks. */
export function sideFinding(context: AuditContext, found: SideOfPair): Suspicion {
  const { columns, side, classIndex, rows, own, others, ownOfOthers, times } = found;
  const { task, roles } = context;
  const [a, b] = columns.map((name) => columnOf(context.frame, name)) as [Valued, Valued];
  const label = task.kind === "regression" ? "" : (task.classes[classIndex] ?? "");
  const how = (a.type === "date" ? SAID_OF_DATES : SAID)[`${side}`];
  const asked = columns.filter((name) => name !== roles.time && answerFor(context, name) !== "before");
  const after = asked.filter((name) => answerFor(context, name) === "after");
  const steps = [{ op: "drop" as const, columns: after.length > 0 ? after : asked }];
  return {
    trap: "partial-leak",
    columns,
    rows: affectedRows(context, (row) => Math.sign((a.values[row] ?? Number.NaN) - (b.values[row] ?? Number.NaN)) === side),
    severity: "harmful",
    confidence: after.length > 0 ? 1 : 0.45,
    evidence: { by: "side", side, class: label, rows, ofClass: own, others, ofClassElsewhere: ownOfOthers, timesAtLeast: times },
    fix:
      after.length > 0
        ? { action: "steps", steps }
        : {
            action: "advice",
            text: `Find out whether ${namedColumns(asked)} ${asked.length === 1 ? "is" : "are"} known before the prediction.`,
          },
    counterfactual: { change: "steps", steps, flatters: true },
    question: after.length > 0 ? null : `At the moment of prediction, are the values of ${namedColumns(columns)} already written?`,
    choices: KNOWN_AT,
    why: `Where \`${a.name}\` is ${how} \`${b.name}\`, ${amount(own)} of ${amount(rows)} rows have the class ${quoted(label)} (${percent(own / rows)}), elsewhere ${amount(ownOfOthers)} of ${amount(others)} (${percent(ownOfOthers / others)}), and so it is among rows alike in the one or the other: which of the two is larger tells the target, as where one of them was written with it.`,
  };
}
