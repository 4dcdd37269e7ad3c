import type { Load } from "../../core/request.ts";
import type { JourneyResult } from "../../core/verdict.ts";
import { planForLoad } from "../../scale/index.ts";
import type { Dossier } from "../../store/index.ts";
import { earlierResult } from "../earlier.ts";

export interface Replanned {
  readonly result: JourneyResult;
  /** The load of the plan that was replaced. */
  readonly before: Load;
}

/**
 * The result of the dossier with its plan for another load: arithmetic on the speed and sizes that it holds. Nothing is trained or timed, and the data is not
 * opened. Writes plan and result. null when the dossier has no plan to start from.
 */
export function replan(dossier: Dossier, load: Load, today: Date): Replanned | null {
  const earlier = earlierResult(dossier);
  const plan = earlier?.plan == null ? null : planForLoad(earlier.plan, load, today);
  if (earlier === null || plan === null) return null;
  const result = { ...earlier, plan };
  const question = dossier.readJson("oldhand.json") as { readonly request: { readonly load: Load } };
  dossier.writeJson("oldhand.json", { ...question, request: { ...question.request, load } });
  dossier.writeJson("plan.json", plan);
  dossier.writeJson("result.json", result);
  return { result, before: question.request.load };
}
