import type { Load } from "../../core/request.ts";
import type { JourneyResult } from "../../core/verdict.ts";
import type { CommonOptions } from "../options.ts";
import { parseLoad } from "../request.ts";
import { checkOutput, onDossier, printResult, travel, writeReport } from "../session.ts";
import { colours } from "../terminal.ts";

/** Exit code 3: no model was chosen within the budget, so there is nothing to plan for. */
export async function action(folder: string, options: CommonOptions): Promise<void> {
  const load = parseLoad(options);
  await checkOutput(options);
  const result = await storedPlan(folder, load);
  if (result !== null) return printPlan(folder, options, result);
  return onDossier(folder, { load }, options, async (workplace) => {
    const made = await travel(workplace, { from: "scale", until: "scale" }, options);
    if (made !== null) await printPlan(folder, options, made);
  });
}

async function storedPlan(folder: string, load: Load): Promise<JourneyResult | null> {
  const [{ replan }, { openDossier }] = await Promise.all([import("../../journey/replan/index.ts"), import("../../store/index.ts")]);
  const dossier = openDossier(folder, { create: false });
  try {
    const result = replan(dossier, load, new Date());
    if (result !== null) await writeReport(dossier, result);
    return result;
  } finally {
    dossier.close();
  }
}

async function printPlan(folder: string, options: CommonOptions, result: JourneyResult): Promise<void> {
  const { planText } = await import("../../report/index.ts");
  await printResult(options, result.plan, () => planText(result, { colours: colours(process.stdout), folder }));
  process.exitCode = result.plan === null ? 3 : 0;
}
