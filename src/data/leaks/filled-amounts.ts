import { float64From, int32Where } from "../../core/typed-from.ts";
import { ascendingOrder, binomialUpperTail, wilson } from "../../stats/index.ts";

/** A column that has one number in most rows, mostly 0, and in the others amounts on one side of it that nearly always go with one class, whatever their size: a credit note for what was cancelled. */
export interface FilledAmounts {
  readonly usual: number;
  /** The amounts lie above it. */
  readonly above: boolean;
  readonly label: number;
  /** Rows with an amount, and those of the class among them. */
  readonly rows: number;
  readonly own: number;
  /** Share of the class in the rows with the usual number, and the smallest in a third of the amounts by their size. */
  readonly elsewhere: number;
  readonly least: number;
  readonly p: number;
}

/** Of the rows with a number. */
const USUAL = 0.5;
/** Of fewer different amounts the single value speaks. */
const LEAST_AMOUNTS = 20;
const LEAST_ROWS = 60;
/** Of all rows, or of those of the class, that have an amount. */
const [LEAST_SHARE, LEAST_OF_CLASS] = [0.03, 0.1];
const MOST_BASE = 0.5;
/** Share of the class among the amounts, and its lower 95 % limit, which the rows of each third must reach as they are: what a cause does begins with the small ones, and little by little. */
const [NEARLY_PURE, FOR_SURE] = [0.85, 0.8];

/** @param target class of each row. @param rows the labelled ones to look at. @param base share of a class in them. */
export function filledAmounts(
  cells: Float64Array,
  target: Float64Array,
  rows: Int32Array,
  classes: number,
  base: (label: number) => number,
): FilledAmounts | null {
  const usual = usualOf(cells, rows);
  if (!isUsual(cells, rows, usual)) return null;
  const held = int32Where(rows, (row) => Number.isFinite(cells[row]));
  const filled = int32Where(held, (row) => cells[row] !== usual);
  if (filled.length < LEAST_ROWS) return null;
  const amounts = float64From(filled, (row) => (cells[row] ?? 0) - usual);
  const above = (amounts[0] ?? 0) > 0;
  if (amounts.some((amount) => amount > 0 !== above) || new Set(amounts).size < LEAST_AMOUNTS) return null;
  const order = ascendingOrder(amounts.map(Math.abs));
  const ownIn = (places: Int32Array, label: number) =>
    places.reduce((sum, place) => sum + Number(target[filled[place] ?? -1] === label), 0);
  for (let label = 0; label < classes; label++) {
    const own = ownIn(order, label);
    const share = base(label);
    const isMuch = filled.length >= LEAST_SHARE * rows.length || own >= LEAST_OF_CLASS * share * rows.length;
    if (share > MOST_BASE || own < NEARLY_PURE * filled.length || !isMuch || wilson(own, filled.length, 0.9).low < FOR_SURE) continue;
    const thirds = [0, 1, 2].map((i) => order.subarray(Math.floor((i * order.length) / 3), Math.floor(((i + 1) * order.length) / 3)));
    const least = Math.min(...thirds.map((third) => ownIn(third, label) / third.length));
    if (least < FOR_SURE) continue;
    const others = int32Where(held, (row) => cells[row] === usual);
    const elsewhere = others.reduce((sum, row) => sum + Number(target[row] === label), 0) / others.length;
    const p = binomialUpperTail(own, filled.length, share);
    return { usual, above, label, rows: filled.length, own, elsewhere, least, p };
  }
  return null;
}

/** The number that is in more than half of the rows with one, if there is one (Boyer and Moore's vote). */
function usualOf(cells: Float64Array, rows: Int32Array): number {
  let [usual, votes] = [Number.NaN, 0];
  for (let i = 0; i < rows.length; i++) {
    const value = cells[rows[i] as number] as number;
    if (!Number.isFinite(value)) continue;
    if (votes === 0) usual = value;
    votes += value === usual ? 1 : -1;
  }
  return usual;
}

function isUsual(cells: Float64Array, rows: Int32Array, usual: number): boolean {
  let [held, equal] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const value = cells[rows[i] as number] as number;
    if (Number.isFinite(value)) held++;
    if (value === usual) equal++;
  }
  return equal >= USUAL * held;
}
