import type { Column } from "../../core/column.ts";
import type { Fix, Suspicion } from "../../core/finding.ts";
import type { AuditContext, Check } from "../check.ts";
import { equalFeatures } from "../columns/equal-features.ts";
import { featuresOf } from "../columns/features.ts";
import { groupsOf, rowHash } from "../columns/row-hash.ts";
import { type Copies, featureCopies } from "../copies/copies.ts";
import { ALIKE, COPIES_OR_ALIKE, copyConfidence, copyQuestion, isUndecided, TWICE } from "../copies/copy-severity.ts";
import { nearOverlap } from "../copies/near-overlap.ts";
import { inTraining, type OverlapApart, overlapApart } from "../copies/overlap-apart.ts";
import { splitColumn } from "../copies/split-column.ts";
import { type WholeOverlap, wholeOverlap } from "../copies/whole-overlap.ts";
import { affectedRows, affectedTestRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";

/** Rows of the given test set that also stand in the training rows, or nearly do. */
export const splitOverlap: Check = {
  trap: "split-overlap",
  title: "Test rows are also training rows",
  subject: "given-split",
  ask: wholeOverlap,
  async inspect(context) {
    if (context.testRows === null) return partsInTable(context);
    return context.testRows.length === 0 ? [] : await inspectTest(context, context.testRows);
  },
};

/** The table says itself which rows are for judging: that tells nothing of a new case, and copies may stand in both parts. */
function partsInTable(context: AuditContext): readonly Suspicion[] {
  const found = splitColumn(context);
  if (found === null) return [];
  const { column, isNamed, trains, judges, training, judging, overlapping, copies } = found;
  const share = overlapping.length / judging.length;
  const isCopied = copyConfidence(copies) >= LIKELY || isUndecided(copies);
  const overlaps = new Set(overlapping);
  const steps = [{ op: "drop" as const, columns: [column.name] }];
  const parts = `${trains.map(quoted).join(" and ")} (${counted(training, "row")}) and ${judges.map(quoted).join(" and ")} (${counted(judging.length, "row")})`;
  const shared =
    overlapping.length === 0 || context.frame.rowNumbers !== null
      ? ""
      : ` ${counted(overlapping.length, "row")} (${percent(share)}) of those for judging are equal to one for training in all other features${isCopied ? "" : ", as may be by chance"}.`;
  return [
    {
      trap: "split-overlap",
      columns: [column.name],
      rows: affectedRows(context, (row) => overlaps.has(row)),
      severity: isCopied && share >= LEAST_SHARED ? "harmful" : "cosmetic",
      confidence: isNamed ? 0.9 : ASKS,
      evidence: {
        kind: "parts-in-table",
        trains,
        judges,
        trainingRows: training,
        judgingRows: judging.length,
        overlappingRows: overlapping.length,
        share,
        copiedPairsShare: copies.share,
      },
      fix: { action: "steps", steps },
      counterfactual: null,
      unmeasured: "The parts are judged as one table: only the user can say whether this split is the one to judge by.",
      question: isNamed ? null : `Does \`${column.name}\` say which rows are for training a model and which for judging it?`,
      choices: ["yes", "no"],
      why: `\`${column.name}\` ${isNamed ? "says" : "may say"} of each row whether it is for training or for judging: ${parts}. ${isNamed ? "No new case has it, so it is left out of the features" : "If so, no new case has it"}.${shared} To judge by these parts, write two files and give the second with --test.`,
    },
  ];
}

/** Of the rows that judge. */
const LEAST_SHARED = 0.005;
/** Below LIKELY: the words alone are everyday ones. */
const ASKS = 0.45;

const OTHER_ROWS: Fix = {
  action: "advice",
  text: "Give a test set whose rows do not stand in the training data (`--test`), or leave it out: then parts of the data that the model has not seen judge it.",
};
const NEAR_APART: Fix = {
  action: "advice",
  text: "Leave the training rows that the test rows are copies of out of the training data, or the copies out of the test set; if they are one thing measured again, name the thing in a column and give it with --group.",
};
const NONE_LEFT =
  "Every training row also stands in the test set: without the copies none is left to learn from, so there is no score to compare with.";

async function inspectTest(context: AuditContext, testRows: Int32Array): Promise<readonly Suspicion[]> {
  const { frame } = context;
  const columns = featuresOf(context);
  const isTest = new Uint8Array(frame.rows);
  for (const row of testRows) isTest[row] = 1;
  const overlaps = inTraining(columns, isTest);
  const rows = affectedTestRows(context, overlaps);
  const found = (await wholeOverlap(context)) ?? {
    rows,
    testRows: testRows.length,
    isSame: isTrainingAgain(context, testRows),
    leavesNone: rows.count > 0 && everyTrainingRowIsTested(context, columns, isTest),
  };
  const equal = found.rows.count === 0 ? [] : [ofEqual(context, found)];
  if (found.leavesNone) return equal;
  const apart = await overlapApart(context, isTest);
  // Copies of which some are equal outright: more of them than these.
  const hidden = apart === null || apart.copies.copied <= featureCopies(context).pairs ? null : apart;
  const isEqual = (row: number) => overlaps(row) || hidden?.isFound(row) === true;
  return [...equal, ...(hidden === null ? [] : [ofHidden(context, hidden, found)]), ...(await ofNear(context, isTest, testRows, isEqual))];
}

function ofEqual(context: AuditContext, { rows, testRows, isSame, leavesNone }: WholeOverlap): Suspicion {
  const { frame, roles } = context;
  const { count } = rows;
  const share = count / testRows;
  const copies = featureCopies(context);
  const confidence = isSame ? 1 : copyConfidence(copies);
  const undecided = !isSame && isUndecided(copies);
  const worst = confidence < LIKELY && !undecided ? "cosmetic" : worstOf(share);
  const ignoring = frame.columns.map(({ name }) => name).filter((name) => name !== roles.target && !roles.features.includes(name));
  const steps = [{ op: "drop-duplicate-rows" as const, ignoring }];
  const chance = confidence >= LIKELY ? "" : ` ${unsure(copies)}`;
  return {
    trap: "split-overlap",
    columns: [],
    rows,
    severity: worst,
    confidence,
    evidence: {
      overlappingTestRows: count,
      testRows,
      share,
      equalPairs: copies.pairs,
      copiedPairsShare: copies.share,
      ...(leavesNone ? { leavesNone } : {}),
    },
    ...(leavesNone
      ? { fix: OTHER_ROWS, counterfactual: null, unmeasured: NONE_LEFT }
      : { fix: { action: "steps", steps }, counterfactual: { change: "steps", steps, flatters: true } }),
    question: isSame ? null : copyQuestion(copies),
    choices: COPIES_OR_ALIKE,
    why: `${isSame ? "The test set is the training data once more, row by row: " : ""}${amount(count)} of ${counted(testRows, "test row")} (${percent(share)}) also ${count === 1 ? "stands" : "stand"} in the training data with the same features: on them the model is asked what it has been told.${chance}`,
  };
}

/** Equal but for a date may be two entries, or a state that lasts: below LIKELY, so nothing is removed unasked. */
const MAY_BE_OWN = 0.45;

function ofHidden(context: AuditContext, found: OverlapApart, { rows: equal, testRows }: WholeOverlap): Suspicion {
  const { ignoring, rows, copies, hasDates, mayLast } = found;
  const { frame, roles } = context;
  const hidden = rows.count - equal.count;
  const share = hidden / testRows;
  const left = frame.columns.map(({ name }) => name).filter((name) => name !== roles.target && !roles.features.includes(name));
  const steps = [{ op: "drop-duplicate-rows" as const, ignoring: [...left, ...ignoring] }];
  const doubt = isUndecided(copies) ? ` ${ALIKE}` : mayLast ? " They are copies, or a state that lasts." : "";
  return {
    trap: "split-overlap",
    columns: ignoring,
    rows: { ...rows, count: hidden },
    severity: mayLast ? "cosmetic" : worstOf(share),
    confidence: found.confidence * (hasDates ? MAY_BE_OWN : 1),
    evidence: { overlappingTestRows: hidden, testRows, share, equalPairs: copies.pairs, copiedPairsShare: copies.share },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: TWICE,
    choices: COPIES_OR_ALIKE,
    why: `${amount(hidden)} of ${counted(testRows, "test row")} (${percent(share)}) ${hidden === 1 ? "equals" : "equal"} a training row in all features but ${namedColumns(ignoring)}, far more than chance explains: on them the model is asked what it has been told.${doubt}`,
  };
}

/** What is said of equal rows that are not likely copies. */
function unsure(copies: Copies): string {
  if (copies.pairs === 0) return "Whether chance explains them cannot be told: the sample that was looked at holds no two of them.";
  return isUndecided(copies) ? ALIKE : "Most of them can be equal by chance.";
}

/** How bad rows that stand on both sides are at worst, by their share of the test rows. */
function worstOf(share: number): Suspicion["severity"] {
  return share < 0.005 ? "cosmetic" : share >= 0.05 ? "blocker" : "harmful";
}

/** A step finds equal rows anew in any table, and near ones only by this search, in the sample: to leave them out is advice. */
async function ofNear(
  context: AuditContext,
  isTest: Uint8Array,
  testRows: Int32Array,
  isEqual: (row: number) => boolean,
): Promise<readonly Suspicion[]> {
  const near = await nearOverlap(context, isTest, isEqual);
  const rows = near === null ? [] : Array.from(near.rows).filter((row) => !isEqual(row));
  if (near === null || rows.length === 0) return [];
  const share = rows.length / testRows.length;
  const found = new Set(rows);
  return [
    {
      trap: "split-overlap",
      columns: near.columns,
      rows: affectedTestRows(context, (row) => found.has(row)),
      severity: worstOf(share),
      confidence: near.confidence,
      evidence: {
        nearTestRows: rows.length,
        testRows: testRows.length,
        share,
        ...near.evidence,
        sampled: context.frame.rowNumbers !== null,
      },
      fix: NEAR_APART,
      counterfactual: { change: "judged-rows", without: rows.sort((a, b) => a - b), flatters: true },
      question: "Are the test rows that are almost equal to training rows copies of them, or things of their own?",
      choices: ["copies", "own"],
      why: `${amount(rows.length)} of ${counted(testRows.length, "test row")} (${percent(share)}) ${near.says}: almost copies, on which the model is asked nearly what it has been told.`,
    },
  ];
}

/** The same rows in the same order, labels too: the file was given twice. */
function isTrainingAgain(context: AuditContext, testRows: Int32Array): boolean {
  const { frame, target } = context;
  const { group } = equalFeatures(context);
  const training = frame.rows - testRows.length;
  return training === testRows.length && testRows.every((row, i) => group[row] === group[i] && Object.is(target[row], target[i]));
}

/** Once each row is kept in one place only, which is where it judges, no labelled row is left to train on. */
function everyTrainingRowIsTested({ frame, target }: AuditContext, columns: readonly Column[], isTest: Uint8Array): boolean {
  const { group, sizes } = groupsOf(rowHash([...columns, { name: "", type: "number", values: target }], frame.rows));
  const isTested = new Uint8Array(sizes.length);
  group.forEach((id, row) => {
    if (isTest[row] === 1) isTested[id] = 1;
  });
  return group.every((id, row) => isTest[row] === 1 || isTested[id] === 1 || Number.isNaN(target[row]));
}
