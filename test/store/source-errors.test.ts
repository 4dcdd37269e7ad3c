import { chmodSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ColumnInfo } from "../../src/core/dataset.ts";
import { loadFrame, openDataset, scanFrames } from "../../src/store/index.ts";
import { errorOf, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const options = optionsIn(folder);

test("a missing file suggests the nearest name", async () => {
  write(folder, "customers.csv", "a,b\n1,x\n2,y\n");
  const error = await errorOf(() => openDataset(join(folder, "custmers.csv"), options));
  expect(error.code).toBe("file-not-found");
  expect(error.message).toContain(`Did you mean ${join(folder, "customers.csv")}?`);
  expect((await errorOf(() => openDataset(join(folder, "no", "such", "zzz.csv"), options))).code).toBe("file-not-found");
});

test("a folder is no file", async () => {
  mkdirSync(join(folder, "folder.csv"));
  expect((await errorOf(() => openDataset(join(folder, "folder.csv"), options))).code).toBe("file-is-directory");
});

test("a file without permission is unreadable", async () => {
  const path = write(folder, "secret.csv", "a,b\n1,x\n2,y\n");
  chmodSync(path, 0);
  const root = process.getuid?.() === 0;
  if (root) chmodSync(folder, 0o755);
  try {
    if (root) process.seteuid?.(65534);
    expect((await errorOf(() => openDataset(path, options))).code).toBe("file-unreadable");
  } finally {
    if (root) process.seteuid?.(0);
  }
});

test("a line of 50 MB is refused quickly", async () => {
  const path = write(folder, "long.csv", Buffer.concat([Buffer.from("a,b\n1,x\n2,"), Buffer.alloc(50 * 1024 * 1024, "y")]));
  const error = await errorOf(() => openDataset(path, options));
  expect(error.code).toBe("line-too-long");
  expect(error.message).toContain("line 3");
});

test("more than a thousand columns, in several parts", async () => {
  const header = Array.from({ length: 1_003 }, (_, column) => `c${column}`);
  const rows = Array.from({ length: 100 }, (_, row) =>
    header.map((_, column) => (column % 3 === 0 ? `level ${row % 5}` : (row * column) % 97)),
  );
  const path = write(folder, "wide.csv", `${[header, ...rows].map((cells) => cells.join(",")).join("\n")}\n`);
  const dataset = await openDataset(path, options);
  const frame = await loadFrame(dataset, options);
  expect([dataset.rows, dataset.columns.length, frame.columns.length]).toEqual([100, 1_003, 1_003]);
  const last = frame.columns[1_001]!;
  expect(last.name).toBe("c1001");
  expect("values" in last && [...last.values]).toEqual(rows.map((cells) => cells[1_001]));
  const category = frame.columns[1_002]!;
  expect("codes" in category && [...category.codes]).toEqual(rows.map((_, row) => row % 5));
});

test("nothing is left beside the versions", () => {
  expect(readdirSync(options.dataFolder).filter((name) => name.startsWith("."))).toEqual([]);
});

test("a damaged page of a Parquet file, which only reading its rows finds, is told as such where a table is scored too", async () => {
  const path = join(import.meta.dirname, "cases", "page-damaged.parquet");
  const column = { name: "x", type: "number" } as ColumnInfo;
  const scan = async () => {
    for await (const _ of scanFrames(path, [column], { ...options, batchRows: 100 }));
  };
  const error = await errorOf(scan);
  expect([error.code, error.message]).toEqual(["file-format", expect.stringContaining("The Parquet file is broken.")]);
});

test("a web page that was saved as a table is told as such, a table that speaks of one is none", async () => {
  for (const page of [
    "<!DOCTYPE html><html><body><h1>403 Forbidden</h1></body></html>",
    "\n<html>\n<body>no, not this one</body>\n</html>\n",
  ]) {
    const path = write(folder, "page.csv", page);
    const error = await errorOf(() => openDataset(path, options));
    expect([error.code, error.message]).toEqual(["file-format", expect.stringContaining("The file is a web page (HTML)")]);
  }
  const path = write(folder, "tags.csv", "<htmltag>,count\n<html>,3\n<body>,4\n");
  expect((await openDataset(path, options)).rows).toBe(2);
});
