import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { int32Where } from "../../core/typed-from.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { type GivenGroup, givenGroup } from "../shifts/given-group.ts";
import { givenTest } from "../shifts/given-test.ts";

/** Below this share of the test rows a score moves by less than its second decimal. */
const NOTABLE = 0.01;
/** Test rows that know their group, from which the score is about them. */
const LIE = 0.1;

/** The same thing in the training rows and in the given test set: its declared group, or one that the training rows verify. */
export const splitGroupOverlap: Check = {
  trap: "split-group-overlap",
  title: "Test rows are about things that the training rows know",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    const group = given === null ? null : givenGroup(context);
    if (given === null || group === null) return [];
    const groupAt = reader(columnsNamed(context.frame, group.columns), group.cut);
    const known = new Set(Array.from(given.train, groupAt).filter((name) => name !== null));
    const inTest = new Uint8Array(context.frame.rows);
    for (const row of given.test) inTest[row] = 1;
    const shared = (row: number) => inTest[row] === 1 && known.has(groupAt(row) ?? "");
    const rows = int32Where(given.test, shared);
    const share = rows.length / given.test.length;
    return rows.length === 0 || share < NOTABLE ? [] : [suspicion(context, group, rows, share, shared, groupAt)];
  },
};

function suspicion(
  context: AuditContext,
  { columns, confidence, evidence, source }: GivenGroup,
  rows: Int32Array,
  share: number,
  shared: (row: number) => boolean,
  groupAt: (row: number) => string | null,
): Suspicion {
  const name = namedColumns(columns);
  const groups = new Set(Array.from(rows, groupAt)).size;
  const testRows = context.testRows?.length ?? 0;
  return {
    trap: "split-group-overlap",
    columns,
    rows: affectedRows(context, shared),
    severity: share >= LIE ? "blocker" : "harmful",
    confidence,
    evidence: { ...evidence, sharedGroups: groups, sharedTestRows: rows.length, testRows, share },
    fix: {
      action: "advice",
      text: `Draw the test set by ${name}, so that none of its groups is in the training rows, or leave out --test and let the split go by ${name}.`,
    },
    counterfactual: null,
    question: `Will the model be asked about the same ${columns.join(", ")} that it was trained on, or about new ones?`,
    choices: ["new", "same"],
    why: `${amount(rows.length)} of ${counted(testRows, "test row")} (${percent(share)}) belong to ${counted(groups, "group")} by ${name}, ${source}, that the training rows hold too: the test set rewards recognising the group.`,
  };
}

/** Name of the group of a row; null when missing. */
function reader(columns: readonly Column[], cut: string | null): (row: number) => string | null {
  const pattern = cut === null ? null : new RegExp(cut, "u");
  return (row) => {
    const parts = columns.map((column) => textAt(column, row));
    if (parts.length === 0 || parts.some((part) => part === null)) return null;
    const text = parts.join("\u0001");
    return pattern?.exec(text)?.[1] ?? text;
  };
}
