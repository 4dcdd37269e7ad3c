import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, textAt, valueAt } from "../columns/column-facts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { ASKS } from "./broken-orders.ts";

/** A trait that things keep, but for a row here and there: the sex of a patient at one of six visits. */
export interface StraysOfThings {
  readonly column: string;
  readonly key: string;
  /** Things of three rows or more, and those of them that keep one value throughout. */
  readonly things: number;
  readonly constant: number;
  readonly rows: number;
  /** Rows that hold another value than all others of their thing. */
  readonly strays: readonly number[];
  /** Share of pairs of any rows that agree. */
  readonly byChance: number;
}

/** Rows of a thing, things, and rows that stray. */
const [LEAST_EACH, LEAST_THINGS, LEAST_STRAYS] = [3, 30, 3];
/** Share of the things that keep the trait throughout, and of the rows that stray. */
const [KEEP, MOST_STRAYS] = [0.9, 0.02];
/** Of the things that do not, those in which one row alone differs from all others, with others of the same before and after it where time tells an order. */
const ALONE = 0.9;
/** What most rows agree in anyway is no trait. */
const MOST_BY_CHANCE = 0.9;
const [MOST_KEYS, MOST_COLUMNS] = [6, 80];

interface Thing {
  readonly rows: Int32Array;
}

/**
 * Things whose rows nearly all agree in a column, far more than rows of the table do, of which some hold another value in one row alone. What changes (an address) is another one from then on: where a
 * date orders the rows, a value that stands at the end, or at the beginning, of a thing does not count. Of things of three rows or more. None of a sample.
 */
export function straysOfThings(context: AuditContext): readonly StraysOfThings[] {
  const { frame, roles } = context;
  if (frame.rowNumbers !== null) return [];
  const keys = keysOf(context);
  const order = orderOf(context);
  const others = frame.columns
    .filter(({ name }) => !roles.ids.includes(name) && name !== roles.time && name !== roles.target)
    .slice(0, MOST_COLUMNS);
  const found: StraysOfThings[] = [];
  for (const key of keys) {
    const things = thingsOf(key, order ?? placesUpTo(frame.rows));
    if (things.length < LEAST_THINGS) continue;
    for (const column of others) {
      if (column.name === key.name || found.some((one) => one.column === column.name)) continue;
      const stray = straysIn(column, things, order !== null);
      if (stray !== null && factsOf(column, frame.rows).distinct > 1) found.push({ column: column.name, key: key.name, ...stray });
    }
  }
  return found;
}

/** Columns that name things: by their name, or as the group. */
function keysOf({ frame, roles }: AuditContext): readonly Column[] {
  const named = frame.columns.filter(({ name, type }) => {
    const { keyOf, entity } = meaningOf(name);
    return type !== "date" && name !== roles.target && (name === roles.group || keyOf !== null || entity);
  });
  return named
    .filter((column) => {
      const { distinct, present } = factsOf(column, frame.rows);
      return distinct >= LEAST_THINGS && 2 * distinct <= present;
    })
    .slice(0, MOST_KEYS);
}

/** By the time of the rows, else by the first date; null without one. */
function orderOf({ frame, roles }: AuditContext): Int32Array | null {
  const dates = frame.columns.filter((column) => column.type === "date" && factsOf(column, frame.rows).present === frame.rows);
  const time =
    dates.find(({ name }) => name === roles.time) ??
    dates.toSorted((a, b) => factsOf(b, frame.rows).distinct - factsOf(a, frame.rows).distinct)[0];
  return time === undefined || !("values" in time) ? null : ascendingOrder(time.values);
}

function thingsOf(key: Column, order: Int32Array): readonly Thing[] {
  const members = new Map<number, number[]>();
  for (const row of order) {
    const thing = valueAt(key, row);
    if (Number.isNaN(thing)) continue;
    const own = members.get(thing);
    if (own === undefined) members.set(thing, [row]);
    else own.push(row);
  }
  return [...members.values()].flatMap((rows) => (rows.length < LEAST_EACH ? [] : [{ rows: Int32Array.from(rows) }]));
}

function straysIn(column: Column, things: readonly Thing[], inTime: boolean): Omit<StraysOfThings, "column" | "key"> | null {
  let [seen, constant, rows, alone, others] = [0, 0, 0, 0, 0];
  const strays: number[] = [];
  for (const thing of things) {
    const held = thing.rows.filter((row) => !Number.isNaN(valueAt(column, row)));
    if (held.length < LEAST_EACH) continue;
    seen++;
    rows += held.length;
    const stray = strayOf(held, (row) => valueAt(column, row));
    if (stray === null) constant++;
    else if (stray < 0) others++;
    else {
      // At the end of a thing it may be a change.
      const isInside = stray !== held[0] && stray !== held.at(-1);
      alone++;
      if (isInside || !inTime) strays.push(stray);
    }
    if (seen >= LEAST_THINGS && seen - constant > 2 * (1 - KEEP) * things.length) return null;
  }
  if (seen < LEAST_THINGS || constant < KEEP * seen || strays.length < LEAST_STRAYS || strays.length > MOST_STRAYS * rows) return null;
  if (alone < ALONE * (alone + others)) return null;
  const byChance = agreementOfAny(column, things);
  return byChance > MOST_BY_CHANCE ? null : { things: seen, constant, rows, strays, byChance };
}

/** The one row that differs from all others of the thing; null where none does, -1 where more do. */
function strayOf(rows: Int32Array, at: (row: number) => number): number | null {
  const [a, b, c] = [at(rows[0] as number), at(rows[1] as number), at(rows[2] as number)];
  const usual = a === b || a === c ? a : b;
  const apart = rows.filter((row) => at(row) !== usual);
  if (apart.length === 0) return null;
  return apart.length === 1 ? (apart[0] as number) : -1;
}

function agreementOfAny(column: Column, things: readonly Thing[]): number {
  const counts = new Map<number, number>();
  let all = 0;
  for (const { rows } of things)
    for (const row of rows) {
      const value = valueAt(column, row);
      if (Number.isNaN(value)) continue;
      counts.set(value, (counts.get(value) ?? 0) + 1);
      all++;
    }
  return [...counts.values()].reduce((sum, count) => sum + (count / all) ** 2, 0);
}

/** What contradicts the other rows of its thing is asked about. */
export function strayTraits(context: AuditContext): readonly Suspicion[] {
  return straysOfThings(context).map(({ column, key, things, constant, rows, strays, byChance }) => {
    const own = new Set(strays);
    const cells = context.frame.columns.find(({ name }) => name === column);
    const first = strays[0] ?? 0;
    const shown = cells === undefined ? "" : quoted(textAt(cells, first) ?? "");
    return {
      trap: "impossible-value",
      columns: [column, key],
      rows: affectedRows(context, (row) => own.has(row)),
      severity: "costly",
      confidence: ASKS,
      evidence: { kind: "stray-trait", things, constant, rows, strays: strays.length, byChance },
      fix: {
        action: "advice",
        text: `Compare the rows with the others of their \`${key}\`, and correct \`${column}\` at its source.`,
      },
      counterfactual: null,
      unmeasured: "What the right values are the table does not tell for sure.",
      question: `Is it a mistake where \`${column}\` is another one in a single row of a \`${key}\`?`,
      choices: ["mistake", "true value"],
      why: `\`${column}\` stays the same in ${percent(constant / things)} of the ${amount(things)} \`${key}\` with three rows or more, and in ${counted(strays.length, "row")} it is not what all other rows of its \`${key}\` hold (${shown} in the first of them): a trait does not change for one row.`,
    };
  });
}
