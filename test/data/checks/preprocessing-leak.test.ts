import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { preprocessingLeak } from "../../../src/data/checks/preprocessing-leak.ts";
import { type Cells, contextOf, honestTable, numbers, tableOf } from "../table.ts";

type Column = [string, Cells];

async function kinds(make: (random: Random, target: readonly number[]) => Column[], rows = 600) {
  const found = await preprocessingLeak.inspect(contextOf(honestTable(rows, 1, make), "bought"));
  return found.map(({ evidence, columns }) => `${evidence.kind}:${columns.join(",")}`);
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

function standardised(values: readonly number[], digits = 12): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => rounded((value - mean) / sd, digits));
}

function between(values: readonly number[]): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return values.map((value) => (value - low) / (high - low));
}

const drawn = (random: Random, target: readonly number[]) => target.map(() => Math.exp(random.normal()));

describe("scaled over all rows", () => {
  test.each([12, 4])("mean 0 and deviation 1, written with %i digits", async (digits) => {
    expect(await kinds((random, target) => [["a", standardised(drawn(random, target), digits)]])).toEqual(["standard:a"]);
  });

  test("0 to 1: one column asks, three are sure", async () => {
    const make = (names: readonly string[]) => (random: Random, target: readonly number[]) =>
      names.map((name): Column => [name, between(drawn(random, target))]);
    const one = await preprocessingLeak.inspect(contextOf(honestTable(600, 1, make(["a"])), "bought"));
    expect(one[0]!.question).toContain("`a`");
    expect(one[0]!.confidence).toBeLessThan(0.5);
    const [three] = await preprocessingLeak.inspect(contextOf(honestTable(600, 1, make(["a", "b", "c"])), "bought"));
    expect(three).toMatchObject({ columns: ["a", "b", "c"], question: null });
    expect(three!.confidence).toBeGreaterThan(0.7);
  });
});

describe("of thousands of columns some hit the ends of [0, 1], or mean 0 and deviation 1, by their rounding", () => {
  const many = (count: number, draw: (random: Random) => number) => (random: Random, target: readonly number[]) =>
    Array.from({ length: count }, (_, i): Column => [`c${i}`, target.map(() => rounded(draw(random), 3))]);

  test.each([
    ["shares", (random: Random) => random.next()],
    ["standard normal values", (random: Random) => random.normal()],
  ] as const)("%s: 3,000 columns of 100 rows", async (_, draw) => {
    expect(await kinds(many(3000, draw), 100)).toEqual([]);
  });

  test("3,000 columns that were scaled are still called so, written with three decimals", async () => {
    const make = (random: Random, target: readonly number[]) =>
      Array.from({ length: 3000 }, (_, i): Column => [`c${i}`, between(drawn(random, target)).map((value) => rounded(value, 3))]);
    const [found] = await preprocessingLeak.inspect(contextOf(honestTable(100, 1, make), "bought"));
    // Not those of which more than one row is written as an end.
    expect(found!.columns.length).toBeGreaterThan(2000);
  });
});

test.each([0.02, 0.3])("gaps of %d of the rows filled with the mean are found and emptied again", async (share) => {
  const make = (random: Random, target: readonly number[]): Column[] => {
    const seen = target.map(() => (random.next() < share ? null : rounded(50 + 10 * random.normal(), 1)));
    const known = seen.filter((value) => value !== null);
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
    return [["a", seen.map((value) => value ?? mean)]];
  };
  const [found] = await preprocessingLeak.inspect(contextOf(honestTable(600, 1, make), "bought"));
  expect(found).toMatchObject({
    columns: ["a"],
    evidence: { kind: "mean-imputed" },
    fix: { action: "steps", steps: [{ op: "null-out", column: "a" }] },
  });
});

describe("encoded by the target over all rows", () => {
  test("a count beside the counts it is a part of is on their scale, and no mean of them", async () => {
    const random = createRandom(8, "offences");
    const grave = numbers(2000, () => (random.next() < 0.7 ? 0 : random.integer(5)));
    const all = grave.map((count) => count + Number(random.next() < 0.12) * (1 + random.integer(2)));
    const table = tableOf([
      ["grave", grave],
      ["arrests", all],
    ]);
    expect(await preprocessingLeak.inspect(contextOf(table, "arrests", { task: { task: "regression" } }))).toEqual([]);
  });

  const means = (groups: readonly number[], target: readonly number[]) =>
    groups.map((group) => {
      const own = target.filter((_, row) => groups[row] === group);
      return own.reduce((sum, value) => sum + value, 0) / own.length;
    });

  test.each([6, 100])("%i levels", async (levels) => {
    const make = (random: Random, target: readonly number[]): Column[] => [
      [
        "a",
        means(
          target.map(() => random.integer(levels)),
          target,
        ),
      ],
    ];
    const [found] = await preprocessingLeak.inspect(contextOf(honestTable(600, 1, make), "bought"));
    expect(found).toMatchObject({ severity: "blocker", columns: ["a"], evidence: { kind: "target-encoding" }, fix: { action: "steps" } });
  });

  const ofNumbers = (cells: readonly number[], target: readonly number[]) =>
    preprocessingLeak.inspect(
      contextOf(
        tableOf([
          ["a", cells],
          ["y", target],
        ]),
        "y",
        { task: { task: "regression" } },
      ),
    );

  test.each([1, 1e-5, 1e5])("the mean of a target of size %d, and nothing else", async (size) => {
    const random = createRandom(8, "sizes");
    const groups = numbers(600, () => random.integer(12));
    const target = groups.map((group) => size * (group / 3 + random.normal()));
    expect(await ofNumbers(means(groups, target), target)).toMatchObject([{ evidence: { kind: "target-encoding" } }]);
    const encodings = async (cells: readonly number[]) =>
      (await ofNumbers(cells, target)).filter(({ evidence }) => evidence.kind === "target-encoding");
    expect(await encodings(groups)).toEqual([]);
    expect(await encodings(groups.map((group) => rounded(group / 1e5, 5)))).toEqual([]);
    expect(await encodings(groups.map((group) => rounded(group / 100, 2)))).toEqual([]);
  });

  test("the mean of the logarithms of amounts, with zeros of those of 1 + the amount; a logarithm that knows no label is none", async () => {
    const random = createRandom(8, "amounts");
    const groups = numbers(600, () => random.integer(60));
    const amounts = groups.map((group) => Math.exp(5 + group / 30 + random.normal()));
    const withZeros = amounts.map((value, row) => (row % 9 === 0 ? 0 : value));
    const meansOf = (target: readonly number[], form: (value: number) => number) =>
      means(groups, target.map(form)).map((value) => rounded(value, 4));
    const whyOf = async (cells: readonly number[], target: readonly number[]) =>
      (await ofNumbers(cells, target)).map(({ why, evidence }) => `${evidence.kind} ${/mean of (.*) over/.exec(why)?.[1]}`);
    expect(await whyOf(meansOf(amounts, Math.log), amounts)).toEqual(["target-encoding the logarithm of the target"]);
    for (const target of [amounts, withZeros])
      expect(await whyOf(meansOf(target, Math.log1p), target)).toEqual(["target-encoding the logarithm of 1 + the target"]);
    expect(await whyOf(meansOf(withZeros, Math.log1p), amounts)).toEqual([]);
    expect(
      await whyOf(
        groups.map((group) => rounded(5 + group / 30, 4)),
        amounts,
      ),
    ).toEqual([]);
    const below = amounts.map((value, row) => (row === 0 ? -2 : value));
    expect(
      await whyOf(
        meansOf(below, (value) => Math.log(value + 3)),
        below,
      ),
    ).toEqual([]);
  });

  test("a rare class beside a column of mostly zeros is no encoding", async () => {
    const random = createRandom(9, "rare");
    const cells = numbers(20_000, () => (random.next() < 0.97 ? 0 : rounded(random.integer(100) / 100, 2)));
    const labels = cells.map((_, row) => (row === 77 ? "yes" : "no"));
    const table = tableOf([
      ["a", cells],
      ["y", labels],
    ]);
    const found = await preprocessingLeak.inspect(contextOf(table, "y", { task: { task: "binary" } }));
    expect(found.filter(({ evidence }) => evidence.kind === "target-encoding")).toEqual([]);
  });

  test("the mean of the other rows is no such thing", async () => {
    const other = (random: Random, target: readonly number[]): Column[] => {
      const groups = target.map(() => random.integer(30));
      const rates = numbers(30, () => rounded(0.3 + 0.4 * random.next(), 3));
      return [["a", groups.map((group) => rates[group]!)]];
    };
    expect(await kinds(other)).toEqual([]);
  });
});

describe("classes of equal size", () => {
  const balanced = (classes: number, each: number) => {
    const random = createRandom(3, "balanced");
    const labels = numbers(classes * each, (row) => row % classes).map((label) => `c${label}`);
    return preprocessingLeak.inspect(
      contextOf(
        tableOf([
          ["x", labels.map(() => random.normal())],
          ["y", labels],
        ]),
        "y",
      ),
    );
  };

  test.each([
    [2, 4000],
    [3, 50],
  ])("%i of %i rows ask", async (classes, each) => {
    const [found] = await balanced(classes, each);
    expect(found).toMatchObject({ columns: ["y"], evidence: { kind: "balanced", rowsPerClass: each }, choices: ["no", "yes"] });
  });

  test("a sample of each kind at each place was planned", async () => {
    const random = createRandom(4, "planned");
    const table = (place: (row: number) => number) =>
      contextOf(
        tableOf([
          ["place", numbers(450, place).map((at) => `p${at}`)],
          ["x", numbers(450, () => random.normal())],
          ["y", numbers(450, (row) => row % 9).map((label) => `c${label}`)],
        ]),
        "y",
      );
    expect(await preprocessingLeak.inspect(table((row) => Math.floor(row / 9)))).toEqual([]);
    expect(await preprocessingLeak.inspect(table(() => random.integer(50)))).toMatchObject([{ evidence: { kind: "balanced" } }]);
  });

  test("two of 300 rows are hardly an accident, two of 100 may be one", async () => {
    expect((await balanced(2, 300))[0]!.confidence).toBeLessThan(0.5);
    expect(await balanced(2, 100)).toEqual([]);
  });
});

describe("silent on", () => {
  test.each<[string, (random: Random) => number]>([
    ["normal values around 0", (random) => random.normal()],
    ["shares", (random) => random.next()],
    ["shares written with three digits", (random) => rounded(random.next(), 3)],
    ["skewed shares written with three digits", (random) => rounded(random.next() ** 2, 3)],
    ["shares that are often all or nothing", (random) => Math.max(0, Math.min(1, rounded(0.5 + 0.6 * random.normal(), 4)))],
    ["flags", (random) => random.integer(2)],
    ["whole numbers with a frequent middle", (random) => Math.round(10 + 2 * random.normal())],
    ["amounts with many zeros", (random) => (random.next() < 0.4 ? 0 : Math.exp(random.normal()))],
  ])("%s", async (_, draw) => {
    expect(await kinds((random, target) => ["a", "b", "c"].map((name): Column => [name, target.map(() => draw(random))]), 3000)).toEqual(
      [],
    );
  });

  test("300 clean columns", async () => {
    const found = await kinds(
      (random, target) =>
        numbers(300, (i) => i).map((i): Column => {
          const [shape, digits] = [random.integer(4), random.integer(6)];
          const draw = [() => random.normal(), () => random.next(), () => Math.exp(random.normal()), () => random.integer(40)][shape]!;
          return [`c${i}`, target.map(() => rounded(draw(), digits))];
        }),
      400,
    );
    expect(found.length).toBeLessThanOrEqual(1);
  });
});

test("centred without being scaled is told, a mean that is a little off is not", async () => {
  const centred = (off: number) => (random: Random, target: readonly number[]) => {
    const values = target.map(() => 10 * random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [["iq", values.map((value) => value - mean + off)]] as Column[];
  };
  expect(await kinds(centred(0))).toEqual(["centred:iq"]);
  expect(await kinds(centred(0.001))).toEqual([]);
});

test("gaps filled with the mean as the column rounds it", async () => {
  const counts = (filled: boolean) => (random: Random, target: readonly number[]) => {
    const values = target.map(() => Math.round(Math.exp(6 + random.normal())));
    const others = values.filter((_, row) => row % 8 !== 0);
    const mean = Math.round(others.reduce((sum, value) => sum + value, 0) / others.length);
    return [["enzyme", values.map((value, row) => (row % 8 === 0 ? mean + (filled ? 0 : 90) : value))]] as Column[];
  };
  expect(await kinds(counts(true))).toEqual(["mean-imputed:enzyme"]);
  expect(await kinds(counts(false))).toEqual([]);
});

test("ages below 0 are those of a mean that was taken off; a change of them, and a few mistakes, are not", async () => {
  const random = createRandom(6, "taken off");
  const ages = numbers(300, () => 65 + Math.round(10 * random.normal()));
  const look = (name: string, values: readonly number[]) =>
    preprocessingLeak.inspect(
      contextOf(
        tableOf([
          [name, values],
          ["y", numbers(300, () => random.normal())],
        ]),
        "y",
      ),
    );
  const off = ages.map((age) => Number((age - 66.3).toFixed(1)));
  expect(await look("age", off)).toMatchObject([{ columns: ["age"], evidence: { kind: "below-nothing" } }]);
  expect(await look("age_change", off)).toEqual([]);
  expect(await look("lead_jet_eta", off)).toEqual([]);
  expect(
    await look(
      "age",
      ages.map((age, row) => (row < 4 ? -age : age)),
    ),
  ).toEqual([]);
});
