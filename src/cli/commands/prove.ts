import { decidingQuestions } from "../../core/open-question.ts";
import type { Workplace } from "../../journey/index.ts";
import { parseLatencyBudget } from "../request.ts";
import { type Output, onDossier, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/**
 * Exit code 1: a gate failed. 3: no model was chosen within the budget, so there is nothing to prove, it ended before every gate had run, or
 * the answer hangs on a question that is open.
 */
export async function action(folder: string, options: Output & { readonly latencyBudget?: string }): Promise<void> {
  const once = options.latencyBudget === undefined ? {} : { latencyBudgetMs: parseLatencyBudget(options.latencyBudget) };
  const prove = async (workplace: Workplace) => {
    const result = await travel(workplace, { from: "production", until: "production" }, options);
    if (result === null) return;
    const { proofText } = await import("../../report/text/index.ts");
    await printResult(options, result.proof, () => proofText(result, { colours: colours(process.stdout), folder }));
    const has = (status: string) => result.proof?.gates.some((gate) => gate.status === status) ?? false;
    const { comparison, findings, proof } = result;
    const hangs = comparison !== null && decidingQuestions(findings.findings, comparison).length > 0;
    process.exitCode = has("failed") ? 1 : proof === null || has("not-run") || hangs ? 3 : 0;
  };
  return onDossier(folder, {}, options, prove, once);
}
