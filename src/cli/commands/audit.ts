import { openWorkplace } from "../../journey/index.ts";
import { findingsText } from "../../report/index.ts";
import { type CommonOptions, parseRequest } from "../options.ts";
import { defaultFolder, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 1 when the data as it stands holds a blocker, mended by `run` or not. */
export async function action(data: string, options: CommonOptions): Promise<void> {
  const workplace = await openWorkplace(options.out ?? defaultFolder(data), parseRequest(data, options));
  try {
    const result = await travel(workplace, "data", options);
    if (result === null) return;
    await printResult(options, result.findings, () =>
      findingsText(result, { colours: colours(process.stdout), folder: workplace.dossier.folder }),
    );
    process.exitCode = result.findings.findings.some(({ severity }) => severity === "blocker") ? 1 : 0;
  } finally {
    workplace.dossier.close();
  }
}
