import { type Column, columnOf } from "../../core/column.ts";
import { otherOrderOf } from "../../core/date-order.ts";
import type { Suspicion } from "../../core/finding.ts";
import { float64From } from "../../core/typed-from.ts";
import { pearson, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { kinshipOf } from "../meaning/kindred-names.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { mostlyPaired, pairedBounds, particleSizes } from "../meaning/paired-bounds.ts";
import { phraseIndex, phrasesIn } from "../meaning/phrases.ts";
import { type BrokenInequality, brokenInequalities, MOST_BROKEN } from "./broken-inequalities.ts";
import { writeTimes } from "./clock-numbers.ts";
import { fewThings } from "./of-few-things.ts";

const MONTHS = 12;

/** Below LIKELY. */
export const ASKS = 0.45;

/** Rows in which a lower end lies above its upper end: by the names of the two columns, or because all other rows keep to an order. `numbers`: features that are amounts; dates are found here. */
export function brokenOrders(context: AuditContext, numbers: readonly NumberColumn[]): Suspicion[] {
  const { roles, frame } = context;
  const dates = frame.columns
    .filter(
      (column): column is NumberColumn => column.type === "date" && (roles.features.includes(column.name) || column.name === roles.time),
    )
    .map((column) => sureDates(context, column));
  // After 23:59 comes 0:00: two times of a day are in no order.
  const columns = [...numbers.filter((column) => !writeTimes(valueCounts(context, column))), ...dates];
  const names = columns.map(({ name }) => name);
  const of = (paired: ReturnType<typeof pairedBounds>) =>
    paired.flatMap(([lower, upper]) => {
      const [a, b] = [lower, upper].map((name) => dates.find((date) => date.name === name) ?? columnOf(frame, name)) as [Column, Column];
      return a.type === b.type ? [[a, b] as const] : [];
    });
  const [always, mostly, parts] = [of(pairedBounds(names)), of(mostlyPaired(names)).filter(([a]) => !isShare(a)), of(particleSizes(names))];
  const births = afterBirths(dates);
  return [
    ...always.flatMap(([a, b]) => brokenOrder(context, a, b)),
    ...births.flatMap((pairs) =>
      mostBroken(pairs.flatMap(([a, b]) => brokenOrder(context, a, b).map((one) => (isOfOthers(b) ? asks(one, a, b) : one)))),
    ),
    ...parts.flatMap(([a, b]) => brokenPart(context, a, b)),
    ...mostly.flatMap(([a, b]) => brokenOrder(context, a, b).map((one) => asks(one, a, b))),
    ...minedOrders(context, columns, [...always, ...births.flat(), ...mostly, ...parts]),
  ];
}

/** Up to 1 or 100 and no further: a share of the other, and no part of it. */
function isShare(column: Column): boolean {
  if (column.type !== "number" || !("values" in column)) return false;
  const largest = column.values.reduce((most, value) => (value > most ? value : most), Number.NEGATIVE_INFINITY);
  return largest === 1 || largest === 100;
}

/** Without the cells that may be of another day, in a column that writes some dates day first and some month first. */
function sureDates(context: AuditContext, column: NumberColumn): NumberColumn {
  const { dateFormat } = infoOf(context, column.name);
  if (dateFormat === null || otherOrderOf(dateFormat) === null) return column;
  const isSure = (date: Date) => date.getUTCDate() > MONTHS || date.getUTCDate() === date.getUTCMonth() + 1;
  return { ...column, values: column.values.map((ms) => (isSure(new Date(ms)) ? ms : Number.NaN)) };
}

/** Nothing is dated before a birth: each date of birth before all others. */
function afterBirths(dates: readonly NumberColumn[]): readonly (readonly (readonly [Column, Column])[])[] {
  const [births, others] = [dates.filter(({ name }) => meaningOf(name).birth), dates.filter(({ name }) => !meaningOf(name).birth)];
  return births.map((birth) => others.map((other) => [birth, other] as const));
}

/** Dates that may be of the mother, the owner or the customer, who was there before. */
const OF_OTHERS = phraseIndex(
  "admission|admitted|registration|registered|customer|client|since|member|membership|signup|joined|owner|contract|insemination|conception|mating|opened|account|created|enrolment|enrollment|aufnahme|anmeldung|kunde|vertrag|besitzer|admision|registro|alta|inscription|ammissione|iscrizione".split(
    "|",
  ),
);

function isOfOthers({ name }: Column): boolean {
  return phrasesIn(nameWords(name), OF_OTHERS).length > 0;
}

/** It is the birth that is wrong where several dates lie before it: told of that which most do. */
function mostBroken(found: readonly Suspicion[]): readonly Suspicion[] {
  return [...found].sort((a, b) => b.rows.count - a.rows.count).slice(0, 1);
}

/** No name says that the one is part of the other: it asks. Pairs that share a column are one finding, as it is likely that one which is wrong. */
function minedOrders(context: AuditContext, columns: readonly NumberColumn[], named: readonly (readonly [Column, Column])[]): Suspicion[] {
  const isNamed = (a: NumberColumn, b: NumberColumn) => named.some(([lower, upper]) => lower.name === a.name && upper.name === b.name);
  const broken = brokenInequalities(columns, isNamed, (column) => valueCounts(context, column), areKin);
  // Nobody slips in all rows of one thing, and in none else: there it is so.
  const slips = broken.filter(({ part, whole }) => fewThings(context, [part, whole], (row) => isAbove(part, whole, row)) === null);
  return byShared(slips).map((pairs) => minedOrder(context, pairs));
}

function isAbove(part: NumberColumn, whole: NumberColumn, row: number): boolean {
  return (part.values[row] ?? Number.NaN) > (whole.values[row] ?? Number.NaN);
}

/** Their names share a word and have another each: "qty_ordered" and "qty_returned", not "fld_5" and "fld_6". */
function areKin(a: NumberColumn, b: NumberColumn): boolean {
  const [own, other] = [a, b].map(({ name }) => nameWords(name).filter((word) => /\p{L}/u.test(word))) as [string[], string[]];
  const isApart = (words: readonly string[], others: readonly string[]) => words.some((word) => !others.includes(word));
  return isApart(own, other) && isApart(other, own) && kinshipOf(a.name, b.name)?.by === "word";
}

/** Each pair beside the others of the column that most pairs have. */
function byShared(pairs: readonly BrokenInequality[]): readonly (readonly BrokenInequality[])[] {
  const shared: BrokenInequality[][] = [];
  for (let left = [...pairs]; left.length > 0; ) {
    const places = new Map<NumberColumn, number>();
    for (const { part, whole } of left) for (const one of [whole, part]) places.set(one, (places.get(one) ?? 0) + 1);
    const [hub] = [...places].sort(([a, pairsOf], [b, others]) => others - pairsOf || (a.name < b.name ? -1 : 1))[0] ?? [];
    shared.push(left.filter(({ part, whole }) => part === hub || whole === hub));
    left = left.filter(({ part, whole }) => part !== hub && whole !== hub);
  }
  return shared;
}

/** Orders that are named in a sentence. */
const NAMED_ORDERS = 3;

function minedOrder(context: AuditContext, pairs: readonly BrokenInequality[]): Suspicion {
  const sorted = [...pairs].sort((one, other) => one.p - other.p);
  const [worst, ...others] = sorted as [BrokenInequality, ...BrokenInequality[]];
  const { part: a, whole: b, compared, broken, byChance, p } = worst;
  const isBroken = (row: number) => pairs.some(({ part, whole }) => isAbove(part, whole, row));
  const named = sorted.slice(0, NAMED_ORDERS).map(({ part, whole }) => `\`${part.name}\` is ${wordOf(part)} than \`${whole.name}\``);
  const more = pairs.length > NAMED_ORDERS ? ` (and ${counted(pairs.length - NAMED_ORDERS, "more pair")})` : "";
  const beside = others.slice(0, NAMED_ORDERS).map(orderWords).join(", ");
  const rest = others.length > NAMED_ORDERS ? ` and ${counted(others.length - NAMED_ORDERS, "more pair")}` : "";
  return {
    trap: "impossible-value",
    columns: [...new Set([a.name, b.name, ...others.flatMap(({ part, whole }) => [part.name, whole.name])])],
    rows: affectedRows(context, isBroken),
    severity: "costly",
    confidence: ASKS,
    evidence: {
      brokenRows: broken,
      comparedRows: compared,
      brokenByChance: byChance,
      p,
      ...(others.length === 0
        ? {}
        : { others: others.map((one) => ({ smaller: one.part.name, larger: one.whole.name, brokenRows: one.broken, p: one.p })) }),
    },
    fix: { action: "advice", text: `Correct the rows in which ${named.join(" or ")}${more}, or leave both empty there.` },
    counterfactual: null,
    question: `Is it a mistake where ${named.join(" or ")}?`,
    choices: ["mistake", "true value"],
    why: `\`${a.name}\` is ${wordOf(a)} than \`${b.name}\` in ${counted(broken, "row")} of ${amount(compared)}, ${worst.byTail ? "by more than the tail of the others would reach" : "fewer than of two columns that know nothing of each other"} (chance ${amount(p)}); two columns that have nothing to do with each other would have ${percent(byChance)} of such rows.${others.length === 0 ? "" : ` Likewise ${beside}${rest}.`}`,
  };
}

/** Of ends that nature turns round now and then. */
function asks(one: Suspicion, a: Column, b: Column): Suspicion {
  return {
    ...one,
    confidence: ASKS,
    question: `Is it a mistake where \`${a.name}\` is ${wordOf(a)} than \`${b.name}\`?`,
    choices: ["mistake", "true value"],
    why: one.why.replace("it cannot be", "it hardly ever is"),
  };
}

function wordOf({ type }: Column): string {
  return type === "date" ? "later" : "larger";
}

function orderWords({ part, whole, broken }: BrokenInequality): string {
  return `\`${part.name}\` above \`${whole.name}\` in ${counted(broken, "row")}`;
}

/** Two instruments that measure a part and its whole apart may err in many rows, and mean the same things all the while. */
const MOST_OF_PARTS = 0.5;
/** Rank correlation of what two instruments measure of the same air: a medium one (Cohen 1988), as instruments may be poor. */
const LEAST_SHARED = 0.3;

/** In more rows than slips are, the instruments do not agree; that they measure the same thing shows in both rising together. */
function brokenPart(context: AuditContext, a: Column, b: Column): Suspicion[] {
  const few = brokenOrder(context, a, b);
  if (few.length > 0 || !("values" in a) || !("values" in b)) return few;
  const both = Array.from(a.values.keys()).filter((row) => !Number.isNaN(a.values[row]) && !Number.isNaN(b.values[row]));
  const of = ({ values }: { values: Float64Array }) => ranks(float64From(both, (row) => values[row] ?? 0));
  if (!(pearson(of(a), of(b)) >= LEAST_SHARED)) return [];
  return brokenOrder(context, a, b, MOST_OF_PARTS).map((one) => ({
    ...one,
    fix: {
      action: "advice",
      text: `Find out how far the two instruments are off: \`${b.name}\` less \`${a.name}\` says nothing as it is.`,
    },
    why: one.why.replace(
      "although by their names it cannot be",
      "and by their names the one is part of the other: the two instruments disagree",
    ),
  }));
}

function brokenOrder(context: AuditContext, a: Column, b: Column, most = MOST_BROKEN): Suspicion[] {
  if (!("values" in a) || !("values" in b)) return [];
  const broken = (row: number) => (a.values[row] ?? Number.NaN) > (b.values[row] ?? Number.NaN);
  let [rows, both] = [0, 0];
  for (let row = 0; row < context.frame.rows; row++) {
    if (broken(row)) rows++;
    if (!Number.isNaN(a.values[row]) && !Number.isNaN(b.values[row])) both++;
  }
  if (rows === 0 || rows > most * both) return [];
  return [
    {
      trap: "impossible-value",
      columns: [a.name, b.name],
      rows: affectedRows(context, broken),
      severity: "costly",
      confidence: 0.8,
      evidence: { brokenRows: rows, comparedRows: both },
      fix: { action: "advice", text: `Correct the rows in which \`${a.name}\` lies after \`${b.name}\`, or leave both empty there.` },
      counterfactual: null,
      question: null,
      why: `\`${a.name}\` is ${wordOf(a)} than \`${b.name}\` in ${counted(rows, "row")} of ${amount(both)}, although by their names it cannot be.`,
    },
  ];
}
