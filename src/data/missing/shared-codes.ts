import type { AuditContext } from "../check.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { endBlocks, type IsolatedBlock } from "./isolated-values.ts";
import type { SentinelCode } from "./sentinels.ts";

/** How far the codes lie, in ranges of the others; rows of each, and different others. */
const [LEAST_GAP, LEAST_ROWS, LEAST_OTHERS] = [3, 5, 5];
/** Rows of the code that hold the same number in another column, of all of them. */
const SAME_ROWS = 0.9;
/** Elsewhere, of the rows in which both columns are not what they mostly are, so many are equal at most: columns that are mostly the same have the same far values too. */
const MOSTLY_EQUAL = 0.5;
/** Of more rows it is a kind of rows. */
const MOST_SHARE = 0.2;
/** Two columns ask; three and more do not agree so for another reason. */
const [OF_TWO, OF_MORE] = [0.45, 0.85];
/** Where percentages, shares and points end: who has all of one thing may have all of another. */
const ENDS: readonly number[] = [1, 10, 100, 1000];

interface Far {
  readonly column: NumberColumn;
  readonly block: IsolatedBlock;
  readonly present: number;
}

/** One or two or three numbers (96 and 98) far from all others that several columns hold in the same rows: what is not known is not known of all of them. */
export function sharedCodes(
  context: AuditContext,
  columns: readonly NumberColumn[],
  known: readonly SentinelCode[],
): readonly SentinelCode[] {
  const told = new Set(known.map(({ column }) => column.name));
  const far = columns.flatMap((column) => (column.type !== "number" || told.has(column.name) ? [] : farOf(context, column)));
  const groups = new Map<string, Far[]>();
  for (const one of far) {
    const key = one.block.values.join(" ");
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].flatMap((group) => {
    const held = group.filter((one) => group.some((other) => other !== one && areTogether(one, other)));
    const confidence = held.length > 2 ? OF_MORE : OF_TWO;
    return held.map(({ column, block, present }): SentinelCode => {
      const rest = { low: block.rest.low, high: block.rest.high };
      return { column, values: block.values, rows: block.rows, present, confidence, rest, evidence: { sameRowsIn: held.length } };
    });
  });
}

/** The block behind the widest gap. */
function farOf(context: AuditContext, column: NumberColumn): Far[] {
  const counts = valueCounts(context, column);
  const { present } = counts;
  const blocks = (["low", "high"] as const).flatMap((side) => endBlocks(counts, side, 0, counts.values.length));
  const fits = blocks.filter(({ values, rows, gap, rest }) => {
    const isFar = gap >= LEAST_GAP * (rest.high - rest.low) && rest.distinct >= LEAST_OTHERS;
    return (
      isFar &&
      values.every(Number.isInteger) &&
      !values.some((value) => ENDS.includes(value)) &&
      rows >= LEAST_ROWS * values.length &&
      rows <= MOST_SHARE * present
    );
  });
  const [block] = fits.sort((a, b) => b.gap - a.gap);
  return block === undefined ? [] : [{ column, block, present }];
}

function areTogether(one: Far, other: Far): boolean {
  const codes = new Set(one.block.values);
  const [usual, usualOther] = [one, other].map(({ column }) => mostFrequent(column.values)) as [number, number];
  let [both, equal, open] = [0, 0, 0];
  one.column.values.forEach((value, row) => {
    const beside = other.column.values[row] ?? Number.NaN;
    if (codes.has(value)) both += Number(beside === value);
    else if (!Number.isNaN(value) && !Number.isNaN(beside) && (value !== usual || beside !== usualOther)) {
      open++;
      equal += Number(value === beside);
    }
  });
  return both >= SAME_ROWS * Math.max(one.block.rows, other.block.rows) && equal <= MOSTLY_EQUAL * open;
}

function mostFrequent(values: Float64Array): number {
  const counts = new Map<number, number>();
  for (const value of values) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((top, one) => (one[1] > top[1] ? one : top), [Number.NaN, 0])[0];
}
