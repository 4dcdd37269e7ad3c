import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { orderLeak } from "../../../src/data/checks/order-leak.ts";
import { partialLeak } from "../../../src/data/checks/partial-leak.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { siblingTarget } from "../../../src/data/checks/sibling-target.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { type Cells, honestTable, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 1500;

/** A number that tells the label with the given effect size (in standard deviations). */
const told = (name: string, effect: number, seed = 1) =>
  honestTable(ROWS, seed, (random, target) => [[name, target.map((y) => effect * y + random.normal())]]);

describe("target-leak", () => {
  test.each([2.6, 3, 4, 8])("a column with an effect of %d is found", async (effect) => {
    const [found, ...others] = await inspect(targetLeak, told("x", effect));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["x"], severity: "blocker", question: expect.stringContaining('"x"') });
    expect(found!.confidence).toBeGreaterThan(LIKELY);
  });

  test("surer the nearer to certainty", async () => {
    const confidences = await Promise.all(
      [2.6, 3.2, 4, 9].map(async (effect) => (await inspect(targetLeak, told("x", effect)))[0]!.confidence),
    );
    expect(confidences).toEqual([...confidences].sort((a, b) => a - b));
    expect(confidences.at(-1)).toBeGreaterThan(0.95);
  });

  test.each([0, 0.5, 1, 1.8])("an effect of %d is not", async (effect) => {
    expect(await inspect(targetLeak, told("x", effect))).toEqual([]);
  });

  const two = (effects: readonly [number, number], share: number) =>
    honestTable(ROWS, 5, (random, target) => {
      const own = () => target.map(() => random.normal());
      const [a, b] = [own(), own()];
      const mixed = b.map((noise, row) => Math.sqrt(share) * (a[row] ?? 0) + Math.sqrt(1 - share) * noise);
      return [
        ["a", target.map((y, row) => effects[0] * y + (a[row] ?? 0))],
        ["b", target.map((y, row) => effects[1] * y + (mixed[row] ?? 0))],
      ];
    });

  test("two strong columns that tell something of their own may be an easy task: it asks about them together", async () => {
    const [found, ...others] = await inspect(targetLeak, two([2.8, 2.8], 0));
    expect(others).toEqual([]);
    expect(found!.columns.toSorted()).toEqual(["a", "b"]);
    expect(found!.confidence).toBeLessThan(LIKELY);
    expect(found).toMatchObject({ question: expect.stringContaining("`a`"), why: expect.stringContaining("easy task") });
  });

  test("what is known of one decides about the other", async () => {
    const knownAt = (moment: "before" | "after") => inspect(targetLeak, two([2.8, 2.8], 0), "bought", { knownAt: { a: moment } });
    const [left, ...others] = await knownAt("before");
    expect([left!.columns, others]).toEqual([["b"], []]);
    expect(left!.confidence).toBeLessThan(LIKELY);
    expect((await knownAt("after")).map(({ columns, confidence }) => [columns, confidence > LIKELY])).toEqual([
      [["a"], true],
      [["b"], true],
    ]);
  });

  test("wrong labels, on which all honest columns err, hide no easy task", async () => {
    const { dataset, frame } = two([5, 5], 0);
    const target = frame.columns.find(({ name }) => name === "bought");
    if (target === undefined || !("codes" in target)) throw new Error("no classes");
    for (let row = 0; row < ROWS; row += 50) target.codes[row] = 1 - (target.codes[row] ?? 0);
    const [found] = await inspect(targetLeak, { dataset, frame });
    expect(found!.columns).toHaveLength(2);
  });

  test.each([
    ["copies of one leak do not excuse each other", [2.8, 2.8], 0.98],
    ["nor does a far weaker column excuse the stronger one", [5, 2.6], 0],
  ] as const)("%s", async (_, effects, share) => {
    const [first] = await inspect(targetLeak, two([...effects], share));
    expect(first!.columns).toEqual(["a"]);
    expect(first!.confidence).toBeGreaterThan(LIKELY);
  });

  test("marks that the outcome sets do not excuse each other, whatever they say within it", async () => {
    const table = honestTable(ROWS, 8, (random, target) => {
      const mark = () => target.map((y) => (y === 1 && random.next() < 0.96 ? 1 + random.next() : 0));
      return [
        ["a", mark()],
        ["b", mark()],
      ];
    });
    const found = await inspect(targetLeak, table);
    expect(found.map(({ columns, confidence }) => [columns, confidence > LIKELY])).toEqual([
      [["a"], true],
      [["b"], true],
    ]);
  });

  test("several measurements of a number, and of three classes", async () => {
    const measured = (random: { normal: () => number }, of: readonly number[], spread: number) =>
      of.map((value) => value + spread * random.normal());
    const regression = honestTable(ROWS, 6, (random) => {
      const y = Array.from({ length: ROWS }, () => random.normal());
      return [
        ["y", y],
        ["a", measured(random, y, 0.12)],
        ["b", measured(random, y, 0.12)],
      ];
    });
    const classes = honestTable(ROWS, 7, (random) => {
      const y = Array.from({ length: ROWS }, () => random.integer(3));
      return [
        ["kind", y.map((one) => "uvw"[one] ?? "")],
        ["a", measured(random, y, 0.3)],
        ["b", measured(random, y, 0.3)],
      ];
    });
    for (const [table, target] of [[regression, "y"] as const, [classes, "kind"] as const]) {
      const found = await inspect(targetLeak, table, target);
      expect(found.map(({ columns }) => columns.toSorted())).toEqual([["a", "b"]]);
      expect(found[0]!.confidence).toBeLessThan(LIKELY);
    }
  });

  test("a category that renames the classes is found, and the answer decides", async () => {
    const table = honestTable(ROWS, 2, (_, target) => [["state code", target.map((y) => (y === 1 ? "A" : "B"))]]);
    expect((await inspect(targetLeak, table))[0]!.confidence).toBeGreaterThan(0.95);
    expect(await inspect(targetLeak, table, "bought", { knownAt: { "state code": "before" } })).toEqual([]);
    expect((await inspect(targetLeak, table, "bought", { knownAt: { "state code": "after" } }))[0]!.confidence).toBe(1);
  });

  test("where several honest columns are that good, they excuse each other", async () => {
    const random = createRandom(9, "cluster");
    const size = numbers(800, () => random.normal());
    const near = () => size.map((value) => value + 0.4 * random.normal());
    const table = tableOf([
      ["a", near()],
      ["b", near()],
      ["c", near()],
      ["y", size.map((value) => Number(value + 0.1 * random.normal() > 0))],
    ]);
    const found = await inspect(targetLeak, table, "y");
    expect(found.length).toBeGreaterThan(0);
    for (const { confidence } of found) expect(confidence).toBeLessThan(LIKELY);
  });

  test("being missing is the business of another check", async () => {
    const table = honestTable(ROWS, 2, (random, target) => [["boat", target.map((y) => (y === 1 ? random.normal() : null))]]);
    expect(await inspect(targetLeak, table)).toEqual([]);
  });
});

describe("the time until a fate", () => {
  test("is asked about however little it tells beside others, if it is beyond chance", async () => {
    const random = createRandom(12, "weak fate");
    const y = numbers(2000, () => random.integer(2));
    const found = await inspect(
      postOutcome,
      tableOf([
        ["futime", y.map((value) => 1 + random.integer(1000 - 150 * value))],
        ["age", y.map((value) => Math.round(50 + 15 * value + 10 * random.normal()))],
        ["status", y],
      ]),
      "status",
    );
    expect(found).toMatchObject([{ columns: ["futime"], severity: "harmful", confidence: 0.45 }]);
    expect(Number(found[0]!.evidence.score)).toBeLessThan(0.6);
  });

  test("is none beside a number of deaths", async () => {
    const random = createRandom(14, "counts");
    const deaths = numbers(300, () => random.integer(40));
    const table = tableOf([
      ["time", deaths.map((value) => 10 * value + random.integer(300))],
      ["age", numbers(300, () => random.integer(40))],
      ["deaths", deaths],
    ]);
    expect(await inspect(postOutcome, table, "deaths", { task: { task: "regression" } })).toEqual([]);
  });

  test("may be in years: numbers below 24 that are finer than minutes are no hours", async () => {
    const random = createRandom(13, "years");
    const y = numbers(600, () => random.integer(2));
    const years = (value: number) => Number((random.next() * (value === 1 ? 8 : 14)).toFixed(3));
    expect(
      await inspect(
        postOutcome,
        tableOf([
          ["time", y.map(years)],
          ["age", numbers(600, () => 40 + random.integer(40))],
          ["death", y],
        ]),
        "death",
      ),
    ).toHaveLength(1);
  });

  const table = (times: (y: number, random: Random) => number, target = "death") => {
    const random = createRandom(11, "fate");
    const y = numbers(600, () => random.integer(2));
    return tableOf([
      ["time", y.map((value) => times(value, random))],
      ["age", numbers(600, () => 40 + random.integer(40))],
      [target, y],
    ]);
  };

  test("days of follow-up are known late; the hour of the day is not, whatever it tells", async () => {
    const [found] = await inspect(
      postOutcome,
      table((y, random) => (y === 1 ? 1 + random.integer(200) : 100 + random.integer(200))),
      "death",
    );
    expect(found).toMatchObject({ columns: ["time"], severity: "blocker", evidence: { subject: ["death"] } });
    expect(
      await inspect(
        postOutcome,
        table((y, random) => (y === 1 ? 12 + random.integer(12) : random.integer(20))),
        "death",
      ),
    ).toEqual([]);
  });
});

describe("post-outcome", () => {
  test.each([1, 1.3, 1.8])("a strong column that is named as written afterwards is a likely blocker (effect %d)", async (effect) => {
    const [found] = await inspect(postOutcome, told("call_duration", effect));
    expect(found).toMatchObject({ columns: ["call_duration"], severity: "blocker" });
    expect(found!.confidence).toBeGreaterThan(LIKELY);
    expect(found!.question).toMatch(/already written/);
  });

  const among = (effect: number, ...others: string[]) =>
    honestTable(ROWS, 1, (random, target) => [
      ["duration", target.map((y) => effect * y + random.normal())],
      ...others.map((name): [string, number[]] => [name, numbers(target.length, () => random.normal())]),
    ]);

  test.each([[["loan_amount", "age"]], [["contact_way", "credit"]], [[]]])(
    "the strongest column of a table, named duration among %j, is asked about and stays in",
    async (others) => {
      const [found, ...more] = await inspect(postOutcome, among(1.5, ...others));
      expect(more).toEqual([]);
      expect(found).toMatchObject({ columns: ["duration"], severity: "harmful", question: expect.stringMatching(/already written/) });
      expect(found!.confidence).toBeLessThan(LIKELY);
      expect(found!.why).toMatch(/does not tell.*If it is not, a score with it is a lie/s);
    },
  );

  test("among contact and campaign it is a likely blocker, put as a suspicion", async () => {
    const [found] = await inspect(postOutcome, among(1.5, "contact", "campaign", "loan"));
    expect(found).toMatchObject({ columns: ["duration"], severity: "blocker", evidence: { subject: ["contact", "campaign"] } });
    expect(found!.confidence).toBeGreaterThan(LIKELY);
    expect(found!.why).toMatch(/suggests so; if so, the score is a lie/);
  });

  test("a weak one is a question at most", async () => {
    const [found] = await inspect(postOutcome, told("duration", 0.5));
    expect(found?.severity ?? "harmful").toBe("harmful");
  });

  test.each(["previous_duration", "income_2", "pdays", "height_at_admission"])("%s is not suspected", async (name) => {
    expect(await inspect(postOutcome, told(name, 1))).toEqual([]);
  });

  test("a column that towers over all others is asked about whatever its name, and never left out for that", async () => {
    const [found, ...others] = await inspect(postOutcome, told("letters", 2));
    expect(others).toEqual([]);
    expect(found).toMatchObject({
      columns: ["letters"],
      severity: "harmful",
      confidence: 0.3,
      question: expect.stringMatching(/already written/),
    });
    expect(await inspect(postOutcome, told("previous_letters", 2))).toEqual([]);
    const two = honestTable(ROWS, 1, (random, target) => ["a", "b"].map((name) => [name, target.map((y) => 1.6 * y + random.normal())]));
    expect(await inspect(postOutcome, two)).toEqual([]);
  });

  test("answers: before silences, after makes it certain whatever its name and score", async () => {
    expect(await inspect(postOutcome, told("call_duration", 1.5), "bought", { knownAt: { call_duration: "before" } })).toEqual([]);
    const [found] = await inspect(postOutcome, told("x", 0.3), "bought", { knownAt: { x: "after" } });
    expect(found).toMatchObject({ columns: ["x"], severity: "blocker", confidence: 1 });
  });
});

describe("partial-leak", () => {
  test("a flag that only positives carry is found with its rows", async () => {
    const table = honestTable(ROWS, 3, (random, target) => [["flag", target.map((y) => (y === 1 && random.next() < 0.3 ? "F" : "-"))]]);
    const [found] = await inspect(partialLeak, table);
    expect(found).toMatchObject({ columns: ["flag"], evidence: { value: "F", class: "yes" } });
    expect(found!.rows.count).toBe(found!.evidence.rows);
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

  test("a value that holds two classes is not", async () => {
    const table = honestTable(ROWS, 3, (random, target) => [["flag", target.map((y) => (random.next() < 0.1 + 0.3 * y ? "F" : "-"))]]);
    expect(await inspect(partialLeak, table)).toEqual([]);
  });
});

test("clean tables of many seeds have no likely blocker", async () => {
  const checks = [targetLeak, postOutcome, partialLeak, combinationLeak, siblingTarget, orderLeak];
  for (let seed = 10; seed < 30; seed++) {
    const table = honestTable(600, seed);
    const found = (await Promise.all(checks.map((check) => inspect(check, table)))).flat();
    expect(found.map(({ trap, columns }) => `${trap} ${columns}`)).toEqual([]);
  }
});
