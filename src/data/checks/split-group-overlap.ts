import type { Column } from "../../core/column.ts";
import type { AffectedRows, Suspicion } from "../../core/finding.ts";
import { int32Where } from "../../core/typed-from.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed, textAt } from "../columns/column-facts.ts";
import { testSetRows } from "../copies/whole-overlap.ts";
import { affectedTestRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent } from "../findings/phrase.ts";
import { type GivenGroup, givenGroup, namedGroups } from "../shifts/given-group.ts";
import { givenTest } from "../shifts/given-test.ts";

/** Below this share of the test rows a score moves by less than its second decimal. */
const NOTABLE = 0.01;
/** Test rows that know their group, from which the score is about them. */
const LIE = 0.1;

/** Of a key that only its name speaks for. */
const MOST_COME_BACK = 0.5;

/** The same thing in the training rows and in the given test set: its declared group, one that the training rows verify, or a key by its name most of whose values come back. */
export const splitGroupOverlap: Check = {
  trap: "split-group-overlap",
  title: "Test rows are about things that the training rows know",
  subject: "given-split",
  async inspect(context) {
    const given = givenTest(context);
    if (given === null) return [];
    const known = givenGroup(context);
    for (const group of known === null ? namedGroups(context) : [known]) {
      const shared = (await sharedInAll(context, group)) ?? sharedInFrame(context, given, group);
      const least = group.isNamedOnly === true ? MOST_COME_BACK : NOTABLE;
      if (shared.tested > 0 && shared.tested / shared.testRows >= least) return [suspicion(group, shared)];
    }
    return [];
  },
};

interface Shared {
  /** Test rows whose group the training rows hold too: as they were counted, and as the finding tells them. */
  readonly tested: number;
  readonly rows: AffectedRows;
  readonly groups: number;
  readonly testRows: number;
}

/** Over all rows, where the frame is a sample: of a small group it seldom holds rows on both sides. A group that is a part of a text is looked for in the sample. */
async function sharedInAll(context: AuditContext, { columns, cut }: GivenGroup): Promise<Shared | null> {
  if (context.frame.rowNumbers === null || context.training === null || cut !== null) return null;
  const { testRows: tested, groups, sample } = await context.testOverlap(columns, columns);
  return { tested, rows: { count: tested, sample }, groups, testRows: testSetRows(context) };
}

function sharedInFrame(
  context: AuditContext,
  { train, test }: { readonly train: Int32Array; readonly test: Int32Array },
  { columns, cut }: GivenGroup,
): Shared {
  const groupAt = reader(columnsNamed(context.frame, columns), cut);
  const known = new Set(Array.from(train, groupAt).filter((name) => name !== null));
  const inTest = new Uint8Array(context.frame.rows);
  for (const row of test) inTest[row] = 1;
  const isShared = (row: number) => inTest[row] === 1 && known.has(groupAt(row) ?? "");
  const rows = int32Where(test, isShared);
  const groups = new Set(Array.from(rows, groupAt)).size;
  return { tested: rows.length, rows: affectedTestRows(context, isShared), groups, testRows: test.length };
}

function suspicion(
  { columns, confidence, evidence, source, isNamedOnly }: GivenGroup,
  { tested, rows, groups, testRows }: Shared,
): Suspicion {
  const name = namedColumns(columns);
  const share = tested / testRows;
  return {
    trap: "split-group-overlap",
    columns,
    rows,
    severity: share >= LIE && isNamedOnly !== true ? "blocker" : "harmful",
    confidence,
    evidence: { ...evidence, sharedGroups: groups, sharedTestRows: tested, testRows, share },
    fix: {
      action: "advice",
      text: `Draw the test set by ${name}, so that none of its groups is in the training rows, or leave out --test and let the split go by ${name}.`,
    },
    counterfactual: null,
    question: `Will the model be asked about the same ${columns.join(", ")} that it was trained on, or about new ones?`,
    choices: ["new", "same"],
    why: `${amount(tested)} of ${counted(testRows, "test row")} (${percent(share)}) belong to ${counted(groups, "group")} by ${name}, ${source}, that the training rows hold too: the test set ${isNamedOnly === true ? "may reward" : "rewards"} recognising the group.`,
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
