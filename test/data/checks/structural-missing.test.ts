import { describe, expect, test } from "vitest";
import { structuralMissing } from "../../../src/data/checks/structural-missing.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;
const has = cells(ROWS, 1, "has", (random) => random.next() < 0.6);
const sometimes = cells(ROWS, 2, "sometimes", (random) => random.next() < 0.6);
const kind = cells(ROWS, 3, "kind", (random) => ["attached", "detached", "built-in"][random.integer(3)]!);
const size = cells(ROWS, 4, "size", (random) => 20 + random.integer(60));
const x = cells(ROWS, 5, "x", (random) => random.normal());
const look = (columns: Record<string, Cells>) =>
  structuralMissing.inspect(contextOf({ columns: { ...columns, x, y: coin(ROWS) }, target: "y" }));
const where = <T>(flags: readonly boolean[], values: readonly T[]) => values.map((value, row) => (flags[row] ? value : null));
const zeroed = size.map((value, row) => (has[row] ? value : 0));

test("a category and a number that are missing where their sister is 0", async () => {
  const [found, ...more] = await look({ garage_type: where(has, kind), garage_year: where(has, size), garage_area: zeroed });
  expect(more).toEqual([]);
  expect(found).toMatchObject({
    columns: ["garage_type", "garage_year", "garage_area"],
    severity: "costly",
    evidence: { sisterValue: "0", sharedName: true },
  });
  expect(found!.confidence).toBeGreaterThan(0.9);
  expect(found!.fix).toEqual({
    action: "steps",
    steps: [
      { op: "fill", column: "garage_type", value: "none" },
      { op: "missing-indicator", columns: ["garage_year"] },
    ],
  });
});

test("weaker: a twentieth of the rows disagrees, and only a word says that there is none", async () => {
  const noisy = has.map((value, row) => (row % 20 === 0 ? !value : value));
  const pool = has.map((value) => (value ? "yes" : "No"));
  const [found] = await look({ condition: where(noisy, kind), pool });
  expect(found).toMatchObject({ columns: ["condition", "pool"], evidence: { sisterValue: '"No"', sharedName: false } });
  expect(found!.confidence).toBeLessThan(0.85);
});

test("a sister that is missing in nearly all of the same rows says nothing by the few that are left", async () => {
  const left = has.map((value, row) => value || row % 40 === 0);
  const [few, some] = [zeroed, zeroed.map((value, row) => (row % 3 === 0 || has[row] ? value : null))];
  expect(await look({ garage_type: where(has, kind), garage_area: where(left, few) })).toEqual([]);
  expect(await look({ garage_type: where(has, kind), garage_area: some })).toMatchObject([{ columns: ["garage_type", "garage_area"] }]);
});

describe("kinds that have none", () => {
  const school = has.map((value, row) => (value ? "elementary" : ["middle", "high"][row % 2]!));
  const slips = (values: readonly boolean[]) => values.map((value, row) => (row % 40 === 0 ? !value : value));

  test("are asked about: class sizes that only elementary schools have", async () => {
    const [found, ...more] = await look({ class_size: where(slips(has), size), school, kind });
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      columns: ["class_size", "school"],
      confidence: 0.45,
      evidence: { kindsOf: "school" },
      question: expect.stringMatching(/^Is there no `class_size` where `school` is "(middle" or "high|high" or "middle)"\?$/),
      fix: { steps: [{ op: "missing-indicator", columns: ["class_size"] }] },
    });
    expect(found!.why).toMatch(/missing in 9\d(\.\d)? % of the 1\d\d rows in which `school` is/);
  });

  test.each<[string, Record<string, Cells>]>([
    [
      "a kind that lacks a third of them",
      {
        class_size: where(
          has.map((value, row) => value && (row % 3 > 0 || x[row]! > 0)),
          size,
        ),
        school,
      },
    ],
    ["sources of rows, which may not have measured it", { class_size: where(has, size), hospital: school }],
    ["gaps that kinds tell nothing of", { class_size: where(sometimes, size), school }],
    ["a word for no value", { class_size: where(has, size), school: has.map((value) => (value ? "elementary" : "NA")) }],
    ["names of many levels", { class_size: where(has, size), name: has.map((value, row) => `${value ? "a" : "b"}${row % 40}`) }],
  ])("silent: %s", async (_, columns) => {
    expect(await look(columns)).toEqual([]);
  });
});

test("a level of its own for none is not taken twice", async () => {
  const [found] = await look({
    type: where(
      has,
      kind.map((word) => (word === "detached" ? "none" : word)),
    ),
    area: zeroed,
  });
  expect(found!.fix).toMatchObject({ steps: [{ value: "(none)" }] });
});

test.each<[string, Record<string, Cells>]>([
  ["gaps by chance", { type: where(sometimes, kind), area: zeroed }],
  ["two columns missing together", { type: where(has, kind), area: where(has, size) }],
  ["missing at one site of three", { type: where(has, kind), site: has.map((value, row) => (value ? ["A", "B"][row % 2]! : "C")) }],
  [
    "nearly always missing, and 0 nearly always, each by itself",
    {
      type: cells(ROWS, 8, "t", (random) => (random.next() < 0.04 ? "a" : null)),
      area: cells(ROWS, 9, "a", (random) => (random.next() < 0.04 ? 1 + random.integer(9) : 0)),
    },
  ],
  [
    "asked in one wave of a survey, while the other wave asked something else",
    { cheerful: where(has, kind), scornful: has.map((value, row) => (value ? null : row % 9 === 0 ? 1 : 0)) },
  ],
  ["a few gaps", { type: kind.map((word, row) => (row < 15 ? null : word)), area: size.map((value, row) => (row < 15 ? 0 : value)) }],
])("silent: %s", async (_, columns) => {
  expect(await look(columns)).toEqual([]);
});

test("nothing is there for a second one where a count says that there is one", async () => {
  const people = has.map((value, row) => (value ? 2 + (row % 2) : 1));
  const [found, ...more] = await look({ partner_income: where(has, size), n_applicants: people });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["partner_income", "n_applicants"], evidence: { sisterValue: "1" } });
  expect(await look({ partner_income: where(has, size), floor: people })).toEqual([]);
});
