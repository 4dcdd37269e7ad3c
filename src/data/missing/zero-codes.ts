import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { lastDecimal } from "../columns/written-decimals.ts";
import { nameWords } from "../meaning/name-words.ts";
import { quantityOf, turnsOf } from "../meaning/quantity.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { countedFromOne } from "./counted-from-one.ts";
import { endBlocks, type IsolatedBlock } from "./isolated-values.ts";
import { offTogether } from "./off-together.ts";
import type { SentinelCode } from "./sentinels.ts";
import { zeroKinds } from "./zero-kinds.ts";

/** So many lower-tail standard deviations below the median no bulk of values reaches 0 (one in 300,000 of a normal one). */
const FAR_BELOW = 4.5;
/** The nearest other value is this share of the median or more: nothing lies between 0 and the bulk. */
const EMPTY_BELOW = 0.3;
/** More zeros than this are a part of the population ("none") unless the name says that it cannot be. */
const MOST_ZEROS = 0.2;
/** 0 lies apart when it is farther from the next value than so many of the steps that the smallest other values are apart: 0 beside 1, 2, 3 is a count. */
const STEPS_APART = 2;
const STEPS_SEEN = 10;

/** Few zeros of many different amounts, which lie so many deviations of their logarithms above the smallest amount that can be written: no tail of these ends at 0. */
const [FEW_ZEROS, MANY_AMOUNTS, FAR_IN_LOGS] = [0.01, 100, 10];

/** An age of 0 where nobody is between that and so many years. */
const BORN_APART = 5;

/** Rows of zeros, and how many times as many as the values next to them usually have. */
const [LEAST_HEAP, HEAP_TIMES] = [10, 10];

/** The others thin out far above 0, and there stands a heap. */
function isHeapFarBelow({ rows, rest: { rowsNearby } }: IsolatedBlock, emptyBelow: number): boolean {
  return emptyBelow >= EMPTY_BELOW && rows >= Math.max(LEAST_HEAP, HEAP_TIMES * rowsNearby);
}

/** The bulk lies far above 0, and a heap at 0 so many steps below the last of a long thin tail: the more rows, the nearer to 0 one of them comes. */
const [STEPS_BELOW_TAIL, EMPTY_BELOW_TAIL] = [5, 0.1];

/** As many rows as no tail brings, where nothing lies between. */
function isHeapBelowTail({ block, depth, emptyBelow, step, share }: ZeroLook): boolean {
  const { rows, gap, rest } = block;
  return (
    depth >= FAR_BELOW &&
    emptyBelow >= EMPTY_BELOW_TAIL &&
    gap >= STEPS_BELOW_TAIL * step &&
    rows >= Math.max(LEAST_HEAP, HEAP_TIMES * rest.rowsNearby) &&
    share <= MOST_ZEROS
  );
}

interface ZeroLook {
  readonly column: NumberColumn;
  readonly block: IsolatedBlock;
  readonly present: number;
  readonly share: number;
  /** Median in lower-tail standard deviations. */
  readonly depth: number;
  /** Smallest other value over the median. */
  readonly emptyBelow: number;
  /** From the smallest other value down to the last written decimal, in lower-tail deviations of the logarithms. */
  readonly depthInLogs: number;
  /** Usual distance of the smallest other values. */
  readonly step: number;
}

/**
 * Zeros that stand for "not measured": where the quantity cannot be 0 by its name, or where 0 lies far below a bulk that never comes
 * near. Columns that are 0 in nearly all rows in which such a column is 0 are taken along, and are no surer than that.
 */
export function zeroCodes(context: AuditContext): SentinelCode[] {
  const islands = nullIslands(context);
  const looks = numberFeatures(context)
    .filter((column) => !islands.some((island) => island.column === column))
    .flatMap((column) => lookAtZero(context, column) ?? []);
  const clear = looks.flatMap((look) => {
    const sure = Math.min(zeroConfidence(look), mayBeNone(context, look.column) ? MAY_BE_NONE : 1);
    // Of a kind that has none the 0 is true.
    if (zeroKinds(context).some(({ of }) => of.name === look.column.name)) return [];
    return sure === 0 || isPartOfSum(context, look.column) ? [] : [besideOff(context, look, sure)];
  });
  const ofListsAndPersons = numberFeatures(context)
    .filter((column) => turnsOf(column.name) === null && !clear.some((code) => code.column === column))
    .flatMap((column) => countedFromOne(context, column));
  const found = [...clear, ...numberFeatures(context).flatMap((column) => calendarZero(context, column)), ...ofListsAndPersons, ...islands];
  let open = looks.filter(({ column }) => !clear.some((code) => code.column === column));
  for (let grown = found.length > 0; grown; ) {
    const taken = open.flatMap((look) => {
      const beside = found.filter((code) => isZeroWith(look, code));
      return beside.length === 0 ? [] : [codeOf(look, Math.min(0.55, Math.max(...beside.map(({ confidence }) => confidence))))];
    });
    found.push(...taken);
    open = open.filter(({ column }) => !taken.some((code) => code.column === column));
    grown = taken.length > 0;
  }
  return found;
}

/** How sure it is that a rare 0 before the months is no month; where it has about as many rows as the others, it may be the first visit of a study that counts them. */
const [RARE_ZERO, ASKS] = [0.85, 0.45];

/** Months from 0 to 12 are thirteen: those that are counted from 1 have 0 for "not known". */
function calendarZero(context: AuditContext, column: NumberColumn): SentinelCode[] {
  const turns = turnsOf(column.name);
  const { values, counts, present } = valueCounts(context, column);
  if (turns === null || values.length !== turns + 1 || values.some((value, place) => value !== place)) return [];
  const rows = counts[0] ?? 0;
  const usual = counts.slice(1).sort()[Math.floor(turns / 2)] ?? 0;
  return [
    {
      column,
      values: [0],
      rows,
      present,
      confidence: rows < usual / 2 ? RARE_ZERO : ASKS,
      rest: { low: 1, high: turns },
      evidence: { turns, neverZero: true },
    },
  ];
}

/** Rows at 0, 0: a point in the sea, which a device or a program writes when it knows no place. */
const LEAST_AT_SEA = 2;

/** Latitudes and longitudes that are both exactly 0 in the same rows and only there. */
function nullIslands(context: AuditContext): SentinelCode[] {
  const named = (words: readonly string[]) =>
    numberFeatures(context).filter(({ name }) => nameWords(name).some((word) => words.includes(word)));
  const [latitudes, longitudes] = [named(["latitude", "lat"]), named(["longitude", "lon", "lng", "long"])];
  return latitudes.flatMap((latitude) => {
    const rest = nameWords(latitude.name)
      .filter((word) => word !== "latitude" && word !== "lat")
      .join(" ");
    const longitude = longitudes.find(
      ({ name }) =>
        nameWords(name)
          .filter((word) => !["longitude", "lon", "lng", "long"].includes(word))
          .join(" ") === rest,
    );
    if (longitude === undefined) return [];
    let [both, one] = [0, 0];
    for (let row = 0; row < latitude.values.length; row++) {
      const zeros = Number(latitude.values[row] === 0) + Number(longitude.values[row] === 0);
      both += Number(zeros === 2);
      one += Number(zeros === 1);
    }
    return both >= LEAST_AT_SEA && one <= both / 10 ? [latitude, longitude].map((column) => atSea(context, column, both)) : [];
  });
}

function atSea(context: AuditContext, column: NumberColumn, rows: number): SentinelCode {
  const { values, present } = valueCounts(context, column);
  const others = values.filter((value) => value !== 0);
  return {
    column,
    values: [0],
    rows,
    present,
    confidence: 0.9,
    rest: { low: others[0] ?? 0, high: others.at(-1) ?? 0 },
    evidence: { coordinates: true, neverZero: true },
  };
}

function lookAtZero(context: AuditContext, column: NumberColumn): ZeroLook | null {
  const counts = valueCounts(context, column);
  if (counts.values[0] !== 0 || counts.values.length < 2 + STEPS_SEEN) return null;
  const [block] = endBlocks(counts, "low", 0, counts.values.length);
  const step = usualStep(counts);
  if (block === undefined || block.gap <= STEPS_APART * step) return null;
  const { median, q05, low } = block.rest;
  const sigma = (median - q05) / 1.645;
  const depthInLogs = Math.log(low / lastDecimal(counts.values)) / (Math.log(median / q05) / 1.645);
  const share = block.rows / counts.present;
  return { column, block, present: counts.present, share, depth: median / sigma, emptyBelow: low / median, depthInLogs, step };
}

/** The median step between the smallest values above 0. */
function usualStep({ values }: ValueCounts): number {
  const steps = Array.from({ length: STEPS_SEEN }, (_, i) => (values[i + 2] ?? Number.NaN) - (values[i + 1] ?? Number.NaN)).sort(
    (a, b) => a - b,
  );
  return ((steps[STEPS_SEEN / 2 - 1] ?? Number.NaN) + (steps[STEPS_SEEN / 2] ?? Number.NaN)) / 2;
}

/** Below it the audit asks. */
const MAY_BE_NONE = 0.4;

/** Who has no loan pays nothing, a shop that is closed sells nothing, and who went to no school was there for 0 years, however far all others lie above. */
function mayBeNone(context: AuditContext, column: NumberColumn): boolean {
  const { type } = context.roles.meanings[column.name] ?? semanticType(column);
  const zero = quantityOf(column.name)?.zero ?? "may be";
  if (zero === "cannot be") return false;
  return type === "money" || type === "duration" || (zero === "may be" && isEndOfScale(valueCounts(context, column)));
}

/** Rows at its upper end that show that a scale is used to its ends. */
const LEAST_AT_END = 3;

/** Marks of 0 to 10 or to 100, of which some are full: who has none of a hundred has the least there is. */
function isEndOfScale({ values, counts }: ValueCounts): boolean {
  const most = values.at(-1) ?? 0;
  return (most === 10 || most === 100) && (counts.at(-1) ?? 0) >= LEAST_AT_END && values.every(Number.isInteger);
}

/** A speed of 0 is true where the thing is off by other columns too. */
function besideOff(context: AuditContext, look: ZeroLook, sure: number): SentinelCode {
  const isImpossible = quantityOf(look.column.name)?.zero === "cannot be";
  const off = sure <= MAY_BE_NONE || isImpossible ? null : offTogether(context, look.column);
  const code = codeOf(look, off === null ? sure : MAY_BE_NONE);
  return off === null ? code : { ...code, evidence: { ...code.evidence, apartBeside: off.length } };
}

function zeroConfidence(look: ZeroLook): number {
  const { column, block, share, depth, emptyBelow, depthInLogs } = look;
  const apart = depth >= FAR_BELOW && emptyBelow >= EMPTY_BELOW;
  const zero = quantityOf(column.name)?.zero ?? "may be";
  if (zero === "cannot be") return emptyBelow < 0.05 ? 0 : apart ? 0.95 : share <= 0.6 ? 0.85 : 0.6;
  if (zero === "not alone" && emptyBelow >= EMPTY_BELOW && block.rows >= 3) return 0.65;
  if (apart && block.rows >= 3 && share <= MOST_ZEROS) return 0.65;
  if (zero === "not alone" && block.gap >= BORN_APART) return 0.45;
  if (isHeapFarBelow(block, emptyBelow) && share <= MOST_ZEROS) return MAY_BE_NONE;
  if (isHeapBelowTail(look)) return MAY_BE_NONE;
  // An amount of nothing is honest: it asks.
  return depthInLogs >= FAR_IN_LOGS && share <= FEW_ZEROS && block.rest.distinct >= MANY_AMOUNTS ? MAY_BE_NONE : 0;
}

/** Rows in which a sum must hold, and rows of the first look. */
const [HOLDS, GLANCE] = [0.99, 20];

/** Rows that are asked which columns could be a whole and its other part, and the digits by which they are found. */
const ASKED_ROWS = 3;
const digitsOf = (value: number) => value.toPrecision(9);

/** Where the whole is the other part exactly when this one is 0 there is none of it: a cellar of 0 beside a house and its floors above ground. */
function isPartOfSum(context: AuditContext, { name, values: part }: NumberColumn): boolean {
  const others = numberFeatures(context).filter((column) => column.name !== name);
  const filled: number[] = [];
  for (let row = 0; row < part.length && filled.length < GLANCE; row++)
    if ((part[row] ?? 0) !== 0 && !Number.isNaN(part[row])) filled.push(row);
  const adds = (whole: NumberColumn, rest: NumberColumn, row: number) =>
    Math.abs((whole.values[row] ?? Number.NaN) - (rest.values[row] ?? Number.NaN) - (part[row] ?? 0)) <=
    1e-9 * Math.abs(whole.values[row] ?? 0);
  const holds = (whole: NumberColumn, rest: NumberColumn) => {
    let [rows, held] = [0, 0];
    for (let row = 0; row < part.length; row++) {
      if (Number.isNaN(part[row]) || Number.isNaN(whole.values[row]) || Number.isNaN(rest.values[row])) continue;
      rows++;
      held += Number(adds(whole, rest, row));
    }
    return rows > 0 && held >= HOLDS * rows;
  };
  const fits = (whole: NumberColumn, rest: NumberColumn) => filled.filter((row) => adds(whole, rest, row)).length >= 0.9 * filled.length;
  // One of the first rows may be wrong, so that several are asked for pairs.
  return filled.slice(0, ASKED_ROWS).some((row) => {
    const byValue = new Map<string, NumberColumn[]>();
    for (const whole of others) {
      const digits = digitsOf(whole.values[row] ?? Number.NaN);
      byValue.set(digits, [...(byValue.get(digits) ?? []), whole]);
    }
    return others.some((rest) =>
      (byValue.get(digitsOf((rest.values[row] ?? Number.NaN) + (part[row] ?? 0))) ?? []).some(
        (whole) => rest !== whole && fits(whole, rest) && holds(whole, rest),
      ),
    );
  });
}

/** In at least 9 of 10 rows in which the code's column is 0 this one is too, more often than its share of zeros explains. */
function isZeroWith({ column, share, emptyBelow }: ZeroLook, code: SentinelCode): boolean {
  if (share > 0.6 || emptyBelow < 0.05 || code.rows < 10) return false;
  let both = 0;
  let all = 0;
  for (let row = 0; row < column.values.length; row++) {
    if (code.column.values[row] !== 0 || Number.isNaN(column.values[row])) continue;
    all++;
    if (column.values[row] === 0) both++;
  }
  return both >= 0.9 * all && binomialUpperTail(both, all, share) < 1e-6;
}

function codeOf({ column, block, present, depth, emptyBelow }: ZeroLook, confidence: number): SentinelCode {
  const neverZero = quantityOf(column.name)?.zero === "cannot be";
  return {
    column,
    values: [0],
    rows: block.rows,
    present,
    confidence,
    rest: { low: block.rest.low, high: block.rest.high },
    evidence: { depth, emptyBelow, neverZero },
  };
}
