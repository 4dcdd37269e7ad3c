import { rowQuantile, type ValueCounts } from "../columns/counts.ts";

/** Up to three values at one end of a column that lie apart from all others. */
export interface IsolatedBlock {
  readonly side: "low" | "high";
  /** Outermost last. */
  readonly values: readonly number[];
  readonly rows: number;
  /** From the block to the nearest other value. */
  readonly gap: number;
  readonly rest: RestOfColumn;
}

/** The other values. */
export interface RestOfColumn {
  readonly low: number;
  readonly high: number;
  /** The value below the highest. */
  readonly belowHigh: number;
  readonly distinct: number;
  /** 5 % and 95 % quantile over rows. */
  readonly q05: number;
  readonly median: number;
  readonly q95: number;
  /** Mean number of rows of the (up to ten) values next to the block. */
  readonly rowsNearby: number;
  /** The same without 0, which may be what most rows have of an amount. */
  readonly rowsNearbyAmounts: number;
  /** Rows of the value next to the block. */
  readonly rowsNext: number;
}

const LONGEST = 3;
const NEARBY = 10;

/**
 * Every block of one to three values at an end of [from, to) with what lies inside it. The caller decides which one is far enough away.
 */
export function endBlocks(column: ValueCounts, side: "low" | "high", from: number, to: number): readonly IsolatedBlock[] {
  const blocks: IsolatedBlock[] = [];
  for (let size = 1; size <= LONGEST && to - from - size >= 2; size++) blocks.push(blockOf(column, side, from, to, size));
  return blocks;
}

function blockOf(column: ValueCounts, side: "low" | "high", from: number, to: number, size: number): IsolatedBlock {
  const { values, counts } = column;
  const [restFrom, restTo] = side === "low" ? [from + size, to] : [from, to - size];
  const places = Array.from({ length: size }, (_, i) => (side === "low" ? from + size - 1 - i : to - size + i));
  const [low, high] = [values[restFrom] ?? 0, values[restTo - 1] ?? 0];
  const inner = values[places[0] ?? 0] ?? 0;
  const near = Math.min(NEARBY, restTo - restFrom);
  let [nearby, zeros, none] = [0, 0, 0];
  for (let i = 0; i < near; i++) {
    const place = side === "low" ? restFrom + i : restTo - 1 - i;
    nearby += counts[place] ?? 0;
    if (values[place] === 0) [zeros, none] = [counts[place] ?? 0, 1];
  }
  const at = (share: number) => rowQuantile(column, restFrom, restTo, share);
  return {
    side,
    values: places.map((place) => values[place] ?? 0),
    rows: places.reduce((sum, place) => sum + (counts[place] ?? 0), 0),
    gap: side === "low" ? low - inner : inner - high,
    rest: {
      low,
      high,
      belowHigh: values[restTo - 2] ?? Number.NaN,
      distinct: restTo - restFrom,
      q05: at(0.05),
      median: at(0.5),
      q95: at(0.95),
      rowsNearby: nearby / near,
      rowsNearbyAmounts: (nearby - zeros) / Math.max(1, near - none),
      rowsNext: counts[side === "low" ? restFrom : restTo - 1] ?? 0,
    },
  };
}
