import { dossierAutopsy, reopenWorkplace } from "../../journey/index.ts";
import { autopsyText } from "../autopsy-text.ts";
import { progressLine } from "../progress.ts";
import { parseDuration } from "../quantities.ts";
import { type Output, printResult } from "../session.ts";
import { writeError } from "../terminal.ts";

interface AutopsyOptions extends Output {
  readonly budget?: string;
}

export async function action(folder: string, options: AutopsyOptions): Promise<void> {
  const workplace = await reopenWorkplace(
    folder,
    options.budget === undefined ? {} : { budgetMs: parseDuration(options.budget, "--budget") },
  );
  const progress = progressLine(process.stderr, options.quiet === true);
  try {
    const report = await dossierAutopsy(workplace, { onProgress: progress.update, signal: null });
    progress.end();
    if (report === "ended") {
      writeError("The budget ended before every combination was tried. Give more with --budget; what was computed is kept.");
      process.exitCode = 3;
      return;
    }
    const text = () =>
      report === null
        ? "The audit mended nothing whose omission could have misled a project: there is nothing to blame."
        : autopsyText(report);
    await printResult(options, report, text);
  } finally {
    progress.end();
    workplace.dossier.close();
  }
}
