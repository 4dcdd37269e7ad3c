import { expect, test } from "vitest";
import type { AuditContext } from "../../../src/data/check.ts";
import { affectedRows, affectedTestRows, countedIn, countInFrame } from "../../../src/data/findings/affected-rows.ts";
import { audit } from "../../../src/data/index.ts";
import { contextOf, honestTable } from "../table.ts";
import { checkSaying, tinyLab } from "../tiny-lab.ts";

const whole = honestTable(300, 1, () => []);
const sampled = {
  dataset: { ...whole.dataset, rows: 900 },
  frame: { ...whole.frame, rowNumbers: Int32Array.from({ length: 300 }, (_, row) => 3 * row) },
};

test("a count over a sample is scaled up, and says so", () => {
  const first = affectedRows(sampled, (row) => row < 20);
  expect(first).toMatchObject({ count: 60, estimated: { rows: 300, of: 900 } });
  expect(first.sample.slice(0, 3)).toEqual([0, 3, 6]);
  expect(countedIn(first)).toBe(" Counted in a sample of 300 of the 900 rows; about 60 in all.");
});

test("of a sample, test rows are scaled up to the rows of the test set, and are never more", () => {
  const testRows = Int32Array.from({ length: 110 }, (_, row) => 190 + row);
  const context = { ...sampled, testRows, training: { dataset: { ...whole.dataset, rows: 600 } } as AuditContext };
  const all = affectedTestRows(context, (row) => row >= 190);
  expect(all).toMatchObject({ count: 300, estimated: { rows: 110, of: 300 } });
  expect(countedIn(all)).toBe(" Counted in a sample of 110 of the 300 rows; about 300 in all.");
});

test("what was counted comes back from what it was scaled up to", () => {
  const odd = { ...sampled, dataset: { ...whole.dataset, rows: 401 } };
  for (const count of [1, 7, 20, 299]) expect(countInFrame(affectedRows(odd, (row) => row < count))).toBe(count);
  expect(countInFrame(affectedRows(whole, (row) => row < 7))).toBe(7);
});

test("a count over all rows says nothing of a sample, nor does a finding about no rows", () => {
  expect(affectedRows(whole, (row) => row < 20)).not.toHaveProperty("estimated");
  expect(countedIn(affectedRows(whole, (row) => row < 20))).toBe("");
  expect(countedIn(affectedRows(sampled, () => false))).toBe("");
});

test("the sentence of a finding ends with what its numbers are of", async () => {
  const context = contextOf(sampled, "bought");
  const { lab, experimentFor } = tinyLab(context, "auc");
  const check = checkSaying("outlier", { rows: affectedRows(context, (row) => row < 20), why: "20 rows are odd." });
  const { findings } = await audit(context, [check], lab, experimentFor);
  expect(findings[0]!.why).toBe("20 rows are odd. Counted in a sample of 300 of the 900 rows; about 60 in all.");
});
