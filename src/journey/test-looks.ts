import { contentHash, type Json } from "../core/json.ts";
import type { Workplace } from "./workplace.ts";

type Looking = Pick<Workplace, "dossier" | "request" | "dataset" | "testSetRows">;

/** `test-looks.json`: by which questions of this dossier the given test set has judged a model. */
const FILE = "test-looks.json";

/** Other questions than this one whose model the given test set has judged. What it takes to run (threads, memory, budget, load) makes no question. */
export function earlierLooks(workplace: Looking): number {
  if (workplace.testSetRows === 0) return 0;
  const own = questionKey(workplace);
  return looksIn(workplace).filter((key) => key !== own).length;
}

/** To be called when the test set has judged. */
export function noteLook(workplace: Looking): void {
  const looks = looksIn(workplace);
  const own = questionKey(workplace);
  if (!looks.includes(own)) workplace.dossier.writeJson(FILE, [...looks, own]);
}

function looksIn({ dossier }: Looking): readonly string[] {
  const held = dossier.exists(FILE) ? dossier.readJson(FILE) : [];
  return Array.isArray(held) ? held.filter((key) => typeof key === "string") : [];
}

function questionKey({ request, dataset }: Looking): string {
  const { target, time, group, ids, weight, ignore, positive, task, metric, split, answers, seed } = request;
  const asked = { target, time, group, ids, weight, ignore, positive, task, metric, split, answers, seed };
  return contentHash({ ...asked, dataset: dataset.version } as unknown as Json, 16);
}
