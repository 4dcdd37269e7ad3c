import { OldhandError } from "../../core/error.ts";
import { watchDossier } from "../../journey/index.ts";
import { type Output, printResult } from "../session.ts";

interface WatchOptions extends Output {
  readonly log?: string;
  readonly data?: string;
}

/** Exit code 1 when something drifted. */
export async function action(folder: string, options: WatchOptions): Promise<void> {
  const given = [options.log, options.data].filter((value) => value !== undefined);
  const [path] = given;
  if (path === undefined || given.length > 1) {
    throw new OldhandError("bad-option", {
      what: "watch needs what was served.",
      expected: "one of --log FILE and --data FILE",
      got: `${given.length} of them`,
      fix: "See 'oldhand watch --help'.",
    });
  }
  const { report, text } = await watchDossier(folder, { path, isLog: options.log !== undefined });
  await printResult(options, report, () => text);
  process.exitCode = report.verdict === "drift" ? 1 : 0;
}
