import { float64Where } from "../../core/typed-from.ts";
import { mean, ranks, standardDeviation } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";

/** Few numbers in turn: along three the target of places of unlike size rises or falls by chance too often. */
const [LEAST_LEVELS, MOST_LEVELS, LEAST_ALONE] = [4, 12, 5];
/** Standard errors by which the mean rank of the target moves at each step. */
const EACH_STEP = 2;

/**
 * Whether whole numbers from 0 or 1 on, without a gap, are an order: the first, the second, the third owner. The target rises, or falls, at each step beyond chance, and of fewer than
 * five numbers the rows of each become fewer at each step as well.
 */
export function goesInTurn({ target, task }: AuditContext, { values }: NumberColumn): boolean {
  if (task.kind === "multiclass") return false;
  const rows = new Map<number, number[]>();
  const present = float64Where(target, (label, row) => !Number.isNaN(label) && !Number.isNaN(values[row] ?? Number.NaN));
  const order = ranks(present);
  let place = 0;
  target.forEach((label, row) => {
    const value = values[row] ?? Number.NaN;
    if (Number.isNaN(label) || Number.isNaN(value)) return;
    const own = rows.get(value) ?? [];
    if (own.length === 0) rows.set(value, own);
    own.push(order[place++] ?? 0);
  });
  const levels = [...rows].sort(([a], [b]) => a - b);
  const first = levels[0]?.[0] ?? Number.NaN;
  if (levels.length < LEAST_LEVELS || levels.length > MOST_LEVELS || (first !== 0 && first !== 1)) return false;
  if (levels.some(([value], i) => value !== first + i)) return false;
  const spread = standardDeviation(order);
  const steps = levels.slice(1).map(([, own], i) => {
    const before = levels[i]?.[1] ?? [];
    return (mean(own) - mean(before)) / (spread * Math.sqrt(1 / own.length + 1 / before.length));
  });
  const moves = steps.every((step) => step >= EACH_STEP) || steps.every((step) => step <= -EACH_STEP);
  const thinsOut = levels.slice(1).every(([, own], i) => own.length < (levels[i]?.[1].length ?? 0));
  return moves && (levels.length >= LEAST_ALONE || thinsOut);
}
