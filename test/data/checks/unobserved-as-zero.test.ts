import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { answeredLabels } from "../../../src/data/answered-labels.ts";
import { unobservedAsZero } from "../../../src/data/checks/unobserved-as-zero.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 1200;

async function found(make: (random: Random, shop: number) => number) {
  const random = createRandom(4, "unobserved");
  const shop = numbers(ROWS, () => random.integer(12));
  const y = shop.map((one) => make(random, one));
  const columns: [string, (number | string)[]][] = [
    ["shop", shop.map((one) => `shop ${one}`)],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", y],
  ];
  return await unobservedAsZero.inspect(contextOf(tableOf(columns), "y", { task: { task: "regression" } }));
}

const sales = (random: Random) => Math.round(Math.exp(3 + random.normal()));

test("amounts below 0 hide no zeros, and -1 is a value of a number like any other", async () => {
  const random = createRandom(6, "signed");
  const code = numbers(ROWS, () => [-1, 0, 1, 2][random.integer(4)] ?? 0);
  const table = tableOf([
    ["code", code],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", code.map((one) => (one === -1 ? 0 : 20 + 30 * random.normal()))],
  ]);
  const [one] = await unobservedAsZero.inspect(contextOf(table, "y", { task: { task: "regression" } }));
  expect(one).toMatchObject({ columns: ["code", "y"], evidence: { levels: ["-1"], value: 0 } });
});

test.each([
  ["no zeros elsewhere", 0, 0.65],
  ["a fifth of zeros elsewhere", 0.2, 0.5],
])("a shop that never reported is found with %s", async (_, zeros, sure) => {
  const [one, ...more] = await found((random, shop) => (shop === 7 || random.next() < zeros ? 0 : sales(random)));
  expect(more).toEqual([]);
  expect(one).toMatchObject({ columns: ["shop", "y"], evidence: { levels: ["shop 7"], value: 0 }, choices: ["no", "yes"] });
  expect(one!.confidence).toBeGreaterThan(sure);
  expect(one!.rows.count).toBeGreaterThan(50);
});

test("what the user says was not recorded is read as no label; nothing without an answer", async () => {
  const random = createRandom(4, "unobserved");
  const shop = numbers(ROWS, () => random.integer(12));
  const table = tableOf([
    ["shop", shop.map((one) => `shop ${one}`)],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", shop.map((one) => (one === 7 ? 0 : 1 + sales(random)))],
  ]);
  const context = contextOf(table, "y", { task: { task: "regression" } });
  const [told, ...more] = await answeredLabels([unobservedAsZero], context, { "unobserved-as-zero:shop,y": "no" });
  expect(more).toEqual([]);
  expect(told).toMatchObject({
    confidence: 1,
    fix: {
      action: "steps",
      steps: [
        { op: "read-labels", target: "y", unrecorded: [{ column: "shop", values: ["shop 7"], label: "0" }] },
        { op: "drop-unlabelled-rows", target: "y" },
      ],
    },
  });
  for (const answers of [{}, { "unobserved-as-zero:shop,y": "yes" }, { "sentinel:y": "missing" }])
    expect(await answeredLabels([unobservedAsZero], context, answers)).toEqual([]);
});

test("what other rows have leaves out all the levels that are named", async () => {
  const [one] = await found((random, shop) => (shop === 7 || shop === 3 ? 0 : 1 + sales(random)));
  expect(one).toMatchObject({ evidence: { elsewhere: 0 } });
  expect(one!.evidence.levels).toHaveLength(2);
  expect(one!.why).toContain("= 0, which no other row has: it may not have been recorded there");
});

describe("a shop of which a row was written later", () => {
  const strays = (share: number) => (random: Random, shop: number) => (random.next() < (shop === 7 ? 1 - share : 0.2) ? 0 : sales(random));
  test("is found by how alike the others are, with its rows counted", async () => {
    const [one, ...more] = await found(strays(0.01));
    expect(more).toEqual([]);
    const { equalRows, labelledRows } = one!.evidence;
    expect(Number(equalRows)).toBeLessThan(Number(labelledRows));
    expect(one!.why).toContain(`${equalRows} of ${labelledRows} rows have`);
  });
  test("is no news where a twentieth was, where others come near it, and of a few shops", async () => {
    expect(await found(strays(0.05))).toEqual([]);
    expect(await found((random, shop) => (random.next() < (shop === 7 ? 0.99 : 0.05 + 0.07 * shop) ? 0 : sales(random)))).toEqual([]);
    expect(await found((random, shop) => (shop > 7 ? strays(0.01)(random, 7) : strays(0.01)(random, shop % 5)))).toEqual([]);
  });
});

describe("an ordered column", () => {
  const seeds = async (share: (seed: number) => number, seed = 5) => {
    const random = createRandom(seed, "seeds");
    const place = numbers(1600, () => 1 + random.integer(16));
    const table = tableOf([
      ["seed", place],
      ["x", numbers(1600, () => random.normal())],
      ["wins", place.map((one) => (random.next() < share(one) ? 0 : 1 + random.integer(6)))],
    ]);
    return (await unobservedAsZero.inspect(contextOf(table, "wins", { task: { task: "regression" } }))).map(
      ({ evidence }) => evidence.levels,
    );
  };

  test("whose levels come near 0 beside is honest", async () => {
    // As seeds of a tournament: 13 wins in 6 of 100, 14 and 15 never.
    for (const seed of [1, 2, 3]) expect(await seeds((one) => (one >= 14 ? 1 : Math.min(0.94, 0.05 + 0.07 * one)), seed)).toEqual([]);
  });

  test("with a level of nothing but 0 between others that are not is asked about", async () => {
    expect(await seeds((one) => (one === 8 ? 1 : 0.1))).toEqual([["8"]]);
  });
});

test("a rare level of a column whose levels differ much is the end of their spread", async () => {
  const random = createRandom(9, "conferences");
  const rates = numbers(40, () => Math.min(0.97, 0.15 + 0.9 * random.next()));
  const wins = (level: number) => (level === 39 || random.next() < (rates[level] ?? 0) ? 0 : 1 + random.integer(6));
  const look = async (rows: number, of: (level: number) => number) => {
    const level = [...numbers(2400, () => random.integer(39)), ...numbers(rows, () => 39)];
    const table = tableOf([
      ["conference", level.map((one) => `c${one}`)],
      ["x", level.map(() => random.normal())],
      ["wins", level.map(of)],
    ]);
    return (await unobservedAsZero.inspect(contextOf(table, "wins", { task: { task: "regression" } }))).length;
  };
  expect(await look(26, wins)).toBe(0);
  // Of levels that are alike it stands apart.
  expect(await look(26, (one) => (one === 39 || random.next() < 0.45 ? 0 : 1 + random.integer(6)))).toBe(1);
});

test("a column that nearly gives the target is told there, once", async () => {
  const random = createRandom(10, "percent");
  const score = numbers(ROWS, () => (random.next() < 0.2 ? 0 : 1 + random.integer(50)));
  const table = (noise: number) =>
    tableOf([
      ["percent", score.map((one) => (one === 0 ? 0 : Math.max(1, Math.round(2 * one + noise * random.normal()))))],
      ["x", numbers(ROWS, () => random.normal())],
      ["score", score],
    ]);
  const look = async (noise: number) =>
    (await unobservedAsZero.inspect(contextOf(table(noise), "score", { task: { task: "regression" } }))).length;
  expect(await look(2)).toBe(0);
  expect(await look(60)).toBe(1);
});

describe("where most others are 0 too", () => {
  const common = (zeros: (shop: number) => number, shops: number, amount = sales) =>
    found((random, shop) => (random.next() < zeros(shop % shops) ? 0 : amount(random)));

  test("a shop of nothing else is asked about, beside others that are alike", async () => {
    const [one, ...more] = await common((shop) => (shop === 2 ? 1 : 0.64), 12);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ evidence: { levels: ["shop 2"], value: 0 }, choices: ["no", "yes"] });
    expect(one!.confidence).toBeLessThan(0.5);
    expect(one!.question).toContain("recorded");
  });

  test("it is the end of their spread, or of a scale of per cent, or one of a few rows", async () => {
    expect(await common((shop) => (shop === 2 ? 1 : Math.min(0.97, 0.55 + 0.04 * shop)), 12)).toEqual([]);
    expect(
      await common(
        (shop) => (shop === 2 ? 1 : 0.64),
        12,
        (random) => 100 - random.integer(30),
      ),
    ).toEqual([]);
    expect(await common((shop) => (shop === 2 ? 1 : 0.9), 12)).toEqual([]);
  });
});

describe("silent on", () => {
  test.each<[string, (random: Random, shop: number) => number]>([
    ["amounts", sales],
    ["zeros spread over all shops", (random) => (random.next() < 0.3 ? 0 : sales(random))],
    ["a shop with more zeros than others", (random, shop) => (random.next() < (shop === 7 ? 0.8 : 0.1) ? 0 : sales(random))],
    ["zeros nearly everywhere", (random) => (random.next() < 0.97 ? 0 : sales(random))],
    ["a target that the column gives", (_, shop) => 10 * shop],
    ["years, of which a shop has the first alone", (random, shop) => (shop === 7 ? 1990 : 1990 + Math.floor(20 * random.next() ** 1.4))],
  ])("%s", async (_, make) => expect(await found(make)).toEqual([]));
});

test("of what an amount is a part there is none where there is none of it; another amount of none may hide what was not recorded", async () => {
  const random = createRandom(8, "parts");
  const born = numbers(ROWS, () => random.integer(7));
  const look = async (label: (born: number) => number) => {
    const table = tableOf([
      ["born", born],
      ["x", numbers(ROWS, () => random.normal())],
      ["alive", born.map(label)],
    ]);
    return (await unobservedAsZero.inspect(contextOf(table, "alive", { task: { task: "regression" } }))).length;
  };
  expect(await look((one) => one - Number(one > 0 && random.next() < 0.3))).toBe(0);
  // A code from 0 on, above all shares.
  expect(await look((one) => (one === 0 ? 0 : 0.2 + Math.round(700 * random.next()) / 1000))).toBe(1);
  expect(await look((one) => (one === 0 ? 0 : 20 + Math.round(10 * random.normal())))).toBe(1);
});
