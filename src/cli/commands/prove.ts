import { parseLatencyBudget } from "../request.ts";
import { type Output, onDossier, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 1: a gate failed. 3: no model was chosen within the budget, so there is nothing to prove, or it ended before every gate had run. */
export async function action(folder: string, options: Output & { readonly latencyBudget?: string }): Promise<void> {
  const change = options.latencyBudget === undefined ? {} : { latencyBudgetMs: parseLatencyBudget(options.latencyBudget) };
  return onDossier(folder, change, options, async (workplace) => {
    const result = await travel(workplace, { from: "production", until: "production" }, options);
    if (result === null) return;
    const { proofText } = await import("../../report/index.ts");
    await printResult(options, result.proof, () => proofText(result, { colours: colours(process.stdout), folder }));
    const has = (status: string) => result.proof?.gates.some((gate) => gate.status === status) ?? false;
    process.exitCode = has("failed") ? 1 : result.proof === null || has("not-run") ? 3 : 0;
  });
}
