import { type Output, onDossier, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 1: a gate failed. 3: no model was chosen within the budget, so there is nothing to prove. */
export function action(folder: string, options: Output): Promise<void> {
  return onDossier(folder, {}, options, async (workplace) => {
    const result = await travel(workplace, { from: "production", until: "production" }, options);
    if (result === null) return;
    const { proofText } = await import("../../report/index.ts");
    await printResult(options, result.proof, () => proofText(result, { colours: colours(process.stdout), folder }));
    process.exitCode = result.proof === null ? 3 : result.proof.gates.some(({ status }) => status === "failed") ? 1 : 0;
  });
}
