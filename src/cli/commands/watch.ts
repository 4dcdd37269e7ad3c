import { cleanText } from "../../core/clean-text.ts";
import { OldhandError } from "../../core/error.ts";
import type { UnreadCells } from "../../store/index.ts";
import { type Output, onDossier, printResult } from "../session.ts";
import { watchText } from "../watch-text.ts";

interface WatchOptions extends Output {
  readonly log?: string;
  readonly data?: string;
}

/** Exit code 0: nothing drifted. 1: something did, or the answers are worse than they were said to be. 3: too few rows to tell. */
export async function action(folder: string, options: WatchOptions): Promise<void> {
  const source = sourceOf(options);
  await onDossier(folder, {}, options, async (workplace) => {
    const { watchDossier } = await import("../../journey/index.ts");
    const report = await watchDossier(workplace, source);
    if (report.unread.length > 0) await warnOfUnread(report.unread);
    await printResult(options, report, () => watchText(report));
    process.exitCode = report.quality?.verdict === "worse" ? 1 : { "no-drift": 0, drift: 1, "too-few-rows": 3 }[report.verdict];
  });
}

async function warnOfUnread(unread: readonly UnreadCells[]): Promise<void> {
  const { unreadWarning } = await import("../../production/index.ts");
  for (const cells of unread) process.stderr.write(`${cleanText(unreadWarning(cells))}\n`);
}

function sourceOf({ log, data }: WatchOptions): { path: string; isLog: boolean } {
  if (log !== undefined && data === undefined) return { path: log, isLog: true };
  if (data !== undefined && log === undefined) return { path: data, isLog: false };
  throw new OldhandError("bad-option", {
    what: "watch needs what was served.",
    expected: "one of --log FILE and --data FILE",
    got: log === undefined ? "none" : "both",
    fix: "See 'oldhand watch --help'.",
  });
}
