import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { countValues, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { heldRows, withHeld } from "../findings/held-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { oneFindingPerRows } from "../findings/same-rows.ts";
import { withoutLabels } from "../labels/without-labels.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { givenOut } from "../meaning/thing-names.ts";
import { isPlaceholderDate } from "../missing/code-of-missing.ts";
import { codesOf, featureCodes } from "../missing/feature-codes.ts";
import { notOfKind } from "../missing/zero-kinds.ts";
import { thingsInTime } from "../split/things-in-time.ts";
import { absurdYears } from "../values/absurd-years.ts";
import { asked, heldIn, MOST_VALUES } from "../values/asked-values.ts";
import { belowZero } from "../values/below-zero.ts";
import { brokenCuts } from "../values/broken-cuts.ts";
import { brokenElapsed } from "../values/broken-elapsed.ts";
import { brokenOrders } from "../values/broken-orders.ts";
import { contradictedSums } from "../values/broken-sums.ts";
import { writeTimes } from "../values/clock-numbers.ts";
import { daysBeyondYear } from "../values/days-beyond-year.ts";
import { fallingTotals } from "../values/falling-totals.ts";
import { countsOfAll, farApart, standApart, type Tails } from "../values/far-apart.ts";
import { farCount } from "../values/far-count.ts";
import { lateDays } from "../values/late-days.ts";
import { codesOffAll } from "../values/off-codes.ts";
import { outOfBounds, targetBeyondBounds } from "../values/out-of-bounds.ts";
import { type RoundingResidue, roundingResidue } from "../values/rounding-residue.ts";
import { beyondSharpBounds } from "../values/sharp-bounds.ts";
import { signMix } from "../values/sign-mix.ts";
import { strangeToFew } from "../values/strange-to-few.ts";
import { strayTraits } from "../values/strays-of-things.ts";
import { stuckNumbers } from "../values/stuck-values.ts";
import { swappedByOrder, swappedPairs } from "../values/swapped-pairs.ts";
import { thingsByTwo } from "../values/things-by-two.ts";

/** Values outside what their quantity can be, lower ends above upper ends, and values that no tail of the others reaches. */
export const impossibleValue: Check = {
  trap: "impossible-value",
  title: "Values cannot be",
  inspect: async (context) => {
    // What the labels say is known before.
    const said = context.labels.filter(({ trap }) => trap === "impossible-value");
    const settled = new Set(said.flatMap(({ evidence, columns }) => (evidence.kind === "total-rows" ? [] : columns)));
    const columns = numberFeatures(context).filter(({ name }) => !settled.has(name));
    const bounds = await outOfBounds(context, columns, (name) => codesOf(context, name));
    const acting = bounds.filter(({ question }) => question === null);
    const told = new Set([...acting.flatMap((one) => one.columns), ...featureCodes(context).map(({ column }) => column.name)]);
    // A code is no amount: the largest is as good as any, as is the first minute of a day.
    const others = columns.filter(
      (column) => !told.has(column.name) && !isCode(context, column) && !writeTimes(valueCounts(context, column)),
    );
    const far = await withExtremes(context, others);
    // What is asked about below 0 may be far above as well.
    const isAsked = new Set(bounds.flatMap((one) => one.columns));
    const unbounded = others.filter(({ name }) => !isAsked.has(name));
    const sharp = await beyondSharpBounds(context, unbounded);
    return [
      ...said,
      ...oneFindingPerRows([
        ...bounds,
        ...sharp,
        ...unbounded.flatMap((column) => fewBelowZero(context, column)),
        ...unbounded.flatMap((column) => otherSign(context, column)),
        ...others.flatMap((column) => nearlyZero(context, column, roundingResidue(valueCounts(context, column)))),
        ...ordersAndSwaps(
          context,
          [...columns, ...targetColumn(context)].filter((column) => !isCode(context, column)),
        ),
        ...brokenElapsed(
          context,
          columns.map((column) => withoutCodes(context, column)),
        ),
        ...daysBeyondYear(context, told),
        ...strangeDays(context),
        ...notOfKind(context),
        ...standingStill(context, others),
        ...contradictions(context, others),
        ...codesOffAll(
          context,
          columns.filter((column) => !told.has(column.name) && isCode(context, column)),
        ),
        ...(await ofTarget(context)),
        ...(
          await strangeIn(
            context,
            far.filter(({ column }) => !sharp.some((one) => one.columns.includes(column.name))),
            2 * columns.length,
          )
        ).filter((one) => !isPartOf(one, bounds)),
      ]),
    ];
  },
};

/** Whether all its values are asked about already, with others. */
function isPartOf({ held = [] }: Suspicion, told: readonly Suspicion[]): boolean {
  const known = told.flatMap((one) => one.held ?? []);
  const isKnown = (column: string, value: string | number) =>
    known.some((one) => one.column === column && one.values.some((other) => other === value));
  return held.length > 0 && held.every(({ column, values }) => values.every((value) => isKnown(column, value)));
}

function ordersAndSwaps(context: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  const found = [...brokenOrders(context, columns), ...swappedPairs(context, (name) => codesOf(context, name))];
  const isTold = (a: NumberColumn, b: NumberColumn) => found.some((one) => one.columns.includes(a.name) && one.columns.includes(b.name));
  const [own, clean] = [new Set(columns), columns.map((column) => withoutCodes(context, column))];
  const countsOf = (column: NumberColumn) => (own.has(column) ? valueCounts(context, column) : countValues(column.values));
  return [...found, ...swappedByOrder(context, clean, isTold, countsOf)];
}

/** What is read as "no value" is told as that. */
function withoutCodes(context: AuditContext, column: NumberColumn): NumberColumn {
  const codes = codesOf(context, column.name);
  return codes.size === 0 ? column : { ...column, values: column.values.map((value) => (codes.has(value) ? Number.NaN : value)) };
}

/** Rules between rows or columns, the target among them, that all rows but a few keep. */
function contradictions(context: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  const withTarget = [...columns, ...targetColumn(context)];
  const series = thingsInTime(context) ?? thingsByTwo(context);
  return [
    ...(series === null ? [] : fallingTotals(context, withTarget, series)),
    ...brokenCuts(context, columns),
    ...contradictedSums(context, withTarget),
    ...strayTraits(context),
  ];
}

function standingStill(context: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  const series = thingsInTime(context);
  return series === null ? [] : stuckNumbers(context, columns, series);
}

function strangeDays(context: AuditContext): readonly Suspicion[] {
  const far = absurdYears(context, isPlaceholderDate);
  return [...far, ...lateDays(context, isPlaceholderDate, new Set(far.flatMap(({ columns }) => columns)))];
}

/** The amount that is to be told, as it stands in the table: what it cannot be beside another is wrong as well. */
function targetColumn({ frame, roles, task }: AuditContext): readonly NumberColumn[] {
  return task.kind !== "regression"
    ? []
    : frame.columns.filter((one): one is NumberColumn => one.name === roles.target && one.type === "number");
}

/** Of each column the first kind that is found. */
async function strangeIn(context: AuditContext, far: readonly Tails[], looks: number): Promise<readonly Suspicion[]> {
  const found: Suspicion[] = [];
  for (const one of far) {
    const strange = [...(await amongFew(context, one)), ...(await beyondCounts(context, one))];
    found.push(...(strange.length > 0 ? strange.slice(0, 1) : await farApart(context, one, looks, isPlace(context, one.column))));
  }
  return found;
}

function isCode(context: AuditContext, column: NumberColumn): boolean {
  const isNamed = meaningOf(column.name).keyOf !== null || (infoOf(context, column.name).integer && givenOut(column.name));
  return isNamed || typeIn(context, column) === "code";
}

function typeIn({ roles }: AuditContext, column: NumberColumn): string {
  return (roles.meanings[column.name] ?? semanticType(column)).type;
}

/** Coordinates: places lie where they lie, in towns and on islands, and no tail bounds them. "long" is one beside a latitude. */
function isPlace(context: AuditContext, column: NumberColumn): boolean {
  const isLong = nameWords(column.name).at(-1) === "long";
  return (isLong ? numberFeatures(context) : [column]).some((one) => typeIn(context, one) === "geo");
}

function nearlyZero(context: AuditContext, column: NumberColumn, found: RoundingResidue | null): Suspicion[] {
  if (found === null) return [];
  const { values, rows } = found;
  const residue = new Set(values);
  const { present } = valueCounts(context, column);
  return [
    {
      trap: "impossible-value",
      columns: [column.name],
      rows: affectedRows(context, (row) => residue.has(column.values[row] ?? Number.NaN)),
      ...heldIn(column, values),
      severity: "cosmetic",
      confidence: 0.85,
      evidence: { kind: "rounding-residue", values: values.slice(0, 10), rows },
      fix: {
        action: "advice",
        text: "Write 0 there, at the source: trees take it for 0, but a logarithm or a comparison with 0 does not.",
      },
      counterfactual: null,
      unmeasured: "Trees take such a value for 0 already.",
      question: null,
      why: `\`${column.name}\` is ${values.slice(0, 3).map(String).join(", ")} in ${counted(rows, "row")} (${percent(rows / present)}), and every other value that is not 0 is a million times as large or more: a computation leaves that where 0 is meant.`,
    },
  ];
}

/** Rows on a side that are looked for beyond those of a sample: more of them would have some in it. */
const MOST_EXTREME = 20;

/** Only where the largest or the smallest row of the whole table stands apart are those before it asked for, since that takes long. */
async function withExtremes(context: AuditContext, columns: readonly NumberColumn[]): Promise<readonly Tails[]> {
  const plain: readonly Tails[] = columns.map((column) => ({ column, counts: valueCounts(context, column), beyond: [] }));
  if (context.frame.rowNumbers === null || columns.length === 0) return plain;
  const ranges = await context.whole.ranges(columns.map(({ name }) => name));
  const apart = plain.filter((one, place) => {
    const range = ranges[place] ?? null;
    const ends = range === null ? [] : beyondOf(one, [range.low, range.high]);
    return ends.length > 0 && standApart(countsOfAll({ ...one, beyond: ends }));
  });
  if (apart.length === 0) return plain;
  const extremes = await context.whole.extremes(
    apart.map(({ column: { name } }) => name),
    MOST_EXTREME,
  );
  const found = new Map(
    apart.map((one, place) => [one.column, beyondOf(one, [extremes[place]?.low ?? [], extremes[place]?.high ?? []].flat())]),
  );
  return plain.map((one) => ({ ...one, beyond: found.get(one.column) ?? [] }));
}

/** Those that lie beyond all values of the sample. */
function beyondOf({ counts: { values } }: Tails, ends: readonly number[]): readonly number[] {
  const [least, most] = [values[0] ?? Number.NaN, values.at(-1) ?? Number.NaN];
  return ends.filter((value) => value < least || value > most);
}

/** A flag, or an answer in a few steps, that in some rows is a number of another kind: it asks. */
async function amongFew(context: AuditContext, tails: Tails): Promise<Suspicion[]> {
  const { column } = tails;
  const counts = countsOfAll(tails);
  const found = strangeToFew(counts);
  if (found === null || found.values.length > MOST_VALUES) return [];
  const { few, values, rows, others } = found;
  const shown = values.slice(0, 3).map(amount).join(", ");
  const held = await heldRows(context, column.name, values, { rows, present: counts.present });
  const one = asked(context, column, values, {
    evidence: { rows: held.rows, usual: few },
    question: `Is \`${column.name}\` = ${shown} a mistake?`,
    why: `\`${column.name}\` is ${shown}${values.length > 3 ? ", ..." : ""} in ${held.said}, and ${few.map(amount).join(", ")} in ${others === 0 ? "" : "nearly "}all others: nothing lies between.`,
  });
  return [withHeld(one, held)];
}

/** Far beyond counts of which none is missing: it asks. */
async function beyondCounts(context: AuditContext, tails: Tails): Promise<Suspicion[]> {
  const { column } = tails;
  const counts = countsOfAll(tails);
  const found = farCount(counts);
  if (found === null) return [];
  const { values, rows, last, expected } = found;
  const shown = values.slice(0, 3).map(amount).join(", ");
  const held = await heldRows(context, column.name, values, { rows, present: counts.present });
  const one = asked(context, column, values, {
    evidence: { rows: held.rows, last, expected },
    question: `Is \`${column.name}\` = ${shown} a mistake?`,
    why: `\`${column.name}\` is ${shown} in ${held.said}, and nothing lies between that and ${amount(last)}, up to which each whole number occurs: of a tail like theirs ${amount(Number(expected.toPrecision(1)))} rows would lie so far out.`,
  });
  return [withHeld(one, held)];
}

/** Values of the target that no tail of the others reaches, or below 0 where it begins there. What it is instead nobody can fill in: the rows are for the user to look at. */
async function ofTarget(context: AuditContext): Promise<Suspicion[]> {
  const { target, roles, task } = context;
  // What an answer has settled is not asked again of other labels.
  const isTold = context.labels.some(
    ({ trap, columns }) => trap === "sentinel" || trap === "unit-mix" || (trap === "impossible-value" && columns.includes(roles.target)),
  );
  if (task.kind !== "regression" || isTold) return [];
  const column: NumberColumn = { name: roles.target, type: "number", values: target };
  const tails: Tails = { column, counts: countValues(target), beyond: [] };
  const bounds = await targetBeyondBounds(context, targetColumn(context), (name) => codesOf(context, name));
  const far = [
    ...(await amongFew(context, tails)),
    ...(await beyondCounts(context, tails)),
    ...(bounds.length > 0 ? [] : fewBelowZero(context, column, tails.counts)),
    ...(await farApart(context, tails, 2, isPlace(context, column))),
  ];
  const rowsTold = new Set(bounds.flatMap(({ rows }) => rows.sample));
  const found = [...bounds, ...far.filter(({ rows }) => !rows.sample.some((row) => rowsTold.has(row))).slice(0, 1)];
  // An amount written as text holds no number.
  const isNumber = infoOf(context, roles.target).type === "number";
  return found.map(({ held, fix, ifConfirmed = { fix }, ...one }) => ({
    ...one,
    ...(isNumber ? { ifConfirmed: { fix: withoutLabels(roles.target, ifConfirmed.fix) } } : {}),
    ...(isNumber && held !== undefined ? { held } : {}),
    columns: [roles.target],
    fix: { action: "advice", text: `Look at these rows: where \`${roles.target}\` is wrong, mend it or leave the row out.` },
    counterfactual: null,
    unmeasured: "A model that learned from these rows is judged by them too: whether they are mistakes the cells do not say.",
  }));
}

/** Of an amount that begins at 0, a few that lie below are refunds, losses or mistakes: it asks. */
function fewBelowZero(context: AuditContext, column: NumberColumn, counts = valueCounts(context, column)): Suspicion[] {
  const found = belowZero(counts);
  if (found === null) return [];
  const { values, rows, zeros } = found;
  return [
    asked(context, column, values, {
      evidence: { rows, zeros, kind: "below zero" },
      question: `Is it a mistake where \`${column.name}\` is below 0?`,
      why: `\`${column.name}\` is below 0 in ${counted(rows, "row")} (${percent(rows / counts.present)}), while ${counted(zeros, "row")} are exactly 0 and all others more: it looks like an amount that begins at 0.`,
    }),
  ];
}

/** Nothing lies near 0, and the sizes are the same: a coordinate or an account that somebody wrote with the other sign. */
function otherSign(context: AuditContext, column: NumberColumn): Suspicion[] {
  const { present, ...counts } = valueCounts(context, column);
  const found = signMix({ ...counts, present });
  if (found === null) return [];
  const { values, rows, isBelow, least, median } = found;
  const sign = isBelow ? "below" : "above";
  return [
    asked(context, column, values, {
      evidence: { rows, least, median, kind: "other sign" },
      fix: {
        action: "advice",
        text: `Turn the sign of \`${column.name}\` where it is ${sign} 0, if those rows follow another convention.`,
      },
      ifConfirmed: {
        fix: { action: "steps", steps: [{ op: "convert-unit", column: column.name, where: sign, limit: 0, factor: -1, offset: 0 }] },
      },
      counterfactual: null,
      unmeasured: "Which sign is right the cells do not say.",
      question: `Is the sign of \`${column.name}\` another convention where it is ${sign} 0?`,
      why: `\`${column.name}\` is ${sign} 0 in ${counted(rows, "row")} (${percent(rows / present)}) whose sizes are those of the others, and nowhere nearer to 0 than ${amount(least)} (usually ${amount(median)}): the rows may follow two conventions of sign.`,
    }),
  ];
}
