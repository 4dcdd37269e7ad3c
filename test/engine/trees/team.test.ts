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
  expect(() => team.run(MERGE, [target, source, bytes, 1])).toThrow(
    "thread 1 of the tree engine failed in task 2: RuntimeError: memory access out of bounds",
  );
  expect(() => team.run(MERGE, [source, source, bytes, 1])).toThrow("thread 1 of the tree engine failed");
  team.close();
});
