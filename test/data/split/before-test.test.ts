import { expect, test } from "vitest";
import type { AuditContext } from "../../../src/data/check.ts";
import type { SplitProposal } from "../../../src/data/index.ts";
import { beforeTest } from "../../../src/data/split/before-test.ts";

test("of a sample the given test rows are those that are looked at, of all that there are", () => {
  const dataset = (rows: number) => ({ dataset: { rows } }) as unknown as AuditContext;
  const why = (testRows: number, all: number) =>
    beforeTest({ why: "by chance" } as unknown as SplitProposal, {
      ...dataset(1000 + all),
      testRows: new Int32Array(testRows),
      training: dataset(1000),
    }).why;
  expect(why(500, 500)).toContain("before the 500 given test rows judge once");
  expect(why(50, 500)).toContain("before the given test rows (50 of 500 in this sample) judge once");
});
