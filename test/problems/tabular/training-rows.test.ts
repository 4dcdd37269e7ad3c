import { describe, expect, test } from "vitest";
import { trainingRows } from "../../../src/problems/tabular/training-rows.ts";

const question = {
  rows: 1_000_000,
  sampled: 100_000,
  frameBytes: 80,
  matrixBytes: 120,
  memoryBytes: 4e9,
  msPerRow: 0.01,
  withinMs: Number.POSITIVE_INFINITY,
};

describe("rows of the last training", () => {
  test("all when memory and time allow", () => {
    expect(trainingRows(question)).toEqual({ rows: 1_000_000, why: "" });
    expect(trainingRows({ ...question, withinMs: 20_000 })).toEqual({ rows: 1_000_000, why: "" });
  });

  test("as many as fit into memory, and it says so", () => {
    const { rows, why } = trainingRows({ ...question, memoryBytes: 260e6 });
    expect(rows).toBe(250_000);
    expect(why).toBe("no more fit into 260 MB of --memory, at 520 bytes a row");
  });

  test("wider rows, fewer of them", () => {
    const wide = trainingRows({ ...question, memoryBytes: 260e6, frameBytes: 160, matrixBytes: 240 });
    expect(wide.rows).toBe(125_000);
  });

  test("a whole multiple of the sample when time is short, so that a little more or less time gives the same", () => {
    const rowsWithin = (withinMs: number) => trainingRows({ ...question, withinMs }).rows;
    expect([1000, 3000, 3300, 6000, 6600, 14_900].map(rowsWithin)).toEqual([100_000, 200_000, 200_000, 400_000, 400_000, 800_000]);
    expect(trainingRows({ ...question, withinMs: 6000 }).why).toContain("budget");
  });

  test("never fewer than the sample, which was affordable", () => {
    expect(trainingRows({ ...question, memoryBytes: 1e6 }).rows).toBe(100_000);
    expect(trainingRows({ ...question, withinMs: 0 }).rows).toBe(100_000);
  });
});
