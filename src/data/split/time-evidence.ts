import { float64From } from "../../core/typed-from.ts";
import { autocorrelation, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { numberFeatures } from "../columns/features.ts";
import { PERSISTENT_Z, type RowOrder, rowOrderOf } from "../columns/row-order.ts";
import { rowSortingOf } from "../columns/row-sorting.ts";
import { askedGroups } from "./asked-groups.ts";
import { groupEvidence } from "./group-evidence.ts";
import { isVerified, MOST_POOL, type NeighbourGap, neighbourGap } from "./neighbour-probe.ts";
import { timeOfRows } from "./row-times.ts";
import { alikeWithinStretches } from "./stretches-alike.ts";

/** Rows below which there are too few stretches to measure what neighbours tell. */
const LEAST_ROWS = 100;

/** Neighbours in the order of the rows (or of time) tell each other's labels through the features, by a measured gap. */
export interface TimeEvidence {
  readonly order: RowOrder;
  readonly gap: NeighbourGap;
  /** The gap is there beyond chance. */
  readonly verified: boolean;
  /** Rows on either side that were kept from judging. */
  readonly window: number;
}

/**
 * null when labels do not persist, when the file is sorted by the target or by columns that explain its order, or when neither a gap nor a time column is there. Once per audit.
 */
export function timeEvidence(context: AuditContext): TimeEvidence | null {
  return context.shared("time evidence", () => {
    const order = rowOrderOf(context);
    if (order.persistenceZ < PERSISTENT_Z || order.sortedByTarget || order.rows.length < LEAST_ROWS) return null;
    if (order.by === null && rowSortingOf(context) !== null) return null;
    // A hundredth of the rows that are looked at, so that there are as many windows to judge by in a long table as in a short one.
    const window = Math.max(5, Math.ceil(0.01 * Math.min(MOST_POOL, order.rows.length)));
    const place = new Int32Array(context.frame.rows).fill(-1);
    order.rows.forEach((row, i) => {
      place[row] = i;
    });
    const gap = neighbourGap(context, {
      pool: stretches(order.rows, window),
      cluster: (row) => Math.floor((place[row] ?? 0) / (2 * window)),
      near: (a, b) => Math.abs((place[a] ?? 0) - (place[b] ?? 0)) <= window,
      leaveOutCopies: true,
      leaveOutLone: false,
      without: order.by === null ? [] : [order.by],
      weights: "alike",
    });
    const verified = isVerified(gap);
    return verified || order.by !== null ? { order, gap, window, verified } : null;
  });
}

/**
 * The chance of neighbours that are alike is that of all orders of the rows, however few they are, and a question needs no stretches to measure by. But few rows are
 * often a design, whose neighbours share levels: of so few another measurement, with a value of its own in nearly every row, has to go along.
 */
const [LEAST_ASKED, OWN_VALUES] = [40, 0.9];

/** As much of what neighbours could have in common beyond chance: in the order of a survey something always goes together a little. */
const MUCH_ALIKE = 0.3;

/** Rows that stand beside each other in the file have labels that are alike, without a time, and no sorting accounts for it. */
function neighboursAlike(context: AuditContext): boolean {
  const { by, rows, persistence, expected, persistenceZ, sortedByTarget } = rowOrderOf(context);
  if (by !== null || persistenceZ < PERSISTENT_Z || sortedByTarget || rows.length < LEAST_ASKED) return false;
  if (persistence - expected < MUCH_ALIKE * (1 - expected) || rowSortingOf(context) !== null) return false;
  if (rows.length < LEAST_ROWS && !anotherGoesAlong(context, rows)) return false;
  const within = alikeWithinStretches(context, rows);
  return within === null || within >= PERSISTENT_Z;
}

function anotherGoesAlong(context: AuditContext, rows: Int32Array): boolean {
  return numberFeatures(context).some((column) => {
    const { distinct, present } = factsOf(column, context.frame.rows);
    const own = float64From(rows, (row) => column.values[row] ?? Number.NaN);
    return present === context.frame.rows && distinct >= OWN_VALUES * present && autocorrelation(ranks(own)).z >= PERSISTENT_Z;
  });
}

/** Whether the order of the file is asked about as one of a time: no column tells one, neighbours are alike, and no group accounts for it. */
export function mayBeTimeOfFile(context: AuditContext): boolean {
  if (timeOfRows(context) !== null || !neighboursAlike(context)) return false;
  return (
    groupEvidence(context).length === 0 &&
    askedGroups(context).every(({ alike, byLevels, key }) => alike === "nothing" || (byLevels === true && key.from !== "blocks"))
  );
}

/** All rows, or stretches of at least four windows that together fill the pool, spread evenly. */
function stretches(rows: Int32Array, window: number): Int32Array {
  if (rows.length <= MOST_POOL) return rows;
  const length = Math.min(MOST_POOL, Math.max(MOST_POOL / 10, 4 * window));
  const count = Math.max(1, Math.floor(MOST_POOL / length));
  const pool: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = Math.floor(((rows.length - length) * i) / Math.max(1, count - 1));
    pool.push(...rows.subarray(start, start + length));
  }
  return Int32Array.from(new Set(pool)).sort();
}
