import { type Progress, workerExecutor } from "../lab/index.ts";
import { type FailureReport, kindFor } from "../problems/index.ts";
import { dossierLedger } from "./ledger.ts";
import { stageRunner } from "./stage.ts";
import type { Workplace } from "./workplace.ts";

export interface AutopsyOptions {
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal | null;
}

/**
 * Why a project that had left out what the audit mended would have failed. "ended": the budget was over first. null: there is nothing that could have
 * been left out.
 */
export async function dossierAutopsy(
  workplace: Workplace,
  { onProgress, signal }: AutopsyOptions,
): Promise<FailureReport | null | "ended"> {
  const kind = kindFor(workplace.request);
  const ledger = dossierLedger(workplace.dossier);
  const executor = workerExecutor({ runnerUrl: kind.runnerUrl, threads: workplace.request.threads });
  try {
    const stage = stageRunner({ workplace, executor, ledger, onProgress, signal, times: [] });
    const data = await stage("data", (space) => kind.audit(space));
    if (data === null) return "ended";
    const report = await stage("production", async (space) => ({ found: await kind.autopsy(space, data) }));
    if (report === null) return "ended";
    if (report.found !== null) workplace.dossier.writeJson("autopsy.json", report.found);
    return report.found;
  } finally {
    await executor.close();
    ledger.close();
  }
}
