import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { halfDecimal } from "../columns/written-decimals.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { percent } from "../findings/phrase.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";
import { groupKeys } from "../split/group-keys.ts";

/** A column that grows from one row to the next by the target of the later one: its total to date, from which the row before takes all but the row's own. */
export interface RunningTotal {
  readonly column: string;
  /** Within each of its values the rows follow each other; null: over all rows. */
  readonly within: string | null;
  /** The column that orders the rows, null = the file. */
  readonly by: string | null;
  /** Steps that were compared, and the share of them that is the target. */
  readonly steps: number;
  readonly share: number;
}

const LEAST_STEPS = 50;
/** A total starts anew with each year. */
const FITS = 0.9;
/** Of steps beside the targets of other rows. */
const MOST_BY_CHANCE = 0.4;
const PROBES = 60;
const [MOST_GROUPINGS, MOST_COLUMNS] = [4, 60];

/** Of targets of numbers, in the whole table alone: rows of a sample do not follow each other. */
export function runningTotals(context: AuditContext): readonly RunningTotal[] {
  const { task, frame, target, roles } = context;
  if (task.kind !== "regression" || frame.rowNumbers !== null) return [];
  const numbers = numberFeatures(context).filter(
    ({ name, type }) => type === "number" && infoOf(context, name).distinct >= LEAST_STEPS && answerFor(context, name) !== "before",
  );
  if (numbers.length === 0) return [];
  const { rows, by } = rowOrderOf(context);
  const keys = [
    ...new Set([
      ...(roles.group === null ? [] : [roles.group]),
      ...groupKeys(context).flatMap(({ column, cut }) => (cut === null ? [column] : [])),
    ]),
  ];
  const groupings = [null, ...keys.slice(0, MOST_GROUPINGS)].map((within) => ({ within, pairs: stepsOf(context, rows, within) }));
  return numbers.slice(0, MOST_COLUMNS).flatMap((column) => {
    const found = groupings.flatMap(({ within, pairs }): RunningTotal[] => {
      if (pairs.length < LEAST_STEPS || fitting(column, target, pairs.slice(0, PROBES)) < FITS / 2) return [];
      const share = fitting(column, target, pairs);
      // Steps of 0 beside small amounts fit whatever is written in whole numbers.
      return share < FITS || fitting(column, target, pairs, Math.floor(pairs.length / 3)) > MOST_BY_CHANCE
        ? []
        : [{ column: column.name, within, by, steps: pairs.length, share }];
    });
    return found.sort((a, b) => b.share - a.share).slice(0, 1);
  });
}

/** By a time it is what has come so far. In the order of the file it may be a scale that is known before, such as the marks along a planned route. */
const [SURE, ASKS] = [0.95, 0.45];

/** What holds the target of its own row is written after it, unless it was planned. */
export function writtenAsTotals(context: AuditContext): readonly Suspicion[] {
  return runningTotals(context).map(({ column, within, by, steps, share }) => {
    const drop = [{ op: "drop" as const, columns: [column] }];
    const order = by === null ? "in the order of the file" : `by \`${by}\``;
    return {
      trap: "post-outcome",
      columns: [column],
      rows: NO_ROWS,
      severity: "blocker",
      confidence: by === null ? ASKS : SURE,
      evidence: { kind: "running-total", within, by, steps, share, hardForTrees: true },
      fix: { action: "steps", steps: drop },
      counterfactual: { change: "steps", steps: drop, flatters: true },
      question: knownQuestion(column),
      choices: KNOWN_AT,
      why: `\`${column}\` grows from one row to the next (${order}${within === null ? "" : `, within each \`${within}\``}) by the \`${context.roles.target}\` of the later one in ${percent(share)} of the steps: as a total to date does, which holds the target of its own row, so that whoever knows the row before reads it off. Trees form no difference of rows, so the price by them may be too low.`,
    };
  });
}

type Step = readonly [before: number, row: number];

function stepsOf({ frame }: AuditContext, rows: Int32Array, within: string | null): readonly Step[] {
  const key = within === null ? null : frame.columns.find(({ name }) => name === within);
  const last = new Map<number, number>();
  const steps: Step[] = [];
  for (const row of rows) {
    const own = key === null || key === undefined ? 0 : valueAt(key, row);
    if (Number.isNaN(own)) continue;
    const before = last.get(own);
    if (before !== undefined) steps.push([before, row]);
    last.set(own, row);
  }
  return steps;
}

/** turned: beside the target of so many steps later. */
function fitting({ values }: NumberColumn, target: Float64Array, steps: readonly Step[], turned = 0): number {
  const tolerance =
    3.03 *
    Math.max(
      halfDecimal(float64From(steps, ([, row]) => values[row] ?? 0)),
      halfDecimal(float64From(steps, ([, row]) => target[row] ?? 0)),
    );
  const fits = steps.filter(([before, row], place) => {
    const [, other = row] = steps[(place + turned) % steps.length] ?? [];
    return Math.abs((values[row] ?? Number.NaN) - (values[before] ?? Number.NaN) - (target[other] ?? Number.NaN)) <= tolerance;
  });
  return fits.length / steps.length;
}
