import { existsSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { createTreeDataset, fitBoosting } from "../../../src/engine/trees/index.ts";
import { createTreeMemory } from "../../../src/engine/trees/kernels/memory.ts";
import { createTeam } from "../../../src/engine/trees/kernels/team.ts";

const MERGE = 2;

test("a thread that fails ends the call with an error instead of a wait without end, and the team still closes", () => {
  const memory = createTreeMemory();
  const team = createTeam(memory, 2);
  const bytes = 4096;
  const source = memory.allocate(bytes);
  // The caller's half lies in memory, the other thread's beyond its end.
  const target = memory.u8.byteLength - bytes / 2;
  team.setPlace("histograms", source);
  expect(() => team.run(MERGE, [target, bytes, 0])).toThrow(
    "thread 1 of the tree engine failed in task 2: RuntimeError: memory access out of bounds",
  );
  // The reason is not written over what other threads still read.
  expect(() => team.run(MERGE, [source, bytes, 0])).toThrow("RuntimeError: memory access out of bounds");
  team.close();
});

test("a thread that is no more ends the call with an error too", () => {
  const memory = createTreeMemory();
  const team = createTeam(memory, 2, { waits: 2, ms: 20 });
  const target = memory.allocate(4096);
  team.setPlace("histograms", target);
  // Told to stop: it ends without a failure, and no one else knows.
  team.run(0, []);
  expect(() => team.run(MERGE, [target, 4096, 0])).toThrow("a thread of the tree engine does not answer in task 2");
  team.close();
});

test("a thread that is woken late does no task twice", async () => {
  const memory = createTreeMemory();
  // The team's block comes after one of two units of 64 bytes.
  const control = memory.allocate(1) + 128;
  const team = createTeam(memory, 2);
  const bytes = 64 * 1024;
  const [target, source] = [memory.allocate(bytes), memory.allocate(bytes)];
  memory.u8.fill(0, target, target + bytes);
  memory.u8.fill(1, source, source + bytes);
  team.setPlace("histograms", source);
  const words = new Int32Array(memory.wasm.buffer, control, 1);
  for (let task = 1; task <= 3; task++) {
    team.run(MERGE, [target, bytes, 0]);
    // The team's word of the last task stands where the test looks for it.
    expect(words[0]).toBe(task);
    let woken = 0;
    while (woken === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      woken = Atomics.notify(words, 0);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([memory.u8[target], memory.u8[target + bytes - 1]]).toEqual([task, task]);
  }
  team.close();
});

test("threads end with the dataset, and a training that fails leaves neither blocks nor a broken team behind", async () => {
  const values = Float64Array.from({ length: 30_000 }, (_, row) => Math.sin(row));
  const features = Array.from({ length: 10 }, (_, place) => ({ name: `x${place}`, kind: "numeric" as const, values }));
  const matrix = { rows: values.length, features };
  const many = { numIterations: 25, numThreads: 2, numLeaves: 4 };
  const threadsOf = () => readdirSync("/proc/self/task").length;
  const before = existsSync("/proc/self/task") ? threadsOf() : 0;
  for (let turn = 0; turn < 6; turn++) {
    const dataset = createTreeDataset(matrix, { numThreads: 1 });
    fitBoosting({ matrix: dataset, target: values, loss: "squared" }, many);
    dataset.close();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  if (before > 0) expect(threadsOf() - before).toBeLessThan(4);
  const failing = {
    loss: "custom",
    gradient: () => {
      throw new Error("mine");
    },
  } as const;
  const dataset = createTreeDataset(matrix, { numThreads: 1 });
  const training = { matrix: dataset, target: values, loss: "squared" as const };
  const first = fitBoosting(training, many);
  expect(() => fitBoosting({ ...training, loss: failing }, many)).toThrow("mine");
  expect(fitBoosting(training, many)).toEqual(first);
  expect(() => fitBoosting({ ...training, matrix, loss: failing }, many)).toThrow("mine");
  expect(fitBoosting({ ...training, matrix }, many)).toEqual(first);
  dataset.close();
});
