import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files that take long for their size, so that none of them begins when all others have ended and a processor has nothing to do. */
const LONG =
  /test\/(demo|report\/browser|engine\/trees\/growth|data\/audit|production\/watch-laws|cli\/(resume|odd-input|checks|predict|given-test|dossier-commands|output|open-blocker))/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return [...sorted.filter(({ moduleId }) => LONG.test(moduleId)), ...sorted.filter(({ moduleId }) => !LONG.test(moduleId))];
  }
}

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    sequence: { sequencer: LongFirst },
    projects: [
      { extends: true, test: { name: "rooms", isolate: false, include: ["test/**/*.test.ts"], exclude: ["test/cli/**"] } },
      // Tests of the command share one run of it, made beside the other tests.
      {
        extends: true,
        test: {
          name: "command",
          isolate: false,
          // After the others, so that the shared run has ended by then.
          sequence: { groupOrder: 1, sequencer: LongFirst },
          include: ["test/cli/**/*.test.ts"],
          globalSetup: ["test/cli/shared-dossier.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
