import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import { recordsToFrame } from "../../src/recipe/index.ts";
import { requestText } from "../../src/scale/request-text.ts";
import { timingRows } from "../../src/scale/timed-models.ts";

const FRAME: Frame = {
  rows: 2,
  rowNumbers: null,
  columns: [
    { name: "age", type: "number", values: Float64Array.of(41.5, Number.NaN) },
    { name: "__proto__", type: "category", codes: Int32Array.of(1, -1), levels: ["a", 'b "quoted"'] },
    { name: "since", type: "date", values: Float64Array.of(86_400_000, Number.NaN) },
    { name: "note", type: "text", codes: Int32Array.of(0, 0), levels: ["two\nlines"] },
  ],
};
const INPUTS = FRAME.columns.map(({ name, type }) => ({ name, type, levels: null }));

test("the text of a row is read back as the same row", () => {
  expect(requestText(INPUTS, FRAME, 0)).toBe(
    '{"age":41.5,"__proto__":"b \\"quoted\\"","since":"1970-01-02T00:00:00.000Z","note":"two\\nlines"}',
  );
  const back = recordsToFrame(
    INPUTS,
    [0, 1].map((row) => JSON.parse(requestText(INPUTS, FRAME, row)) as Record<string, unknown>),
  );
  expect(requestText(INPUTS, back, 0)).toBe(requestText(INPUTS, FRAME, 0));
  expect(requestText(INPUTS, back, 1)).toBe('{"age":null,"__proto__":null,"since":null,"note":"two\\nlines"}');
});

test("rows for the timing are spread over the frame, each at most once", () => {
  const { batch, turns } = timingRows(10_000);
  expect(batch).toHaveLength(4096);
  expect(turns).toHaveLength(256);
  expect(new Set(batch).size).toBe(4096);
  expect(batch.at(-1)).toBeGreaterThan(9990);
  expect(timingRows(3).turns).toEqual(Int32Array.of(0, 1, 2));
});
