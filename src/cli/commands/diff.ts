import { availableParallelism } from "node:os";
import { parseBytes, parseWhole } from "../quantities.ts";
import { defaultMemory } from "../request.ts";
import { checkOutput, type Output, printResult } from "../session.ts";
import { colours } from "../terminal.ts";

interface DiffOptions extends Output {
  readonly key?: readonly string[];
  readonly memory?: string;
  readonly threads?: string;
}

/** Exit code 0: the same. 1: they differ. */
export async function action(before: string, after: string | undefined, options: DiffOptions): Promise<void> {
  const request = {
    before,
    after: after ?? null,
    key: options.key ?? [],
    memoryBytes: options.memory === undefined ? defaultMemory() : parseBytes(options.memory, "--memory"),
    threads: options.threads === undefined ? availableParallelism() : parseWhole(options.threads, "--threads", 1, 256),
    seed: 1,
  };
  await checkOutput(options);
  const [{ diffTables }, { diffText }] = await Promise.all([import("../../journey/index.ts"), import("../../report/text/index.ts")]);
  const result = await diffTables(request);
  await printResult(options, result, () => diffText(result, { colours: colours(process.stdout) }));
  process.exitCode = result.same ? 0 : 1;
}
