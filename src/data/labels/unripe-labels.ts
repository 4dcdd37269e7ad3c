import type { Suspicion } from "../../core/finding.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { percent, quoted } from "../findings/phrase.ts";
import { timeText } from "./time-text.ts";
import { unripeEnd } from "./unripe-end.ts";

/** Above LIKELY only where nothing else moves: a definition that was tightened looks alike. */
const [ALONE, WITH_OTHERS] = [0.55, 0.4];

/**
 * At the end of the time the rarer outcome falls towards nothing: the labels there may have been read before it could come (defaults of the last months). null where it does not.
 * @param rows in the order of time. `moved`: columns that change there too.
 */
export function unripeLabels(
  context: AuditContext,
  by: string,
  rows: Int32Array,
  moved: (rows: Int32Array, at: number) => readonly string[],
): Suspicion | null {
  const { roles, task, target } = context;
  if (task.kind === "regression") return null;
  const held = int32Where(rows, (row) => !Number.isNaN(target[row]));
  const counts = task.classes.map((_, one) => held.filter((row) => target[row] === one).length);
  const usual = counts.indexOf(Math.max(...counts));
  const found = unripeEnd(float64From(held, (row) => Number(target[row] !== usual)));
  if (found === null) return null;
  const [from, to] = [found.earliest, found.latest].map((place) => timeText(context, by, held[place] ?? 0)) as [string, string];
  const late = new Set(held.subarray(found.earliest));
  const [classes, others] = [task.classes.filter((_, one) => one !== usual), moved(held, found.at)];
  const what = classes.length === 1 ? quoted(classes[0] ?? "") : `all but ${quoted(task.classes[usual] ?? "")}`;
  const end = timeText(context, by, held.at(-1) ?? 0);
  const when = from === to ? `From ${from} on` : `From a time between ${from} and ${to} (95 % of the probability) on`;
  return {
    trap: "label-shift-in-time",
    columns: [roles.target, by],
    rows: affectedRows(context, (row) => late.has(row)),
    severity: "harmful",
    confidence: others.length === 0 ? ALONE : WITH_OTHERS,
    evidence: {
      kind: "unripe",
      shape: found.shape,
      at: timeText(context, by, held[found.at] ?? 0),
      earliest: from,
      latest: to,
      end,
      rowsAfter: late.size,
      before: found.before,
      after: found.after,
      p: found.p,
      featuresThatMoveToo: [...others],
    },
    fix: {
      action: "advice",
      text: `Leave out the rows from ${from} on, and fix a horizon: \`${roles.target}\` says what came within so many days after \`${by}\`, of rows that are older than that when the labels are read.`,
    },
    counterfactual: null,
    unmeasured: "What the labels of the last rows will be is not written yet.",
    question: `Did the labels of the rows from ${from} on have as much time to come true as those before?`,
    choices: ["no", "yes"],
    why: `${when}, up to the end at ${end}, the share of ${what} in \`${roles.target}\` ${found.shape === "step" ? "is" : "falls more and more, and is"} ${percent(found.after)} where it was ${percent(found.before)} before, and no earlier stretch as long comes near that: these labels may not have had the time to come true (unripe), and a model that learns from them, or is judged by them, takes "not yet" for "never".`,
  };
}
