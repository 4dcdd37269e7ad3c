import { expect, test } from "vitest";
import { pauses } from "../../src/data/pause.ts";

/** Keeps this thread busy, as a check does. */
function work(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test("in a long loop timers and signals are heard, and the stop is thrown", async () => {
  const stop = new AbortController();
  const pause = pauses(stop.signal);
  setTimeout(() => stop.abort(new Error("stopped")), 20);
  let rounds = 0;
  const loop = async () => {
    for (; rounds < 1000; rounds++) {
      work(20);
      await pause();
    }
  };
  await expect(loop()).rejects.toThrow("stopped");
  // 50 rounds are a second of work.
  expect(rounds).toBeLessThan(50);
});

test("short loops are not held up", async () => {
  const pause = pauses(null);
  let turns = 0;
  const counting = setImmediate(() => turns++);
  for (let i = 0; i < 1000; i++) await pause();
  clearImmediate(counting);
  expect(turns).toBe(0);
});
