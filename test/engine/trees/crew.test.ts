import { expect, test } from "vitest";
import { createCrew } from "../../../src/engine/trees/predict/crew.ts";
import { createKernelMemory } from "../../../src/engine/trees/predict/kernel.ts";

test("a block that fails in a worker ends the call with an error instead of a wait without end", async () => {
  const kernelMemory = createKernelMemory(65_536);
  const crew = createCrew(kernelMemory, 1);
  while (!crew.isFree(0)) await new Promise((resolve) => setImmediate(resolve));
  // A program far beyond the end of the memory.
  crew.start(0, [0x7fff0000, 0x7fff0000, 8, 0x7fff0000, 0x7fff0000, 1]);
  expect(() => crew.wait(0)).toThrow("a thread of the prediction kernel failed");
  crew.close();
});
