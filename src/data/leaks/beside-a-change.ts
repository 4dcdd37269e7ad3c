import type { Column } from "../../core/column.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { type TargetView, targetView } from "../columns/target-view.ts";
import { labelChange } from "../labels/label-change.ts";
import { timeText } from "../labels/time-text.ts";
import { associate, associationsOf, zThreshold } from "../signal/associations.ts";
import { answerFor, NEAR_PERFECT } from "../signal/leak-odds.ts";

/** What is told of the target before and after it changed its meaning: each part may be given by a cut of its own. */
export interface BesideChange {
  readonly by: string;
  readonly when: string;
  readonly before: number;
  readonly after: number;
  /** The smaller one of both. */
  readonly z: number;
}

const MOST_ROWS = 5_000;
const LEAST_ROWS = 200;
/** Of the smallest class in a part, below which it has no score to speak of. */
const LEAST_OF_CLASS = 20;

interface Parts {
  readonly by: string;
  readonly when: string;
  readonly views: readonly [TargetView, TargetView];
}

/** Without the rows around the change that may be of either side; null where the target does not change. */
function partsOf(context: AuditContext): Parts | null {
  return context.shared("parts beside the change of the target", () => {
    const [found, { by, rows }] = [labelChange(context), rowOrderOf(context)];
    if (found === null || by === null) return null;
    const { at, earliest, latest } = found.change.place;
    const viewOf = (part: Int32Array) => {
      const target = new Float64Array(context.target.length).fill(Number.NaN);
      for (const row of part) target[row] = context.target[row] ?? Number.NaN;
      return targetView(target, context.task, MOST_ROWS, context.seed);
    };
    const views: [TargetView, TargetView] = [viewOf(rows.subarray(0, earliest)), viewOf(rows.subarray(latest))];
    return views.every(isEnough) ? { by, when: timeText(context, by, rows[at] ?? 0), views } : null;
  });
}

function isEnough({ rows, classCounts, kind }: TargetView): boolean {
  return (
    rows.length >= LEAST_ROWS &&
    (kind === "regression" || (classCounts.length > 1 && classCounts.every((count) => count >= LEAST_OF_CLASS)))
  );
}

/** @param make what the given rows have, in their order. null where the target does not change. */
export function toldBesideChange(context: AuditContext, make: (rows: Int32Array) => Column): BesideChange | null {
  const parts = partsOf(context);
  if (parts === null) return null;
  const told = parts.views.map((view) => associate(make(view.rows), { ...view, rows: placesUpTo(view.rows.length) }));
  const [before, after] = told.map(({ score }) => score) as [number, number];
  return { by: parts.by, when: parts.when, before, after, z: Math.min(...told.map(({ z }) => z)) };
}

export interface GivenBesideChange extends BesideChange {
  readonly column: string;
  readonly overall: number;
}

/** What a column must tell of both parts, and how many times as much all rows together leave open. */
const [LEAST_SCORE, TIMES] = [0.98, 2];

/** Columns that nearly give the target before its change and after it, though not overall; nothing that was said to be known before. */
export function givenBesideChange(context: AuditContext): readonly GivenBesideChange[] {
  if (partsOf(context) === null) return [];
  const limit = zThreshold(context.roles.features.length);
  return featuresOf(context).flatMap((column): GivenBesideChange[] => {
    const overall = associationsOf(context).get(column.name)?.score ?? 1;
    if (overall >= NEAR_PERFECT || answerFor(context, column.name) === "before") return [];
    const told = toldBesideChange(context, (rows) => rowsOf(column, rows));
    const least = Math.min(told?.before ?? 0, told?.after ?? 0);
    if (told === null || least < LEAST_SCORE || told.z <= limit || 1 - overall < TIMES * (1 - least)) return [];
    return [{ column: column.name, overall, ...told }];
  });
}

function rowsOf(column: Column, rows: Int32Array): Column {
  if ("codes" in column) return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? Number.NaN) };
}
