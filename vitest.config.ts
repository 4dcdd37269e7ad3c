import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: "rooms", isolate: false, include: ["test/**/*.test.ts"], exclude: ["test/cli/**"] } },
      // Tests of the command share one run of it, made when the first of them starts.
      {
        extends: true,
        test: {
          name: "command",
          include: ["test/cli/**/*.test.ts"],
          globalSetup: ["test/cli/shared-dossier.ts"],
          testTimeout: 300_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
