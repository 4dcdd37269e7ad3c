import { type Answers, trapOfKey } from "../core/answers.ts";
import type { Suspicion } from "../core/finding.ts";
import type { TrapId } from "../core/trap.ts";
import type { AuditContext, Check } from "./check.ts";
import { answerTo } from "./findings/answers.ts";
import { withIds } from "./findings/finding-id.ts";

/** Traps of which an answer may say that labels are none. */
const OF_LABELS: readonly TrapId[] = ["unobserved-as-zero", "impossible-value"];

/** Whether an answer may be one of those, before it is known what is asked. */
export function mayEmptyLabels(answers: Answers, target: string): boolean {
  return Object.keys(answers).some((key) => key === target || OF_LABELS.some((trap) => trap === trapOfKey(key)));
}

/** Labels that the user said were not recorded, or are mistakes, as suspicions about the labels themselves: they decide what there is to learn from, so they are known before all else. */
export async function answeredLabels(checks: readonly Check[], context: AuditContext, answers: Answers): Promise<readonly Suspicion[]> {
  const found: Suspicion[] = [];
  for (const check of checks.filter(({ trap }) => OF_LABELS.includes(trap)))
    for (const { id, ...one } of withIds(await check.inspect(context)))
      if (readsLabels(one) && answerTo({ ...one, id }, answers)?.confirms === true)
        found.push({ ...one, ...one.ifConfirmed, confidence: 1 });
  return found;
}

function readsLabels({ ifConfirmed }: Suspicion): boolean {
  return ifConfirmed?.fix.action === "steps" && ifConfirmed.fix.steps.some(({ op }) => op === "read-labels");
}
