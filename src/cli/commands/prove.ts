import { reopenWorkplace } from "../../journey/index.ts";
import { proofText } from "../../report/index.ts";
import { type Output, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

export async function action(folder: string, options: Output): Promise<void> {
  const workplace = await reopenWorkplace(folder, {});
  try {
    const result = await travel(workplace, "production", options);
    if (result === null) return;
    await printResult(options, result.proof, () => proofText(result, { colours: colours(process.stdout), folder }));
    process.exitCode = result.proof === null ? 3 : result.proof.gates.some(({ status }) => status === "failed") ? 1 : 0;
  } finally {
    workplace.dossier.close();
  }
}
