import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/finding.ts";
import { besideLinear } from "../../../src/data/harm/linear-costs.ts";

const finding = (trap: Finding["trap"], columns: readonly string[], evidence: Finding["evidence"] = {}) =>
  ({ id: `${trap}:${columns.join(",")}`, trap, columns, evidence }) as unknown as Finding;

test("what a linear model measured stands for the same told without a measure: columns in nearly the same order, if it is of all of them", () => {
  const nearly = finding("derived-column", ["a", "b"], { kind: "nearly-same-order" });
  const computed = finding("derived-column", ["a", "b"], { kind: "sum" });
  const wider = finding("derived-column", ["a", "b", "z"], { kind: "nearly-same-order" });
  const measured = finding("multicollinear", ["a", "b", "c"]);
  const skewed = finding("skewed", ["a", "b", "c"]);
  expect(besideLinear([nearly, computed, wider], [measured])).toEqual([computed, wider, measured]);
  expect(besideLinear([nearly], [skewed])).toEqual([nearly, skewed]);
  expect(besideLinear([finding("skewed", ["a", "b", "c"]), nearly], [skewed])).toEqual([nearly, skewed]);
});

test("rows far from all others are told once: by the measure or by what says better what they are, if that is of all their columns", () => {
  const far = finding("outlier", ["a", "b"], { kind: "far-apart" });
  const measured = finding("outlier", ["a"]);
  const impossible = finding("impossible-value", ["b"]);
  expect(besideLinear([far, impossible], [measured])).toEqual([impossible, measured]);
  expect(besideLinear([far], [measured])).toEqual([far, measured]);
});
