import { autopsyText } from "../autopsy-text.ts";
import { parseDuration } from "../quantities.ts";
import { type Output, onDossier, printResult, stoppable } from "../session.ts";
import { writeError } from "../terminal.ts";

interface AutopsyOptions extends Output {
  readonly budget?: string;
}

const NOTHING = "The audit mended nothing whose omission could have misled a project: there is nothing to blame.";

const ENDED = "The budget ended before every combination was tried. Give more with --budget; what was computed is kept.";

/** Exit code 3: the budget ended first. */
export function action(folder: string, options: AutopsyOptions): Promise<void> {
  const change = options.budget === undefined ? {} : { budgetMs: parseDuration(options.budget, "--budget") };
  return onDossier(folder, change, options, async (workplace) => {
    const { dossierAutopsy } = await import("../../journey/index.ts");
    const found = await stoppable(workplace, options, async ({ update: onProgress }, signal) => ({
      report: await dossierAutopsy(workplace, { onProgress, signal }),
    }));
    if (found === null) return;
    const { report } = found;
    if (report === "ended") {
      writeError(ENDED);
      process.exitCode = 3;
      return;
    }
    await printResult(options, report, () => (report === null ? NOTHING : autopsyText(report)));
    if (report === null || report.game !== null) return;
    writeError(ENDED);
    process.exitCode = 3;
  });
}
