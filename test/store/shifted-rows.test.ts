import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

const HEAD = "age,name,smokes,income,owns,label,";
const row = (i: number) => [
  String(20 + (i % 50)),
  `${"abcdefghij"[i % 10]}n ${i}`,
  "YN"[i % 2],
  String(1000 + 7 * i),
  "YN"[(i >> 1) % 2],
  String(i % 2),
];

async function read(rows: readonly (readonly (string | undefined)[])[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "a.csv"), `${[HEAD, ...rows.map((cells) => cells.join(","))].join("\n")}\n`);
  const options = { ...optionsIn(folder), dataFolder: join(folder, "data") };
  const dataset = await openDataset(join(folder, "a.csv"), options);
  return { dataset, frame: await loadFrame(dataset, { ...options, maxRows: 1000 }) };
}

const usual = Array.from({ length: 200 }, (_, i) => [...row(i), ""]);
const at = (place: number, cells: readonly (string | undefined)[]) => usual.map((one, i) => (i === place ? cells : one));

test("cells behind one too many are moved back, and the column that only they fill goes", async () => {
  const [age, name, ...others] = row(57);
  const { dataset, frame } = await read(at(57, [age, name, "MARIA", ...others]));
  expect(dataset.columns.map(({ name: one }) => one)).toEqual(["age", "name", "smokes", "income", "owns", "label"]);
  expect(dataset.columns.map(({ type }) => type)).toEqual(["number", "category", "category", "number", "category", "number"]);
  const income = frame.columns[3]!;
  expect("values" in income && income.values[57]).toBe(1000 + 7 * 57);
  expect(dataset.notes.at(-1)).toMatch(/^The cells of 1 row \(from 0: 57\) stood one column to the right from smokes on.*moved back\.$/);
});

test("a text that an unquoted delimiter cut in two is put together", async () => {
  const [age, , ...others] = row(58);
  const { dataset, frame } = await read(at(58, [age, "Smith", "John", ...others]));
  const name = frame.columns[1]!;
  expect("codes" in name && name.levels[name.codes[58]!]).toBe("Smith,John");
  expect(dataset.notes.at(-1)).toContain("a delimiter without quotes cut name in two");
});

test("a remark in a last column without a name is no cell that was moved", async () => {
  const { dataset } = await read(at(57, [...row(57), "looked at"]));
  expect(dataset.columns).toHaveLength(7);
  // Rows whose cells fit where they stand.
  const { dataset: fits } = await read(at(57, [...row(57), "1"]));
  expect(fits.columns).toHaveLength(7);
  expect(fits.notes.join(" ")).not.toContain("moved back");
});
