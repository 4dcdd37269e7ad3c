import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { concatDatasets, openDataset } from "../../src/store/index.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

/** Every fifth number has a star, every tenth lies below a limit. */
const cell = (i: number) => `${i % 10 === 0 ? "<" : ""}${(i * 1.37).toFixed(2)}${i % 5 === 1 ? "*" : ""}`;
const rows = (count: number) => `a,plain,y\n${Array.from({ length: count }, (_, i) => `${cell(i)},${i},${i % 2}`).join("\n")}\n`;

test("the reader counts the cells that have each note, of the training rows alone", async () => {
  const folder = temporaryFolder();
  const options = { ...optionsIn(folder), dataFolder: join(folder, "data") };
  writeFileSync(join(folder, "train.csv"), rows(200));
  writeFileSync(join(folder, "test.csv"), rows(50));
  const dataset = await openDataset(join(folder, "train.csv"), options);
  expect(dataset.columns.map(({ type, noted }) => [type, noted])).toEqual([
    [
      "number",
      [
        { text: "*", before: false, rows: 40 },
        { text: "<", before: true, rows: 20 },
      ],
    ],
    ["number", undefined],
    ["number", undefined],
  ]);
  const both = await concatDatasets(dataset, join(folder, "test.csv"), options);
  expect(both.columns[0]).not.toHaveProperty("noted");
});
