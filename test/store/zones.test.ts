import { join } from "node:path";
import { expect, test } from "vitest";
import { irregularTime } from "../../src/data/checks/irregular-time.ts";
import { openDataset } from "../../src/store/index.ts";
import { contextOf } from "../data/checks/context.ts";
import { optionsIn, temporaryFolder, write } from "./temporary.ts";

async function zonesOf(cells: readonly string[]) {
  const folder = temporaryFolder();
  const path = write(folder, "table.csv", `at,y\n${cells.map((cell, row) => `${cell},${row}`).join("\n")}\n`);
  const { columns } = await openDataset(path, { ...optionsIn(folder), dataFolder: join(folder, "data") });
  return columns[0]!;
}

const at = (row: number) => `2023-10-01 ${String(row % 24).padStart(2, "0")}:1${row % 10}:44`;
const rows = Array.from({ length: 240 }, (_, row) => row);

test("times that name a zone are counted beside those that name none", async () => {
  const mixed = await zonesOf(rows.map((row) => at(row) + (row % 20 === 0 ? "" : row % 3 === 0 ? "+02:00" : "Z")));
  expect(mixed).toMatchObject({ type: "date", unparsedCells: 0, zones: { named: 228, unnamed: 12 } });
  expect(await zonesOf(rows.map((row) => at(row) + (row % 3 === 0 ? "+02:00" : "Z")))).not.toHaveProperty("zones");
  expect(await zonesOf(rows.map(at))).not.toHaveProperty("zones");
  // A day without a time has no zone.
  expect(await zonesOf(rows.map((row) => (row % 20 === 0 ? at(row).slice(0, 10) : `${at(row)}Z`)))).not.toHaveProperty("zones");
});

test("and told where the column is the time of the rows or a feature", async () => {
  const columns = { at: rows.map((row) => 3_600_000 * row), x: rows, y: rows.map((row) => (row % 7 < 3 ? "a" : "b")) };
  const look = (ignored: readonly string[]) => {
    const context = contextOf({ columns, dates: ["at"], target: "y", infos: { at: { zones: { named: 228, unnamed: 12 } } } });
    const features = context.roles.features.filter((name) => !ignored.includes(name));
    return irregularTime.inspect({ ...context, roles: { ...context.roles, features, time: null } });
  };
  expect(await look([])).toMatchObject([
    {
      columns: ["at"],
      severity: "costly",
      rows: { count: 12 },
      why: expect.stringContaining("names the zone of 228 times and none of 12, which are read as UTC"),
    },
  ]);
  expect(await look(["at"])).toEqual([]);
});
