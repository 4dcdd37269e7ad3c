import { expect, test } from "vitest";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { orderLeak } from "../../../src/data/checks/order-leak.ts";
import { partialLeak } from "../../../src/data/checks/partial-leak.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { siblingTarget } from "../../../src/data/checks/sibling-target.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { honestTable, inspect } from "../table.ts";

test("clean tables of many seeds have no likely blocker", async () => {
  const checks = [targetLeak, postOutcome, partialLeak, combinationLeak, siblingTarget, orderLeak];
  for (let seed = 10; seed < 30; seed++) {
    const table = honestTable(600, seed);
    const found = (await Promise.all(checks.map((check) => inspect(check, table)))).flat();
    expect(found.map(({ trap, columns }) => `${trap} ${columns}`)).toEqual([]);
  }
});
