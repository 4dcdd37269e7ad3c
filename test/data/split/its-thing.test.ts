import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { groupKeys } from "../../../src/data/split/group-keys.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

test("whole schools are kept together where a share that schools have was verified", () => {
  const random = createRandom(3, "schools");
  const SCHOOLS = 90;
  const EACH = 14;
  const kind = numbers(SCHOOLS, () => random.integer(24));
  const effect = numbers(24, () => 3 * random.normal());
  const [wealth, books] = [numbers(24, () => Math.round(1000 * random.next())), numbers(24, () => Math.round(1000 * random.next()))];
  const size = numbers(SCHOOLS, () => 200 + 10 * random.integer(30));
  const school = (row: number) => Math.floor(row / EACH);
  const of = (values: readonly number[]) => (row: number) => values[kind[school(row)] ?? 0] ?? 0;
  const rows = SCHOOLS * EACH;
  const context = contextOf(
    tableOf([
      ["schoolid", numbers(rows, (row) => 1 + school(row))],
      ["share", numbers(rows, (row) => 4 * (kind[school(row)] ?? 0))],
      ["wealth", numbers(rows, of(wealth))],
      ["books", numbers(rows, of(books))],
      ["size", numbers(rows, (row) => size[school(row)] ?? 0)],
      ["x", numbers(rows, () => random.normal())],
      ["score", numbers(rows, (row) => of(effect)(row) + random.normal())],
    ]),
    "score",
    { task: { task: "regression" } },
  );
  expect(groupKeys(context).map(({ column }) => column)).toContain("share");
  expect(groupEvidence(context).map(({ key }) => key.column)).toEqual(["schoolid"]);
});
