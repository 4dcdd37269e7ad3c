import { getEventListeners } from "node:events";
import { expect, test } from "vitest";
import { stageRunner } from "../../src/journey/stage.ts";
import type { Workplace } from "../../src/journey/workplace.ts";
import { memoryLedger } from "../../src/lab/index.ts";
import { customers } from "../production/world.ts";

/** A workplace of a few rows; a stage that runs no experiment needs no more. */
function smallWorkplace(): Workplace {
  const frame = customers(20, 1);
  const dataset = { version: "v", rows: 20, columns: [] };
  return {
    dossier: { dataFolder: "" },
    request: { seed: 1, budgetMs: 60_000, threads: 1 },
    dataset,
    trainingSet: dataset,
    frame,
    testRows: 0,
    testSetRows: 0,
    openMs: 0,
  } as unknown as Workplace;
}

test("a stage leaves no clock and no listener behind, and the threads to the next one", async () => {
  const stop = new AbortController();
  let closed = 0;
  const executor = {
    threads: 1,
    share: () => undefined,
    run: () => Promise.reject(new Error("nothing to run")),
    close: async () => {
      closed++;
    },
  };
  const times: unknown[] = [];
  const stage = stageRunner({
    workplace: smallWorkplace(),
    executor,
    ledger: memoryLedger(),
    onProgress: () => undefined,
    signal: stop.signal,
    times: times as never,
  });
  const during = await stage("data", async ({ lab }) => [getEventListeners(stop.signal, "abort").length, lab.left() > 0]);
  expect(during).toEqual([1, true]);
  await expect(stage("model", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect([getEventListeners(stop.signal, "abort").length, closed, times.length]).toEqual([0, 0, 2]);
});
