import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { honestTable, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 1500;

/** A number that tells the label with the given effect size (in standard deviations). */
const told = (name: string, effect: number, seed = 1) =>
  honestTable(ROWS, seed, (random, target) => [[name, target.map((y) => effect * y + random.normal())]]);

describe("what one class has alone, without a word for it", () => {
  const filled = (own: number, others: number) =>
    honestTable(ROWS, 4, (random, target) => [
      ["v17", target.map((y) => (random.next() < (y === 1 ? own : others) ? 100 * random.next() : 0))],
    ]);

  test("is asked about where it is hardly ever filled for others", async () => {
    expect(await inspect(postOutcome, filled(0.5, 0.01))).toMatchObject([
      { columns: ["v17"], severity: "harmful", evidence: { usual: "0" } },
    ]);
  });

  test("is asked about in each of two columns, of which one is filled for no other class and the next for few", async () => {
    const several = (more: readonly number[]) =>
      honestTable(20_000, 4, (random, target) =>
        more.map((others, place): [string, number[]] => [
          `v${place}`,
          target.map((y) => (random.next() < (y === 1 ? 0.6 : others) ? 100 * random.next() : 0)),
        ]),
      );
    const asked = async (more: readonly number[]) => (await inspect(postOutcome, several(more))).map(({ columns: [name] }) => name);
    expect(await asked([0.001, 0.02])).toEqual(["v0", "v1"]);
    // Equals are a field of causes.
    expect(await asked([0.01, 0.011])).toEqual([]);
    expect(await asked([0.001, 0.012, 0.013])).toEqual(["v0"]);
  });

  test("is asked about in each of the columns of one event, which are filled in the same rows", async () => {
    const event = (same: number) =>
      honestTable(ROWS, 4, (random, target) => {
        const refund = target.map((y) => random.next() < (y === 1 ? 0.5 : 0.005));
        const of = (value: () => number) => refund.map((is) => (is && random.next() < same ? value() : 0));
        return [
          ["v0", of(() => 100 * random.next())],
          ["v1", of(() => 1 + random.integer(60))],
        ];
      });
    const asked = async (same: number) => (await inspect(postOutcome, event(same))).map(({ columns: [name] }) => name);
    expect(await asked(1)).toEqual(["v0", "v1"]);
    expect((await inspect(postOutcome, event(1)))[0]!.why).toContain("comes near but where it is filled in the same rows");
    expect(await asked(0.98)).toEqual(["v0", "v1"]);
    expect(await asked(0.8)).toEqual([]);
  });

  test("is no witness against what its name calls late", async () => {
    const beside = (others: number) =>
      honestTable(ROWS, 4, (random, target) => [
        ["v17", target.map((y) => (random.next() < (y === 1 ? 0.9 : others) ? 100 * random.next() : 0))],
        ["paid", target.map((y) => 1.3 * y + random.normal())],
      ]);
    const paid = async (others: number) => (await inspect(postOutcome, beside(others))).some(({ columns: [name] }) => name === "paid");
    expect(await paid(0.01)).toBe(true);
    expect(await paid(0.2)).toBe(false);
  });

  test("is not where others have it too, as of a cause", async () => {
    expect(await inspect(postOutcome, filled(0.5, 0.1))).toEqual([]);
    expect(await inspect(postOutcome, filled(0.05, 0.001))).toEqual([]);
  });
});

describe("what towers beside a leak", () => {
  /** x1 to x6 are noise. */
  const beside = (columns: Readonly<Record<string, number>>) => {
    const random = createRandom(8, "towers");
    const y = numbers(ROWS, () => random.integer(2));
    const told = { ...columns, ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((place) => [`x${place}`, 0])) };
    return tableOf([
      ...Object.entries(told).map(([name, effect]): [string, number[]] => [name, y.map((value) => effect * value + random.normal())]),
      ["bought", y],
    ]);
  };
  const asked = async (columns: Readonly<Record<string, number>>, knownAt: Readonly<Record<string, "before" | "after">> = {}) =>
    (await inspect(postOutcome, beside(columns), "bought", { knownAt })).flatMap(({ columns: [name], confidence }) =>
      confidence === 0.3 ? [name] : [],
    );

  test("is asked about where another one nearly gives the target, and not in a table without a leak", async () => {
    expect(await asked({ v17: 2.2, v18: 4 })).toEqual(["v17"]);
    expect(await asked({ v17: 2.2 })).toEqual([]);
    expect(await asked({ v17: 2.2, v18: 4 }, { v18: "before" })).toEqual([]);
    expect(await asked({ v17: 1, v18: 4 })).toEqual([]);
  });

  test("is asked about once another one is said to be written afterwards, two of a kind too", async () => {
    expect(await asked({ v17: 2.2, v18: 2 }, { v18: "after" })).toEqual(["v17"]);
    expect(await asked({ v17: 1.9, v18: 2, v19: 2.1 }, { v18: "after" })).toEqual(["v17", "v19"]);
  });
});

test("a value that is called late is not excused by another one that may be", async () => {
  const found = await inspect(
    postOutcome,
    honestTable(ROWS, 9, (random, target) => [
      ["amount_after", target.map((y) => 1.2 * y + random.normal())],
      ["order_status", target.map((y) => 2 * y + random.normal())],
    ]),
  );
  expect(found.map(({ columns }) => columns)).toContainEqual(["amount_after"]);
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

  test("is asked about by the two names alone, and not in a table of agreements", async () => {
    // Each length as often with either label.
    const months = numbers(240, (row) => 1 + (row % 60));
    const columnsOf = async (time: string, target: string, other: string) => {
      const table = tableOf([
        [time, months],
        [other, numbers(240, (row) => row % 40)],
        [target, numbers(240, (row) => Math.floor(row / 60) % 2)],
      ]);
      return (await inspect(postOutcome, table, target)).map(({ columns, confidence }) => [columns[0], confidence]);
    };
    expect(await columnsOf("duration", "delta", "age")).toEqual([["duration", 0.3]]);
    expect(await columnsOf("T3", "D3", "age")).toEqual([["T3", 0.3]]);
    expect(await columnsOf("T3", "D2", "age")).toEqual([]);
    expect(await columnsOf("duration", "status", "credit amount")).toEqual([]);
    expect(await columnsOf("years at company", "status", "age")).toEqual([]);
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

  test("years of follow-up, all of them short, to a tenth; hours of working days to a tenth are not", async () => {
    const years = table((y, random) => (1 + random.integer(y === 1 ? 60 : 110)) / 10);
    expect(await inspect(postOutcome, years, "death")).toMatchObject([{ columns: ["time"], evidence: { subject: ["death"] } }]);
    const hours = table((y, random) => (80 + random.integer(y === 1 ? 60 : 110)) / 10);
    expect(await inspect(postOutcome, hours, "death")).toEqual([]);
  });
});

describe("a length that ends as times of follow-up do", () => {
  const random = createRandom(15, "followed");
  const people = numbers(400, () => random.integer(300)).map((entry) => {
    const event = entry + Math.ceil(-300 * Math.log(1 - random.next()));
    return { length: Math.min(400, event) - entry, dc: Number(event <= 400) };
  });
  const asked = (name: string, lengths: readonly number[]) =>
    inspect(
      postOutcome,
      tableOf([
        [name, lengths],
        ["age", people.map(({ dc }) => Math.round(60 + 8 * dc + 10 * random.normal()))],
        ["dc", people.map(({ dc }) => dc)],
      ]),
      "dc",
    );

  test.each(["eventT", "lenfol", "dur", "time"])("%s is asked about, though nothing says what the target is", async (name) => {
    const found = await asked(
      name,
      people.map(({ length }) => length),
    );
    expect(found).toMatchObject([{ columns: [name], severity: "harmful", confidence: 0.4 }]);
  });

  test("is none where its name says of what, or where the longest are as others", async () => {
    const lengths = people.map(({ length }) => length);
    expect(await asked("years_at_company", lengths)).toEqual([]);
    expect(
      await asked(
        "dur",
        numbers(400, () => random.integer(400)),
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

  test.each(["visit_length", "reported_after_days"])(
    "%s of a moderate score is asked about: its name alone leaves nothing out",
    async (name) => {
      const [found] = await inspect(postOutcome, told(name, 0.5));
      expect(found).toMatchObject({ columns: [name], severity: "harmful", confidence: 0.45 });
      expect(Number(found!.evidence.score)).toBeLessThan(0.714);
    },
  );

  test("of a moderate score it is left out where one class alone has it", async () => {
    const refund = honestTable(4000, 4, (random, target) => [["refund", target.map((y) => (y === 1 && random.next() < 0.35 ? 9 : 0))]]);
    const [found] = await inspect(postOutcome, refund);
    expect(found).toMatchObject({ columns: ["refund"], severity: "blocker" });
    expect(Number(found!.evidence.score)).toBeLessThan(0.714);
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

  test.each(["duration", "arrears", "delay"])(
    "%s beside a column that tells as much is not asked about: its name alone says too little",
    async (name) => {
      const beside = (other: number) =>
        honestTable(ROWS, 1, (random, target) => [
          [name, target.map((y) => 1.5 * y + random.normal())],
          ["size", target.map((y) => other * y + random.normal())],
        ]);
      const asked = async (other: number) => (await inspect(postOutcome, beside(other))).map(({ columns: [column] }) => column);
      expect([await asked(1), await asked(1.6)]).toEqual([[name], []]);
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
    for (const known of ["previous_letters", "age", "birth_year"]) expect(await inspect(postOutcome, told(known, 2))).toEqual([]);
    // One honest cause beside noise towers over the noise, whatever it is.
    const random = createRandom(8, "one cause");
    const dose = numbers(ROWS, () => random.normal());
    const noise = ["a", "b", "c", "d", "e"].map((name) => [name, numbers(ROWS, () => random.normal())] as const);
    const bought = dose.map((value) => Number(random.next() < 1 / (1 + Math.exp(-2.5 * value))));
    expect(await inspect(postOutcome, tableOf([...noise, ["dose", dose], ["bought", bought]]), "bought")).toEqual([]);
    const two = honestTable(ROWS, 1, (random, target) => ["a", "b"].map((name) => [name, target.map((y) => 1.6 * y + random.normal())]));
    expect(await inspect(postOutcome, two)).toEqual([]);
  });

  test("one that puts nine pairs of ten in order is asked about beside two that tell something, a weaker one is not", async () => {
    const made = (strength: number) => {
      const random = createRandom(21, "nine of ten");
      const y = numbers(ROWS, () => Number(random.next() < 0.4));
      const [told, noise] = [(by: number) => y.map((one) => by * one + random.normal()), () => numbers(ROWS, () => random.normal())];
      return tableOf([
        ["a", told(0.5)],
        ["b", told(0.4)],
        ["c", noise()],
        ["d", noise()],
        ["e", noise()],
        ["points", told(strength)],
        ["bought", y],
      ]);
    };
    expect(await inspect(postOutcome, made(2.1), "bought")).toMatchObject([{ columns: ["points"], confidence: 0.3 }]);
    expect(await inspect(postOutcome, made(1.5), "bought")).toEqual([]);
  });

  test("answers: before silences, after makes it certain whatever its name and score", async () => {
    expect(await inspect(postOutcome, told("call_duration", 1.5), "bought", { knownAt: { call_duration: "before" } })).toEqual([]);
    const [found] = await inspect(postOutcome, told("x", 0.3), "bought", { knownAt: { x: "after" } });
    expect(found).toMatchObject({ columns: ["x"], severity: "blocker", confidence: 1 });
  });
});

test("of several classes a value may know one alone, beside which no honest column counts that tells the others", async () => {
  const random = createRandom(15, "one class");
  const labels = Array.from({ length: 1500 }, () => ["high", "low", "mid"][random.integer(3)]!);
  const table = (name: string, effect: number) =>
    tableOf([
      [name, labels.map((one) => effect * Number(one === "mid") + random.normal())],
      ["weight", labels.map((one) => 2 * (one === "high" || (one === "mid" && random.next() < 0.5) ? 1 : -1) + random.normal())],
      ["age", labels.map(() => random.normal())],
      ["outcome", labels],
    ]);
  const [found] = await inspect(postOutcome, table("call_duration", 2), "outcome");
  expect(found).toMatchObject({ columns: ["call_duration"], evidence: { class: "mid" } });
  expect(found!.confidence).toBeGreaterThan(0.5);
  expect(found!.why).toContain('Of "mid" alone it tells AUC 0.9');
  expect(await inspect(postOutcome, table("height", 2), "outcome")).toEqual([]);
  expect(await inspect(postOutcome, table("call_duration", 0.3), "outcome")).toEqual([]);
});

test("the time of a column that gives the target was written with it", async () => {
  const random = createRandom(5, "status date");
  const y = numbers(600, () => random.integer(2));
  const table = tableOf([
    ["order_status", y.map((value) => (value === 1 ? "returned" : "kept"))],
    ["order_status_date", y.map(() => new Date(Date.UTC(2024, 0, 1 + random.integer(300))))],
    ["order_date", y.map(() => new Date(Date.UTC(2023, 0, 1 + random.integer(300))))],
    ["y", y],
  ]);
  expect(await inspect(postOutcome, table, "y")).toMatchObject([
    { columns: ["order_status_date"], confidence: 0.75, evidence: { timeOf: "order_status" } },
  ]);
});
