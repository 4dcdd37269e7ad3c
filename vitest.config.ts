import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long for their size, so that none of them begins when all others have ended and a processor has nothing to do. */
const LONG = /test\/(demo|report\/browser|engine\/trees\/growth|data\/audit|production\/watch-laws)/;
/** Tests of the command. They share one run of it, made beside the other tests, and come when it has ended; again the long ones first. */
const COMMAND = /test\/cli\//;
const LONG_COMMAND = /test\/cli\/(resume|odd-input|checks|predict|dossier-commands|open-blocker|one-score)/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const rank = ({ moduleId }: TestSpecification) =>
      LONG.test(moduleId) ? 0 : LONG_COMMAND.test(moduleId) ? 2 : COMMAND.test(moduleId) ? 3 : 1;
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/memory-folder.ts", "test/cli/shared-dossier.ts"],
    setupFiles: ["test/number-lists.ts"],
    isolate: false,
    // Many tests have two threads of their own.
    maxWorkers: Math.max(2, availableParallelism() >> 1),
    // A worker keeps the modules of all its files; with the usual limit, near what it keeps, the whole of it is searched for garbage many times a second.
    // Not the room for what is new: that would hold for threads too, and one with a small limit of memory would end the process.
    // Most functions run for a moment, and the compiler's threads cost as much as they: optimised is what ran fifteen times as long as is usual.
    execArgv: ["--initial-old-space-size=512", "--interrupt-budget=1000000"],
    // Transformed once for a content of the file, not in every run of the tests; where there is no second run it would only be written.
    experimental: { fsModuleCache: process.env.CI === undefined },
    sequence: { sequencer: LongFirst },
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
