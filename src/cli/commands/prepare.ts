import { OldhandError } from "../../core/error.ts";
import type { FindingsFile } from "../../core/finding.ts";
import type { MendedData } from "../../core/mended-data.ts";
import type { JourneyResult } from "../../core/verdict.ts";
import type { Workplace } from "../../journey/index.ts";
import { isDossier } from "../dossiers.ts";
import type { CommonOptions } from "../options.ts";
import { isOpenBlocker, onData, onDossier, printResult, travel } from "../session.ts";
import { colours } from "../terminal.ts";

interface PrepareOptions extends CommonOptions {
  readonly undo?: readonly string[];
}

/** Exit code 0 when every blocker is mended in the written data. 3: a check broke down. */
export async function action(data: string, options: PrepareOptions): Promise<void> {
  if (isDossier(data)) {
    refuseQuestion(options);
    return await onDossier(data, {}, options, async (workplace) => {
      const { writeMended } = await import("../../journey/index.ts");
      const mended = await writeMended(workplace, options.undo);
      await tell(workplace, workplace.dossier.readJson("findings.json") as FindingsFile, mended, options, null);
    });
  }
  return await onData(data, options, "data", async (workplace) => {
    const result = await travel(workplace, { from: "data", until: "data" }, options);
    if (result === null) return;
    const { writeMended } = await import("../../journey/index.ts");
    await tell(workplace, result.findings, await writeMended(workplace, options.undo), options, result);
  });
}

/** @param result of the audit that was just made; null: the findings are those that the dossier holds, and were shown before. */
async function tell(
  { dossier }: Workplace,
  file: FindingsFile,
  mended: MendedData,
  options: PrepareOptions,
  result: JourneyResult | null,
): Promise<void> {
  const [{ leftInMended }, { findingsText, mendedText }] = await Promise.all([
    import("../../journey/index.ts"),
    import("../../report/text/index.ts"),
  ]);
  const text = () => {
    const shown = { colours: colours(process.stdout), folder: dossier.folder };
    const table = mendedText(mended, dossier.pathOf("recipe.json"), shown);
    return result === null ? table : `${findingsText(result, shown)}\n${table}`;
  };
  await printResult(options, { findings: file, mended }, text);
  process.exitCode = leftInMended(file.findings, mended).some(isOpenBlocker) ? 1 : file.unchecked.length > 0 ? 3 : 0;
}

/** What a dossier knows already. */
const QUESTION = [
  "target",
  "time",
  "group",
  "id",
  "weight",
  "ignore",
  "positive",
  "task",
  "metric",
  "test",
  "query",
  "split",
  "knownAt",
  "labels",
  "budget",
  "out",
] as const satisfies readonly (keyof CommonOptions)[];

function refuseQuestion(options: PrepareOptions): void {
  const given = QUESTION.find((name) => options[name] !== undefined);
  if (given === undefined) return;
  throw new OldhandError("bad-option", {
    what: `A dossier holds its question: --${given.replace("knownAt", "known-at")} does not go together with it.`,
    expected: "prepare DOSSIER, with --undo, --json or nothing",
    fix: "Name the data instead of the dossier to ask anew.",
  });
}
