import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countValues, type ValueCounts } from "../columns/counts.ts";

/** Different values of a number to predict with their rows; null for classes. Once per audit. */
export function targetCounts(context: AuditContext): ValueCounts | null {
  if (context.task.kind !== "regression") return null;
  return context.shared("target values", () => countValues(context.target));
}

/** How one end of a target stands against the values next to it. */
export interface TargetEnd {
  readonly side: "low" | "high";
  readonly value: number;
  readonly rows: number;
  readonly share: number;
  /** Median and largest number of rows among the next values. */
  readonly usual: number;
  readonly largest: number;
  /** From the end to the next value, over the range of all others. */
  readonly gap: number;
  /** Rows within as many of the next values as hold a tenth of the range, over what an even spread of all rows would put there: a tail that has run out is near 0. */
  readonly density: number;
}

/** Next values looked at: people round to the fifth or the tenth, and of a coarse scale more of them reach into the middle. */
const NEARBY = 10;
/** With fewer different values it is a scale, and its ends are ends of the scale. */
const LEAST_DISTINCT = 20;

export function targetEnd({ values, counts, present }: ValueCounts, side: "low" | "high"): TargetEnd | null {
  const n = values.length;
  if (n < LEAST_DISTINCT) return null;
  const at = (i: number) => (side === "high" ? n - 1 - i : i);
  const near = Array.from({ length: Math.min(NEARBY, n - 1) }, (_, i) => counts[at(i + 1)] ?? 0).sort((a, b) => a - b);
  const [end, next, other] = [values[at(0)] ?? 0, values[at(1)] ?? 0, values[at(n - 1)] ?? 0];
  const range = Math.abs(next - other);
  let within = 0;
  for (let i = 1; i < n && Math.abs((values[at(i)] ?? 0) - end) <= range / 10; i++) within += counts[at(i)] ?? 0;
  const rows = counts[at(0)] ?? 0;
  return {
    side,
    value: end,
    rows,
    share: rows / present,
    usual: near[Math.floor(near.length / 2)] ?? 0,
    largest: near.at(-1) ?? 0,
    gap: range > 0 ? Math.abs(end - next) / range : Number.POSITIVE_INFINITY,
    density: within / Math.max(1, present / 10),
  };
}

/** An end that is this many times as frequent as the next values usually are; and twice as the most frequent of them, since people round. */
const SPIKE = 5;
const OVER_LARGEST = 2;
const LEAST_ROWS = 5;
/** Chance that one of the two ends is that frequent when it is drawn like the most frequent neighbour. */
const BY_CHANCE = 1e-4;
const ENDS = 2;
/** Farther from the others it is no cut of what was measured: a code, or one value for all beyond a limit. */
const MOST_GAP = 0.05;

/** An end with a heap of its own, of the two that are looked at. */
export function isSpike({ rows, usual, largest }: TargetEnd, present: number): boolean {
  if (rows < LEAST_ROWS || rows < SPIKE * usual || rows < OVER_LARGEST * largest) return false;
  return binomialUpperTail(rows, present, largest / present) < BY_CHANCE / ENDS;
}

/** Next values of a tail that falls, on equal steps; and the farther ones, from which it falls. */
const [NEAREST, FARTHER] = [3, 5];

/**
 * An end that stands above a tail which falls towards it: a limit of what was counted. Below the nearest values a tail would have fewer rows than these have on average, so that the rows of the
 * end among theirs are binomial with one in four at most. Where a value between stands above both its neighbours, people round. null where it is none.
 */
export function tailJump(all: ValueCounts, side: "low" | "high"): TargetEnd | null {
  const end = targetEnd(all, side);
  if (end === null) return null;
  const n = all.values.length;
  const place = (i: number) => (side === "high" ? n - 1 - i : i);
  const rowsAt = (i: number) => all.counts[place(i)] ?? 0;
  const stepAt = (i: number) => Math.abs((all.values[place(i)] ?? 0) - (all.values[place(i + 1)] ?? 0));
  const sum = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => rowsAt(from + i)).reduce((a, b) => a + b, 0);
  const onSteps = Array.from({ length: NEARBY }, (_, i) => stepAt(i)).every((step) => step === stepAt(0));
  const nearest = [1, 2, 3].map(rowsAt).sort((a, b) => a - b);
  const largest = nearest.at(-1) ?? 0;
  const near = sum(1, 1 + NEAREST);
  const falls = sum(1 + NEAREST, 1 + NEAREST + FARTHER) / FARTHER > (OVER_LARGEST * near) / NEAREST;
  const rounds = Array.from({ length: NEARBY - 2 }, (_, i) => i + 2).some(
    (i) => rowsAt(i) >= OVER_LARGEST * Math.max(rowsAt(i - 1), rowsAt(i + 1)),
  );
  if (!onSteps || !falls || rounds || end.rows < OVER_LARGEST * largest) return null;
  if (!(binomialUpperTail(end.rows, end.rows + near, 1 / (1 + NEAREST)) < BY_CHANCE / ENDS)) return null;
  return { ...end, usual: nearest[1] ?? 0, largest };
}

/** Counts reach their largest (or smallest) value on whole numbers, of which at least every second is met. */
export function isOfCounts({ values }: ValueCounts, side: "low" | "high"): boolean {
  const near = side === "high" ? values.slice(-1 - NEARBY) : values.slice(0, 1 + NEARBY);
  const [low, high] = [near[0] ?? 0, near.at(-1) ?? 0];
  return low >= 0 && near.every((value) => Number.isInteger(value)) && high - low <= 2 * NEARBY;
}

/** The end of a scale that many reach: so many times as frequent as the next values usually are, and so large a share. */
const [CEILING, CEILING_SHARE, CEILING_GAP] = [3, 0.1, 0.1];

/** An end of a scale with more rows than any value near it, though with no heap of its own. */
export function isCeiling({ value, rows, share, usual, largest, gap }: TargetEnd, present: number): boolean {
  if (!isScaleEnd(value) || gap > CEILING_GAP || share < CEILING_SHARE || rows < CEILING * usual || rows < OVER_LARGEST * largest)
    return false;
  return binomialUpperTail(rows, present, largest / present) < BY_CHANCE / ENDS;
}

/** Next to the others, as a limit of what was measured is. */
export function isNextToOthers({ gap }: TargetEnd): boolean {
  return gap <= MOST_GAP;
}

/** Ends of scales that people count on: nothing can lie beyond. */
export function isScaleEnd(value: number): boolean {
  return /^-?(1|5|10|20|50|100|1000)$/.test(String(value));
}
