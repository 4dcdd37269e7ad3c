import { expect, test } from "vitest";
import { parseBudget, parseDuration } from "../../src/cli/quantities.ts";

test("a budget may be nothing, which asks for no experiments; other times may not", () => {
  expect([parseBudget("0s"), parseBudget("1.5m")]).toEqual([0, 90_000]);
  expect(() => parseBudget("0")).toThrow("60s, 5m or 1h, or 0s");
  expect(() => parseDuration("0s", "--budget")).toThrow("--budget is not a time");
});
