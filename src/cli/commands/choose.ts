import { openWorkplace } from "../../journey/index.ts";
import { comparisonText } from "../../report/index.ts";
import { type CommonOptions, parseRequest } from "../options.ts";
import { defaultFolder, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 0: a model is worth it. 1: none is. 3: the budget ended first. */
export async function action(data: string, options: CommonOptions): Promise<void> {
  const workplace = await openWorkplace(options.out ?? defaultFolder(data), parseRequest(data, options));
  try {
    const result = await travel(workplace, "model", options);
    if (result === null) return;
    await printResult(options, result.comparison, () =>
      comparisonText(result, { colours: colours(process.stdout), folder: workplace.dossier.folder }),
    );
    process.exitCode = result.comparison === null ? 3 : result.comparison.verdict === "model" ? 0 : 1;
  } finally {
    workplace.dossier.close();
  }
}
