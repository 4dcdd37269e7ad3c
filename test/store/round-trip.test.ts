import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import { loadFrame, openDataset, writeFrame } from "../../src/store/index.ts";
import { writtenTable } from "./table-text.ts";
import { optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);
let files = 0;

/** Cells as text; numbers as JavaScript writes them, "" for missing. */
function cellsOf(frame: Frame): string[][] {
  return Array.from({ length: frame.rows }, (_, row) =>
    frame.columns.map((column) => {
      if ("codes" in column) return column.levels[column.codes[row]!] ?? "";
      return Number.isNaN(column.values[row]!) ? "" : String(column.values[row]);
    }),
  );
}

test("a table written in any dialect comes back equal", async () => {
  await fc.assert(
    fc.asyncProperty(writtenTable, async ({ text, names, rows }) => {
      fc.pre(rows.some((row) => row[1] !== ""));
      const dataset = await openDataset(write(folder, `table-${files++}.csv`, text), options);
      const frame = await loadFrame(dataset, options);
      expect(dataset.columns.map((column) => column.name)).toEqual(names);
      expect(dataset.columns.map((column) => column.type === "number")).toEqual([false, true, false]);
      expect(cellsOf(frame)).toEqual(rows.map((row) => [...row]));
    }),
    { numRuns: 25, seed: 7 },
  );
});

test.each(["csv", "parquet"])("a frame written as %s comes back equal", async (format) => {
  await fc.assert(
    fc.asyncProperty(writtenTable, async ({ text, rows }) => {
      fc.pre(rows.some((row) => row[1] !== ""));
      const frame = await loadFrame(await openDataset(write(folder, `table-${files++}.csv`, text), options), options);
      const path = join(folder, `frame-${files++}.${format}`);
      await writeFrame(frame, path);
      const again = await loadFrame(await openDataset(path, options), options);
      expect(cellsOf(again)).toEqual(cellsOf(frame));
    }),
    { numRuns: 8, seed: 7 },
  );
});
