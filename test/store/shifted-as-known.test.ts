import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { Dataset } from "../../src/core/dataset.ts";
import { concatDatasets, loadFrame, openDataset, type ShiftedFound, scanFrames } from "../../src/store/index.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

const HEAD = "name,kind,temp,press,y,x";

/** The cells of a row as they belong, and as a line of the file. */
function rowOf(i: number, isCut: boolean): { cells: string[]; line: string } {
  const rest = ["ab"[i % 2]!, String(12 + (i % 30)), String(50 + (i % 37)), String((20 + i * 1.5).toFixed(1)), String(1 + (i % 9))];
  const name = isCut ? `n${i},Ltd` : `n${i}`;
  return { cells: [name, ...rest], line: [name, ...rest, ...(isCut ? [] : [""])].join(",") };
}

async function trained(folder: string, isCut: (i: number) => boolean = (i) => i % 50 === 1): Promise<Dataset> {
  const path = join(folder, "train.csv");
  writeFileSync(path, `${[`${HEAD},`, ...Array.from({ length: 600 }, (_, i) => rowOf(i, isCut(i)).line)].join("\n")}\n`);
  return openDataset(path, { ...optionsIn(folder), dataFolder: join(folder, "data") });
}

function textsOf({ rows, columns }: Frame): string[][] {
  return Array.from({ length: rows }, (_, row) =>
    columns.map((column) => ("codes" in column ? (column.levels[column.codes[row]!] ?? "") : String(column.values[row]))),
  );
}

/** The rows of a new file as they are read after the training, and what is told of them. */
async function scanned(folder: string, { columns, shifted }: Dataset, lines: readonly string[], head = `${HEAD},`, needed = HEAD) {
  const path = join(folder, "new.csv");
  writeFileSync(path, `${[head, ...lines].join("\n")}\n`);
  let found: ShiftedFound = { moved: [], overfull: null };
  const wanted = needed.split(",").flatMap((name) => columns.filter((column) => column.name === name));
  const options = {
    ...optionsIn(folder),
    batchRows: 1000,
    onShifted: (one: ShiftedFound) => {
      found = one;
    },
    ...(shifted === undefined ? {} : { shifted }),
  };
  const texts: string[][] = [];
  for await (const frame of scanFrames(path, wanted, options)) texts.push(...textsOf(frame));
  return { texts, found };
}

const numbers = (cells: readonly string[]) => cells.map((cell, place) => (place < 2 ? cell : String(Number(cell))));

describe("a new file whose rows stand one column to the right as some of the training file did", () => {
  test("is read row for row as that was, however few rows it has", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(599), fc.boolean()), { minLength: 1, maxLength: 6 }), async (wanted) => {
        const rows = wanted.map(([i, isCut]) => rowOf(i, isCut));
        const { texts, found } = await scanned(
          folder,
          dataset,
          rows.map(({ line }) => line),
        );
        expect(texts).toEqual(rows.map(({ cells }) => numbers(cells)));
        expect(found.moved).toHaveLength(wanted.some(([, isCut]) => isCut) ? 1 : 0);
      }),
      { numRuns: 12 },
    );
    const { found } = await scanned(folder, dataset, [rowOf(1, false).line, rowOf(2, true).line]);
    expect(found.moved).toEqual([expect.stringMatching(/^The cells of 1 row \(from 0: 1\) stood one column to the right from kind on/)]);
  });

  test("gives the same cells for the training file's own lines, each alone or all together", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    const frame = await loadFrame(dataset, { ...optionsIn(folder), dataFolder: join(folder, "data"), maxRows: 600 });
    const whole = textsOf(frame);
    for (const i of [0, 1, 2, 51, 551]) expect((await scanned(folder, dataset, [rowOf(i, i % 50 === 1).line])).texts).toEqual([whole[i]]);
  });

  test("may lack columns, such as the target, or the first moved one", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    const without = await scanned(folder, dataset, ["n1,Ltd,a,26,60,6", "n2,a,27,79,8,"], "name,kind,temp,press,x,", "name,kind,x");
    expect(without.texts).toEqual([
      ["n1,Ltd", "a", "6"],
      ["n2", "a", "8"],
    ]);
    const { texts } = await scanned(folder, dataset, ["n1,Ltd,26,60,55.5,6"], "name,temp,press,y,x,", "name,temp,x");
    expect(texts).toEqual([["n1,Ltd", "26", "6"]]);
  });

  test("is refused where a row fits as well both ways", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    const refused = { code: "shifted-row", message: expect.stringContaining("cells of 1 row (from 0: 1) stand") };
    await expect(scanned(folder, dataset, [rowOf(4, false).line, "n1,Ltd,a,60,55,5,seen"])).rejects.toMatchObject(refused);
    // The column that was cut in two is not in the file, or nothing from the first moved column on is.
    await expect(scanned(folder, dataset, ["a,26,60,6,7"], "kind,temp,press,x,", "x")).rejects.toMatchObject({ code: "shifted-row" });
    await expect(scanned(folder, dataset, ["n1,Ltd"], "name,", "name")).rejects.toMatchObject({ code: "shifted-row" });
  });

  test("keeps a row that stands as it should and holds a remark", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    const { texts, found } = await scanned(folder, dataset, ["n4,a,16,54,26,5,seen"]);
    expect(texts).toEqual([numbers(rowOf(4, false).cells).with(4, "26")]);
    expect(found).toEqual({ moved: [], overfull: null });
  });

  test("keeps its last column where that has a name, whatever stands in it", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    const { texts } = await scanned(folder, dataset, ["n1,Ltd,14,60,20,5,5", "n2,Ltd,a,26,60,55.5,6"], `${HEAD},remark`, "name,kind,press");
    expect(texts).toEqual([
      ["n1", "Ltd", "60"],
      ["n2", "Ltd", "26"],
    ]);
  });

  test("as a test set beside the training file, is read like it", async () => {
    const folder = temporaryFolder();
    const dataset = await trained(folder);
    const path = join(folder, "test.csv");
    writeFileSync(path, `${HEAD},\n${rowOf(7, true).line}\n${rowOf(8, false).line}\n`);
    const options = { ...optionsIn(folder), dataFolder: join(folder, "data") };
    const both = await concatDatasets(dataset, path, options);
    const texts = textsOf(await loadFrame(both, { ...options, maxRows: 1000 }));
    expect(texts.slice(600)).toEqual([rowOf(7, true), rowOf(8, false)].map(({ cells }) => numbers(cells)));
    expect(both.noticed?.at(-1)).toMatchObject({ kind: "shifted-rows", file: "test.csv", rowsBefore: 600, rows: { count: 1, first: [0] } });
    expect(both.shifted).toEqual(dataset.shifted);
  });
});

test("rows with a cell too many are told where the training file had none", async () => {
  const folder = temporaryFolder();
  const dataset = await trained(folder, () => false);
  const { found } = await scanned(folder, dataset, [rowOf(1, false).line, rowOf(2, true).line]);
  expect(found).toEqual({ moved: [], overfull: { count: 1, first: [1] } });
});

test("a column without a name that training had too is no cell too many", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "train.csv");
  writeFileSync(path, `a,b,\n${Array.from({ length: 60 }, (_, i) => `${i},${i % 2},seen`).join("\n")}\n`);
  const dataset = await openDataset(path, { ...optionsIn(folder), dataFolder: join(folder, "data") });
  const { found } = await scanned(folder, dataset, ["1,2,seen"], "a,b,", "a,b,column_3");
  expect(found.overfull).toBeNull();
});

test("of several files, the rows are counted behind those of the files before", async () => {
  const folder = temporaryFolder();
  const lines = Array.from({ length: 600 }, (_, i) => rowOf(i, i % 50 === 1).line);
  for (const [name, some] of [
    ["a", lines.slice(0, 300).map((_, i) => rowOf(i, false).line)],
    ["b", lines.slice(300)],
  ] as const)
    writeFileSync(join(folder, `${name}.csv`), `${[`${HEAD},`, ...some].join("\n")}\n`);
  const dataset = await openDataset(join(folder, "*.csv"), { ...optionsIn(folder), dataFolder: join(folder, "data") });
  expect(dataset.noticed?.at(-1)).toMatchObject({ file: "b.csv", rowsBefore: 300, rows: { count: 6, first: [1, 51, 101, 151, 201, 251] } });
  expect(dataset.shifted).toMatchObject({ from: "kind", joined: "name" });
});
