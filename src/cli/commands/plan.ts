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
  const result = await storedPlan(folder, load, options.quiet === true);
  if (result !== null) return printPlan(folder, options, result);
  return onDossier(folder, { load }, options, async (workplace) => {
    const made = await travel(workplace, { from: "scale", until: "scale" }, options);
    if (made !== null) await printPlan(folder, options, made);
  });
}

async function storedPlan(folder: string, load: Load, isQuiet: boolean): Promise<JourneyResult | null> {
  const [{ replan }, { openDossier }] = await Promise.all([import("../../journey/replan/index.ts"), import("../../store/index.ts")]);
  const dossier = openDossier(folder, { create: false });
  try {
    const planned = replan(dossier, load, new Date());
    if (planned === null) return null;
    await writeReport(dossier, planned.result);
    const [was, now] = [loadText(planned.before), loadText(load)];
    if (was !== now && !isQuiet) process.stderr.write(`plan.json was for ${was}; now it is for ${now}\n`);
    return planned.result;
  } finally {
    dossier.close();
  }
}

function loadText({ predictionsPerMonth, peakFactor, retrainingsPerMonth }: Load): string {
  const times = (count: number, what: string) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
  return `${times(predictionsPerMonth, "prediction")} a month (peak ${peakFactor} x the mean, ${times(retrainingsPerMonth, "training")})`;
}

async function printPlan(folder: string, options: CommonOptions, result: JourneyResult): Promise<void> {
  const { planText } = await import("../../report/text/index.ts");
  await printResult(options, result.plan, () => planText(result, { colours: colours(process.stdout), folder }));
  process.exitCode = result.plan === null ? 3 : 0;
}
