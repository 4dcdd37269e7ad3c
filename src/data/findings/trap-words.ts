import type { TrapId } from "../../core/trap.ts";

const [MOMENT, YES_OR_NO] = [
  ["after", "before"],
  ["yes", "no"],
];
const [COPIES, LABELS] = [
  ["copies", "alike", "own"],
  ["same", "different"],
];

/**
 * Words that answer a question of a trap, in whatever run it is asked: what one run settles by itself another may ask, on other rows, other answers or corrected labels. A trap
 * that is not here never asks.
 */
const WORDS: Partial<Readonly<Record<TrapId, readonly string[]>>> = {
  "appended-rows": YES_OR_NO,
  "censored-target": ["filled in", "measured", "stands for others", "written as it", "the most", "the least", ...YES_OR_NO],
  "code-as-number": ["code", "order"],
  "combination-leak": MOMENT,
  "conflicting-label": YES_OR_NO,
  dialect: YES_OR_NO,
  "duplicate-row": COPIES,
  "future-leak": MOMENT,
  "group-leak": ["new", "same"],
  "hidden-duplicate": ["copies", "entries"],
  identifier: YES_OR_NO,
  "impossible-value": ["mistake", "true value", ...YES_OR_NO],
  "label-shift-in-time": YES_OR_NO,
  "label-variant": LABELS,
  "missing-header": YES_OR_NO,
  "missing-label": ["unknown", "none", "negative"],
  "missingness-leak": MOMENT,
  "near-duplicate": COPIES,
  "null-spelling": ["missing", "value"],
  "order-leak": YES_OR_NO,
  oversampled: COPIES,
  "partial-leak": MOMENT,
  "personal-data": YES_OR_NO,
  "post-outcome": MOMENT,
  "preprocessing-leak": [...MOMENT, ...YES_OR_NO],
  sentinel: ["missing", "value", "test", "end"],
  "sibling-target": MOMENT,
  "site-effect": YES_OR_NO,
  "spelling-variant": LABELS,
  "split-group-overlap": ["new", "same"],
  "split-overlap": [...COPIES, ...YES_OR_NO],
  "split-time-overlap": YES_OR_NO,
  "structural-missing": YES_OR_NO,
  "target-leak": MOMENT,
  "text-date": ["day-first", "month-first", ...YES_OR_NO],
  "text-number": ["amounts", "names", "thousands", "decimals"],
  "time-leak": ["later", "any", ...YES_OR_NO],
  "unit-mix": YES_OR_NO,
  "unobserved-as-zero": YES_OR_NO,
  "wrong-label": YES_OR_NO,
};

/** Empty when no question is ever asked about the trap. */
export function wordsOfTrap(trap: TrapId): readonly string[] {
  return WORDS[trap] ?? [];
}
