import { int32From, placesUpTo } from "../../core/typed-from.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countCodes } from "../columns/counts.ts";
import { type NearTexts, pairsOfSets } from "./near-texts.ts";

export interface SameAnswers {
  readonly pairs: number;
  readonly equal: number;
  /** Share of any two rows with the same class. */
  readonly expected: number;
  /** Upper tail of the binomial. */
  readonly p: number;
}

/** Pairs of one set with the same class; they are independent given their sets. None for a target of numbers. */
export function sameAnswers({ task, target, frame }: AuditContext, found: NearTexts): SameAnswers {
  if (task.kind === "regression") return { pairs: 0, equal: 0, expected: Number.NaN, p: 1 };
  const counts = countCodes(
    int32From(placesUpTo(frame.rows), (row) => labelAt(target, row)),
    task.classes.length,
  );
  const labelled = counts.reduce((sum, count) => sum + count, 0);
  const expected = counts.reduce((sum, count) => sum + (count / Math.max(1, labelled)) ** 2, 0);
  const both = pairsOfSets(found).map(([a, b]) => [labelAt(target, a), labelAt(target, b)] as const);
  const told = both.filter(([a, b]) => a >= 0 && b >= 0);
  const [pairs, equal] = [told.length, told.filter(([a, b]) => a === b).length];
  return { pairs, equal, expected, p: pairs === 0 ? 1 : binomialUpperTail(equal, pairs, expected) };
}

function labelAt(target: Float64Array, row: number): number {
  const label = target[row] ?? Number.NaN;
  return Number.isNaN(label) ? -1 : label;
}
