import type { Suspicion } from "../../core/finding.ts";
import type { BeyondBounds } from "../../core/whole-counts.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { heldRows, withHeld } from "../findings/held-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { type Quantity, quantityIn } from "../meaning/quantity.ts";
import { asked, MOST_VALUES } from "./asked-values.ts";
import { MOST_BROKEN } from "./broken-inequalities.ts";
import { roundingResidue } from "./rounding-residue.ts";

const LEAST_OF_CALENDAR = 1000;

/** Codes for "no value" of a column. */
type CodesIn = (name: string) => ReadonlySet<number>;

/** A column with its bounds, and the values beyond them, over the whole table. */
interface Beyond {
  readonly column: NumberColumn;
  readonly quantity: Quantity;
  readonly values: BeyondBounds["values"];
  readonly rows: number;
  readonly present: number;
}

/** Of a sample, the whole table is asked: a few rows in millions are in no sample. */
async function beyondBounds(context: AuditContext, columns: readonly NumberColumn[], codesIn: CodesIn): Promise<readonly Beyond[]> {
  const table = context.frame.columns.map(({ name }) => name);
  const named = columns.flatMap((column) => {
    const quantity = quantityIn(column.name, table);
    return quantity === null || countsYears(context, column, quantity)
      ? []
      : [{ column, quantity: withOldYears(context, quantity, codesIn) }];
  });
  if (context.frame.rowNumbers === null || named.length === 0)
    return named.map(({ column, quantity }) => {
      const { values, counts, present } = valueCounts(context, column);
      const { low, high } = quantity;
      const all = [...values].map((value, place) => ({ value, rows: counts[place] ?? 0 }));
      const beyond = all.filter(({ value }) => value < (low ?? value) || value > (high ?? value));
      return { column, quantity, present, values: beyond, rows: rowsOf(beyond) };
    });
  const bounds = named.map(({ column, quantity: { low, high } }) => ({ column: column.name, low, high }));
  const found = await context.whole.beyond(bounds, MOST_VALUES + 1);
  return named.map((one, place) => ({
    ...one,
    values: found[place]?.values ?? [],
    rows: found[place]?.rows ?? 0,
    present: context.dataset.rows - infoOf(context, one.column.name).missing,
  }));
}

/** Of years since something the name says no bounds: those of a calendar have four digits. */
function countsYears(context: AuditContext, column: NumberColumn, { phrase }: Quantity): boolean {
  return (phrase === "year" || phrase === "yr") && (valueCounts(context, column).values.at(-1) ?? 0) < LEAST_OF_CALENDAR;
}

/** Rows of a year of the table that are below 0, and different years in them, where years are counted so before our era. */
const [LEAST_OLD, LEAST_DIFFERENT] = [10, 3];

/** A table of history has years below 0 in each of its columns of years: more than the codes for "no value". */
function withOldYears(context: AuditContext, quantity: Quantity, codesIn: CodesIn): Quantity {
  if (quantity.phrase !== "year" && quantity.phrase !== "yr") return quantity;
  const areOld = context.frame.columns.some((other) => {
    if (!("values" in other) || quantityIn(other.name, [])?.phrase !== quantity.phrase) return false;
    const { values, counts } = valueCounts(context, other);
    const codes = codesIn(other.name);
    const old = [...values.keys()].filter((place) => (values[place] ?? 0) < 0 && !codes.has(values[place] ?? 0));
    return old.length >= LEAST_DIFFERENT && old.reduce((sum, place) => sum + (counts[place] ?? 0), 0) >= LEAST_OLD;
  });
  return areOld ? { ...quantity, low: null } : quantity;
}

const rowsOf = (values: BeyondBounds["values"]) => values.reduce((sum, { rows }) => sum + rows, 0);

/** Values outside what the names of their columns say can be: they become missing, or are asked about where the name may say more. */
export async function outOfBounds(context: AuditContext, columns: readonly NumberColumn[], codesIn: CodesIn): Promise<Suspicion[]> {
  const found: Suspicion[] = [];
  for (const one of await beyondBounds(context, columns, codesIn)) {
    const codes = codesIn(one.column.name);
    if (!one.quantity.sure) found.push(...(await askedBounds(context, one, codes)));
    else found.push(...suspicion(context, one, codes));
  }
  return found;
}

/** The same of the amount that is to be told: its rows are for the user to look at, so it asks. */
export async function targetBeyondBounds(context: AuditContext, columns: readonly NumberColumn[], codesIn: CodesIn): Promise<Suspicion[]> {
  const found: Suspicion[] = [];
  for (const one of await beyondBounds(context, columns, codesIn))
    found.push(...(await askedBounds(context, one, codesIn(one.column.name))));
  return found;
}

/** Without the codes of a missing value, and without what a computation leaves where 0 is meant. */
function sureOf(context: AuditContext, { column, values, rows }: Beyond, codes: ReadonlySet<number>) {
  const residue = new Set(roundingResidue(valueCounts(context, column))?.values ?? []);
  const isOther = (value: number) => codes.has(value) || residue.has(value);
  return {
    bad: values.flatMap(({ value }) => (isOther(value) ? [] : [value])),
    rows: rows - rowsOf(values.filter(({ value }) => isOther(value))),
  };
}

async function askedBounds(context: AuditContext, one: Beyond, codes: ReadonlySet<number>): Promise<Suspicion[]> {
  const { column, quantity, present } = one;
  const { bad, rows } = sureOf(context, one, codes);
  if (rows === 0 || rows > MOST_BROKEN * present || bad.length > MOST_VALUES) return [];
  const shown = bad.slice(0, 3).map(amount).join(", ");
  const held = await heldRows(context, column.name, bad, { rows, present });
  const { low, high } = quantity;
  const found = asked(context, column, bad, {
    evidence: { quantity: quantity.phrase, low, high, rows: held.rows },
    question: `Is \`${column.name}\` = ${shown} a mistake?`,
    why: `\`${column.name}\` is ${shown} in ${held.said}, and by its name it ${quantity.sure ? "cannot be" : "hardly ever is"} ${boundsOf(quantity)}.`,
  });
  return [withHeld(found, held)];
}

function boundsOf({ low, high }: Quantity): string {
  if (low !== null && high !== null) return `below ${low} or above ${high}`;
  return low !== null ? `below ${low}` : `above ${high}`;
}

function suspicion(context: AuditContext, beyond: Beyond, codes: ReadonlySet<number>): Suspicion[] {
  const { column, quantity, present } = beyond;
  const { low, high } = quantity;
  const { bad, rows } = sureOf(context, beyond, codes);
  if (rows === 0 || rows > MOST_BROKEN * present) return [];
  const hit = new Set(bad);
  const seen = affectedRows(context, (row) => hit.has(column.values[row] ?? Number.NaN));
  const steps = [{ op: "null-out" as const, column: column.name, values: bad }];
  const bounds = low !== null && high !== null ? `between ${low} and ${high}` : low !== null ? `below ${low}` : `above ${high}`;
  const limit = low !== null && high !== null ? `only lie ${bounds}` : `not be ${bounds}`;
  return [
    {
      trap: "impossible-value",
      columns: [column.name],
      rows: { count: rows, sample: seen.sample },
      severity: "costly",
      confidence: 0.85,
      evidence: { quantity: quantity.phrase, low, high, values: bad.slice(0, 10), rows },
      fix:
        bad.length <= MOST_VALUES
          ? { action: "steps", steps }
          : { action: "advice", text: `Find out what the values of \`${column.name}\` beyond its bounds mean.` },
      counterfactual: bad.length <= MOST_VALUES ? { change: "steps", steps, flatters: false } : null,
      question: null,
      why: `\`${column.name}\` is ${bad.slice(0, 3).map(amount).join(", ")} in ${counted(rows, "row")} (${percent(rows / present)}), but a value named "${quantity.phrase}" can ${limit}.`,
    },
  ];
}
