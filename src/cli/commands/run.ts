import { openWorkplace } from "../../journey/index.ts";
import { reportHtml, reportText } from "../../report/index.ts";
import { type CommonOptions, parseRequest } from "../options.ts";
import { defaultFolder, exitCodeOf, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

export async function action(data: string, options: CommonOptions): Promise<void> {
  const workplace = await openWorkplace(options.out ?? defaultFolder(data), parseRequest(data, options));
  try {
    const result = await travel(workplace, "production", options);
    if (result === null) return;
    workplace.dossier.writeText("report.html", reportHtml(result));
    const text = () => reportText(result, { colours: colours(process.stdout), folder: workplace.dossier.folder });
    await printResult(options, result, text);
    process.exitCode = exitCodeOf(result.verdict.decision);
  } finally {
    workplace.dossier.close();
  }
}
