import { reopenWorkplace } from "../../journey/index.ts";
import { planText } from "../../report/index.ts";
import { type CommonOptions, parseLoad } from "../options.ts";
import { printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

export async function action(folder: string, options: CommonOptions): Promise<void> {
  const workplace = await reopenWorkplace(folder, { load: parseLoad(options) });
  try {
    const result = await travel(workplace, "scale", options);
    if (result === null) return;
    await printResult(options, result.plan, () => planText(result, { colours: colours(process.stdout), folder }));
    process.exitCode = result.plan === null ? 3 : 0;
  } finally {
    workplace.dossier.close();
  }
}
