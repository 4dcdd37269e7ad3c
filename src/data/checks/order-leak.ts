import type { Column } from "../../core/column.ts";
import { NO_ROWS } from "../affected-rows.ts";
import { associate, viewOf, zThreshold } from "../associations.ts";
import type { Check } from "../check.ts";
import { answerFor } from "../leak-odds.ts";
import { namedColumns } from "../phrase.ts";
import { columnsInRowOrder, rowOrderOf } from "../row-order.ts";
import { scoreEvidence, scoreWords } from "../score-words.ts";

/** Score of the row number from which the order is worth a word. */
const LEAST_SCORE = 0.6;

/** The place of a row in the file tells its label, and columns that follow the rows carry it. Rows in the order of time are not meant. */
export const orderLeak: Check = {
  trap: "order-leak",
  title: "The order of the rows carries the target",
  inspect(context) {
    const order = rowOrderOf(context);
    if (order.by !== null) return [];
    const values = Float64Array.from({ length: context.frame.rows }, (_, row) => context.frame.rowNumbers?.[row] ?? row);
    const place: Column = { name: "(row number)", type: "number", values };
    const found = associate(place, viewOf(context));
    if (found.score < LEAST_SCORE || found.z <= zThreshold(1)) return [];
    const following = columnsInRowOrder(context).filter(
      (name) => context.roles.features.includes(name) && answerFor(context, name) !== "before",
    );
    const steps = following.length > 0 ? [{ op: "drop" as const, columns: following }] : [];
    const carried = following.length > 0;
    if (!carried && !order.sortedByTarget) return [];
    return [
      {
        trap: "order-leak",
        columns: following,
        rows: NO_ROWS,
        severity: carried ? "blocker" : "cosmetic",
        confidence: carried ? Math.min(0.95, 0.5 + found.score / 2 + (order.sortedByTarget ? 0.1 : -0.1)) : 0.9,
        evidence: {
          ...scoreEvidence(found),
          persistence: order.persistence,
          persistenceZ: order.persistenceZ,
          sortedByTarget: order.sortedByTarget,
        },
        fix: carried ? { action: "steps", steps } : { action: "advice", text: "Never cut this file by position; shuffle it first." },
        counterfactual: carried ? { change: "steps", steps, flatters: true } : null,
        question: carried ? `Do new cases get a value of ${namedColumns(following)} that goes with their outcome in the same way?` : null,
        why: `The number of a row in the file tells its target: ${scoreWords(found, context.task)}. ${
          carried
            ? `${namedColumns(following)} rises or falls with the rows and carries it into the model.`
            : "No feature follows the rows, so only a cut by position would be misled."
        }`,
      },
    ];
  },
};
