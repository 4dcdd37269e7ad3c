import type { Fix, Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { infoOf } from "../columns/features.ts";
import { affectedRows, countedInAll } from "../findings/affected-rows.ts";
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
    const fix: Fix = { action: "steps", steps: [{ op: "drop-unlabelled-rows", target: roles.target }] };
    const said = `${amount(count)} of ${amount(dataset.rows)} rows (${percent(share)}) have no \`${roles.target}\``;
    return [
      {
        trap: "missing-label",
        columns: [roles.target],
        rows: countedInAll(
          affectedRows(context, (row) => Number.isNaN(context.target[row])),
          count,
        ),
        severity: share < SMALL ? "cosmetic" : "costly",
        confidence: 1,
        evidence: { unlabelledRows: count, share },
        fix,
        counterfactual: null,
        ...(share < SMALL ? { question: null } : whyEmpty(context, said, percent(share), fix)),
        why: `${said}; they are left out, since a label that is made up teaches what was made up.`,
      },
    ];
  },
};

/** A class may be meant by an empty cell; an amount is there or is not, and of rows without one nothing is to be written in. */
function whyEmpty(
  { roles: { target }, task }: AuditContext,
  said: string,
  share: string,
  fix: Fix,
): Pick<Suspicion, "question" | "choices" | "ifRejected"> {
  const asked = `Why is \`${target}\` empty in ${share} of the rows`;
  if (task.kind === "regression")
    return {
      question: `${asked}: is there one that is not known (yet), or is there none?`,
      choices: ["unknown", "none"],
      ifRejected: {
        severity: "costly",
        fix,
        why: `${said}, and you say that there is none for them. They are left out: the model answers for rows that have one, and says of no row whether it will have one, which is another question.`,
      },
    };
  return {
    question: `${asked}: not known yet, or not the case?`,
    choices: ["unknown", "negative"],
    ifRejected: {
      severity: "blocker",
      fix: { action: "advice", text: `Write into the rows without \`${target}\` the class that they stand for, and run again.` },
      why: `${said}, and you say that it is not the case there. Which class that is does not stand in them, so they are left out as long as they are empty: the model learns and is judged without them.`,
    },
  };
}
