import { decidingQuestions } from "../../core/open-question.ts";
import type { CommonOptions } from "../options.ts";
import { exitCodeOf, isOpenBlocker, onData, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 0: a model is worth it. 1: none is, or a blocker is open. 3: the budget ended first, or the answer hangs on a question that is open. */
export function action(data: string, options: CommonOptions): Promise<void> {
  return onData(data, options, "model", async (workplace) => {
    const result = await travel(workplace, { from: "data", until: "model" }, options);
    if (result === null) return;
    const { comparisonText } = await import("../../report/text/index.ts");
    const { folder } = workplace.dossier;
    const { comparison } = result;
    await printResult(options, comparison, () => comparisonText(result, { colours: colours(process.stdout), folder }));
    const isAnswered = comparison !== null && comparison.chosen !== "";
    const { findings, unchecked } = result.findings;
    const hangs = comparison !== null && decidingQuestions(findings, comparison).length > 0;
    const isWorthIt = comparison?.verdict === "model" && unchecked.length === 0 && !findings.some(isOpenBlocker) && !hangs;
    process.exitCode = !isAnswered ? 3 : isWorthIt ? 0 : exitCodeOf(result.verdict.decision);
  });
}
