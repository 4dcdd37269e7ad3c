import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { dayFeatures, featuresOf, infoOf, numberFeatures, offeredLevels } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { rowNumberings } from "../columns/row-order.ts";
import { valueOrder } from "../columns/value-order.ts";
import { columnCopies } from "../copies/column-copies.ts";
import { type ColumnIdentity, columnIdentities } from "../copies/column-identities.ts";
import { elapsed, ofCalendar } from "../copies/derived-from-dates.ts";
import {
  coarser,
  computed,
  earlierRows,
  flagged,
  givenWith,
  inPairs,
  inText,
  mostly,
  ofSharedLevels,
  reduced,
  saysNothingNew,
  scored,
  stretched,
  together,
  written,
} from "../copies/derived-said.ts";
import { flagSets } from "../copies/flag-sets.ts";
import { writtenIn } from "../copies/front-of-text.ts";
import type { GivenByOne } from "../copies/given-by-one.ts";
import { kindsOfOthers } from "../copies/kinds-of-others.ts";
import { monotoneCopies } from "../copies/monotone-copies.ts";
import { mostlySums } from "../copies/mostly-sums.ts";
import { nearlySameFlags } from "../copies/nearly-same-flags.ts";
import { type NearlySameOrder, nearlySameOrder } from "../copies/nearly-same-order.ts";
import { numbersInText } from "../copies/numbers-in-text.ts";
import { type PartlyMonotone, partlyMonotone } from "../copies/partly-monotone.ts";
import { productColumns } from "../copies/product-columns.ts";
import { reducedProduct } from "../copies/reduced-products.ts";
import { roundedCopies } from "../copies/rounded-copies.ts";
import { scoresOfItems } from "../copies/scores-of-items.ts";
import { shiftedColumns } from "../copies/shifted-columns.ts";
import { textLengths } from "../copies/text-lengths.ts";
import { zeroKept } from "../copies/zero-kept.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { meaningOf } from "../meaning/meaning.ts";

/** Counts of a few are parts of a sum too; flags of 0 and 1 add up to one wherever they are the kinds of one thing. */
const LEAST_VALUES = 3;
/** So many different values in one order are no chance: 1 in 10! = 3.6 million. */
const LEAST_DISTINCT = 10;
/** Of fewer values the order alone is chance at times (2 in 6! = 1 in 360), as of what stays the same within few things. */
const LEAST_FEW = 6;
/** In nearly one order are visits and their days too; of fewer values a column is a mark. */
const LEAST_IN_ORDER = 5;
const isFew = (distinct: number) => distinct >= LEAST_FEW && distinct < LEAST_DISTINCT;
/** Columns among which sums and products are sought, those with most different values first. */
const MOST_COLUMNS = 40;
/** Columns that are sought as products lowered by a share. */
const MOST_WHOLES = 12;
/** Columns with more gaps are looked at while so many rows are left in which all are present. */
const FEW_MISSING = 0.1;
const LEAST_COMPLETE = 1 / 3;

/** A column that others give: the same order as another, the sum, difference, product or ratio of others, or a coarser kind. */
export const derivedColumn: Check = {
  trap: "derived-column",
  title: "A column is computed from others",
  apart: 4,
  async inspect(context) {
    const columns = numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct >= LEAST_DISTINCT);
    const few = numberFeatures(context).filter(({ name }) => isFew(infoOf(context, name).distinct));
    const copies = [...monotoneCopies(columns, context.frame.rows), ...monotoneCopies(few, context.frame.rows)];
    const known = columnCopies(context).map(({ first, copies: others }) => new Set([first, ...others].map(({ name }) => name)));
    await context.pause();
    const copied = new Set(copies.map(([, copy]) => copy));
    const isKnown = ([a, b]: readonly [NumberColumn, NumberColumn]) => known.some((pair) => pair.has(a.name) && pair.has(b.name));
    const days = dayFeatures(context);
    const parts = [...numberFeatures(context), ...days].filter(({ name }) => infoOf(context, name).distinct >= LEAST_VALUES);
    const identities = await columnIdentities(
      candidates(
        context,
        parts.filter((column) => !copied.has(column)),
      ),
      context.frame.rows,
      context.pause,
      new Set(days.map(({ name }) => name)),
    );
    const single = columns.filter((column) => !copied.has(column));
    const varied = finest(context, single);
    const products = productColumns(varied, context.frame.rows).filter((one) => !identities.some((other) => saysTheSame(one, other)));
    const told = [...known, ...copies.map((pair) => new Set(pair.map(({ name }) => name)))];
    const isTold = (a: NumberColumn, b: NumberColumn) => told.some((pair) => pair.has(a.name) && pair.has(b.name));
    const rounded = roundedCopies(columns, isTold, (column) => valueCounts(context, column));
    const isGiven = (a: NumberColumn, b: NumberColumn) =>
      isTold(a, b) || rounded.some(({ whole, parts: [part] }) => (whole === a && part === b) || (whole === b && part === a));
    const partlyCopied = partlyMonotone(columns, isGiven);
    const isSaid = (a: NumberColumn, b: NumberColumn) =>
      isGiven(a, b) ||
      partlyCopied.some(({ first, copy }) => (first === a && copy === b) || (first === b && copy === a)) ||
      [...identities, ...products].some(({ whole, parts: own }) => [whole, ...own].includes(a) && [whole, ...own].includes(b));
    const turned = zeroKept(numberFeatures(context).map((column) => ({ column, distinct: infoOf(context, column.name).distinct }))).filter(
      ([a, b]) => !isSaid(a, b),
    );
    const calendar = ofCalendar(context);
    const saidOf = [
      ...[...told, ...calendar.map(({ columns: own }) => new Set(own))],
      ...[...turned, ...partlyCopied.map(({ first, copy }) => [first, copy])].map((pair) => new Set(pair.map(({ name }) => name))),
      ...[...identities, ...products, ...rounded].map(({ whole, parts: own }) => new Set([whole, ...own].map(({ name }) => name))),
    ];
    const areSaid = (names: readonly string[]) => saidOf.some((own) => names.every((name) => own.has(name)));
    return [
      ...copies.flatMap((pair) => (isKnown(pair) ? [] : [sameOrder(context, ...pair)])),
      ...identities.map(computed),
      ...products.map(computed),
      ...rounded.map(computed),
      ...partlyCopied.map(partly),
      ...turned.map(turnedButZero),
      ...calendar,
      ...elapsed(context, days, identities),
      ...alikeAmong(context, days, isSaid, isTold),
      ...flagsOf(context),
      ...ofKinds(context, new Set(known.flatMap((names) => [...names])), areSaid),
      ...[...mostlyOf(context, varied, areSaid), ...reducedOf(context, single, areSaid), ...scoresOf(context, single, areSaid)],
      ...ofTexts(context),
      ...ofLengths(context),
      ...ofEarlierRows(context, finest(context, columns)),
    ];
  },
};

function finest(context: AuditContext, columns: readonly NumberColumn[]): readonly NumberColumn[] {
  return finestFirst(columns, ({ name }) => infoOf(context, name).distinct);
}

/** Columns whose product with others is lowered or raised by a share: the total of a line less its discount. */
function reducedOf(
  context: AuditContext,
  wholes: readonly NumberColumn[],
  areSaid: (names: readonly string[]) => boolean,
): readonly Suspicion[] {
  const columns = finest(context, numberFeatures(context));
  return finest(context, wholes)
    .slice(0, MOST_WHOLES)
    .flatMap((whole) => {
      const found = reducedProduct(
        whole.values,
        columns.filter((column) => column !== whole),
      );
      return found === null || areSaid([whole.name, ...found.factors.map(({ name }) => name)]) ? [] : [reduced(whole, found)];
    });
}

function mostlyOf(
  context: AuditContext,
  columns: readonly NumberColumn[],
  areSaid: (names: readonly string[]) => boolean,
): readonly Suspicion[] {
  const counted = columns.map((column) => ({
    ...column,
    distinct: infoOf(context, column.name).distinct,
    order: () => valueOrder(context, column),
  }));
  return mostlySums(counted, context.frame.rows, areSaid).map(mostly);
}

function scoresOf(
  context: AuditContext,
  scores: readonly NumberColumn[],
  areSaid: (names: readonly string[]) => boolean,
): readonly Suspicion[] {
  const found = scoresOfItems(scores, featuresOf(context), context.frame.rows);
  return found.filter(({ score, items }) => !areSaid([score.name, ...items.map(({ name }) => name)])).map(scored);
}

/** All in one finding. A sample of rows has no rows before. */
function ofEarlierRows({ frame }: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  const found = frame.rowNumbers === null ? shiftedColumns(columns, frame.rows) : [];
  return found.length === 0 ? [] : [earlierRows(found)];
}

type ArePair = (a: NumberColumn, b: NumberColumn) => boolean;

function alikeAmong(context: AuditContext, days: readonly NumberColumn[], isSaid: ArePair, isTold: ArePair): readonly Suspicion[] {
  const { rows } = context.frame;
  const numbers = [...numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct >= LEAST_IN_ORDER), ...days];
  // A file that stands sorted by a column says nothing of it.
  const numberings = new Set(rowNumberings(context).map(({ name }) => name));
  const amounts = numbers.filter(({ name }) => !numberings.has(name) && !meaningOf(name).id);
  const flags = numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct === 2);
  const alike = [...nearlySameOrder(amounts, rows, isSaid), ...nearlySameFlags(flags, rows, isTold)];
  return alike.length === 0 ? [] : [nearlyAlike(alike)];
}

function ofKinds(context: AuditContext, copied: ReadonlySet<string>, areSaid: (names: readonly string[]) => boolean): readonly Suspicion[] {
  const { coarser: kinds, stretches, pairs, shared, byOne, byTwo } = kindsOfOthers(context, copied);
  const given = notYetSaid(
    byOne,
    (names) =>
      areSaid(names) ||
      isWithin(names, [...stretches.map((one) => [one.coarse, one.number]), ...pairs.map((one) => [one.first, one.other])]),
  );
  const ofKey = ({ name }: LevelColumn) => given.find(({ key }) => key.name === name);
  const isOfKinds = (name: string) => kinds.some(([{ fine }]) => fine.name === name);
  return [
    ...kinds.map((own) => coarser(own, ofKey(own[0].fine))),
    ...given.filter(({ key }) => !isOfKinds(key.name)).map((one) => givenWith(one, context.frame.rows)),
    ...stretches.filter(({ coarse, number }) => !areSaid([coarse.name, number.name])).map(stretched),
    ...inPairs(pairs.filter(({ first, other }) => !areSaid([first.name, other.name]))),
    ...byTwo.map(together),
    ...ofSharedLevels(shared.filter(({ of, by }) => !areSaid([of.name, by.name]))),
  ];
}

function notYetSaid(found: readonly GivenByOne[], areSaid: (names: readonly string[]) => boolean): readonly GivenByOne[] {
  return found
    .map((one) => ({ ...one, given: one.given.filter(({ column }) => !areSaid([one.key.name, column.name])) }))
    .filter(({ given }) => given.length > 0);
}

const isWithin = (names: readonly string[], sets: readonly (readonly Column[])[]) =>
  sets.some((own) => names.every((name) => own.some((column) => column.name === name)));

function saysTheSame(one: ColumnIdentity, other: ColumnIdentity): boolean {
  const names = new Set([other.whole, ...other.parts]);
  return [one.whole, ...one.parts].every((column) => names.has(column));
}

function ofTexts(context: AuditContext): readonly Suspicion[] {
  const texts = offeredLevels(context);
  const inTexts = numbersInText(texts, numberFeatures(context), (column) => levelCounts(context, column));
  return [...writtenIn(texts, context.frame.rows).map(written), ...inTexts.map(inText)];
}

/** Marks of 0 and 1; of two that are the same, or each other's opposite, the first. */
function flagsOf(context: AuditContext): readonly Suspicion[] {
  const copied = new Set(columnCopies(context).flatMap(({ copies }) => copies.map(({ name }) => name)));
  const flags = numberFeatures(context).filter(({ name }) => infoOf(context, name).distinct === 2 && !copied.has(name));
  return flagSets(flags, context.frame.rows).map((set) => flagged(set, context.frame.rows));
}

function candidates(context: AuditContext, columns: readonly NumberColumn[]): readonly NumberColumn[] {
  const { rows } = context.dataset;
  const known = finest(context, columns).map((column) => ({ column, info: infoOf(context, column.name) }));
  const [full, gappy] = [true, false].map((few) => known.filter(({ info }) => info.missing <= FEW_MISSING * rows === few));
  const chosen = (full ?? []).slice(0, MOST_COLUMNS).map(({ column }) => column);
  if (gappy?.length === 0) return chosen.sort((a, b) => (a.name < b.name ? -1 : 1));
  let complete = int32Where(placesUpTo(context.frame.rows), (row) => chosen.every(isPresent(row)));
  for (const { column } of (gappy ?? []).sort((a, b) => a.info.missing - b.info.missing || (a.column.name < b.column.name ? -1 : 1))) {
    const left = int32Where(complete, (row) => isPresent(row)(column));
    if (chosen.length >= MOST_COLUMNS || left.length < LEAST_COMPLETE * context.frame.rows) break;
    chosen.push(column);
    complete = left;
  }
  return chosen.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isPresent =
  (row: number) =>
  ({ values }: NumberColumn) =>
    Number.isFinite(values[row]);

/** Trees, forests and ranks cannot tell one from the other, so the copy goes. */
function sameOrder(context: AuditContext, first: NumberColumn, copy: NumberColumn): Suspicion {
  const { distinct } = infoOf(context, copy.name);
  const steps: RecipeStep[] = [{ op: "drop", columns: [copy.name] }];
  return {
    trap: "derived-column",
    columns: [first.name, copy.name],
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 1 - 1 / distinct,
    evidence: { kind: "same-order", distinct, losesNothing: true },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: `\`${copy.name}\` puts its ${amount(distinct)} different values in the very order of \`${first.name}\`, as a logarithm or another unit does: it tells nothing new and shares its importance.`,
  };
}

function partly({ first, copy, compared, without }: PartlyMonotone): Suspicion {
  const gaps = without === 0 ? "" : ` It is missing in ${counted(without, "row")} more.`;
  const said = {
    confidence: wilson(compared, compared, 0.95).low,
    evidence: { kind: "order-where-present", comparedRows: compared, exactRows: compared, withoutCopy: without },
    why: `In the ${amount(compared)} rows that have it, \`${copy.name}\` goes up or down with \`${first.name}\` throughout, as a logarithm does: it tells nothing new and shares its importance.${gaps}`,
  };
  const advice = `Keep either \`${copy.name}\` or \`${first.name}\` where a model is to be explained; trees need no logarithm.`;
  return saysNothingNew([copy.name, first.name], said, advice);
}

function turnedButZero([a, b]: readonly [NumberColumn, NumberColumn]): Suspicion {
  const said = {
    confidence: 0.9,
    evidence: { kind: "order-but-zero" },
    why: `\`${a.name}\` and \`${b.name}\` are 0 in the same rows, and in all others each value of one goes with one of the other, in order, as 1 / \`${a.name}\` does: each tells what the other tells.`,
  };
  return saysNothingNew([a.name, b.name], said, `Keep either \`${a.name}\` or \`${b.name}\` where a model is to be explained.`);
}

/** Of names, keys and free texts. */
function ofLengths(context: AuditContext): readonly Suspicion[] {
  const { frame, roles } = context;
  const offered = new Set([...roles.features, ...roles.ids]);
  const texts = frame.columns.filter((column): column is LevelColumn => "codes" in column && offered.has(column.name));
  const numbers = numberFeatures(context).filter(({ name, type }) => type === "number" && infoOf(context, name).integer);
  return textLengths(texts, numbers).map(({ number, text, countedAs, compared, held }) => {
    const signs = countedAs === null ? "signs" : `signs (${countedAs})`;
    const said = {
      confidence: wilson(held, compared, 0.95).low,
      evidence: { kind: "length of text", countedAs, comparedRows: compared, exactRows: held },
      why: `\`${number}\` is the number of ${signs} of \`${text}\` in ${percent(held / compared)} of the rows: the text tells it, too.`,
    };
    return saysNothingNew([number, text], said, `Keep \`${number}\`: a model counts no signs.`);
  });
}

/** All families in one finding: the reader decides about them together. */
function nearlyAlike(families: readonly NearlySameOrder[]): Suspicion {
  const [closest] = families.toSorted((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation));
  const correlation = closest?.correlation ?? 0;
  const columns = families.flatMap((family) => family.columns.map(({ name }) => name));
  const listed = families
    .slice(0, 3)
    .map((family) => `${namedColumns(family.columns.slice(0, 4).map(({ name }) => name))} (${family.correlation.toFixed(3)})`)
    .join("; ");
  const more = families.length > 3 ? `; and ${counted(families.length - 3, "more set")}` : "";
  const said = {
    confidence: 0.9,
    evidence: {
      kind: "nearly-same-order",
      families: families.length,
      columns: columns.length,
      correlation,
      comparedRows: closest?.compared ?? 0,
    },
    why: `Columns put the rows in nearly the same order (rank correlation of the closest pair in brackets): ${listed}${more}. Each tells little that the others do not, and shares their importance.`,
  };
  return saysNothingNew(columns, said, "Keep one of each set where a model is to be explained; trees are not harmed by the others.");
}
