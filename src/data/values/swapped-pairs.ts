import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn, ValueCounts } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { brokenIdentities, CLOSE, type CodesOf, LEAST_BROKEN } from "./broken-identities.ts";
import { fewThings } from "./of-few-things.ts";
import { swappedOrders } from "./swapped-orders.ts";

/** The ratio is so far from 1 (log) that its inverse is another, and so many of the other rows have the inverse. */
const [LEAST_RATIO, LEAST_EXPLAINED] = [0.05, 0.7];
/** A picture is upright or broad as well: it asks. */
const ASKS = 0.45;

/** Two columns of one ratio (horsepower and kilowatts), which is turned round in a few rows: the values stand in each other's place there. */
export function swappedPairs(context: AuditContext, codesOf: CodesOf): readonly Suspicion[] {
  return brokenIdentities(context, codesOf).flatMap(({ columns: [a, b, ...more], constant, compared, held, broken, off }): Suspicion[] => {
    if (a === undefined || b === undefined || more.length > 0 || Math.abs(constant) < LEAST_RATIO) return [];
    const swapped = new Set(broken.filter((_, place) => Math.abs((off[place] ?? 0) + 2 * constant) <= 2 * CLOSE));
    if (swapped.size < Math.max(LEAST_BROKEN, LEAST_EXPLAINED * broken.length)) return [];
    const [large, small] = constant > 0 ? [a.name, b.name] : [b.name, a.name];
    const ratio = amount(Number(Math.exp(Math.abs(constant)).toPrecision(4)));
    return [
      {
        trap: "impossible-value",
        columns: [large, small],
        rows: affectedRows(context, (row) => swapped.has(row)),
        severity: "costly",
        confidence: ASKS,
        evidence: {
          kind: "swapped",
          ratio: Math.exp(Math.abs(constant)),
          rows: swapped.size,
          comparedRows: compared,
          heldRows: held.length,
        },
        fix: { action: "advice", text: `If they are swapped, put \`${large}\` and \`${small}\` right at their source in these rows.` },
        counterfactual: null,
        unmeasured: "No step of a recipe swaps two columns in some rows.",
        question: `In these rows, do \`${large}\` and \`${small}\` stand in each other's place?`,
        why: `\`${large}\` is ${ratio} times \`${small}\` in ${percent(held.length / compared)} of the rows; in ${counted(swapped.size, "row")} it is the other way round (\`${small}\` is ${ratio} times \`${large}\`): the two may be swapped there, or it is so (a picture that is upright).`,
      },
    ];
  });
}

/** Two amounts of which one is the larger, clearly and in all rows but a few, in which each is as large as the other usually is. isTold: pairs that another finding tells. */
export function swappedByOrder(
  context: AuditContext,
  columns: readonly NumberColumn[],
  isTold: (a: NumberColumn, b: NumberColumn) => boolean,
  countsOf: (column: NumberColumn) => ValueCounts,
): readonly Suspicion[] {
  return swappedOrders(columns, isTold, countsOf).flatMap(({ small, large, compared, rows, margin, reversed, p }): Suspicion[] => {
    const swapped = new Set(rows);
    // Nobody slips in all rows of one thing, and in none else: there it is so.
    if (fewThings(context, [small, large], (row) => swapped.has(row)) !== null) return [];
    return [
      {
        trap: "impossible-value",
        columns: [large.name, small.name],
        rows: affectedRows(context, (row) => swapped.has(row)),
        severity: "costly",
        confidence: ASKS,
        evidence: { kind: "swapped", rows: rows.length, comparedRows: compared, margin, reversed, p },
        fix: {
          action: "advice",
          text: `If they are swapped, put \`${large.name}\` and \`${small.name}\` right at their source in these rows.`,
        },
        counterfactual: null,
        unmeasured: "No step of a recipe swaps two columns in some rows.",
        question: `In these rows, do \`${large.name}\` and \`${small.name}\` stand in each other's place?`,
        why: `\`${large.name}\` is larger than \`${small.name}\` by ${amount(margin)} or more in ${amount(compared - rows.length)} of ${amount(compared)} rows; in ${counted(rows.length, "row")} it is smaller, by ${amount(reversed)} or more (chance ${amount(Number(p.toPrecision(1)))}), and each is as large there as the other usually is: the two may be swapped, or it is so (a picture that is upright).`,
      },
    ];
  });
}
