import type { Answers } from "../../core/answers.ts";
import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { panelOf } from "./panel.ts";
import { timeOfRows } from "./row-times.ts";

/** Fewer different times part in too few folds. */
const LEAST_TIMES = 20;
/** Share of the test rows with a time that are later, and of all that have one. */
const [NEARLY_ALL, LEAST_DATED] = [0.99, 0.9];

/**
 * The time by which the given test rows come after the training rows, all of them or those of their own thing (a device, a shop); null without one. What is chosen within the
 * training rows is then judged as the test will judge it: by later rows.
 */
export function timeOfLaterTest(context: AuditContext, test: AuditContext | null, answers: Answers): string | null {
  const by = timeOfRows(context);
  if (test?.testRows == null || by === null || answers[`time-leak:${by}`] === "any") return null;
  const inTest = new Set(test.testRows);
  const given = { test: test.testRows, train: placesUpTo(test.frame.rows).filter((row) => !inTest.has(row)) };
  if (factsOf(columnOf(context.frame, by), context.frame.rows).distinct < LEAST_TIMES) return null;
  const time = columnOf(test.frame, by);
  if (isLater(given, time, () => 0)) return by;
  const unit = panelOf(context, by)?.unit;
  if (unit === undefined) return null;
  const things = columnOf(test.frame, unit);
  return isLater(given, time, (row) => valueAt(things, row)) ? by : null;
}

function isLater(
  { train, test }: { readonly train: Int32Array; readonly test: Int32Array },
  time: Column,
  thingOf: (row: number) => number,
) {
  const ends = new Map<number, number>();
  for (const row of train) {
    const value = valueAt(time, row);
    if (!Number.isNaN(value)) ends.set(thingOf(row), Math.max(value, ends.get(thingOf(row)) ?? Number.NEGATIVE_INFINITY));
  }
  let [later, dated] = [0, 0];
  for (const row of test) {
    const [value, end] = [valueAt(time, row), ends.get(thingOf(row))];
    if (Number.isNaN(value) || end === undefined) continue;
    dated++;
    later += Number(value > end);
  }
  return dated >= LEAST_DATED * test.length && later >= NEARLY_ALL * dated;
}

/** The given test answers whether later rows come. */
export function besideLaterTest<S extends Suspicion>(suspicion: S, by: string | null): S {
  const { trap, fix, columns, why } = suspicion;
  if (trap !== "time-leak" || fix.action !== "split" || by === null || columns[0] !== by || suspicion.question === null) return suspicion;
  return { ...suspicion, question: null, why: `${why} The given test rows are later by \`${by}\`, so all is judged by it.` };
}
