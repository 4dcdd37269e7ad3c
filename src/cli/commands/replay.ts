import { OldhandError } from "../../core/error.ts";
import type { Replayed } from "../../journey/index.ts";
import { soleDossier } from "../dossiers.ts";
import { type Output, onDossier, printResult } from "../session.ts";

interface ReplayOptions extends Output {
  readonly dossier?: string;
}

/** Exit code 0: the same scores. 1: not the same. */
export function action(id: string, options: ReplayOptions): Promise<void> {
  const folder = options.dossier ?? soleDossier(".");
  return onDossier(folder, {}, options, async (workplace) => {
    const { replayExperiment } = await import("../../journey/index.ts");
    const replayed = await replayExperiment(workplace, id);
    if (replayed === null)
      throw new OldhandError("experiment-unknown", {
        what: `The ledger holds no experiment "${id}".`,
        where: `${folder}/ledger.jsonl`,
        fix: "Take an id from the report or from findings.json.",
      });
    await printResult(options, replayed, () => replayText(replayed));
    process.exitCode = replayed.same ? 0 : 1;
  });
}

function replayText({ id, same, line, differences }: Replayed): string {
  return [`${id}: ${line}`, same ? "Run again: the same scores on every fold." : "Run again: NOT the same.", ...differences].join("\n");
}
