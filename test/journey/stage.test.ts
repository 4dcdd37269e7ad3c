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
    looked: frame,
    testRows: 0,
    testSetRows: 0,
    openMs: 0,
  } as unknown as Workplace;
}

const IDLE = { threads: 1, share: () => undefined, run: () => Promise.reject(new Error("nothing to run")), close: async () => undefined };

test("a budget that is over ends no check of an audit that nothing follows", async () => {
  const request = { seed: 1, budgetMs: 1, threads: 1 };
  const workplace = { ...smallWorkplace(), request, openMs: 1000 } as unknown as Workplace;
  const stage = stageRunner({ workplace, executor: IDLE, ledger: memoryLedger(), onProgress: () => undefined, signal: null, times: [] });
  const leftOf = (isLast: boolean) => stage("data", async ({ lab, leftMs }) => [lab.left(), leftMs()], { isLast });
  expect(await leftOf(true)).toEqual([0, Number.POSITIVE_INFINITY]);
  expect((await leftOf(false))?.[1]).toBeLessThan(0);
});

test("a stage leaves no clock and no listener behind, and the threads to the next one", async () => {
  const stop = new AbortController();
  let closed = 0;
  const executor = {
    ...IDLE,
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
