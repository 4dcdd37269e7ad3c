import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { elapsedColumns } from "../../../src/data/values/elapsed-columns.ts";

const ROWS = 200;
const random = createRandom(1, "elapsed");
const column = (name: string, of: (row: number) => number) =>
  ({ name, type: "number", values: Float64Array.from({ length: ROWS }, (_, row) => of(row)) }) as const;
const born = column("born", () => random.integer(20_000) + random.integer(86_400) / 86_400);
const seen = column("seen", (row) => (born.values[row] ?? 0) + 7_000 + random.integer(15_000));
const days = (row: number) => (seen.values[row] ?? 0) - (born.values[row] ?? 0);

test.each<[string, (row: number) => number, string | null]>([
  ["age in years of 365 days", (row) => days(row) / 365, "years"],
  ["age in whole years", (row) => Math.floor(days(row) / 365.25), "years"],
  ["months", (row) => days(row) / (365.25 / 12), "months"],
  ["days", days, "days"],
  ["hours", (row) => 24 * days(row), "hours"],
  ["seconds", (row) => 86_400 * days(row), "seconds"],
  ["seconds that were cut at both ends", (row) => 86_400 * days(row) + (row % 3) - 1, "seconds"],
  ["gaps", (row) => (row % 5 === 0 ? Number.NaN : days(row) / 365.25), "years"],
  ["an age that is told otherwise in one row of ten", (row) => (row % 10 === 0 ? 20 : days(row) / 365.25), null],
  ["another number", (row) => 20 + (row % 40), null],
])("%s", (name, of, unit) => {
  const found = elapsedColumns([born, seen], [column(name, of)]);
  expect(found.map((one) => one.unit)).toEqual(unit === null ? [] : [unit]);
  for (const { from, to } of found) expect([from.name, to.name]).toEqual(["born", "seen"]);
});
