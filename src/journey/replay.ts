import type { Frame } from "../core/column.ts";
import { OldhandError } from "../core/error.ts";
import { createLab, memoryLedger, readEntry, replay, workerExecutor } from "../lab/index.ts";
import { kindNamed } from "../problems/index.ts";
import { dossierLedger } from "./ledger.ts";
import { ledgerLine } from "./ledger-lines.ts";
import { rowsOfSample } from "./sample-size.ts";
import { trainingPart, wholeOf } from "./training-part.ts";
import { loadSample, testRowsOf, type Workplace } from "./workplace.ts";

export interface Replayed {
  readonly id: string;
  readonly same: boolean;
  /** What the experiment was, in one line. */
  readonly line: string;
  /** One plain line per number that is not the same. */
  readonly differences: readonly string[];
}

/** Runs one experiment of the dossier's ledger again, past the ledger. null when the ledger does not hold it. */
export async function replayExperiment(workplace: Workplace, id: string): Promise<Replayed | null> {
  const { dossier, request } = workplace;
  const ledger = dossierLedger(dossier);
  const entry = [...ledger.entries()].map(readEntry).findLast((candidate) => candidate?.id === id) ?? null;
  ledger.close();
  if (entry === null) return null;
  const executor = workerExecutor({ runnerUrl: kindNamed(entry.experiment.kind).runnerUrl, threads: request.threads });
  const lab = createLab({ executor, store: memoryLedger(), seed: request.seed, budgetMs: null, signal: null, onProgress: () => {} });
  try {
    lab.addFrame(entry.experiment.dataset, await frameFor(workplace, entry.experiment.dataset));
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

/** The rows that the experiment saw: a run with another budget may have used a larger or smaller sample. */
async function frameFor(workplace: Workplace, name: string): Promise<Frame> {
  const { dossier, dataset, frame, request, testSetRows } = workplace;
  const whole = wholeOf(name, workplace);
  if (whole !== null) {
    const sampled = await frameFor(workplace, whole);
    return trainingPart({ ...workplace, frame: sampled, testRows: testRowsOf(sampled, dataset, testSetRows) }).frame;
  }
  const rows = rowsOfSample(dataset, name);
  if (rows === frame.rows) return frame;
  if (rows !== null) return loadSample(dossier, request, dataset, rows);
  throw new OldhandError("dossier-broken", {
    what: "The data of this experiment is not in the dossier.",
    where: dossier.folder,
    expected: `data version ${dataset.version}`,
    got: name,
  });
}
