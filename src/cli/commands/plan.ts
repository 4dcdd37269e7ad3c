import type { CommonOptions } from "../options.ts";
import { parseLoad } from "../request.ts";
import { onDossier, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 3: no model was chosen within the budget, so there is nothing to plan for. */
export function action(folder: string, options: CommonOptions): Promise<void> {
  return onDossier(folder, { load: parseLoad(options) }, options, async (workplace) => {
    const result = await travel(workplace, { from: "scale", until: "scale" }, options);
    if (result === null) return;
    const { planText } = await import("../../report/index.ts");
    await printResult(options, result.plan, () => planText(result, { colours: colours(process.stdout), folder }));
    process.exitCode = result.plan === null ? 3 : 0;
  });
}
