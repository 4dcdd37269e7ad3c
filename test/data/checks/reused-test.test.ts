import { expect, test } from "vitest";
import { reusedTest } from "../../../src/data/checks/reused-test.ts";
import { contextOf, honestTable } from "../table.ts";

const testRows = Int32Array.from({ length: 50 }, (_, i) => 150 + i);
const found = async (testLooks: number, rows: Int32Array | null = testRows) =>
  await reusedTest.inspect(contextOf(honestTable(200, 1), "bought", { testRows: rows, testLooks }));

test.each([
  [1, "costly", 0.5642],
  [9, "harmful", 1.5388],
])("%i earlier questions are told with what the best of all promises", async (looks, severity, expected) => {
  const [one] = await found(looks);
  expect(one).toMatchObject({ severity, confidence: 1, evidence: { looks: looks + 1 } });
  expect(one!.why).toContain("Looks from other dossiers, or with other tools, are not known here");
  // Expectation of the largest of 2 and of 10 normal values (tables of order statistics); the approximation is off by 0.026 at most, at 2.
  expect(Math.abs((one!.evidence.optimismInStandardErrors as number) - expected)).toBeLessThan(looks === 1 ? 0.026 : 0.01);
});

test("the first look, and no test set, are no trap", async () => {
  expect(await found(0)).toEqual([]);
  expect(await found(3, null)).toEqual([]);
});
