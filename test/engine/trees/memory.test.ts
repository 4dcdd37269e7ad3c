import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { createTreeDataset, fitBoosting } from "../../../src/engine/trees/index.ts";
import { attachTreeMemory, createTreeMemory, type TreeMemory } from "../../../src/engine/trees/kernels/memory.ts";

const [LOCK, FREE, TOP] = [0, 1, 2];
const random = createRandom(3, "tree memory");

/** Blocks with their sizes, each filled with a number of its own. */
function taken(memory: TreeMemory, many: number): Map<number, number> {
  const blocks = new Map<number, number>();
  for (let i = 0; i < many; i++) {
    const bytes = 1 + random.integer(5000);
    const address = memory.allocate(bytes);
    memory.u8.fill(i, address, address + bytes);
    blocks.set(address, bytes);
  }
  return blocks;
}

const top = (memory: TreeMemory) => memory.i32[TOP]!;

test("a lock whose holder is no more is taken over, and the blocks are found again whatever the list was left as", () => {
  const memory = createTreeMemory();
  const other = attachTreeMemory(memory.wasm, { waits: 2, ms: 5 });
  const kept = [...taken(memory, 40)];
  const freed = kept.filter((_, i) => i % 3 === 0);
  for (const [address] of freed) memory.free(address);
  const before = top(memory);
  memory.i32[LOCK] = 12345;
  // In the midst of giving back: the list begins nowhere, and the next of a free block is what was there before.
  memory.i32[FREE] = 0;
  for (const [address] of freed) memory.i32[(address - 64) / 4 + 1] = random.integer(1e6);
  const again = freed.map(([, bytes]) => other.allocate(bytes));
  expect(top(memory)).toBe(before);
  expect(new Set(again).size).toBe(freed.length);
  expect(memory.i32[LOCK]).toBe(0);
  // Those in use are as they were.
  for (const [i, [address, bytes]] of kept.entries())
    if (i % 3 !== 0) expect(memory.u8.subarray(address, address + bytes).every((byte) => byte === i)).toBe(true);
  const all = [...kept.filter((_, i) => i % 3 !== 0).map(([address]) => address), ...again];
  for (const address of all) other.free(address);
  // All of it is one free block again.
  expect(other.allocate((before - 4096 / 64 - 1) * 64)).toBe(4096 + 64);
});

test("a lock that is held but moves on is waited for", async () => {
  const memory = createTreeMemory();
  const words = new Int32Array(memory.wasm.buffer);
  words[LOCK] = 7;
  // From one holder to the next without a pause; at last it is free, and says so in word 10.
  const source = `const { parentPort, workerData: { words } } = require("node:worker_threads");
    parentPort.postMessage("starts");
    for (let i = 8; i < 88; i++) {
      Atomics.wait(words, 11, 0, 5);
      Atomics.store(words, 0, i);
      Atomics.notify(words, 0);
    }
    words[10] = 1;
    Atomics.store(words, 0, 0);
    Atomics.notify(words, 0);`;
  const worker = new Worker(source, { eval: true, workerData: { words } });
  await new Promise((resolve) => worker.once("message", resolve));
  attachTreeMemory(memory.wasm, { waits: 3, ms: 100 }).allocate(10);
  expect([words[10], words[LOCK]]).toEqual([1, 0]);
  await worker.terminate();
});

test("what a worker held that was terminated in the midst of a training is given back, and others go on", async () => {
  const rows = 3000;
  const values = Float64Array.from({ length: rows }, (_, row) => Math.sin(row));
  const dataset = createTreeDataset({ rows, features: [{ name: "x", kind: "numeric", values }] }, {});
  const training = { matrix: dataset, target: values, loss: "squared" as const };
  const wanted = fitBoosting(training, { numIterations: 2 });
  const entry = new URL("../../../dist/trees.js", import.meta.url).href;
  const source = `
    const { parentPort, workerData: { handle, target } } = require("node:worker_threads");
    import(${JSON.stringify(entry)}).then(({ openTreeDataset, fitBoosting }) => {
      const training = { matrix: openTreeDataset(handle), target, loss: "squared" };
      for (let i = 0; ; i++) {
        fitBoosting(training, { numIterations: 2 });
        if (i === 0) parentPort.postMessage("trains");
      }
    });`;
  const ends: number[] = [];
  for (let turn = 0; turn < 4; turn++) {
    const worker = new Worker(source, { eval: true, workerData: { handle: dataset.share(), target: values } });
    const { threadId } = worker;
    await new Promise((resolve) => worker.once("message", resolve));
    await new Promise((resolve) => setTimeout(resolve, 3 * turn));
    await worker.terminate();
    dataset.releaseThread(threadId);
    expect(fitBoosting(training, { numIterations: 2 })).toEqual(wanted);
    ends.push(top(dataset.memory));
  }
  expect(new Set(ends.slice(1)).size, ends.join()).toBe(1);
  expect(() => dataset.releaseThread(Number.NaN)).toThrow(/threadId of a worker/);
  dataset.close();
  dataset.releaseThread(1);
});
