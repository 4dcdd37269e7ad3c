import { describe, expect, test } from "vitest";
import type { ColumnInfo } from "../../../src/core/dataset.ts";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { censoredTarget } from "../../../src/data/checks/censored-target.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const REGRESSION = { task: { task: "regression" } } as const;

async function found(make: (random: Random) => number, rows = 1000) {
  const random = createRandom(1, "target");
  const y = numbers(rows, () => make(random));
  const x = numbers(rows, () => random.normal());
  return await censoredTarget.inspect(
    contextOf(
      tableOf([
        ["x", x],
        ["y", y],
      ]),
      "y",
      REGRESSION,
    ),
  );
}

const price = (random: Random) => Math.round(1000 * Math.exp(5 + 0.5 * random.normal())) / 10;

test.each([
  [22_000, 0.05],
  [35_000, 0.008],
])("a price cut off at %d is found", async (limit, share) => {
  const [one, ...more] = await found((random) => Math.min(limit, price(random)));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["y"], evidence: { side: "high", value: limit }, question: null });
  expect(one!.evidence.share).toBeGreaterThan(share);
  expect(one!.confidence).toBeGreaterThan(0.7);
});

test("a limit of a coarse scale, whose values rise towards the middle, is found", async () => {
  const mark = (random: Random) => Math.round(100 - 50 * Math.sqrt(random.next())) / 10;
  const [one] = await found((random) => Math.min(8.3, mark(random)), 2500);
  expect(one).toMatchObject({ evidence: { side: "high", value: 8.3 } });
  expect(await found(mark, 2500)).toEqual([]);
});

test("a floor of measuring is found too", async () => {
  const [one] = await found((random) => Math.max(-1.5, random.normal()));
  expect(one).toMatchObject({ evidence: { side: "low", value: -1.5 } });
});

test("at the end of a scale it asks", async () => {
  const [one] = await found((random) => Math.min(100, 80 + 15 * random.normal()));
  expect(one!.question).toContain("100");
});

test("apart from all others many rows in one value may be all above a limit: it asks", async () => {
  const [one, ...more] = await found((random) => (random.next() < 0.03 ? 1_600_000 : 1_000_000 * random.next()));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["y"], confidence: 0.45, evidence: { side: "high", value: 1_600_000 } });
  expect(one!.question).toContain("1,600,000");
});

const geometric = (random: Random, stay = 0.78) => Math.floor(Math.log(1 - random.next()) / Math.log(stay));

test("counts that end in a heap above a falling tail are asked about: there may be no more", async () => {
  const [one, ...more] = await found((random) => Math.min(24, geometric(random)), 12_000);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ evidence: { side: "high", value: 24 }, confidence: 0.45, choices: ["written as it", "the most"] });
  expect(one!.question).toBe("Is 24 the most that `y` can be, or was what lies beyond written as 24?");
  const [spike] = await found((random) => (random.next() < 0.06 ? 36 : Math.min(36, geometric(random, 0.9))), 1500);
  expect(spike).toMatchObject({ evidence: { value: 36 }, confidence: 0.45 });
  const [least] = await found((random) => 40 - Math.min(24, geometric(random)), 12_000);
  expect(least!.question).toBe("Is 16 the least that `y` can be, or was what lies beyond written as 16?");
  for (const scale of [0.5, 100, -1]) {
    const [other] = await found((random) => scale * Math.min(24, geometric(random)), 12_000);
    expect(other).toMatchObject({ question: null });
    expect(other!.confidence).toBeGreaterThan(0.7);
  }
  expect((await found((random) => Math.min(20, geometric(random)), 6000))[0]!.question).toContain("20");
});

test("the heap has to be no chance, twice as high as each of the next three, on steps, and above a tail that falls", async () => {
  /** Rows of 24, 23, 22, ...; of `last` in place of 24. */
  const told = async (last: number, ends: readonly number[]) => {
    const rows = [...ends, ...Array.from({ length: 24 }, (_, i) => (ends.at(-1) ?? 0) + 10 * i)];
    const y = rows.flatMap((count, i) => Array.from({ length: count }, () => (i === 0 ? last : 24 - i)));
    let at = 0;
    return (await found(() => y[at++] ?? 0, y.length)).length;
  };
  expect(await told(24, [50, 15, 14, 16, 40, 50, 60, 70, 80])).toBe(1);
  expect(await told(24, [8, 3, 2, 3, 12, 14, 16, 18, 20])).toBe(0);
  expect(await told(24, [50, 26, 10, 9, 40, 50, 60, 70, 80])).toBe(0);
  expect(await told(24.5, [50, 15, 14, 16, 40, 50, 60, 70, 80])).toBe(0);
  expect(await told(24, [50, 15, 14, 16, 15, 14, 16, 15, 14])).toBe(0);
});

test("no counts without a cap, with heaps that people round to, on a level tail, or with gaps below the end", async () => {
  const capped = (random: Random) => Math.min(24, geometric(random));
  const ten = (random: Random) => {
    const one = geometric(random);
    return random.next() < 0.3 ? Math.round(one / 4) * 4 : Math.min(24, one);
  };
  for (let seed = 0; seed < 5; seed++) {
    expect(await found((random) => geometric(random, 0.7 + 0.02 * seed), 4000)).toEqual([]);
    expect(await found((random) => geometric(random) + geometric(random), 3000 + 1000 * seed)).toEqual([]);
  }
  expect(await found((random) => Math.min(24, ten(random)), 12_000)).toEqual([]);
  expect(
    await found(
      (random) => (random.next() < 0.5 ? 2 + random.integer(22) : Math.min(24, random.integer(25) + Math.round(random.next() - 0.45))),
      1000,
    ),
  ).toEqual([]);
  const gap = (random: Random) => {
    const one = capped(random);
    return one === 22 ? 3 : one;
  };
  expect(await found(gap, 12_000)).toEqual([]);
});

describe("silent on", () => {
  test.each<[string, (random: Random) => number]>([
    ["normal values", (random) => random.normal()],
    ["log-normal prices", price],
    ["prices that people round", (random) => Math.round(price(random) / 500) * 500],
    ["a uniform that ends", (random) => random.integer(500)],
    ["counts", (random) => Math.round((1 - random.next()) ** -0.8)],
    ["many zeros", (random) => (random.next() < 0.4 ? 0 : price(random))],
    ["a scale of ten", (random) => Math.min(10, 1 + random.integer(14))],
    ["a code far away", (random) => (random.next() < 0.05 ? -99_999 : price(random))],
    ["grades", (random) => Math.max(1, Math.min(20, Math.round(11 + 3 * random.normal())))],
  ])("%s", async (_, make) => expect(await found(make)).toEqual([]));

  test("300 clean targets", async () => {
    let alarms = 0;
    for (let seed = 0; seed < 300; seed++) {
      const random = createRandom(seed, "clean target");
      const [shape, digits] = [random.integer(4), 1 + random.integer(3)];
      const draw = [() => random.normal(), () => Math.exp(random.normal()), () => random.next(), () => (1 - random.next()) ** -0.5][shape]!;
      const y = numbers(250, () => Number(draw().toFixed(digits)));
      alarms += (
        await censoredTarget.inspect(
          contextOf(
            tableOf([
              ["x", y.map((_, i) => i % 7)],
              ["y", y],
            ]),
            "y",
            REGRESSION,
          ),
        )
      ).length;
    }
    expect(alarms).toBeLessThanOrEqual(1);
  });
});

test("a value with all its digits that comes back, although none of the others does, is asked about; a round one is not", async () => {
  const draw = (random: Random) => Number(Math.exp(8 + random.normal()).toFixed(2));
  const [one, ...more] = await found((random) => (random.next() < 0.03 ? 5564.67 : random.next() < 0.3 ? 0 : draw(random)));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ confidence: 0.4, evidence: { heap: true, value: 5564.67 }, question: expect.stringContaining("5564.67") });
  expect(await found((random) => (random.next() < 0.03 ? 5500 : draw(random)))).toEqual([]);
});

test("the end of a scale that many reach is told as cosmetic", async () => {
  const mark = (random: Random, most: number) => Math.min(most, Math.round(20 * (0.75 + 0.33 * random.normal())) / 2);
  const [one, ...more] = await found((random) => Math.max(0.5, mark(random, 10)), 400);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ severity: "cosmetic", evidence: { kind: "ceiling", side: "high", value: 10 }, question: null });
  expect(one?.why).toMatch(/^\d+ rows \([\d.]+ %\) are at 10, the largest value of `y`; of the values next to it a usual one is in \d+/);
  expect(await found((random) => Math.max(0.5, Math.min(10, mark(random, 12))) + 0.3, 400)).toEqual([]);
});

test("that end holds a tenth of the rows, three times as many as the values next to it, and lies near them", async () => {
  const ends = async (values: number, each: number, top: number, reach = 10) => {
    const y = Array.from({ length: values * each + top }, (_, row) => (row < top ? 10 : (reach * (1 + (row % values))) / (values + 1)));
    return (
      await censoredTarget.inspect(
        contextOf(
          tableOf([
            ["x", y.map((_, row) => row % 7)],
            ["y", y],
          ]),
          "y",
          REGRESSION,
        ),
      )
    ).map(({ evidence }) => evidence.kind);
  };
  expect(await ends(20, 40, 130)).toEqual(["ceiling"]);
  expect(await ends(20, 40, 110)).toEqual([]);
  expect(await ends(40, 40, 190)).toEqual(["ceiling"]);
  expect(await ends(40, 40, 170)).toEqual([]);
  expect(await ends(20, 40, 130, 9.7)).toEqual(["ceiling"]);
  expect(await ends(20, 40, 130, 9.5)).toEqual([]);
});

test("limits that another column marks are told, of enough rows and of the same numbers", async () => {
  const random = createRandom(3, "limits");
  const y = numbers(200, (row) => (row < 40 ? 0.006 : Math.round(1000 * (0.02 + random.next())) / 1000));
  const inspect = async (raw: number[], noted: ColumnInfo["noted"]) => {
    const context = contextOf(
      tableOf([
        ["raw", raw],
        ["y", y],
      ]),
      "y",
      REGRESSION,
    );
    const columns = context.dataset.columns.map((info) => (info.name === "raw" && noted !== undefined ? { ...info, noted } : info));
    return (await censoredTarget.inspect({ ...context, dataset: { ...context.dataset, columns } })).filter(
      ({ evidence }) => evidence.kind === "limits beside",
    );
  };
  const below = [{ text: "<", before: true, rows: 40 }];
  expect(await inspect(y, below)).toMatchObject([
    {
      columns: ["y"],
      severity: "harmful",
      rows: { count: 40 },
      why: expect.stringContaining('marks 40 of 200 (20 %) with "<": `y` is the limit'),
    },
  ]);
  expect(await inspect(y, [{ text: "<", before: true, rows: 4 }])).toEqual([]);
  expect(await inspect(y, [{ text: "*", before: false, rows: 40 }])).toEqual([]);
  expect(await inspect(y, undefined)).toEqual([]);
  expect(
    await inspect(
      y.map((one) => 2 * one),
      below,
    ),
  ).toEqual([]);
  expect(await inspect(y, [{ text: "<", before: true, rows: 200 }])).toEqual([]);
  const otherIn = (rows: number) => y.map((one, row) => (row >= 200 - rows ? one + 1 : one));
  expect(await inspect(otherIn(10), below)).toHaveLength(1);
  expect(await inspect(otherIn(11), below)).toEqual([]);
});
