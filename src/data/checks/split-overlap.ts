import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { featureCopies } from "../copies/copies.ts";
import { ALIKE, COPIES_OR_ALIKE, copyConfidence, copyQuestion, isUndecided } from "../copies/copy-severity.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";

/** Rows of the given test set that also stand in the training rows. */
export const splitOverlap: Check = {
  trap: "split-overlap",
  title: "Test rows are also training rows",
  subject: "given-split",
  inspect(context) {
    return context.testRows === null || context.testRows.length === 0 ? [] : inspectTest(context, context.testRows);
  },
};

function inspectTest(context: AuditContext, testRows: Int32Array): readonly Suspicion[] {
  const { frame, roles } = context;
  const columns = featuresOf(context);
  const { group, sizes } = groupsOf(rowHash(columns, frame.rows));
  const isTest = new Uint8Array(frame.rows);
  for (const row of testRows) isTest[row] = 1;
  const trained = new Int32Array(sizes.length);
  group.forEach((id, row) => {
    if (isTest[row] === 0) trained[id] = (trained[id] ?? 0) + 1;
  });
  const overlaps = (row: number) => isTest[row] === 1 && (trained[group[row] ?? 0] ?? 0) > 0;
  const count = testRows.reduce((sum, row) => sum + (overlaps(row) ? 1 : 0), 0);
  if (count === 0) return [];
  const share = count / testRows.length;
  const copies = featureCopies(context);
  const confidence = copyConfidence(copies);
  const undecided = isUndecided(copies);
  const worst = (confidence < LIKELY && !undecided) || share < 0.005 ? "cosmetic" : share >= 0.05 ? "blocker" : "harmful";
  const ignoring = frame.columns.map(({ name }) => name).filter((name) => name !== roles.target && !roles.features.includes(name));
  const steps = [{ op: "drop-duplicate-rows" as const, ignoring }];
  const chance = confidence >= LIKELY ? "" : undecided ? ` ${ALIKE}` : " Most of them can be equal by chance.";
  return [
    {
      trap: "split-overlap",
      columns: [],
      rows: affectedRows(context, overlaps),
      severity: worst,
      confidence,
      evidence: {
        overlappingTestRows: count,
        testRows: testRows.length,
        share,
        copiedPairsShare: copies.share,
        sampled: frame.rowNumbers !== null,
      },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: true },
      question: copyQuestion(copies),
      choices: COPIES_OR_ALIKE,
      why: `${amount(count)} of ${counted(testRows.length, "test row")} (${percent(share)}) also ${count === 1 ? "stands" : "stand"} in the training data with the same features: on them the model is asked what it has been told.${chance}`,
    },
  ];
}
