import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { halfDecimal } from "../columns/written-decimals.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { percent } from "../findings/phrase.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";
import { namesOfThings, ordersOf } from "./orders-of-rows.ts";

/** A column that grows from one row to the next by the target of the later one: its total to date, from which the row before takes all but the row's own; or the mean to date, times the rows so far. */
export interface RunningTotal {
  readonly column: string;
  readonly of: "total" | "mean" | "count";
  /** Within each of its values the rows follow each other; null: over all rows. */
  readonly within: string | null;
  /** The column that orders the rows, null = the file. */
  readonly by: string | null;
  /** Steps that were compared, and the share of them that is the target. */
  readonly steps: number;
  readonly share: number;
}

const LEAST_STEPS = 50;
/** Different counts to date. */
const LEAST_COUNTS = 3;
const [SUMS, COUNTS] = [["total", "mean"] as const, ["count"] as const];
/** A total starts anew with each year. */
const FITS = 0.9;
/** Of steps beside the targets of other rows. */
const MOST_BY_CHANCE = 0.4;
const PROBES = 60;
/** Share of the steps with a cell on both sides. */
const KNOWN = 0.5;
const [MOST_GROUPINGS, MOST_COLUMNS] = [4, 60];

/** Of targets of numbers, and of two classes of which the second is counted, in the whole table alone: rows of a sample do not follow each other. Once per audit. */
export function runningTotals(context: AuditContext): readonly RunningTotal[] {
  return context.shared("running totals", () => totalsIn(context));
}

function totalsIn(context: AuditContext): readonly RunningTotal[] {
  const { task, frame, target } = context;
  if (task.kind === "multiclass" || frame.rowNumbers !== null) return [];
  const least = task.kind === "binary" ? LEAST_COUNTS : LEAST_STEPS;
  const numbers = numberFeatures(context).filter(
    ({ name, type }) => type === "number" && infoOf(context, name).distinct >= least && answerFor(context, name) !== "before",
  );
  if (numbers.length === 0) return [];
  const groupings = ordersOf(context).flatMap(({ rows, by }) =>
    [null, ...namesOfThings(context).slice(0, MOST_GROUPINGS)].map((within) => ({ by, within, pairs: stepsOf(context, rows, within) })),
  );
  return numbers.slice(0, MOST_COLUMNS).flatMap((column) => {
    const found = groupings.flatMap(({ by, within, pairs }) =>
      (task.kind === "binary" ? COUNTS : SUMS).flatMap((of): RunningTotal[] => {
        // A count that stands still beside the class that is not counted says nothing: most labels of most tables are so.
        const told = of === "count" ? pairs.filter((step) => target[step[1]] === 1 || moves(column, step)) : pairs;
        if (told.length < LEAST_STEPS || fitting(column, target, told.slice(0, PROBES), of) < FITS / 2) return [];
        const share = fitting(column, target, told, of);
        // Steps of 0 beside small amounts fit whatever is written in whole numbers.
        return share < FITS ||
          isOfBefore(column, target, pairs, of, share) ||
          chanceOf(column, target, of === "count" ? pairs : told, of) > MOST_BY_CHANCE
          ? []
          : [{ column: column.name, of, within, by, steps: told.length, share }];
      }),
    );
    return found.sort((a, b) => b.share - a.share).slice(0, 1);
  });
}

function moves({ values }: NumberColumn, [before, row]: Step): boolean {
  return Math.abs((values[row] ?? Number.NaN) - (values[before] ?? Number.NaN)) > 0;
}

/**
 * Whether it holds the rows before alone, as a count of earlier faults does: from one row to the next it then grows by the target of the earlier one, in as many steps or more. Where labels stay the same for long both fit.
 * share: of the steps that fit the later one.
 */
function isOfBefore(column: NumberColumn, target: Float64Array, steps: readonly Step[], of: RunningTotal["of"], share: number): boolean {
  const earlier = steps
    .filter((step) => (of === "count" ? target[step[0]] === 1 || moves(column, step) : of === "total" || step[2] > 2))
    .map(([before, row, soFar]): Step => [before, row, soFar - 1]);
  return earlier.length >= LEAST_STEPS && fitting(column, target, earlier, of, (place) => earlier[place]?.[0]) >= share;
}

/** The share that fits the targets of other rows; of counts, among those in which either moves. */
function chanceOf(column: NumberColumn, target: Float64Array, steps: readonly Step[], of: RunningTotal["of"]): number {
  const turned = Math.floor(steps.length / 3);
  if (of !== "count") return fitting(column, target, steps, of, (place) => steps[(place + turned) % steps.length]?.[1]);
  const told = steps.flatMap((step, place) => {
    const [, other = step[1]] = steps[(place + turned) % steps.length] ?? [];
    const [moved, counted] = [moves(column, step), target[other] === 1];
    return moved || counted ? [Number(moved && counted)] : [];
  });
  return told.length === 0 ? 1 : told.reduce((sum, one) => sum + one, 0) / told.length;
}

/** By a time it is what has come so far. In the order of the file it may be a scale that is known before, such as the marks along a planned route. */
const [SURE, ASKS] = [0.95, 0.45];

/** What holds the target of its own row is written after it, unless it was planned. */
export function writtenAsTotals(context: AuditContext): readonly Suspicion[] {
  return runningTotals(context).map(({ column, of, within, by, steps, share }) => {
    const drop = [{ op: "drop" as const, columns: [column] }];
    const order = by === null ? "in the order of the file" : `by \`${by}\``;
    return {
      trap: "post-outcome",
      columns: [column],
      rows: NO_ROWS,
      severity: "blocker",
      confidence: by === null ? ASKS : SURE,
      evidence: { kind: "running-total", of, within, by, steps, share, hardForTrees: true },
      fix: { action: "steps", steps: drop },
      counterfactual: { change: "steps", steps: drop, flatters: true },
      question: knownQuestion(column),
      choices: KNOWN_AT,
      why: `\`${column}\` ${of === "mean" ? "moves" : "grows"} from one row to the next (${order}${within === null ? "" : `, within each \`${within}\``}) by the \`${context.roles.target}\` of the later one in ${percent(share)} of the steps${of === "count" ? " in which either moves" : ""}: as a ${of} to date does, which holds the target of its own row, so that whoever knows the row before reads it off. Trees form no difference of rows, so the price by them may be too low.`,
    };
  });
}

/** so far: rows of its group up to and with the later one. */
type Step = readonly [before: number, row: number, soFar: number];

function stepsOf({ frame }: AuditContext, rows: Int32Array, within: string | null): readonly Step[] {
  const key = within === null ? null : frame.columns.find(({ name }) => name === within);
  const last = new Map<number, readonly [row: number, count: number]>();
  const steps: Step[] = [];
  for (const row of rows) {
    const own = key === null || key === undefined ? 0 : valueAt(key, row);
    if (Number.isNaN(own)) continue;
    const [before, count] = last.get(own) ?? [-1, 0];
    if (before >= 0) steps.push([before, row, count + 1]);
    last.set(own, [row, count + 1]);
  }
  return steps;
}

/** Share of the steps with a cell on both sides, none where most lack one. rowOf: by place of the step, the row of which the target is held beside it; the later one unless given. A mean is written as rounded as a total, and counts as often as rows were before it. */
function fitting(
  { values }: NumberColumn,
  target: Float64Array,
  steps: readonly Step[],
  of: RunningTotal["of"],
  rowOf = (place: number): number | undefined => steps[place]?.[1],
): number {
  const half = halfDecimal(float64From(steps, ([, row]) => values[row] ?? 0));
  const own = halfDecimal(float64From(steps, ([, row]) => target[row] ?? 0));
  const isKnown = ([before, row]: Step) => !Number.isNaN(values[row]) && !Number.isNaN(values[before]);
  const known = steps.reduce((count, step) => count + Number(isKnown(step)), 0);
  if (known < KNOWN * steps.length) return 0;
  const fits = steps.filter(([before, row, soFar], place) => {
    const other = rowOf(place) ?? row;
    const [later, earlier] = [values[row] ?? Number.NaN, values[before] ?? Number.NaN];
    const step = of !== "mean" ? later - earlier : soFar * later - (soFar - 1) * earlier;
    const tolerance = of === "count" ? 0 : of === "total" ? 3.03 * Math.max(half, own) : 1.01 * (2 * soFar - 1) * half + own;
    return Math.abs(step - (target[other] ?? Number.NaN)) <= tolerance;
  });
  return fits.length / known;
}
