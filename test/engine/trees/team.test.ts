import { expect, test } from "vitest";
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
