import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { conceptShift } from "../../../src/data/checks/concept-shift.ts";
import { type Cells, contextOf, numbers, tableOf } from "../table.ts";
import { contextOf as checkContext } from "./context.ts";

const [TRAIN, TEST] = [1500, 900];

interface Made {
  /** Log odds of "yes", or the value when `numeric`. */
  readonly logit: (x: number, kind: number, isTest: boolean, random: Random) => number;
  readonly numeric?: boolean;
  /** Where x of the test rows lies. */
  readonly moved?: number;
  readonly extra?: number;
}

async function found({ logit, numeric = false, moved = 0, extra = 0 }: Made, seed = 1) {
  const random = createRandom(seed, "concept");
  const isTest = numbers(TRAIN + TEST, (row) => row).map((row) => row >= TRAIN);
  const x = isTest.map((test) => random.normal() + (test ? moved : 0));
  const kind = isTest.map(() => random.integer(4));
  const y = isTest.map((test, row) => {
    const told = logit(x[row]!, kind[row]!, test, random);
    return numeric ? told : random.next() < 1 / (1 + Math.exp(-told)) ? "yes" : "no";
  });
  const others = numbers(extra, (i) => i).map((i): [string, Cells] => [`c${i}`, isTest.map(() => random.normal())]);
  const columns: [string, Cells][] = [["x", x], ["kind", kind.map((one) => `k${one}`)], ...others, ["y", y]];
  const testRows = Int32Array.from({ length: TEST }, (_, i) => TRAIN + i);
  const task = numeric ? { task: { task: "regression" } as const } : {};
  return await conceptShift.inspect(contextOf(tableOf(columns), "y", { testRows, ...task }));
}

test.each<[string, Made]>([
  ["a number that turns its sign", { logit: (x, _, late) => (late ? -1.5 : 1.5) * x }],
  ["a number that no longer tells much", { logit: (x, _, late) => (late ? 0.4 : 2) * x }],
  ["a number that turns its sign, for a number", { numeric: true, logit: (x, _, late, random) => (late ? -1 : 1) * x + random.normal() }],
])("%s is found", async (_, made) => {
  const [one, ...more] = await found(made);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    columns: ["x"],
    severity: "harmful",
    counterfactual: null,
  });
  expect(one!.confidence).toBeGreaterThan(0.8);
});

test("two names that change places are found", async () => {
  const [one] = await found({ logit: (_, kind, late) => ((late ? 3 - kind : kind) - 1.5) * 1.5 });
  expect(one!.columns).toEqual(["kind"]);
});

describe("silent on", () => {
  test.each<[string, Made]>([
    ["the same relation", { logit: (x) => 1.5 * x }],
    ["a class that has become more frequent everywhere", { logit: (x, _, late) => 1.5 * x + (late ? 1.2 : 0) }],
    ["numbers that have all grown", { numeric: true, logit: (x, _, late, random) => x + (late ? 0.5 : 0) + random.normal() }],
    ["a column that is distributed otherwise", { logit: (x) => 1.5 * x, moved: 1 }],
    ["300 columns that tell nothing", { logit: (x) => x, extra: 300 }],
  ])("%s", async (_, made) => expect(await found(made, 5)).toEqual([]));

  test("no test set", async () => {
    const table = tableOf([
      ["x", [1, 2, 3, 4]],
      ["y", ["a", "b", "a", "b"]],
    ]);
    expect(await conceptShift.inspect(contextOf(table, "y"))).toEqual([]);
  });
});

describe("without a test set, by the time of the rows", () => {
  /** A row each eighteen hours; `late` of a row: whether it lies in the later half. */
  const overTime = (logit: (x: number, late: boolean, row: number) => number, dated = true, moved = 0) => {
    const random = createRandom(4, "over time");
    const rows = numbers(1200, (row) => row);
    const x = rows.map((row) => random.normal() + (row >= 600 ? moved : 0));
    const y = rows.map((row) => (random.next() < 1 / (1 + Math.exp(-logit(x[row]!, row >= 600, row))) ? "yes" : "no"));
    const at = rows.map((row) => Date.UTC(2022, 0, 1) + row * 18 * 3_600_000);
    return checkContext({
      columns: { x, spare: rows.map(() => random.normal()), ...(dated ? { at } : {}), y },
      dates: dated ? ["at"] : [],
      target: "y",
      roles: dated ? { time: "at" } : {},
    });
  };

  test("a number that turns its sign is told, and of which half", async () => {
    const [one, ...more] = await conceptShift.inspect(overTime((x, late) => (late ? -1.5 : 1.5) * x));
    expect(more).toEqual([]);
    expect(one).toMatchObject({ columns: ["x"], severity: "costly", rows: { count: 600 } });
    expect(one?.why).toContain("the later half of the rows (by `at`) have another target than the earlier ones");
  });

  test.each([
    ["the same relation", overTime((x) => 1.5 * x)],
    ["a class that becomes more frequent", overTime((x, late) => 1.5 * x + (late ? 1.2 : 0))],
    ["a relation that differs as much between the first two quarters", overTime((x, _, row) => (row < 300 ? 3 : -1) * x)],
    ["a column that itself moves", overTime((x, late) => (late ? -1.5 : 1.5) * x, true, 1.5)],
    ["rows without a time", overTime((x, late) => (late ? -1.5 : 1.5) * x, false)],
  ])("silent on %s", async (_, context) => expect(await conceptShift.inspect(context)).toEqual([]));
});
