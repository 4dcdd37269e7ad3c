import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, rowQuantile, type ValueCounts, withBeyond } from "../columns/counts.ts";
import { heldRows, withHeld } from "../findings/held-rows.ts";
import { amount, quoted } from "../findings/phrase.ts";
import { asked, MOST_VALUES } from "./asked-values.ts";
import { MOST_BROKEN } from "./broken-inequalities.ts";
import { type FarInLogs, farInLogs } from "./far-in-logs.ts";
import { type FarValues, farValues } from "./far-values.ts";
import { type FewThings, fewThings } from "./of-few-things.ts";

/** A column with the counts of its values in the frame, and the values of the whole table that lie beyond all of them, by row. */
export interface Tails {
  readonly column: NumberColumn;
  readonly counts: ValueCounts;
  readonly beyond: readonly number[];
}

/** The counts of the sample with what lies beyond it in the whole table. */
export function countsOfAll({ counts, beyond }: Tails): ValueCounts {
  return beyond.length === 0 ? counts : withBeyond(counts, beyond);
}

/**
 * A name that says no bounds: only whoever knows the column can tell a mistake from a rare truth, so it asks. Beyond a sample the largest of all rows are looked at as
 * if they were of the sample, so that the chance is as many times larger as there are rows to one of the sample (a bound of the union). Of places only what lies farther off than all
 * others are apart: those have no tail.
 */
export async function farApart(context: AuditContext, tails: Tails, looks: number, isPlace: boolean): Promise<Suspicion[]> {
  const { column, beyond } = tails;
  const counts = countsOfAll(tails);
  const all = looks * (beyond.length === 0 ? 1 : context.dataset.rows / context.frame.rows);
  const found = farValues(counts, all);
  const sides = isPlace && !areOffAll(counts, found) ? [] : found;
  const values = sides.flatMap((side) => side.values);
  const rows = sides.reduce((sum, side) => sum + side.rows, 0);
  const [first] = sides;
  if (first === undefined) return isPlace ? [] : apartInLogs(context, column, counts, all);
  if (rows > MOST_BROKEN * counts.present || values.length > MOST_VALUES) return [];
  const shown = values.slice(0, 3).map(amount).join(", ");
  const ofWhich = first.median > 0 && rowQuantile(counts, 0, counts.values.length, 0.5) === 0 ? " of the rows above 0" : "";
  const held = await heldRows(context, column.name, values, { rows, present: counts.present });
  const one = asked(context, column, values, {
    evidence: { rows: held.rows, median: first.median, reach: first.reach, p: first.p },
    question: `Is \`${column.name}\` = ${shown} a mistake?`,
    why: `\`${column.name}\` is ${shown} in ${held.said}, while the others on this side lie within ${amount(first.reach)} of the median ${amount(first.median)}${ofWhich}: no tail that these have would reach so far (chance ${amount(first.p)}).`,
  });
  return [withHeld(orOfThings(context, column, values, one), held)];
}

/** Whether each of the far values is farther from the nearest other value than the others reach from one end to the other. */
function areOffAll({ values }: ValueCounts, sides: readonly FarValues[]): boolean {
  const far = new Set(sides.flatMap((side) => side.values));
  const others = values.filter((value) => !far.has(value));
  const [low, high] = [others[0] ?? Number.NaN, others.at(-1) ?? Number.NaN];
  return [...far].every((value) => (value < low ? low - value : value - high) > high - low);
}

/** A first look at the ends. */
export function standApart(counts: ValueCounts): boolean {
  return farValues(counts, 1).length > 0 || farInLogs(counts, 1) !== null;
}

/** A few values beside which all others lie close together, on a scale of times. */
async function apartInLogs(context: AuditContext, column: NumberColumn, counts: ValueCounts, looks: number): Promise<Suspicion[]> {
  const found = farInLogs(counts, looks);
  if (found === null || found.values.length > MOST_VALUES) return [];
  const { values, rows, next, times, low, high, power, p } = found;
  const shown = values.slice(0, 3).map(amount).join(", ");
  const held = await heldRows(context, column.name, values, { rows, present: counts.present });
  const one = asked(context, column, values, {
    evidence: { rows: held.rows, next, times, low, high, power, p },
    question: `Is \`${column.name}\` = ${shown} a mistake?`,
    why: `\`${column.name}\` is ${shown} in ${held.said}, and all others above 0 lie from ${amount(low)} to ${amount(high)}: the nearest is ${amount(Number(times.toPrecision(2)))} times as ${next === high ? "small" : "large"}, which no tail that these have would bring (chance ${amount(p)}).${powerWords(found)}`,
  });
  return [withHeld(orOfThings(context, column, values, one), held)];
}

function powerWords({ power, values }: FarInLogs): string {
  if (power === null) return "";
  return ` Times ${power < 0 ? `1/${amount(10 ** -power)}` : amount(10 ** power)} ${values.length === 1 ? "it" : "they"} would lie amid the others: it may be another unit.`;
}

function orOfThings(context: AuditContext, column: NumberColumn, values: readonly number[], one: Suspicion): Suspicion {
  const told = new Set(values);
  const things = fewThings(context, [column], (row) => told.has(column.values[row] ?? Number.NaN));
  return things === null ? one : { ...one, ...ofThings(one, column.name, things) };
}

/** What one thing is like, or another unit that one source writes, is no slip: nothing becomes missing. */
function ofThings({ evidence, why, fix: ifConfirmed }: Suspicion, name: string, { column, names }: FewThings) {
  const shown = names.slice(0, 3).map(quoted).join(", ") + (names.length > 3 ? ", ..." : "");
  return {
    severity: "cosmetic" as const,
    evidence: { ...evidence, thingsIn: column, things: names.slice(0, 10) },
    fix: {
      action: "advice" as const,
      text: `Find out what \`${name}\` is where \`${column}\` is ${shown}: if it is in another unit, convert it there.`,
    },
    ifConfirmed: { fix: ifConfirmed },
    counterfactual: null,
    unmeasured: "Whether it is another unit the cells do not say.",
    question: `Is \`${name}\` a mistake, and no other unit, where \`${column}\` is ${shown}?`,
    why: `${why} They are nearly all rows where \`${column}\` is ${shown}, and none else: it is otherwise there, or in another unit.`,
  };
}
