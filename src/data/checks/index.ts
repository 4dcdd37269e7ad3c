import type { Check } from "../check.ts";
import { appendedRows } from "./appended-rows.ts";
import { censoredTarget } from "./censored-target.ts";
import { codeAsNumber } from "./code-as-number.ts";
import { combinationLeak } from "./combination-leak.ts";
import { conceptShift } from "./concept-shift.ts";
import { conflictingLabel } from "./conflicting-label.ts";
import { constant } from "./constant.ts";
import { covariateShift } from "./covariate-shift.ts";
import { derivedColumn } from "./derived-column.ts";
import { dialect } from "./dialect.ts";
import { duplicateColumn } from "./duplicate-column.ts";
import { duplicateRow } from "./duplicate-row.ts";
import { emptyColumn } from "./empty-column.ts";
import { emptyRow } from "./empty-row.ts";
import { encoding } from "./encoding.ts";
import { futureLeak } from "./future-leak.ts";
import { groupLeak } from "./group-leak.ts";
import { hiddenDuplicate } from "./hidden-duplicate.ts";
import { highCardinality } from "./high-cardinality.ts";
import { identifier } from "./identifier.ts";
import { imbalance } from "./imbalance.ts";
import { impossibleValue } from "./impossible-value.ts";
import { irregularTime } from "./irregular-time.ts";
import { labelShiftInTime } from "./label-shift-in-time.ts";
import { labelVariant } from "./label-variant.ts";
import { missing } from "./missing.ts";
import { missingHeader } from "./missing-header.ts";
import { missingLabel } from "./missing-label.ts";
import { missingnessLeak } from "./missingness-leak.ts";
import { mixedTypes } from "./mixed-types.ts";
import { multicollinear } from "./multicollinear.ts";
import { nearConstant } from "./near-constant.ts";
import { nearDuplicate } from "./near-duplicate.ts";
import { newCategory } from "./new-category.ts";
import { nullSpelling } from "./null-spelling.ts";
import { orderLeak } from "./order-leak.ts";
import { outlier } from "./outlier.ts";
import { oversampled } from "./oversampled.ts";
import { partialLeak } from "./partial-leak.ts";
import { personalData } from "./personal-data.ts";
import { postOutcome } from "./post-outcome.ts";
import { preprocessingLeak } from "./preprocessing-leak.ts";
import { rareClass } from "./rare-class.ts";
import { reusedTest } from "./reused-test.ts";
import { samplingBias } from "./sampling-bias.ts";
import { scale } from "./scale.ts";
import { sentinel } from "./sentinel.ts";
import { siblingTarget } from "./sibling-target.ts";
import { siteEffect } from "./site-effect.ts";
import { skewed } from "./skewed.ts";
import { spellingVariant } from "./spelling-variant.ts";
import { splitGroupOverlap } from "./split-group-overlap.ts";
import { splitOverlap } from "./split-overlap.ts";
import { splitTimeOverlap } from "./split-time-overlap.ts";
import { structuralMissing } from "./structural-missing.ts";
import { targetLeak } from "./target-leak.ts";
import { textDate } from "./text-date.ts";
import { textNumber } from "./text-number.ts";
import { timeLeak } from "./time-leak.ts";
import { tooFewRows } from "./too-few-rows.ts";
import { unitMix } from "./unit-mix.ts";
import { unobservedAsZero } from "./unobserved-as-zero.ts";
import { unreadText } from "./unread-text.ts";
import { wrongLabel } from "./wrong-label.ts";
import { zeroInflated } from "./zero-inflated.ts";

/** The only list of checks, one line each. Their order is that of the trap catalogue and has no effect on findings. */
export const CHECKS: readonly Check[] = [
  targetLeak,
  postOutcome,
  partialLeak,
  combinationLeak,
  siblingTarget,
  orderLeak,
  groupLeak,
  timeLeak,
  futureLeak,
  preprocessingLeak,
  siteEffect,
  identifier,
  highCardinality,
  unreadText,
  duplicateRow,
  hiddenDuplicate,
  nearDuplicate,
  oversampled,
  splitOverlap,
  splitGroupOverlap,
  splitTimeOverlap,
  sentinel,
  nullSpelling,
  missing,
  emptyColumn,
  emptyRow,
  missingnessLeak,
  structuralMissing,
  mixedTypes,
  constant,
  nearConstant,
  spellingVariant,
  labelVariant,
  encoding,
  conflictingLabel,
  censoredTarget,
  zeroInflated,
  unobservedAsZero,
  labelShiftInTime,
  wrongLabel,
  imbalance,
  rareClass,
  missingLabel,
  appendedRows,
  irregularTime,
  tooFewRows,
  covariateShift,
  newCategory,
  samplingBias,
  conceptShift,
  reusedTest,
  missingHeader,
  dialect,
  duplicateColumn,
  derivedColumn,
  textNumber,
  textDate,
  codeAsNumber,
  impossibleValue,
  outlier,
  unitMix,
  multicollinear,
  skewed,
  scale,
  personalData,
];
