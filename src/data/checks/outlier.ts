import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, namedColumns, percent } from "../findings/phrase.ts";
import { DECIDED_BY_FEW, HEAVY_TAIL, linearGround, NORMAL_TAIL, type NumberShape, numberShapes } from "../linear/number-shapes.ts";

const CUT = 0.01;
const MOST_NAMED = 8;

/** A few values so far from all others that a straight line follows them. Trees do not care, so a linear model measures what they cost. */
export const outlier: Check = {
  trap: "outlier",
  title: "A few rows lie far from all others",
  inspect(context) {
    const found = numberShapes(context)
      // In logarithms too: they lie apart, and are not the end of a long tail.
      .filter(({ tail, logTail }) => tail.share > DECIDED_BY_FEW && (logTail === null || logTail.share > HEAVY_TAIL))
      .sort((a, b) => b.tail.share - a.tail.share || (a.column.name < b.column.name ? -1 : 1))
      .slice(0, MOST_NAMED);
    return found.length === 0 ? [] : [suspicion(context, found)];
  },
};

function suspicion(context: AuditContext, found: readonly NumberShape[]): Suspicion {
  const columns = found.map(({ column }) => column.name).sort();
  const rows = affectedRows(context, (row) =>
    found.some(({ column, median, tail }) => Math.abs((column.values[row] ?? Number.NaN) - median) >= tail.from),
  );
  const [first] = found;
  const { share } = first?.tail ?? { share: 0 };
  return {
    trap: "outlier",
    columns,
    rows,
    severity: "costly",
    confidence: 0.9,
    evidence: {
      ofSquares: Object.fromEntries(found.map(({ column, tail }) => [column.name, tail.share])),
      ofSquaresInLogs: Object.fromEntries(found.map(({ column, logTail }) => [column.name, logTail?.share ?? null])),
      largestShare: share,
      normalShare: NORMAL_TAIL,
    },
    fix: {
      action: "advice",
      text: `Look at these rows. Where a linear model is to be used, cut ${namedColumns(columns)} off at the 1 % and 99 % quantiles of the training rows; trees need nothing.`,
    },
    counterfactual: {
      ...linearGround(context),
      claimed: {},
      honest: { steps: [{ op: "clip", columns, share: CUT }] },
      flatters: false,
      compares: "a linear model of the numbers as they are against one with their extremes cut off",
    },
    question: null,
    why: `${counted(rows.count, "row")} ${rows.count === 1 ? "lies" : "lie"} far from all others in ${namedColumns(columns)} and ${rows.count === 1 ? "carries" : "carry"} up to ${percent(share)} of the squared deviations (of a normal column a hundredth carries 8 %): a linear model goes by them.`,
  };
}
