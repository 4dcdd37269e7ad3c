import { describe, expect, test } from "vitest";
import { GATES, prove } from "../../src/production/index.ts";
import { BINARY, contextOf, MULTICLASS, REGRESSION, world } from "./world.ts";

describe("prove", () => {
  test.each([BINARY, MULTICLASS, REGRESSION])("a good model passes every gate: $kind", async (task) => {
    for (const estimator of ["boosting", "linear"]) {
      const proof = await prove(GATES, contextOf(world(task, 1500, 7, estimator)));
      expect(proof.gates.filter(({ status }) => status !== "passed").map(({ gate, why }) => `${gate}: ${why}`)).toEqual([]);
    }
  });
});
