import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { featureCopies } from "../copies/copies.ts";
import { copyConfidence } from "../copies/copy-severity.ts";
import { affectedRows, countedInAll, NO_ROWS } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { type NoiseFloor, noiseFloor, toldByTime, wholeFloor } from "../labels/noise-floor.ts";
import { type TableOfCounts, tableOfCounts } from "../labels/table-of-counts.ts";
import { turnedAround } from "../labels/turned-labels.ts";

/** Below this loss the bound is no news. */
const NOTABLE = 0.01;
/** Below this it does not show in three digits of a score. */
const VISIBLE = 0.001;
/** Share of these rows that the time tells apart from which it is the answer. */
const MOSTLY = 0.9;
const HARD_ROWS =
  "To judge without these rows takes hard rows out, which makes any score better, even on shuffled labels: no experiment shows what they cost, and the bound is what is known.";
const EXPECTED = " The columns hold so few different values that this is to be expected.";

/** Equal features with different labels: a bound that no model on these columns can exceed. */
export const conflictingLabel: Check = {
  trap: "conflicting-label",
  title: "Equal rows have different labels",
  ask: wholeFloor,
  async inspect(context) {
    const cells = tableOfCounts(context);
    return [...(cells === null ? [] : [ofCells(context, cells)]), ...(await ofEqualRows(context)), ...turnedAround(context)];
  },
};

async function ofEqualRows(context: AuditContext): Promise<Suspicion[]> {
  const whole = await wholeFloor(context);
  const seen = noiseFloor(context);
  const floor = whole ?? { ...seen, conflictingRows: seen.conflicting.length };
  if (floor.conflictingRows === 0) return [];
  // Nothing is removed here: what chance does not explain is said, whatever the columns.
  const copied = copyConfidence({ ...featureCopies(context), measured: true });
  const loss = 1 - (floor.bestAccuracy ?? floor.bestR2 ?? 1);
  if (loss < VISIBLE) return [];
  const hit = new Set(floor.conflicting);
  const inFrame = affectedRows(context, (row) => hit.has(row));
  const share = floor.conflictingRows / floor.rows;
  const chance = copied < 0.5;
  const told = toldByTime(context);
  const time = told >= MOSTLY ? context.roles.time : null;
  return [
    {
      trap: "conflicting-label",
      columns: [context.roles.target],
      rows: whole === null ? inFrame : countedInAll(inFrame, floor.conflictingRows),
      severity: loss < NOTABLE || chance ? "cosmetic" : "costly",
      confidence: 0.95,
      evidence: {
        conflictingRows: floor.conflictingRows,
        share,
        groups: floor.groups,
        bestAccuracy: floor.bestAccuracy,
        bestAuc: floor.bestAuc,
        bestR2: floor.bestR2,
        copiedPairsShare: copied,
        ...(time === null ? {} : { toldByTime: told }),
      },
      fix: {
        action: "advice",
        text:
          time === null
            ? "Look at some of these rows: either labels are wrong, or a column is missing that would tell them apart."
            : `Nothing has to be wrong with these labels: \`${time}\` tells the rows apart. Make features of it that a later row has too, such as a season or the value before it.`,
      },
      counterfactual: null,
      unmeasured: HARD_ROWS,
      question: null,
      why: `${amount(floor.conflictingRows)} of ${amount(floor.rows)} rows (${percent(share)}) share all their features with a row of another label: ${bound(floor)}.${chance ? EXPECTED : ""}${time === null ? "" : ` \`${time}\`, the time of the rows and no feature, tells ${told === 1 ? "them" : `${percent(told)} of them`} apart.`}`,
    },
  ];
}

/** Rows that are no cases: each set of kinds stands once with each class by design, and the classes are equally frequent whatever they are in life. */
function ofCells({ roles, task }: AuditContext, { column, kinds, full, cases }: TableOfCounts): Suspicion {
  const classes = task.kind === "regression" ? 0 : task.classes.length;
  return {
    trap: "conflicting-label",
    columns: [column],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: 0.85,
    evidence: { kind: "table-of-counts", kinds, full, cases, classes },
    fix: {
      action: "advice",
      text: `Write each row as often as \`${column}\` says (${amount(cases)} rows), or give it as the weight of the row; it is no feature.`,
    },
    counterfactual: null,
    unmeasured: "A row of this table is no case, so no score on it says anything of cases.",
    question: null,
    why: `Each set of values of the other columns stands once with each of the ${classes} classes of \`${roles.target}\` (${amount(full)} of ${amount(kinds)} sets): the rows are the cells of a cross table, and \`${column}\` says how many cases are in each. A model that takes them for cases learns that all classes are equally likely.`,
  };
}

function bound({ bestAccuracy, bestAuc, bestR2 }: NoiseFloor): string {
  if (bestR2 !== null) return `no model on these columns can exceed an R2 of ${bestR2.toFixed(3)} over all rows`;
  const ranked = bestAuc === null || bestAuc.toFixed(3) === "1.000" ? "" : ` and an AUC of ${bestAuc.toFixed(3)}`;
  return `no model on these columns can exceed an accuracy of ${percent(bestAccuracy ?? 1)}${ranked} over all rows`;
}
