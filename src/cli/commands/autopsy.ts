import { autopsyText, dossierAutopsy, reopenWorkplace } from "../../journey/index.ts";
import { parseDuration } from "../quantities.ts";
import { type Output, printResult } from "../session.ts";

interface AutopsyOptions extends Output {
  readonly budget?: string;
}

export async function action(folder: string, options: AutopsyOptions): Promise<void> {
  const workplace = await reopenWorkplace(
    folder,
    options.budget === undefined ? {} : { budgetMs: parseDuration(options.budget, "--budget") },
  );
  try {
    const autopsy = await dossierAutopsy(workplace);
    await printResult(options, autopsy, () => autopsyText(autopsy));
  } finally {
    workplace.dossier.close();
  }
}
