import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ColumnInfo } from "../../src/core/dataset.ts";
import { experimentRows, lookedRows, rowsOfSample, sampleLimit, sampleVersion, sampleWhy } from "../../src/journey/sample-size.ts";

const table = (rows: number, columns: number) => ({ rows, columns: Array.from({ length: columns }, () => ({}) as ColumnInfo) });

describe("rows of experiments", () => {
  test("all of a small table, whatever the budget", () => {
    expect(experimentRows(table(5000, 20), 1e9, null)).toBe(5000);
    expect(experimentRows(table(5000, 20), 1e9, 1)).toBe(5000);
  });

  test("a sample of a long one; a smaller one when memory or time is short", () => {
    const rows = (columns: number, memory: number, budgetMs: number | null) => experimentRows(table(10_000_000, columns), memory, budgetMs);
    expect(rows(10, 4e9, null)).toBe(100_000);
    expect(rows(100, 4e9, 300_000)).toBeLessThan(rows(100, 4e9, 3_000_000));
    expect(rows(2000, 4e7, null)).toBe(1000);
    // No experiments, so none are to be kept short.
    expect(rows(100, 4e9, 0)).toBe(rows(100, 4e9, null));
  });

  test("all of a table of which nearly all rows are affordable, where no budget is to be kept", () => {
    expect(experimentRows(table(48_842, 43), 4e9, null)).toBe(48_842);
    expect(experimentRows(table(48_842, 43), 4e9, 600_000)).toBeLessThan(48_842);
    expect(experimentRows(table(70_000, 43), 4e9, null)).toBeLessThan(50_000);
  });

  test("checks look at all that they look at where no experiments are asked for, if a share of the budget is enough for it", () => {
    const looked = (rows: number, budgetMs: number | null, memory = 4e9) => {
      const data = table(rows, 16);
      return lookedRows(data, memory, budgetMs, experimentRows(data, memory, budgetMs));
    };
    expect(experimentRows(table(12_000, 16), 4e9, 30_000)).toBeLessThan(12_000);
    expect([null, 0, 30_000, 3_600_000].map((budgetMs) => looked(12_000, budgetMs))).toEqual([12_000, 12_000, 12_000, 12_000]);
    expect(looked(10_000_000, 3_600_000)).toBe(experimentRows(table(10_000_000, 16), 4e9, 0));
    // Nearly all are all: in a sample no step from row to row can be seen.
    expect(looked(27_000, 10_000)).toBe(27_000);
    // Not enough for all of them, and never fewer than experiments have.
    expect(looked(90_000, 10_000)).toBeGreaterThan(5000);
    expect(looked(90_000, 10_000)).toBeLessThan(90_000);
    expect(looked(90_000, 1)).toBe(5000);
    expect(looked(90_000, 60_000, 1e6)).toBeLessThan(2000);
  });

  const ofClasses = (
    columns: number,
    type: ColumnInfo["type"],
    distinct: number,
    budgetMs: number,
    task: "binary" | "multiclass" | "regression" | null = null,
  ) => {
    const { rows, columns: features } = table(1_000_000, columns - 1);
    return experimentRows({ rows, columns: [...features, { name: "y", type, distinct } as ColumnInfo] }, 4e9, budgetMs, {
      target: "y",
      task,
    });
  };

  test("fewer where the target has several classes, in step with what they cost", () => {
    const classes = (type: ColumnInfo["type"], distinct: number) => ofClasses(11, type, distinct, 120_000);
    expect(classes("category", 16)).toBe(Math.floor(4e5 / 11 / 8));
    expect(classes("number", 5000)).toBe(classes("category", 2));
    expect(classes("category", 100_000)).toBe(2500);
  });

  test("numbers that are few, or said to be classes, cost as names do", () => {
    const rows = (distinct: number, task: "binary" | "multiclass" | "regression" | null) =>
      ofClasses(11, "number", distinct, 120_000, task);
    expect(rows(10, null)).toBe(ofClasses(11, "category", 10, 120_000));
    expect(rows(16, "multiclass")).toBe(ofClasses(11, "category", 16, 120_000));
    expect([rows(16, null), rows(10, "regression"), rows(2, null)]).toEqual([rows(2, "binary"), rows(2, "binary"), rows(2, "binary")]);
  });

  test("a short budget and many classes leave some rows of each class and enough to choose a penalty by", () => {
    expect(ofClasses(101, "category", 2, 30_000)).toBe(5000);
    expect(ofClasses(101, "category", 30, 30_000)).toBe(1500);
    expect(ofClasses(101, "category", 40, 30_000)).toBe(2000);
  });

  test("what kept them few is known by their number", () => {
    const limit = (columns: number, memory: number, budgetMs: number | null) => {
      const data = table(10_000_000, columns);
      return sampleLimit(data, experimentRows(data, memory, budgetMs), memory);
    };
    expect([limit(10, 4e9, null), limit(100, 4e9, 300_000), limit(2000, 4e7, null)]).toEqual(["most", "time", "memory"]);
  });

  test("why they are so few is said with the limit that was given", () => {
    const given = { budgetMs: 60_000, memoryBytes: 512e6 };
    expect(sampleWhy("time", given)).toBe("more were not expected to fit a budget of 60 s");
    expect(sampleWhy("time", { ...given, budgetMs: null })).toBe(
      "a whole run on more was estimated, by rows and columns alone, to take longer than about 10 minutes (a larger --budget allows more)",
    );
    expect(sampleWhy("memory", given)).toBe("no more fit into a quarter of 512 MB of --memory");
  });

  test("never more than there are, never none, and at most a quarter of the memory beyond 1,000 rows", () => {
    const numbers = fc.record({
      rows: fc.integer({ min: 1, max: 1e8 }),
      columns: fc.integer({ min: 0, max: 500 }),
      memory: fc.integer({ min: 1e6, max: 1e11 }),
      budget: fc.option(fc.integer({ min: 1, max: 1e8 })),
    });
    fc.assert(
      fc.property(numbers, ({ rows, columns, memory, budget }) => {
        const used = experimentRows(table(rows, columns), memory, budget);
        expect(used).toBeGreaterThan(0);
        expect(used).toBeLessThanOrEqual(rows);
        if (used > 1000) expect(used * columns * 8).toBeLessThanOrEqual(memory / 4);
      }),
    );
  });
});

describe("the name of a sample", () => {
  const dataset = { rows: 100, version: "3d03b72ea1d7414f" };

  test("the whole table has the name of its version, a sample that and its rows", () => {
    expect(sampleVersion(dataset, 100)).toBe(dataset.version);
    expect(sampleVersion(dataset, 50)).not.toBe(sampleVersion(dataset, 60));
  });

  test("is read back, and is of no other dataset", () => {
    for (const rows of [1, 50, 100]) expect(rowsOfSample(dataset, sampleVersion(dataset, rows))).toBe(rows);
    expect(rowsOfSample({ ...dataset, version: "other" }, sampleVersion(dataset, 50))).toBeNull();
    expect(rowsOfSample(dataset, `${dataset.version}.x`)).toBeNull();
  });
});
