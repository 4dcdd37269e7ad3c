import type { Check } from "../check.ts";
import { infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { emptyRows } from "../missing/empty-rows.ts";

/** Below this share of rows leaving them out cannot shift the rest by much. */
const SMALL = 0.05;

/** Rows without a label. They are left out, never filled. */
export const missingLabel: Check = {
  trap: "missing-label",
  title: "Rows have no label",
  inspect(context) {
    const { dataset, roles } = context;
    const count = Math.max(0, infoOf(context, roles.target).missing - emptyRows(context));
    if (count === 0) return [];
    const share = count / dataset.rows;
    return [
      {
        trap: "missing-label",
        columns: [roles.target],
        rows: { ...affectedRows(context, (row) => Number.isNaN(context.target[row])), count },
        severity: share < SMALL ? "cosmetic" : "costly",
        confidence: 1,
        evidence: { unlabelledRows: count, share },
        fix: { action: "steps", steps: [{ op: "drop-unlabelled-rows", target: roles.target }] },
        counterfactual: null,
        question:
          share < SMALL ? null : `Why is \`${roles.target}\` empty in ${percent(share)} of the rows: not known yet, or not the case?`,
        choices: ["unknown", "negative"],
        ifRejected: {
          severity: "blocker",
          fix: { action: "advice", text: `Write into the rows without \`${roles.target}\` what it means that it is empty.` },
        },
        why: `${amount(count)} of ${amount(dataset.rows)} rows (${percent(share)}) have no \`${roles.target}\`; they are left out, since a label that is made up teaches what was made up.`,
      },
    ];
  },
};
