import type { JourneyResult } from "../core/verdict.ts";
import type { DataStage } from "../problems/index.ts";
import type { Dossier } from "../store/index.ts";
import { isSameData, keptStages, type LaterStages } from "./earlier.ts";
import { MENDED_FILES } from "./mend.ts";
import { writeReview } from "./review.ts";
import { setAside } from "./set-aside.ts";

const STAGE_RESULTS = ["comparison", "training", "plan", "proof"] as const;

/** What the audit gave, once what no longer holds beside it is gone. */
export function writeAudit(dossier: Dossier, earlier: JourneyResult | null, data: DataStage<unknown>): void {
  // A run that was killed while it moved results away may have left the report of an answer that is gone.
  if (earlier === null) dossier.remove("report.html");
  removeOutdated(dossier, earlier, data, keptStages(earlier, data));
  dossier.writeJson("findings.json", data.file);
  dossier.writeJson("recipe.json", data.recipe);
  writeReview(dossier, data.review);
}

/**
 * What an earlier run wrote and no longer holds must not be served or shown to a pipeline. It goes to `earlier/` before anything new is written beside it,
 * the answer first: whenever the run is killed, what is left does not contradict itself.
 */
export function removeOutdated(dossier: Dossier, earlier: JourneyResult | null, data: DataStage<unknown>, kept: LaterStages): void {
  const { training, plan, proof } = kept;
  const isLost = (part: keyof typeof kept) => earlier !== null && earlier[part] !== null && kept[part] === null;
  const isOther = earlier !== null && !isSameData(earlier, data);
  if (earlier !== null && (isOther || STAGE_RESULTS.some(isLost))) {
    setAside(dossier, earlier);
    for (const name of ["result.json", "report.html"]) dossier.remove(name);
  }
  if (earlier === null || isOther) for (const name of ["autopsy.json", ...MENDED_FILES]) dossier.remove(name);
  if (proof === null) for (const name of ["proof.junit.xml", "proof.json"]) dossier.remove(name);
  if (plan === null) dossier.remove("plan.json");
  if (training === null) dossier.remove("model");
}
