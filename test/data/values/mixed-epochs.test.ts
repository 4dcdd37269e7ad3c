import { expect, test } from "vitest";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { cells, coin, contextOf, type Given } from "../checks/context.ts";

const ROWS = 300;
const SECOND = Date.UTC(2023, 4, 1) / 1000;
const seconds = cells(ROWS, 1, "s", (random) => SECOND + random.integer(9_000_000)) as number[];
/** Every `step`th moment in a unit that is so many times finer. */
const mixed = (step: number, ...finer: readonly number[]) =>
  seconds.map((value, row) => (row % step === 0 ? value * (finer[(row / step) % finer.length] ?? 1) : value));
const look = async (name: string, values: readonly (number | null)[], roles: Given["roles"] = {}) =>
  (await unitMix.inspect(contextOf({ columns: { [name]: values, y: coin(ROWS) }, target: "y", roles }))).filter(
    ({ evidence }) => evidence.kind === "moments since 1970",
  );

test("seconds and milliseconds in one column are told, and brought to seconds", async () => {
  const [found, ...more] = await look("install_ts", mixed(3, 1e3));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ trap: "unit-mix", rows: { count: 100 }, question: null, fix: { action: "steps" } });
  expect(found?.why).toMatch(/seconds in 66\.7 % and milliseconds in 33\.3 %/);
});

test.each([
  ["milliseconds", [1e3]],
  ["microseconds", [1e6]],
  ["both", [1e3, 1e6]],
])("what is mended is the moment: %s", async (_, finer) => {
  const values = mixed(3, ...finer);
  const context = contextOf({ columns: { install_ts: values, y: coin(ROWS) }, target: "y" });
  const [found] = await unitMix.inspect(context);
  let now = [...values];
  for (const step of found?.fix.action === "steps" ? found.fix.steps : [])
    if (step.op === "convert-unit" && "limit" in step)
      now = now.map((value) => (value > step.limit ? value * step.factor + step.offset : value));
  now.forEach((value, row) => {
    expect(value).toBeCloseTo(seconds[row] ?? 0, 3);
  });
});

test("of the time of the rows no step is taken: its order is wrong", async () => {
  const [found] = await look("install_ts", mixed(3, 1e3), { time: "install_ts" });
  expect(found).toMatchObject({ columns: ["install_ts"], fix: { action: "advice" }, counterfactual: null });
});

test("one cell is enough where the name is a time's, else each unit needs many", async () => {
  expect(await look("install_ts", mixed(299, 1e3))).toHaveLength(1);
  expect(await look("code", mixed(299, 1e3))).toEqual([]);
  expect(await look("code", mixed(3, 1e3))).toHaveLength(1);
});

test("one unit, other numbers and amounts beyond the years are no moments in two units", async () => {
  expect(await look("install_ts", seconds)).toEqual([]);
  expect(await look("install_ts", mixed(1, 1e3))).toEqual([]);
  expect(await look("install_ts", mixed(3, 60))).toEqual([]);
  expect(
    await look(
      "install_ts",
      mixed(3, 1e3).map((value, row) => (row === 7 ? 1234 : value)),
    ),
  ).toEqual([]);
  expect(
    await look(
      "install_ts",
      mixed(3, 1e3).map((value, row) => (row % 7 === 1 ? null : value)),
    ),
  ).toHaveLength(1);
});
