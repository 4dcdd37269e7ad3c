import type { AffectedRows } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";

/** What the given test set and the training rows share, counted over all rows of both. */
export interface WholeOverlap {
  /** Test rows that also stand in the training rows, by their features. */
  readonly rows: AffectedRows;
  readonly testRows: number;
  /** The same rows in the same order, labels too. */
  readonly isSame: boolean;
  /** Every labelled training row also stands in the test set, label too. */
  readonly leavesNone: boolean;
}

/** Rows of the given test set in the whole table. */
export function testSetRows({ dataset, training, testRows }: AuditContext): number {
  return training === null ? (testRows?.length ?? 0) : dataset.rows - training.dataset.rows;
}

/** Where the frame is a sample: of it a test row and the training row that it equals are seldom both. Null elsewhere. */
export function wholeOverlap(context: AuditContext): Promise<WholeOverlap | null> {
  return context.shared("overlap of all rows", async () => {
    const { frame, testRows, training, roles } = context;
    if (frame.rowNumbers === null || testRows === null || training === null) return null;
    const tested = testSetRows(context);
    const trained = training.dataset.rows;
    const features = featuresOf(context).map(({ name }) => name);
    const found = await context.testOverlap(features, []);
    const rows = { count: found.testRows, sample: found.sample };
    const missing = infoOf(training, roles.target).missing;
    const labelled = trained - missing;
    if (found.testRows === 0 || found.trainingRows < labelled) return { rows, testRows: tested, isSame: false, leavesNone: false };
    const both = await context.testOverlap([...features, roles.target], [roles.target]);
    const sameLabels = both.inPlace === labelled && infoOf(context, roles.target).missing === 2 * missing;
    return {
      rows,
      testRows: tested,
      isSame: tested === trained && found.inPlace === trained && sameLabels,
      leavesNone: both.trainingRows === labelled,
    };
  });
}
