import { openWorkplace, writeMended } from "../../journey/index.ts";
import { findingsText } from "../../report/index.ts";
import { type CommonOptions, parseRequest } from "../options.ts";
import { defaultFolder, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 0 when every blocker is mended in the written data. */
export async function action(data: string, options: CommonOptions): Promise<void> {
  const workplace = await openWorkplace(options.out ?? defaultFolder(data), parseRequest(data, options));
  try {
    const result = await travel(workplace, "data", options);
    if (result === null) return;
    const mended = await writeMended(workplace);
    const text = () =>
      `${findingsText(result, { colours: colours(process.stdout), folder: workplace.dossier.folder })}\n\nMended data: ${mended.path} (version ${mended.version}, ${mended.rows} rows)\nRecipe: ${workplace.dossier.pathOf("recipe.json")}`;
    await printResult(options, { findings: result.findings, mended }, text);
    process.exitCode = result.findings.findings.some(({ severity, state }) => severity === "blocker" && state === "open") ? 1 : 0;
  } finally {
    workplace.dossier.close();
  }
}
