import type { CommonOptions } from "../options.ts";
import { isOpenBlocker, onData, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 0 when every blocker is mended in the written data. 3: a check broke down. */
export function action(data: string, options: CommonOptions): Promise<void> {
  return onData(data, options, async (workplace) => {
    const result = await travel(workplace, { from: "data", until: "data" }, options);
    if (result === null) return;
    const { dossier } = workplace;
    const [{ writeMended }, { findingsText, mendedText }] = await Promise.all([
      import("../../journey/index.ts"),
      import("../../report/index.ts"),
    ]);
    const mended = await writeMended(workplace);
    const text = () => {
      const shown = { colours: colours(process.stdout), folder: dossier.folder };
      return `${findingsText(result, shown)}\n${mendedText(mended, dossier.pathOf("recipe.json"), shown)}`;
    };
    await printResult(options, { findings: result.findings, mended }, text);
    const { findings, unchecked } = result.findings;
    process.exitCode = findings.some(isOpenBlocker) ? 1 : unchecked.length > 0 ? 3 : 0;
  });
}
