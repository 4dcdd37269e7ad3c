import { isMissing } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { associate, associationsOf, viewOf, zThreshold } from "../signal/associations.ts";

/** How many values a row lacks, where that tells more than any column's gaps alone. */
export interface GapsPerRow {
  readonly columns: readonly string[];
  /** Of each row of the frame. */
  readonly gaps: Float64Array;
  /** Out of fold, 0.5 nothing, 1 everything; its z; and the score of the gaps of the best column alone. */
  readonly score: number;
  readonly z: number;
  readonly bestAlone: number;
}

const LEAST_COLUMNS = 3;
/** What the number of gaps tells from here on is more than most honest columns do, and so much more than one column's gaps. */
const [LEAST_SCORE, LEAST_MORE] = [0.65, 0.05];

/** Gaps of each column that tell a little each, such as of forms that somebody fills in once the outcome is there. Corrected for as many looks as there are features. */
export function gapsPerRow(context: AuditContext): GapsPerRow | null {
  const associations = associationsOf(context);
  const lacking = featuresOf(context).filter(({ name }) => {
    const { missing } = infoOf(context, name);
    return missing > 0 && missing < context.dataset.rows;
  });
  if (lacking.length < LEAST_COLUMNS) return null;
  const gaps = new Float64Array(context.frame.rows);
  for (const column of lacking) for (let row = 0; row < gaps.length; row++) if (isMissing(column, row)) gaps[row] = (gaps[row] ?? 0) + 1;
  const { score, z } = associate({ name: "gaps per row", type: "number", values: gaps }, viewOf(context));
  const bestAlone = Math.max(...lacking.map(({ name }) => associations.get(name)?.missingScore ?? 0.5));
  if (score < Math.max(LEAST_SCORE, bestAlone + LEAST_MORE) || z <= zThreshold(context.roles.features.length)) return null;
  return { columns: lacking.map(({ name }) => name), gaps, score, z, bestAlone };
}
