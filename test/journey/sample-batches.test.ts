import { describe, expect, test } from "vitest";
import { columnOf, type Frame, takeRows } from "../../src/core/column.ts";
import { sampleBatches } from "../../src/journey/sample-batches.ts";

const ROWS = 5000;

/** Value and level say the row; each batch numbers its levels anew. */
async function* batches(size: number): AsyncIterable<Frame> {
  for (let start = 0; start < ROWS; start += size) {
    const rows = Math.min(size, ROWS - start);
    const levels = Array.from({ length: rows }, (_, i) => `row ${start + i}`).reverse();
    yield {
      rows,
      columns: [
        { name: "n", type: "number", values: Float64Array.from({ length: rows }, (_, i) => start + i) },
        { name: "c", type: "category", levels, codes: Int32Array.from({ length: rows }, (_, i) => (i % 10 === 3 ? -1 : rows - 1 - i)) },
      ],
      rowNumbers: null,
    };
  }
}

const rowsOf = async (size: number, most: number, seed: number) => {
  const { frame, rows } = await sampleBatches(batches(size), most, seed);
  const column = columnOf(frame ?? { rows: 0, columns: [], rowNumbers: null }, "n");
  return { frame, rows, drawn: "values" in column ? [...column.values] : [] };
};

describe("a sample of batches", () => {
  test("is spread over all rows, in their order, each once, and the same however they are cut", async () => {
    const { drawn, rows, frame } = await rowsOf(700, 600, 1);
    expect([rows, drawn.length, new Set(drawn).size]).toEqual([ROWS, 600, 600]);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
    expect((await rowsOf(64, 600, 1)).drawn).toEqual(drawn);
    expect((await rowsOf(700, 600, 2)).drawn).not.toEqual(drawn);
    const levels = columnOf(frame as Frame, "c");
    if (!("codes" in levels)) throw new Error("no codes");
    const texts = Array.from(levels.codes, (code) => levels.levels[code] ?? null);
    expect(texts).toEqual(drawn.map((row) => ((row % 700) % 10 === 3 ? null : `row ${row}`)));
  });

  test("is uniform: every fifth of the rows has its share", async () => {
    const counts = new Float64Array(5);
    for (let seed = 0; seed < 40; seed++) for (const row of (await rowsOf(900, 250, seed)).drawn) counts[Math.floor(row / 1000)]! += 1;
    // 10,000 rows drawn: 2,000 each, standard error at most 40.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(160);
  });

  test("is all rows where they are few, and null of none", async () => {
    expect((await rowsOf(700, ROWS, 1)).drawn).toHaveLength(ROWS);
    async function* none(): AsyncIterable<Frame> {
      for await (const batch of batches(10)) if (batch.rows < 0) yield takeRows(batch, new Int32Array(0));
    }
    expect(await sampleBatches(none(), 10, 1)).toEqual({ frame: null, rows: 0 });
  });
});
