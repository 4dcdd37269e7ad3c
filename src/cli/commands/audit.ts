import type { CommonOptions } from "../options.ts";
import { isOpenBlocker, onData, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 1 when the data as it stands holds a blocker, mended by `run` or not; one that was answered and mended counts no more. 3: a check broke down. */
export function action(data: string, options: CommonOptions): Promise<void> {
  return onData(data, options, "data", async (workplace) => {
    const result = await travel(workplace, { from: "data", until: "data" }, options);
    if (result === null) return;
    const { findingsText } = await import("../../report/text/index.ts");
    const { folder } = workplace.dossier;
    await printResult(options, result.findings, () => findingsText(result, { colours: colours(process.stdout), folder }));
    const { findings, unchecked } = result.findings;
    const isBlocked = findings.some((one) => isOpenBlocker(one) || (one.severity === "blocker" && one.answer === null));
    process.exitCode = isBlocked ? 1 : unchecked.length > 0 ? 3 : 0;
  });
}
