import type { Column } from "../../core/column.ts";
import type { AffectedRows } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { affectedTestRows } from "../findings/affected-rows.ts";
import { LIKELY } from "../harm/ground.ts";
import { type Copies, copiesOf } from "./copies.ts";
import { copyConfidence, isExplained, isUndecided } from "./copy-severity.ts";
import { hidingKeys } from "./hiding-keys.ts";
import { cannotLast } from "./lasting-state.ts";

/** Test rows that equal a training row once the dates and the keys among the features are left out. */
export interface OverlapApart {
  readonly ignoring: readonly string[];
  readonly rows: AffectedRows;
  readonly isFound: (row: number) => boolean;
  readonly copies: Copies;
  /** Of the content, before a date gives reason to doubt. */
  readonly confidence: number;
  readonly hasDates: boolean;
  /** What is measured lasts, so that rows of two dates may be one state. */
  readonly mayLast: boolean;
}

/** isTest: of each row of the frame. null where nothing is to be left out, or the rows that are equal then are chance twins. */
export async function overlapApart(context: AuditContext, isTest: Uint8Array): Promise<OverlapApart | null> {
  const features = featuresOf(context);
  const dates = features.filter(({ type }) => type === "date");
  const ignoring = new Set([...dates.map(({ name }) => name), ...hidingKeys(context)]);
  const rest = features.filter(({ name }) => !ignoring.has(name));
  if (ignoring.size === 0 || rest.length === 0) return null;
  const isFound = inTraining(rest, isTest);
  const rows = await countedRows(context, rest, isFound);
  if (rows.count === 0) return null;
  const copies = copiesOf(context, rest);
  const confidence = copyConfidence(copies);
  if (isExplained(copies) || (confidence < LIKELY && !isUndecided(copies))) return null;
  const [date] = dates;
  return {
    ignoring: features.flatMap(({ name }) => (ignoring.has(name) ? [name] : [])),
    rows,
    isFound,
    copies,
    confidence,
    hasDates: date !== undefined,
    mayLast: date !== undefined && !cannotLast(context, rest, date),
  };
}

/** Whether a test row equals a training row in these columns. */
export function inTraining(columns: readonly Column[], isTest: Uint8Array): (row: number) => boolean {
  const { group, sizes } = groupsOf(rowHash(columns, isTest.length));
  const trained = new Uint8Array(sizes.length);
  group.forEach((id, row) => {
    if (isTest[row] === 0) trained[id] = 1;
  });
  return (row) => isTest[row] === 1 && trained[group[row] ?? 0] === 1;
}

/** Of a sample: counted over all rows, as `wholeOverlap` does. */
async function countedRows(context: AuditContext, columns: readonly Column[], isFound: (row: number) => boolean): Promise<AffectedRows> {
  if (context.frame.rowNumbers === null) return affectedTestRows(context, isFound);
  const names = columns.map(({ name }) => name);
  const { testRows, sample } = await context.testOverlap(names, []);
  return { count: testRows, sample };
}
