import type { JourneyResult } from "../core/verdict.ts";
import type { Dossier } from "../store/index.ts";

const FOLDER = "earlier";

const FILES = ["result.json", "report.html", "findings.json", "recipe.json", "plan.json", "proof.json", "proof.junit.xml", "autopsy.json"];
const MODEL_FILES = ["manifest.json", "model.json", "model.onnx", "card.md"];
const STAGE_RESULTS = ["comparison", "training", "plan", "proof"] as const;

/**
 * Copies the results of an earlier run into `earlier/`, whole or not at all, before a run with other answers takes their places. What holds a model stays
 * there until it is complete again: results that lack one of its parts do not replace it.
 */
export function setAside(dossier: Dossier, earlier: JourneyResult): void {
  if (!dossier.exists("result.json")) return;
  const kept = dossier.exists(`${FOLDER}/result.json`) ? (dossier.readJson(`${FOLDER}/result.json`) as JourneyResult) : null;
  if (kept !== null && lacks(earlier, kept)) return;
  const names = [...FILES, ...MODEL_FILES.map((name) => `model/${name}`)].filter((name) => dossier.exists(name));
  const files = Object.fromEntries(names.map((name) => [name, dossier.readBytes(name)]));
  dossier.writeFolder(FOLDER, { ...files, "README.md": noteOf(earlier) });
}

function lacks(result: JourneyResult, kept: JourneyResult): boolean {
  return STAGE_RESULTS.some((part) => kept[part] !== null && result[part] === null);
}

const PARTS = { comparison: "choice of a model", training: "model", plan: "plan", proof: "proof" } as const;

/** The result with a first reason that says where those of an earlier run stand that it does not have, and why they are not in it. */
export function withEarlier(dossier: Dossier, result: JourneyResult): JourneyResult {
  if (!dossier.exists(`${FOLDER}/result.json`)) return result;
  const kept = dossier.readJson(`${FOLDER}/result.json`) as JourneyResult;
  const parts = STAGE_RESULTS.filter((part) => kept[part] !== null && result[part] === null).map((part) => PARTS[part]);
  if (parts.length === 0) return result;
  const said = `Of the run of ${kept.created.slice(0, 10)} (${kept.verdict.decision}), ${parts.join(", ")} stand in \`${FOLDER}/\`: they rest on other findings, repairs or another choice than this run's.`;
  return { ...result, verdict: { ...result.verdict, reasons: [said, ...result.verdict.reasons] } };
}

function noteOf({ created, command, dataset, version }: JourneyResult): string {
  return `# Results of an earlier run

Run: ${created}, Oldhand ${version}
Command: \`${command}\`
Data: ${dataset.name}, version ${dataset.version}

A later run in this dossier had other answers (other data, options or corrections). These files are as the earlier run left them. They go when a later run has answered all that they answer;
until then the folder above holds only what the later run has done.
`;
}

/** The folder of an earlier run's results, when `result` does not answer all that they did, or when it is null: the run did not end. Else they go. */
export function settleEarlier(dossier: Dossier, result: JourneyResult | null): string | null {
  if (!dossier.exists(FOLDER)) return null;
  const kept = dossier.exists(`${FOLDER}/result.json`) ? (dossier.readJson(`${FOLDER}/result.json`) as JourneyResult) : null;
  if (result === null || kept === null || lacks(result, kept)) return dossier.pathOf(FOLDER);
  dossier.remove(FOLDER);
  return null;
}
