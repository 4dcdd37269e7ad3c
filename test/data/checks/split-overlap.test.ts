import { expect, test } from "vitest";
import { splitOverlap } from "../../../src/data/checks/split-overlap.ts";
import { contextOf } from "./context.ts";
import { coarse, measured, ROWS, withCopies } from "./copied-tables.ts";

test("test rows that stand in the training rows are found", async () => {
  const [found] = await splitOverlap.inspect(contextOf({ columns: withCopies(measured(), 100), target: "y", testRows: 200 }));
  expect(found).toMatchObject({ severity: "blocker", evidence: { overlappingTestRows: 100, share: 0.5 } });
  expect(await splitOverlap.inspect(contextOf({ columns: measured(), target: "y", testRows: 200 }))).toEqual([]);
  const [chance] = await splitOverlap.inspect(contextOf({ columns: coarse(), target: "y", testRows: 200 }));
  expect(chance).toMatchObject({ severity: "cosmetic" });
});

test("the training data once more as the test set is a blocker without a price: nothing would be left to train on", async () => {
  const [same] = await splitOverlap.inspect(contextOf({ columns: withCopies(coarse(), ROWS), target: "y", testRows: ROWS }));
  expect(same).toMatchObject({ severity: "blocker", confidence: 1, question: null, counterfactual: null, fix: { action: "advice" } });
  expect(same!.why).toContain(`row by row: ${ROWS} of ${ROWS} test rows (100 %)`);
  expect(same!.unmeasured).toContain("none is left to learn from");
  const turned = Object.fromEntries(
    Object.entries(measured()).map(([name, column]) => [name, [...column, ...column.toReversed(), column[0]!]]),
  );
  const [all] = await splitOverlap.inspect(contextOf({ columns: turned, target: "y", testRows: ROWS + 1 }));
  expect(all).toMatchObject({ severity: "blocker", counterfactual: null, evidence: { leavesNone: true } });
});
