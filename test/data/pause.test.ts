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
  const began = performance.now();
  setTimeout(() => stop.abort(new Error("stopped")), 20);
  const loop = async () => {
    for (let i = 0; i < 1000; i++) {
      work(20);
      await pause();
    }
  };
  await expect(loop()).rejects.toThrow("stopped");
  expect(performance.now() - began).toBeLessThan(1000);
});

test("short loops are not held up", async () => {
  const pause = pauses(null);
  let turns = 0;
  const counting = setImmediate(() => turns++);
  for (let i = 0; i < 1000; i++) await pause();
  clearImmediate(counting);
  expect(turns).toBe(0);
});
