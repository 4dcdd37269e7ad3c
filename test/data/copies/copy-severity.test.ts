import { expect, test } from "vitest";
import type { Copies } from "../../../src/data/copies/copies.ts";
import { copyConfidence, copyQuestion } from "../../../src/data/copies/copy-severity.ts";

const copies = (parts: Partial<Copies>): Copies => ({ pairs: 1000, copied: 900, share: 0.9, p: 1e-3, measured: true, ...parts });

test("most pairs above the limit of chance are copies in a measured table, whatever the point estimate's p; else a person is asked or nothing is done", () => {
  expect(copyConfidence(copies({}))).toBe(0.9);
  expect(copyQuestion(copies({}))).not.toBeNull();
  expect(copyConfidence(copies({ measured: false }))).toBeLessThanOrEqual(0.4);
  expect(copyConfidence(copies({ share: 0.3 }))).toBeLessThanOrEqual(0.4);
  expect(copyConfidence(copies({ share: 0.3, p: 1e-9 }))).toBeLessThanOrEqual(0.4);
});
