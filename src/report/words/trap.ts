import type { Finding } from "../../core/finding.ts";
import type { TrapId } from "../../core/trap.ts";
import { listText } from "../plain.ts";

/** What each trap is, in the fewest plain words: the title of a finding. */
export const TRAP_TITLES: Readonly<Record<TrapId, string>> = {
  dialect: "The file is written in an unusual way",
  encoding: "Broken characters",
  "missing-header": "The file has no header",
  "mixed-types": "Numbers and text in one column",
  "text-number": "Numbers kept as text",
  "text-date": "Dates kept as text",
  "code-as-number": "A code is used as a quantity",
  constant: "The same value everywhere",
  "near-constant": "Almost the same value everywhere",
  "empty-column": "Empty column",
  "empty-row": "Empty rows",
  missing: "Missing values",
  "null-spelling": "Missing values spelt as words",
  sentinel: "A number stands for a missing value",
  "missingness-leak": "Whether a value is missing tells the answer",
  "structural-missing": "Missing means: there is none",
  "impossible-value": "Impossible values",
  outlier: "Rows far from all others",
  "unit-mix": "Two units in one column",
  "spelling-variant": "One thing spelt in several ways",
  "high-cardinality": "Too many different values to learn from",
  "unread-text": "Free text that nothing reads",
  identifier: "A column names the row",
  "duplicate-column": "The same column twice",
  "derived-column": "A column computed from others",
  multicollinear: "Columns that say the same",
  skewed: "A few values are far larger than the rest",
  scale: "Columns on very different scales",
  "duplicate-row": "The same row several times",
  "hidden-duplicate": "The same row several times, under different ids",
  "near-duplicate": "Almost the same row several times",
  oversampled: "Rows were copied before the split",
  "appended-rows": "Rows of another source at one end of the file",
  "irregular-time": "Time jumps or repeats",
  "too-few-rows": "Too few rows",
  "personal-data": "Personal data",
  imbalance: "One class is much rarer than the other",
  "rare-class": "A class is too rare to judge",
  "missing-label": "Rows without an answer",
  "label-variant": "One class spelt in several ways",
  "censored-target": "The target is cut off at a limit",
  "zero-inflated": "Many zeros in the target",
  "unobserved-as-zero": "Zero means: not recorded",
  "conflicting-label": "Equal rows with different answers",
  "wrong-label": "Answers that look wrong",
  "label-shift-in-time": "The meaning of the target changes over time",
  "sibling-target": "Another form of the target is used as a feature",
  "target-leak": "A column gives the answer away",
  "post-outcome": "Only known after the outcome",
  "partial-leak": "Some values give the answer away",
  "combination-leak": "Columns together give the answer away",
  "order-leak": "The order of the rows gives the answer away",
  "future-leak": "A column looks into the future",
  "preprocessing-leak": "Prepared with rows that should be unseen",
  "group-leak": "The same entity on both sides of the split",
  "time-leak": "A random split looks ahead",
  "split-overlap": "Test rows are known from the training data",
  "split-group-overlap": "Test rows are about things that training knows",
  "split-time-overlap": "Test rows are not later than training rows",
  "sampling-bias": "The test rows were chosen differently",
  "covariate-shift": "The test rows look different",
  "new-category": "The test rows hold unknown categories",
  "concept-shift": "The same values mean something else in later rows",
  "site-effect": "The source of a row tells the answer",
  "reused-test": "The same test rows were used many times",
};

/** Title of a trap; its id when a later version wrote one that is not known here. */
export function trapTitle(trap: string): string {
  return Object.hasOwn(TRAP_TITLES, trap) ? TRAP_TITLES[trap as TrapId] : trap;
}

/** What a price is of, in a chart: the columns, the rows where the columns are those that were not compared, else the title. */
export function subjectText(finding: Pick<Finding, "trap" | "columns" | "evidence">, most?: number): string {
  const { trap, columns } = finding;
  if (columns.length === 0) return findingTitle(finding);
  const names = listText(columns, most);
  return trap === "hidden-duplicate" ? `equal rows (not comparing ${names})` : names;
}

/** Title of a finding: the one of its trap, or what its evidence says more exactly: a part of the file, strange labels, dates that are numbers. */
export function findingTitle({ trap, evidence }: Pick<Finding, "trap" | "evidence">): string {
  if (trap === "label-variant" && evidence.unknownLabels !== undefined) return "Test labels that training does not know";
  if (trap === "encoding" && evidence.soundlyRead === true) return "The file is not written in UTF-8";
  if (trap === "encoding" && evidence.blanksOnly === true) return "Blanks that are no plain blanks";
  if (trap === "text-date" && evidence.kept === "numbers") return "Dates or times kept as numbers";
  if (trap === "impossible-value" && evidence.kind === "stands still")
    return evidence.measured === true ? "A measurement that stands still" : "A value that repeats where it else changes";
  if (trap === "sentinel" && typeof evidence.end === "string") return "The end of a scale stands for all beyond it";
  if (trap === "sentinel" && evidence.account === true) return "A value may mark accounts for tests";
  if (trap !== "appended-rows" || typeof evidence.atEnd !== "boolean") return trapTitle(trap);
  return `Rows of another source at the ${evidence.atEnd ? "end" : "start"} of the file`;
}
