import type { Suspicion } from "../../core/finding.ts";
import { createRandom } from "../../core/random.ts";
import { smoothOrderP } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { mostFrequentPlace, type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { featureCopies } from "../copies/copies.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { noiseFloor } from "../labels/noise-floor.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { quantityOf } from "../meaning/quantity.ts";
import { CONFIDENCE, semanticType } from "../meaning/semantic-type.ts";
import { namedPlace, namedThing, numberNamed } from "../meaning/thing-names.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { goesInTurn } from "../signal/in-turn.ts";
import { type LevelOrder, levelOrder, type Repeats } from "../signal/level-order.ts";
import { askedGroups } from "../split/asked-groups.ts";
import { type GroupKey, groupKeys } from "../split/group-keys.ts";
import { judgedGroup } from "../split/group-or-time.ts";
import { lostZeros } from "../values/lost-zeros.ts";

/** Of more levels, or of fewer rows for each, nothing can be learned by name. */
const MOST_LEVELS = 2000;
const LEAST_ROWS_EACH = 3;

/** Whole numbers that name things, used as a quantity. Trees can live with it: the price decides. */
export const codeAsNumber: Check = {
  trap: "code-as-number",
  title: "A code is used as a quantity",
  async inspect(context) {
    const judged = judgedGroup(context);
    const groups = [...(judged === null ? [] : [judged]), ...askedGroups(context).filter(({ byLevels }) => byLevels !== true)];
    const keys = new Map(groups.map(({ key }) => [key.column, key]));
    const things = groupKeys(context).filter(({ from }) => from !== "levels" && from !== "repeats");
    const repeats: Repeats = { things, copied: copiedRows(context) };
    const found: Suspicion[] = [];
    for (const column of numberFeatures(context)) {
      const key = keys.get(column.name);
      if (key !== undefined) {
        found.push(...ofKey(context, column, key));
        continue;
      }
      await context.pause();
      found.push(...inspectColumn(context, column, repeats));
    }
    return found;
  },
};

/** Where values name the rows' things by more than that they come back: a quantity may do that. */
const NAMING: readonly GroupKey["from"][] = ["name", "members", "series", "panel", "things", "again"];

/** A key of things that come back is no kind of them: whether the same or new ones come decides what becomes of it, and that is asked and priced. As an amount it is wrong either way. */
function ofKey(context: AuditContext, column: NumberColumn, { from, groups }: GroupKey): Suspicion[] {
  const info = infoOf(context, column.name);
  if (!info.integer || !NAMING.includes(from) || keyLikeness(context, column) !== null) return [];
  const { values } = valueCounts(context, column);
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 0];
  if (low < 0) return [];
  return [
    {
      ...common(column, 0.75),
      severity: "cosmetic",
      evidence: { distinct: groups, low, high, key: from },
      fix: {
        action: "advice",
        text: `Leave \`${column.name}\` out where new ones will come, and take it as a name (a category) where the same come again.`,
      },
      // As a name it would be learned from rows of the same things, on whichever side of the split they stand.
      counterfactual: null,
      unmeasured:
        "By a split that keeps things apart a name of them tells nothing, and by any other it recognises them: no score prices it.",
      why: `\`${column.name}\` numbers the ${amount(info.distinct)} things by which the rows come in groups: as an amount, ${high} would be more than ${low}.`,
    },
  ];
}

/** Of equal rows, the share that chance does not explain. */
const MOSTLY_COPIES = 0.5;

/** Rows that repeat an earlier one in all features, where more do so than chance explains. */
function copiedRows(context: AuditContext): ReadonlySet<number> {
  return new Set(featureCopies(context).share >= MOSTLY_COPIES ? noiseFloor(context).repeated : []);
}

function inspectColumn(context: AuditContext, column: NumberColumn, repeats: Repeats): Suspicion[] {
  const info = infoOf(context, column.name);
  if ((!info.integer && !isNamedInParts(context, column)) || info.distinct < 3 || keyLikeness(context, column) !== null) return [];
  const { named, isAmount } = numberNamed(column.name);
  if (isAmount) return [];
  const { values, present } = valueCounts(context, column);
  const [low, high] = [values[0] ?? 0, values[values.length - 1] ?? 0];
  if (low < 0) return [];
  if (present / info.distinct < LEAST_ROWS_EACH || info.distinct > MOST_LEVELS)
    return meaningOf(column.name).keyOf === null && namedPlace(column.name) === undefined
      ? []
      : [keyOfFew({ column, distinct: info.distinct, low, high }, present, lostZerosWords(column, valueCounts(context, column)))];
  const range: Range = { column, distinct: info.distinct, low, high };
  if (named === undefined) return byOrder(context, range, repeats);
  const counts = valueCounts(context, column);
  if (looksPoured(counts) || ((isScale(counts) || isCounted(context, column, counts, named)) && !GIVEN_OUT.test(named))) return [];
  if (COUNTING.test(nameWords(column.name).join(" ")) && goesInTurn(context, column)) return [];
  return [byName(range, named, standInHeap(context, column, counts), lostZerosWords(column, counts))];
}

function lostZerosWords({ name }: NumberColumn, counts: ValueCounts): string {
  const lost = lostZeros(name, counts);
  if (lost === null) return "";
  const { digits, share, example } = lost;
  return ` ${percent(share)} of the rows have one digit fewer than the ${digits} of all others: their leading zero seems to be lost (${example} is 0${example}), so write them as text before they are matched with another table.`;
}

/** Numbers that are given out, in steps or not. */
const GIVEN_OUT = /(^| )(code|cd|id|zip|plz|number|nr|no|nbr)$/;
const MOST_POINTS = 5;

/** 0, 5, 10: a few points on a scale, whatever they are given for. */
function isScale({ values }: ValueCounts): boolean {
  const [first = 0, second = 0] = values;
  const step = second - first;
  return values.length <= MOST_POINTS && first === 0 && step > 1 && values.every((value, place) => value === place * step);
}

/** Below LIKELY. */
const ASKS = 0.4;

/** Of fewer codes it is no wonder that the frequent ones come first. */
const LEAST_IN_HEAP = 10;
/** None of the 999 random orders that are drawn is as smooth. */
const SURE_HEAP = 0.0015;

/** Share of the rows that numbers from 0 on hold without a gap. */
const IN_A_ROW = 0.95;

/** Share of the values on either side of the most frequent one. */
const LEAST_FLANK = 0.1;

/** Amounts are frequent in one place and thin out to both sides; how often a thing is met has nothing to do with its number, unless the most frequent ones come first. */
function standInHeap(context: AuditContext, { name }: NumberColumn, { values, counts }: ValueCounts): boolean {
  if (values.length < LEAST_IN_HEAP) return false;
  const peak = mostFrequentPlace({ counts });
  if (Math.min(peak, values.length - 1 - peak) < LEAST_FLANK * values.length) return false;
  return smoothOrderP(counts, createRandom(context.seed, "order of counts", name).shuffle) < SURE_HEAP;
}

/** From 0 on without a gap over most rows, the frequent ones first and thinning out, and the name says more than the thing: how many pages of products, and no product. */
function isCounted(context: AuditContext, { name }: NumberColumn, { values, counts, present }: ValueCounts, named: string): boolean {
  if (values[0] !== 0 || values.length < LEAST_IN_HEAP || nameWords(name).length <= named.split(" ").length) return false;
  let [dense, rows] = [0, 0];
  while (values[dense] === dense) rows += counts[dense++] ?? 0;
  const isFront = mostFrequentPlace({ counts }) <= values.length / 2;
  return (
    rows >= IN_A_ROW * present && isFront && smoothOrderP(counts, createRandom(context.seed, "order of counts", name).shuffle) < SURE_HEAP
  );
}

/** Names of things in which a point parts two numbers ("3.6", hospital 6 of district 3): few, with many rows each. */
const [MOST_IN_PARTS, LEAST_OF_PARTS] = [50, 20];

function isNamedInParts(context: AuditContext, column: NumberColumn): boolean {
  const { values, present } = valueCounts(context, column);
  const isShort = (value: number) => Math.abs(10 * value - Math.round(10 * value)) < 1e-4;
  return (
    namedThing(column.name) !== undefined &&
    values.length <= MOST_IN_PARTS &&
    present >= LEAST_OF_PARTS * values.length &&
    // Up to 1 they are shares.
    (values.at(-1) ?? 0) > 1 &&
    values.every(isShort)
  );
}

/** Amounts of what the name says: many rows without any, and round numbers over three powers of ten in the others. */
const [LEAST_NONE, LEAST_AMOUNTS, LEAST_ROUND, LEAST_REACH] = [0.2, 20, 0.8, 1000];

function looksPoured({ values, counts, present }: ValueCounts): boolean {
  const [none = 1] = values;
  if (none !== 0 || (counts[0] ?? 0) < LEAST_NONE * present || values.length <= LEAST_AMOUNTS) return false;
  const some = values.subarray(1);
  const round = some.filter((value) => value % 5 === 0).length;
  return round >= LEAST_ROUND * some.length && (some.at(-1) ?? 0) >= LEAST_REACH * (some[0] ?? 1);
}

interface Range {
  readonly column: NumberColumn;
  readonly distinct: number;
  readonly low: number;
  readonly high: number;
}

/** The first, the second, the third attempt: a few numbers without a gap that a number word is all that calls codes. */
const MOST_IN_TURN = 12;
const COUNTING = /(^| )(number|nr|no|nbr)$/;

function mayCount(name: string, low: number, high: number, distinct: number): boolean {
  return (
    namedThing(name) === undefined && low === 1 && high === distinct && distinct <= MOST_IN_TURN && COUNTING.test(nameWords(name).join(" "))
  );
}

function byName({ column, distinct, low, high }: Range, named: string, inHeap: boolean, lost: string): Suspicion {
  const gappy = isGappy(low, high, distinct) && !inHeap;
  const isWhole = Number.isInteger(low) && Number.isInteger(high);
  const [first, last] = isWhole ? [low, high] : [amount(low), amount(high)];
  return {
    ...common(column, inHeap || mayCount(column.name, low, high, distinct) ? ASKS : gappy && distinct > 10 ? 0.85 : gappy ? 0.7 : 0.55),
    evidence: { distinct, low, high, gaps: gappy, word: named, countsInOneHeap: inHeap },
    why: `\`${column.name}\` holds ${amount(distinct)} different ${isWhole ? "whole numbers" : "numbers"} between ${first} and ${last}, and its name ("${named}") says that they are codes: a model would take ${last} for more than ${first}.${lost}`,
  };
}

/** The number of things of which each has few rows: its digits mean nothing, and there is too little of each to learn its name. */
function keyOfFew({ column, distinct, low, high }: Range, present: number, lost: string): Suspicion {
  const steps = [{ op: "drop" as const, columns: [column.name] }];
  return {
    ...common(column, 0.75),
    evidence: { distinct, low, high, rowsPerCode: present / distinct, word: column.name },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    why: `\`${column.name}\` numbers things, ${amount(distinct)} of them in ${amount(present)} rows: a model would take ${high} for more than ${low}, and each has too few rows to be learned by its name.${lost}`,
  };
}

/** Values without a name of codes: fewer are too few to have an order, more are measurements as a rule. */
const [LEAST_UNNAMED, MOST_UNNAMED] = [4, 200];
/** Whole numbers per code: amounts in round steps leave out more. */
const WIDEST_STEP = 30;
/** Neighbours are nearly as unlike as any two, whichever value is left out: a quantity whose neighbours are alike has less than half of it. */
const [RATIO, LEAST_RATIO, LEAST_SPREAD] = [0.8, 0.55, 0.4];
/** Random orders in which the rows per value change as little from one to the next. */
const HEAP = 0.01;
/** Orders by chance that are as smooth. */
const [BY_CHANCE, NEAR_BY_CHANCE] = [0.2, 0.05];

const isGappy = (low: number, high: number, distinct: number) => high - low + 1 > 1.2 * distinct;

/** By the order alone: it tells nothing of what the rows of a value are like. */
function byOrder(context: AuditContext, range: Range, repeats: Repeats): Suspicion[] {
  const { column, distinct, low, high } = range;
  if (distinct < LEAST_UNNAMED || distinct > MOST_UNNAMED || high - low + 1 > WIDEST_STEP * distinct || isMeasured(context, column))
    return [];
  if (areYears(range) || isTraitOfNumbered(context, range)) return [];
  const order = levelOrder(context, column, repeats, RATIO);
  if (order === null || (order.telling < 2 && !isZigZag(order))) return [];
  // Counts and measures come in heaps: how often a value occurs changes little from one to the next. How often a thing occurs has nothing to do with its number.
  const heap = smoothOrderP(valueCounts(context, column).counts, createRandom(context.seed, "order of counts", column.name).shuffle);
  if (heap < HEAP) return [];
  const confidence = order.telling < 2 ? Math.min(ASKS, confidenceOf(order)) : confidenceOf(order);
  if (confidence === 0) return [];
  const { ratio, p, nearP, leastRatio, telling, levels, turns } = order;
  const turned = `along them \`${context.roles.target}\` turns ${amount(turns)} times from rising to falling or back, each time beyond chance, and in it`;
  const seen = telling < 2 ? turned : `in ${amount(telling)} other columns`;
  return [
    {
      ...common(column, confidence),
      evidence: {
        distinct,
        low,
        high,
        levels,
        neighbourRatio: ratio,
        smootherByChance: p,
        nearSmootherByChance: nearP,
        leastRatio,
        telling,
        countsSmootherByChance: heap,
        ...(telling < 2 ? { turns } : {}),
      },
      why: `\`${column.name}\` holds ${amount(distinct)} different whole numbers between ${low} and ${high} whose order means nothing: ${seen} neighbours among them are ${ratio > 1 ? "no more alike than" : `${percent(ratio)} as unlike as`} any two of them (of a quantity ${ratio > 1 ? "much more" : "much less"}), and ${percent(p)} of random orders are as smooth.`,
    },
  ];
}

/** Years of a calendar, of which most between the first and the last are there: their order is that of time, though what differs from year to year may hide it. */
const [FIRST_YEAR, LAST_YEAR, MOST_YEARS] = [1900, 2100, 0.6];

function areYears({ low, high, distinct }: Range): boolean {
  return low >= FIRST_YEAR && high <= LAST_YEAR && distinct >= MOST_YEARS * (high - low + 1);
}

/** Turns of the target along a quantity: one hill has one, a hill and a valley two, two hills three. */
const MOST_OF_QUANTITY = 3;

/** One column alone, the target, tells of the values: along a quantity it does not turn so often. */
function isZigZag({ turns }: LevelOrder): boolean {
  return turns > MOST_OF_QUANTITY;
}

/** Things that are numbered have the rest in common whatever a trait of theirs means: its neighbours are as unlike as any two of them. A thing may share its value with one other. */
const MOST_THINGS_EACH = 2;

/** Whether another column numbers things, each of which has one value of this one, and hardly two the same. */
function isTraitOfNumbered(context: AuditContext, { column, distinct, low, high }: Range): boolean {
  if (!isGappy(low, high, distinct)) return false;
  return numberFeatures(context).some((other) => {
    const info = infoOf(context, other.name);
    if (other === column || !info.integer || info.distinct < distinct || info.distinct > MOST_THINGS_EACH * distinct) return false;
    const { values } = valueCounts(context, other);
    const [first, last] = [values[0] ?? 0, values.at(-1) ?? 0];
    return (first === 0 || first === 1) && last - first + 1 === values.length && isGivenBy(other, column);
  });
}

function isGivenBy(things: NumberColumn, { values }: NumberColumn): boolean {
  const own = new Map<number, number>();
  return things.values.every((thing, row) => {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(thing) || Number.isNaN(value)) return true;
    if (!own.has(thing)) own.set(thing, value);
    return own.get(thing) === value;
  });
}

/** The name or the spelling says of what it is an amount, a time or an order. */
function isMeasured(context: AuditContext, column: NumberColumn): boolean {
  const { unit, type, confidence } = context.roles.meanings[column.name] ?? semanticType(column);
  if (unit !== null || (type !== "category" && type !== "code" && confidence !== CONFIDENCE.rest)) return true;
  const { time, birth, ordered } = meaningOf(column.name);
  return time || birth || ordered || quantityOf(column.name)?.sure === true;
}

/** 0: the order means something, or there are too few values to tell. */
function confidenceOf({ ratio, p, nearP, leastRatio, leastSpread, worth, levels }: LevelOrder): number {
  if (ratio < RATIO || p < BY_CHANCE || leastRatio < LEAST_RATIO || leastSpread < LEAST_SPREAD) return 0;
  // Four values stand in twelve orders.
  if (levels === LEAST_UNNAMED) return worth > 3.5 && p > 0.3 && leastRatio > 0.65 && leastSpread > 0.6 ? 0.45 : 0;
  if (worth < 4.5 || (levels > 7 && nearP < NEAR_BY_CHANCE)) return 0;
  return worth < 8 ? 0.6 : 0.75;
}

function common(column: NumberColumn, confidence: number) {
  const steps = [{ op: "to-category" as const, column: column.name }];
  return {
    trap: "code-as-number" as const,
    columns: [column.name],
    rows: NO_ROWS,
    severity: "costly" as const,
    confidence,
    fix: { action: "steps" as const, steps },
    counterfactual: { change: "steps" as const, steps, flatters: false },
    question: confidence < 0.6 ? `Is \`${column.name}\` an order (a higher number is more), or a code?` : null,
    choices: ["code", "order"] as const,
  };
}
