import { isMissing } from "../../core/column.ts";
import type { Check } from "../check.ts";
import { featuresOf, infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { namedColumns, percent } from "../findings/phrase.ts";

/** From here on a column is rather absent than present. */
const MOSTLY = 0.5;

/** How much of the features is missing: one finding for columns that are mostly empty, one for all others. */
export const missing: Check = {
  trap: "missing",
  title: "Values are missing",
  inspect(context) {
    const { rows } = context.dataset;
    const shares = featuresOf(context)
      .map((column) => ({ column, share: infoOf(context, column.name).missing / rows }))
      .filter(({ share }) => share > 0 && share < 1)
      .sort((a, b) => b.share - a.share);
    const parts = [shares.filter(({ share }) => share >= MOSTLY), shares.filter(({ share }) => share < MOSTLY)];
    return parts.flatMap((part, index) => {
      const [worst] = part;
      if (worst === undefined) return [];
      const mostly = index === 0;
      const columns = part.map(({ column }) => column.name);
      const drop = [{ op: "drop" as const, columns }];
      const marked = [{ op: "missing-indicator" as const, columns }];
      return [
        {
          trap: "missing" as const,
          columns,
          rows: affectedRows(context, (row) => part.some(({ column }) => isMissing(column, row))),
          severity: mostly ? ("costly" as const) : ("cosmetic" as const),
          confidence: 1,
          evidence: { columnsWithMissing: columns.length, largestShare: worst.share, smallestShare: part.at(-1)?.share ?? worst.share },
          fix: { action: "steps" as const, steps: mostly ? drop : marked },
          counterfactual: { change: "steps" as const, steps: mostly ? drop : marked, flatters: false },
          question: null,
          why: `${namedColumns(columns)} ${columns.length === 1 ? "lacks" : "lack"} values: ${part.length === 1 ? "" : "up to "}${percent(worst.share)} of the rows have none${mostly ? ", more than half" : ""}.`,
        },
      ];
    });
  },
};
