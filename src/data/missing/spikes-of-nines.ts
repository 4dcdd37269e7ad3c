import { binomialUpperTail } from "../../stats/index.ts";
import type { ValueCounts } from "../columns/counts.ts";

/** A number of nines that far more rows hold than the values around it, far out in the tail of the others. */
export interface SpikeOfNines {
  readonly value: number;
  readonly rows: number;
  /** Rows of it for each of a usual value beside it. */
  readonly spike: number;
}

/** Rows of it, and times those of a usual value beside it. */
const [LEAST_ROWS, TIMES_USUAL] = [10, 10];
/** Different values on either side. */
const BESIDE = 5;
/** Share of the others that lie below. */
const IN_TAIL = 0.95;
/** Chance, if each of the values beside it were as frequent, over all columns that a table may have. */
const BY_CHANCE = 1e-6;
/** Of prices many numbers end in nines: so many times those beside them. */
const PRICE_POINT = 4;

/**
 * 999 among minutes of which a few are larger still (another unit, another fault): no end of the values shows it. Silent where nothing lies above (a limit, or a code at the end, which others
 * look for), and where other numbers that end in nines stand out as well (prices).
 */
export function spikesOfNines({ values, counts, present }: ValueCounts): readonly SpikeOfNines[] {
  const usualBeside = (place: number) => {
    const near = [...counts.slice(Math.max(0, place - BESIDE), place), ...counts.slice(place + 1, place + 1 + BESIDE)];
    return { near: near.length, rows: near.reduce((sum, count) => sum + count, 0) };
  };
  const timesUsual = (place: number) => {
    const { near, rows } = usualBeside(place);
    return ((counts[place] ?? 0) * near) / Math.max(1, rows);
  };
  let below = 0;
  const found: SpikeOfNines[] = [];
  for (let place = 0; place < values.length - 1; place++) {
    const [value, rows] = [values[place] ?? 0, counts[place] ?? 0];
    const isInTail = below >= IN_TAIL * (present - rows);
    below += rows;
    if (!isInTail || rows < LEAST_ROWS || !/^9{3,}$/.test(String(value))) continue;
    const beside = usualBeside(place);
    const chance = binomialUpperTail(rows, rows + beside.rows, 1 / (beside.near + 1));
    if (beside.near <= BESIDE || timesUsual(place) < TIMES_USUAL || chance > BY_CHANCE) continue;
    found.push({ value, rows, spike: timesUsual(place) });
  }
  const isPricePoint = (value: number, place: number) => /^[1-8]\d*99$/.test(String(value)) && timesUsual(place) >= PRICE_POINT;
  return found.length > 0 && values.some((value, place) => (counts[place] ?? 0) > 1 && isPricePoint(value, place)) ? [] : found;
}
