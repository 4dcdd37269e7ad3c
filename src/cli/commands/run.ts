import type { CommonOptions } from "../options.ts";
import { exitCodeOf, onData, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

export function action(data: string, options: CommonOptions): Promise<void> {
  return onData(data, options, "production", async (workplace) => {
    const result = await travel(workplace, { from: "data", until: "production" }, options);
    if (result === null) return;
    const { reportText } = await import("../../report/text/index.ts");
    await printResult(options, result, () => reportText(result, { colours: colours(process.stdout), folder: workplace.dossier.folder }));
    process.exitCode = exitCodeOf(result.verdict.decision);
  });
}
