import type { JourneyResult, Verdict } from "../core/verdict.ts";
import { dossierOfModel, openResult } from "../store/index.ts";

/** What who uses a model must know of it. */
export interface ModelVerdict {
  readonly decision: Verdict["decision"];
  /** One sentence: what stands in the way, or what is not proved. */
  readonly why: string;
}

/** The verdict on the model at this path; null for a model that lies in no dossier. @throws OldhandError dossier-broken. */
export function verdictOnModel(path: string): ModelVerdict | null {
  const folder = dossierOfModel(path);
  if (folder === null) return null;
  const result = openResult(folder) as JourneyResult | null;
  if (result === null) return { decision: "unknown", why: "the run that made it has not ended." };
  const { decision, headline, reasons } = result.verdict;
  // Where no model was chosen, or not all is proved, the headline says so; else it counts what the reasons name.
  const isBlocked = decision === "no-go" && result.comparison?.verdict === "model";
  return { decision, why: (isBlocked ? reasons[0] : undefined) ?? headline };
}
