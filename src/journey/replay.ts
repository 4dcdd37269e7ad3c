import { createLab, memoryLedger, readEntry, replay, workerExecutor } from "../lab/index.ts";
import { kindNamed } from "../problems/index.ts";
import { dossierLedger } from "./ledger.ts";
import { ledgerLine } from "./ledger-lines.ts";
import type { Workplace } from "./workplace.ts";

export interface Replayed {
  readonly id: string;
  readonly same: boolean;
  /** What the experiment was, in one line. */
  readonly line: string;
  /** One plain line per number that is not the same. */
  readonly differences: readonly string[];
}

/** Runs one experiment of the dossier's ledger again, past the ledger. null when the ledger does not hold it. */
export async function replayExperiment({ dossier, dataset, frame, request }: Workplace, id: string): Promise<Replayed | null> {
  const ledger = dossierLedger(dossier);
  const entry = [...ledger.entries()].map(readEntry).findLast((candidate) => candidate?.id === id) ?? null;
  ledger.close();
  if (entry === null) return null;
  const executor = workerExecutor({ runnerUrl: kindNamed(entry.experiment.kind).runnerUrl, threads: request.threads });
  const lab = createLab({ executor, store: memoryLedger(), seed: request.seed, budgetMs: null, signal: null, onProgress: () => {} });
  try {
    lab.addFrame(dataset.version, frame);
    const { same, differences } = await replay(lab, entry);
    return {
      id,
      same,
      line: ledgerLine(entry),
      differences: differences.map(({ what, kept, now }) => `${what}: kept ${kept}, now ${now}`),
    };
  } finally {
    await lab.close();
  }
}
