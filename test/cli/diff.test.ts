import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

/** 40 customers, each twice, with a key and without: what `prepare` keeps once. */
function table(change: (row: string[], i: number) => string[] | null = (row) => row): string {
  const rows = Array.from({ length: 60 }, (_, i) => [`C${i}`, String((i * 37) % 91), i % 2 === 0 ? "yes" : "no"]);
  return ["id,x,y", ...rows.flatMap((row, i) => change(row, i)?.join(",") ?? [])].join("\n");
}

test("0 when two tables are the same, 1 when they differ, 2 when one cannot be read", async () => {
  const folder = folderFor({});
  writeFileSync(join(folder, "a.csv"), table());
  writeFileSync(
    join(folder, "b.csv"),
    table(([id = "", x = "", y = ""], i) => (i === 3 ? null : [id, i === 5 ? "1000" : x, y])),
  );
  const same = await here(["diff", "a.csv", "a.csv"], folder);
  expect([same.code, same.stderr]).toEqual([0, ""]);
  expect(same.stdout).toContain("The tables are the same.");
  const other = await here(["diff", "a.csv", "b.csv"], folder);
  expect(other.code).toBe(1);
  for (const line of ["rows are compared by id", "rows: 59 in both, 1 of them changed, 0 added, 1 removed", "3 -> 1000"])
    expect(other.stdout).toContain(line);
  const json = await here(["diff", "b.csv", "a.csv", "--key", "id", "--json", "-"], folder);
  expect(JSON.parse(json.stdout)).toMatchObject({ schema: "oldhand/diff/1", same: false, rows: { added: 1, removed: 0, changed: 1 } });
  expect((await here(["diff", "a.csv", "nothing.csv"], folder)).code).toBe(2);
  const alone = await here(["diff", "a.csv"], folder);
  expect(alone.code).toBe(2);
  expect(alone.stderr).toContain("diff needs a second table.");
});

test("a category whose values are in other numbers of rows is told with the test that says so", async () => {
  const folder = folderFor({});
  const sky = (rain: number) =>
    ["id,sky", ...Array.from({ length: 60 }, (_, i) => `C${i},${i < rain ? "rain" : i % 2 === 0 ? "sun" : "fog"}`)].join("\n");
  writeFileSync(join(folder, "a.csv"), sky(30));
  writeFileSync(join(folder, "b.csv"), sky(3));
  const { stdout } = await here(["diff", "a.csv", "b.csv", "--key", "id"], folder);
  const text = stdout.replace(/\s+/g, " ");
  expect(text).toContain("1 of 1 test of values shows a change beyond chance");
  expect(text).toContain(
    'sky: its values are in other numbers of rows, most of all "rain" (30 before, 3 after): paired sign test of each value',
  );
});

test("of a dossier the data is compared with what prepare made of it: rows that it left out are known", async () => {
  const folder = folderFor({});
  const number = (i: number) => ((i * 7919) % 10007) / 100;
  const rows = Array.from(
    { length: 300 },
    (_, i) =>
      `${number(i)},${number(i + 500)},${number(i + 900)},${i % 7 === 0 ? "-999" : number(i + 77)},${(i * i) % 3 === 0 ? "yes" : "no"}`,
  );
  writeFileSync(join(folder, "t.csv"), ["a,b,c,d,y", ...rows.flatMap((row, i) => (i % 5 === 0 ? [row, row] : [row]))].join("\n"));
  const prepared = await here(["prepare", "t.csv", "--target", "y", "--budget", "0s", "--out", "d", "--quiet", "--json", "-"], folder);
  const { mended } = JSON.parse(prepared.stdout);
  expect(mended.rows).toBe(300);
  const { code, stdout } = await here(["diff", "d", "--json", "-"], folder);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    before: { version: mended.from.version },
    after: { version: mended.version },
    match: { by: "steps" },
    rows: { matched: 300, removed: 60, added: 0 },
    cells: [{ column: "d", emptied: 43, cells: 43 }],
  });
  const versions = await here(["diff", `d#${mended.version}`, "d#mended"], folder);
  expect(versions.code).toBe(0);
  expect((await here(["diff", "d#0123456789abcdef", "d"], folder)).stderr).toMatch(
    /holds no version "0123456789abcdef"[\s\S]*dossier-missing/,
  );
});
