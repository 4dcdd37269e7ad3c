import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import type { OldhandError } from "../../src/core/error.ts";
import { textAt } from "../../src/data/columns/column-facts.ts";
import { loadFrame, openDataset, relabelDataset } from "../../src/store/index.ts";
import { temporaryFolder } from "./temporary.ts";

const limits = { memoryBytes: 1e9, threads: 1, seed: 1 };

async function opened(csv: string) {
  const folder = temporaryFolder();
  const options = { ...limits, dataFolder: join(folder, "data") };
  writeFileSync(join(folder, "t.csv"), csv);
  const dataset = await openDataset(join(folder, "t.csv"), options);
  const correct = async (target: string, labels: string, numbers: readonly number[] | null = null) => {
    writeFileSync(join(folder, "labels.csv"), labels);
    return relabelDataset(dataset, target, join(folder, "labels.csv"), { ...options, numbers });
  };
  const labelsOf = async (one: typeof dataset, target: string) => {
    const frame = await loadFrame(one, options);
    return Array.from({ length: frame.rows }, (_, row) => textAt(columnOf(frame, target), row));
  };
  return { dataset, correct, labelsOf, folder };
}

const NAMES = "x,y\n1,yes\n2,no\n3,no\n4,Yes.\n5,no\n";

test("labels are corrected in a version of their own; empty ones stay, none takes a label away", async () => {
  const { dataset, correct, labelsOf } = await opened(NAMES);
  const { dataset: mended } = await correct(
    "y",
    "row,label,corrected,checked_by,proposed\n0,yes,no,me,no\n1,no,,me,yes\n3,yes,no,me,no\n4,no,none,me,yes\n",
  );
  expect(mended).toMatchObject({ parent: dataset.version, rows: 5 });
  expect(mended.version).not.toBe(dataset.version);
  expect(mended.columns[1]).toMatchObject({ name: "y", missing: 1, distinct: 1 });
  expect(await labelsOf(mended, "y")).toEqual(["no", "no", "no", "no", null]);
  expect(await labelsOf(dataset, "y")).toEqual(["yes", "no", "no", "Yes.", "no"]);
});

test("the version remembers which labels a person has looked at, right ones too", async () => {
  const { correct, labelsOf } = await opened(NAMES);
  const { dataset } = await correct("y", "row,label,corrected,checked_by\n0,yes,no,me\n1,no,,me\n2,no,no,you\n4,no,,\n");
  expect(dataset.checked).toEqual([
    { row: 0, label: "yes", corrected: "no", by: "me" },
    { row: 1, label: "no", corrected: "", by: "me" },
    { row: 2, label: "no", corrected: "", by: "you" },
  ]);
  expect(dataset.notes.at(-1)).toBe("1 label corrected and checked, 2 found right.");
  expect(await labelsOf(dataset, "y")).toEqual(["no", "no", "no", "Yes.", "no"]);
});

test("numbers are corrected, and the same corrections make the same version", async () => {
  const { correct, labelsOf } = await opened("x,y\na,1.5\nb,20\nc,3\n");
  const { dataset: mended } = await correct("y", "corrected;label;row;checked_by\n2;20.0;1;me\n");
  expect(await labelsOf(mended, "y")).toEqual(["1.5", "2", "3"]);
  expect((await correct("y", "row,label,corrected\n1,20,2\n")).dataset.rows).toBe(3);
  expect((await correct("y", "corrected;label;row;checked_by\n2;20.0;1;me\n")).dataset.version).toBe(mended.version);
});

test("a number that is none of the classes is refused, however it is written; an amount may be any number", async () => {
  const { correct, labelsOf } = await opened("x,y\na,0\nb,1\nc,0\n");
  const file = (label: string) => `row,label,corrected,checked_by\n2,0,${label},me\n`;
  expect(await labelsOf((await correct("y", file("1.0"), [0, 1])).dataset, "y")).toEqual(["0", "1", "1"]);
  expect(await labelsOf((await correct("y", file("none"), [0, 1])).dataset, "y")).toEqual(["0", "1", null]);
  expect(await labelsOf((await correct("y", file("7"))).dataset, "y")).toEqual(["0", "1", "7"]);
  await expect(correct("y", file("7"), [0, 1])).rejects.toMatchObject({
    code: "bad-labels",
    message: expect.stringContaining("expected: 0 or 1, or none") as string,
  });
});

test("without a correction it is the dataset itself", async () => {
  const { dataset, correct } = await opened(NAMES);
  expect(await correct("y", "row,label,corrected\n0,yes,\n")).toEqual({ dataset, unchecked: [] });
  expect(await correct("y", "row,label,corrected,checked_by\n1,no, no ,\n")).toEqual({ dataset, unchecked: [] });
});

test("a correction that nobody has checked changes no label of the data; it is given by label, rows ascending", async () => {
  const { dataset, correct } = await opened(NAMES);
  const file = "row,label,corrected,checked_by\n4,no,yes,\n1,no,yes, \n2,no,none,\n";
  expect(await correct("y", file)).toEqual({
    dataset,
    unchecked: [
      { label: null, rows: [2] },
      { label: "yes", rows: [1, 4] },
    ],
  });
  const both = await correct("y", `${file}0,yes,no,me\n`);
  expect(both.unchecked).toHaveLength(2);
  expect(both.dataset.notes.at(-1)).toBe("1 label corrected and checked.");
});

test.each([
  ["a row beyond the data", "row,label,corrected\n9,yes,no\n", "row 9"],
  ["a label of other data", "row,label,corrected\n1,yes,no\n", '"yes"'],
  ["a class that nobody has", "row,label,corrected\n1,no,maybe\n", '"maybe"'],
  ["a row without a number", "row,label,corrected\nfirst,no,yes\n", '"first"'],
  ["a row twice", "row,label,corrected\n1,no,yes\n1,no,yes\n", "row 1"],
  ["no column to read", "line,label\n1,no\n", "line,label"],
  ["numbers where none stands", "row,label,corrected\n-1,no,yes\n", '"-1"'],
])("%s is refused, and nothing is left", async (_, labels, got) => {
  const { correct, folder } = await opened(NAMES);
  const before = readdirSync(join(folder, "data"));
  const error = (await correct("y", labels).catch((thrown: unknown) => thrown)) as OldhandError;
  expect(error.code).toBe("bad-labels");
  expect(error.message).toContain(got);
  expect(readdirSync(join(folder, "data"))).toEqual(before);
});
