import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { affectedRows } from "../affected-rows.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts } from "../counts.ts";
import { levelFeatures } from "../features.ts";
import { keyLikeness } from "../key-likeness.ts";
import { amount, percent } from "../phrase.ts";

/** A share estimated from fewer rows is off by more than 0.2 (one standard error of a fair coin, sqrt(0.25 / 5) = 0.22). */
const RARE_ROWS = 5;
/** Half of the rows lie in levels too rare to learn from. */
const RARE_SHARE = 0.5;
const LEAST_LEVELS = 20;

/** A category with so many levels that most rows lie in levels seen a few times only. */
export const highCardinality: Check = {
  trap: "high-cardinality",
  title: "A category has too many levels to learn from",
  inspect: (context) =>
    levelFeatures(context).flatMap((column) => (keyLikeness(context, column) === null ? inspectColumn(context, column) : [])),
};

function inspectColumn(context: AuditContext, column: LevelColumn): readonly Suspicion[] {
  const counts = levelCounts(context, column);
  let present = 0;
  let rare = 0;
  let levels = 0;
  for (const count of counts) {
    present += count;
    if (count > 0) levels++;
    if (count < RARE_ROWS) rare += count;
  }
  if (levels < LEAST_LEVELS || rare < RARE_SHARE * present) return [];
  const nearlyUnique = levels >= 0.9 * present;
  const drop: RecipeStep = { op: "drop", columns: [column.name] };
  const encode: RecipeStep = { op: "encode", columns: [column.name], method: "target-mean", minCount: RARE_ROWS, maxLevels: 1000 };
  const free = column.type === "text";
  const kind = free ? "free text" : "names";
  return [
    {
      trap: "high-cardinality",
      columns: [column.name],
      rows: affectedRows(context, (row) => (counts[column.codes[row] ?? -1] ?? RARE_ROWS) < RARE_ROWS),
      severity: "costly",
      confidence: nearlyUnique ? 0.9 : 0.7,
      evidence: { levels, present, rowsPerLevel: present / levels, rareShare: rare / present, freeText: free },
      fix: { action: "steps", steps: [nearlyUnique ? drop : encode] },
      counterfactual: { change: "steps", steps: [drop], flatters: false },
      question: null,
      why: `\`${column.name}\` has ${amount(levels)} different ${kind} in ${amount(present)} rows, and ${percent(rare / present)} of the rows hold one that occurs fewer than ${RARE_ROWS} times: too few to learn what it means.`,
    },
  ];
}
