import { describe, expect, it } from "vitest";
import { describeRecipe } from "../../src/recipe/index.ts";

describe("describeRecipe", () => {
  it("says each step in plain words", () => {
    const lines = describeRecipe([
      { op: "drop", columns: ["duration", "id"] },
      { op: "null-out", column: "pdays", values: [999, "?"] },
      { op: "map", column: "job", mapping: { "admin.": "admin" } },
      { op: "to-number", column: "price" },
      { op: "to-category", column: "zip" },
      { op: "date-parts", column: "when", parts: ["month", "days"] },
      { op: "to-date", column: "seen", formats: ["%d.%m.%Y", "%b %d, %Y"] },
      { op: "convert-unit", column: "height", where: "below", limit: 3, factor: 100, offset: 0 },
      { op: "convert-unit", column: "heat", where: "above", limit: 60, factor: 0.5, offset: -16 },
      { op: "convert-unit", column: "plot", by: { column: "agent", levels: ["Old", "Mill"] }, factor: 0.5, offset: 0 },
      { op: "fill", column: "garage", value: "none" },
      { op: "missing-indicator", columns: ["a"] },
      { op: "impute", columns: ["a"], strategy: "most-frequent" },
      { op: "encode", columns: ["c"], method: "codes", minCount: 1, maxLevels: 9 },
      { op: "encode", columns: ["c"], method: "one-hot", minCount: 5, maxLevels: 9 },
      { op: "encode", columns: ["c"], method: "target-mean", minCount: 1, maxLevels: 9 },
      { op: "scale", columns: ["a"], method: "standard" },
      { op: "clip", columns: ["a"], share: 0.01 },
      { op: "log", columns: ["a"] },
      { op: "drop-duplicate-rows", ignoring: ["id"] },
      { op: "drop-unlabelled-rows", target: "y" },
    ]);
    expect(lines.map(({ step, columns, what }) => `${step}: ${columns}: ${what}`)).toEqual([
      "drop: duration, id: leave out",
      'null-out: pdays: read 999, "?" as missing',
      'map: job: rename "admin." to "admin"',
      "to-number: price: read as numbers; what is no number becomes missing",
      "to-category: zip: read as a category: the numbers are codes",
      "date-parts: when: replace the date by its month, days since 1970",
      "to-date: seen: read as dates written %d.%m.%Y, %b %d, %Y; what is none becomes missing",
      "convert-unit: height: values below 3: times 100",
      "convert-unit: heat: values above 60: times 0.5, plus -16",
      'convert-unit: plot: values where agent is "Old", "Mill": times 0.5',
      'fill: garage: missing becomes "none"',
      "missing-indicator: a: add a column that says whether the value is missing",
      "impute: a: fill missing values with the most frequent value of the training rows",
      "encode: c: number the levels",
      "encode: c: one 0/1 column per level; levels with fewer than 5 training rows count as one",
      "encode: c: replace each level by the mean target of its training rows, each row's own left out",
      "scale: a: subtract the mean of the training rows and divide by their standard deviation",
      "clip: a: what lies outside the middle 98 % of the training rows becomes their nearest value",
      "log: a: take the logarithm of 1 + the size in units of a small value of the training rows, with its sign",
      "drop-duplicate-rows: all rows: keep equal rows once, not comparing id",
      "drop-unlabelled-rows: y: leave out rows without a target",
    ]);
  });

  it("shortens long lists", () => {
    const columns = Array.from({ length: 100 }, (_, i) => `c${i}`);
    expect(describeRecipe([{ op: "drop", columns }])[0]?.columns).toBe("c0, c1, c2, c3, c4, c5, c6, c7 and 92 more");
  });
});
