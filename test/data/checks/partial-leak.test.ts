import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { partialLeak } from "../../../src/data/checks/partial-leak.ts";
import { type Cells, honestTable, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 1500;

describe("partial-leak", () => {
  test("a flag that only positives carry is found with its rows", async () => {
    const table = honestTable(ROWS, 3, (random, target) => [["flag", target.map((y) => (y === 1 && random.next() < 0.3 ? "F" : "-"))]]);
    const [found] = await inspect(partialLeak, table);
    expect(found).toMatchObject({ columns: ["flag"], evidence: { value: "F", class: "yes" } });
    expect(found!.rows.count).toBe(found!.evidence.rows);
  });

  test("of a rare class a value is found that a fifth of its rows have, however few rows that are", async () => {
    const rare = (share: number) => {
      const random = createRandom(3, "rare");
      const y = Array.from({ length: 3000 }, () => (random.next() < 0.05 ? "rare" : "usual"));
      return tableOf([
        ["kind", y.map((label) => (label === "rare" && random.next() < share ? "b" : "a"))],
        ["x", y.map(() => random.normal())],
        ["y", y],
      ]);
    };
    const [found] = await inspect(partialLeak, rare(0.3), "y");
    expect(found).toMatchObject({ columns: ["kind"], evidence: { value: "b", class: "rare" } });
    expect(await inspect(partialLeak, rare(0.12), "y")).toEqual([]);
  });

  test("a level of fewer rows is one where the other levels agree and it is nearly pure", async () => {
    const alarms = (share: number, rates: readonly number[], name = "alarm", others = 0) => {
      const random = createRandom(4, "alarms");
      const code = numbers(6000, () => random.integer(4));
      const y = code.map((one) => Number(random.next() < rates[one]!));
      const isAlarm = y.map((one) => random.next() < (one === 1 ? share : others));
      return tableOf([
        [name, code.map((one, row) => (isAlarm[row] ? "E42" : `W${one}`))],
        ["x", code.map(() => random.normal())],
        ["y", y.map((one) => (one === 1 ? "fails" : "runs"))],
      ]);
    };
    const agree = [0.2, 0.21, 0.19, 0.2];
    const [found] = await inspect(partialLeak, alarms(0.15, agree), "y");
    expect(found).toMatchObject({ columns: ["alarm"], evidence: { value: "E42", class: "fails" }, severity: "harmful" });
    expect(await inspect(partialLeak, alarms(0.15, agree, "alarm", 0.001), "y")).toHaveLength(1);
    // No more than many such, levels that lie apart, and sources of rows, whose question is another one.
    expect(await inspect(partialLeak, alarms(0.15, agree, "alarm", 0.008), "y")).toEqual([]);
    expect(await inspect(partialLeak, alarms(0.15, [0.02, 0.6, 0.2, 0.1]), "y")).toEqual([]);
    expect(await inspect(partialLeak, alarms(0.15, agree, "hospital"), "y")).toEqual([]);
  });

  test("a flag that few rows carry, all of one class, where chance hardly ever does it", async () => {
    const flagged = (own: number, others: number, share: number, shown: (is: boolean) => string | number = Number) => {
      const random = createRandom(6, "flags");
      const y = Array.from({ length: 2500 }, () => Number(random.next() < share));
      const left = [others, own];
      const flag = y.map((one) => (left[one]! > 0 ? left[one]!-- > 0 : false));
      return tableOf([
        ["bad_weather", flag.map(shown)],
        ["x", y.map((one) => random.normal() + one)],
        ["y", y.map((one) => (one === 1 ? "late" : "on time"))],
      ]);
    };
    const [found] = await inspect(partialLeak, flagged(32, 0, 0.2), "y");
    expect(found).toMatchObject({ columns: ["bad_weather"], evidence: { value: "1", class: "late" }, severity: "harmful" });
    expect(found!.confidence).toBeLessThanOrEqual(0.5);
    expect(
      await inspect(
        partialLeak,
        flagged(32, 0, 0.2, (is) => (is ? "yes" : "no")),
        "y",
      ),
    ).toHaveLength(1);
    // One row of the other class, a chance of 1e-7, and more than two values.
    expect(await inspect(partialLeak, flagged(32, 1, 0.2), "y")).toEqual([]);
    expect(await inspect(partialLeak, flagged(24, 0, 0.5), "y")).toEqual([]);
    let row = 0;
    expect(
      await inspect(
        partialLeak,
        flagged(32, 0, 0.2, (is) => (is ? 1 : row++ % 2 === 0 ? 0 : 2)),
        "y",
      ),
    ).toEqual([]);
  });

  test("an end of the numbers that one class has alone, and no neighbour of it", async () => {
    const days = (of: (random: Random, y: number) => number) =>
      honestTable(ROWS, 3, (random, target) => [["days", target.map((y) => of(random, y))]]);
    const lognormal = (random: Random) => Math.exp(1.5 + 0.5 * random.normal());
    const late = days((random, y) => (y === 1 && random.next() < 0.25 ? 40 + 10 * random.next() : lognormal(random)));
    const [found] = await inspect(partialLeak, late);
    expect(found).toMatchObject({ columns: ["days"], evidence: { class: "yes", up: true }, severity: "harmful" });
    expect(found!.rows.count).toBe(found!.evidence.rows);
    expect(found!.why).toMatch(/of as many rows just below \d/);
    // Where all rows below have one value, it is named, with all of its rows.
    const fee = days((random, y) => (y === 1 && random.next() < 0.25 ? 15 + 30 * random.next() : 0));
    const [zero] = await inspect(partialLeak, fee);
    expect(zero?.why ?? "").toMatch(/, of those at 0, the next value, \d+(\.\d)? %:/);
    // A cause begins slowly, however strong it is, and whatever the spread.
    for (const effect of [0.5, 1, 2, 4]) {
      expect(
        await inspect(
          partialLeak,
          days((random, y) => random.normal() + effect * y),
        ),
      ).toEqual([]);
      expect(
        await inspect(
          partialLeak,
          days((random, y) => Math.exp(random.normal() + effect * y)),
        ),
      ).toEqual([]);
    }
  });

  test("values that each hold too few rows are found together", async () => {
    const said = ["too small", "will send back", "send it back soon", "back it goes", "returning", "no longer wanted"];
    const make = (random: Random, target: readonly number[]): [string, Cells][] => [
      ["note", target.map((y) => (y === 1 && random.next() < 0.4 ? said[random.integer(6)]! : random.next() < 0.5 ? "fine" : "late"))],
    ];
    const [found] = await inspect(partialLeak, honestTable(ROWS, 3, make));
    expect(found).toMatchObject({ columns: ["note"], evidence: { values: 6 } });
    expect(found!.why).toContain("or one of 5 other values");
  });

  test("the end of levels that lie far apart anyway is not; one that stands apart from others that are alike is asked about", async () => {
    const levels = (rates: readonly number[]) =>
      honestTable(ROWS, 3, (random, target) => [
        [
          "fuel",
          target.map((y) => {
            const drawn = () => random.integer(rates.length);
            let level = drawn();
            while (random.next() >= (y === 1 ? rates[level]! : 1 - rates[level]!)) level = drawn();
            return `f${level}`;
          }),
        ],
      ]);
    expect(await inspect(partialLeak, levels([1, 0.85, 0.35, 0.02]))).toEqual([]);
    const [found] = await inspect(partialLeak, levels([1, 0.3, 0.35, 0.32]));
    expect(found).toMatchObject({ columns: ["fuel"], evidence: { value: "f0" }, severity: "harmful" });
    expect(found!.confidence).toBeLessThan(0.5);
  });

  test("a value that nearly always has one class is asked about where the other values are alike", async () => {
    const teams = (share: number, other: number) =>
      honestTable(ROWS, 3, (random, target) => [
        ["team", target.map((y) => (random.next() < (y === 0 ? share : other) ? "win-back" : `team ${random.integer(4)}`))],
      ]);
    const [found] = await inspect(partialLeak, teams(0.3, 0.02));
    expect(found).toMatchObject({ columns: ["team"], evidence: { value: "win-back" }, severity: "harmful" });
    expect(found!.why).toMatch(/^\d+ of \d+ rows/);
    expect(Number(found!.evidence.ofClass)).toBeLessThan(Number(found!.evidence.rows));
    expect(await inspect(partialLeak, teams(0.3, 0.15))).toEqual([]);
  });

  test("a value of the common class is one where chance hardly ever makes it", async () => {
    const random = createRandom(6, "forms");
    const label = numbers(ROWS, () => Number(random.next() < 0.2));
    const forms = (share: number) =>
      tableOf([
        ["form", label.map((y) => (y === 0 && random.next() < share ? "short" : random.next() < 0.5 ? "v3" : "v2"))],
        ["x", label.map(() => random.normal())],
        ["y", label.map((y) => (y === 1 ? "yes" : "no"))],
      ]);
    const [found] = await inspect(partialLeak, forms(0.5), "y");
    expect(found).toMatchObject({ columns: ["form"], severity: "harmful", evidence: { value: "short", class: "no" } });
    expect(await inspect(partialLeak, forms(0.07), "y")).toEqual([]);
  });

  test("a value that holds two classes is not", async () => {
    const table = honestTable(ROWS, 3, (random, target) => [["flag", target.map((y) => (random.next() < 0.1 + 0.3 * y ? "F" : "-"))]]);
    expect(await inspect(partialLeak, table)).toEqual([]);
  });
});

test("an amount that is the target in the rows of the first visit, and an earlier one in the others", async () => {
  const random = createRandom(8, "visits");
  const visit = numbers(600, () => random.integer(5));
  const y = numbers(600, () => 100 + 10 * random.normal());
  const look = (isSame: (row: number) => boolean) => {
    const table = tableOf([
      ["visit", visit],
      ["baseline", y.map((value, row) => (isSame(row) ? value : value + 3 * random.normal()))],
      ["y", y],
    ]);
    return inspect(partialLeak, table, "y", { task: { task: "regression" } });
  };
  const first = visit.filter((one) => one === 0).length;
  expect(await look((row) => visit[row] === 0)).toMatchObject([
    {
      columns: ["baseline"],
      rows: { count: first },
      evidence: { by: "visit", value: "0", equalElsewhere: 0 },
      counterfactual: { flatters: true },
    },
  ]);
  expect(await look((row) => row % 5 === 0)).toEqual([]);
});
