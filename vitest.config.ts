import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "rooms", isolate: false, include: ["test/**/*.test.ts"], exclude: ["test/cli/**"] } },
      // Tests of the command share one run of it, made beside the other tests.
      {
        extends: true,
        test: {
          name: "command",
          isolate: false,
          // After the others, so that the shared run has ended by then.
          sequence: { groupOrder: 1 },
          include: ["test/cli/**/*.test.ts"],
          globalSetup: ["test/cli/shared-dossier.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
