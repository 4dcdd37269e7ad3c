import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { answeredLabels, mayEmptyLabels } from "../../src/data/answered-labels.ts";
import { impossibleValue } from "../../src/data/checks/impossible-value.ts";
import { confirmed } from "../../src/data/findings/answers.ts";
import { contextOf, numbers, tableOf } from "./table.ts";

const random = createRandom(5, "answered");
const ROWS = 600;
const x = numbers(ROWS, () => random.normal());
const place = x.map((_, row) => (row % 100 === 3 ? "lab 9" : `lab ${row % 8}`));

test("values of the target that the user calls a mistake are read as no label", async () => {
  const y = x.map((value, row) => (row === 40 || row === 300 ? 90_000 + row : Math.round(100 * (50 + 5 * value + random.normal())) / 100));
  const context = contextOf(
    tableOf([
      ["x", x],
      ["y", y],
    ]),
    "y",
  );
  expect(mayEmptyLabels({ "impossible-value:y": "mistake" }, "y")).toBe(true);
  expect(mayEmptyLabels({ "sentinel:x": "missing" }, "y")).toBe(false);
  const [told, ...more] = await answeredLabels([impossibleValue], context, { "impossible-value:y": "mistake" });
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    confidence: 1,
    fix: {
      action: "steps",
      steps: [
        { op: "read-labels", target: "y", unknown: ["90040", "90300"] },
        { op: "drop-unlabelled-rows", target: "y" },
      ],
    },
  });
  expect(await answeredLabels([impossibleValue], context, { "impossible-value:y": "true value" })).toEqual([]);
});

test("an answer settles what it was asked about, and no other labels", async () => {
  const y = x.map((_, row) => (row < 3 ? -4 - row : row < 5 ? 900 + row : Math.round(10 * Math.exp(2 + 0.4 * random.normal())) / 10));
  const table = tableOf([
    ["x", x],
    ["y", y],
  ]);
  const context = contextOf(table, "y");
  const found = await impossibleValue.inspect(context);
  expect(found).toHaveLength(1);
  const told = await answeredLabels([impossibleValue], context, { "impossible-value:y": "mistake" });
  expect(told).toHaveLength(1);
  const without = Float64Array.from(y, (value) => (value < 0 ? Number.NaN : value));
  const asked = (labels: typeof told) => impossibleValue.inspect({ ...context, target: without, labels });
  expect(await asked([])).toHaveLength(1);
  expect(await asked(told)).toEqual(told);
});

test("far values of a few places are emptied when they are mistakes, as other ones are", async () => {
  const far = x.map((value, row) => (place[row] === "lab 9" ? 900 + row : 40 + 5 * value));
  const table = tableOf([
    ["place", place],
    ["far", far],
    ["y", x.map((value) => 3 * value + random.normal())],
  ]);
  const [asked] = await impossibleValue.inspect(contextOf(table, "y"));
  expect(asked).toMatchObject({ columns: ["far"], fix: { action: "advice" }, evidence: { thingsIn: "place" } });
  expect(confirmed(asked!).fix).toMatchObject({
    action: "steps",
    steps: [{ op: "null-out", column: "far", values: [903, 1003, 1103, 1203, 1303, 1403] }],
  });
});

test("a sign of another convention is turned", async () => {
  const easting = x.map((value, row) => (row % 60 === 7 ? -1 : 1) * (500 + 20 * value));
  const table = tableOf([
    ["easting", easting],
    ["y", x.map((value) => 3 * value + random.normal())],
  ]);
  const [asked] = await impossibleValue.inspect(contextOf(table, "y"));
  expect(asked).toMatchObject({ evidence: { kind: "other sign" } });
  expect(confirmed(asked!).fix).toEqual({
    action: "steps",
    steps: [{ op: "convert-unit", column: "easting", where: "below", limit: 0, factor: -1, offset: 0 }],
  });
});
