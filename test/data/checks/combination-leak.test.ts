import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { inspect, numbers, tableOf } from "../table.ts";
import { contextOf } from "./context.ts";

describe("combination-leak", () => {
  const random = createRandom(4, "combination");
  const parts = [0, 1, 2].map(() => numbers(400, () => random.integer(200)));
  const at = (part: number, i: number) => parts[part]?.[i] ?? 0;
  const spare = numbers(400, () => random.normal());

  test.each([
    ["a + b", (i: number) => at(0, i) + at(1, i)],
    ["a - b", (i: number) => at(0, i) - at(1, i)],
    ["a * b", (i: number) => at(0, i) * at(1, i)],
  ])("y = %s is certain", async (operation, make) => {
    const table = tableOf([
      ["a", parts[0]!],
      ["b", parts[1]!],
      ["spare", spare],
      ["y", numbers(400, make)],
    ]);
    const [found] = await inspect(combinationLeak, table, "y");
    expect(found).toMatchObject({ columns: ["a", "b"], confidence: 0.99, evidence: { operation, share: 1, certain: true } });
  });

  test("a mean of two by the share of the first, written rounded; not by the share of something else", async () => {
    const [share, other] = [0, 1].map(() => numbers(400, () => Math.round(1000 * random.next()) / 1000));
    const [low, high] = [0.2, 0.5].map((from) => numbers(400, () => Math.round(1000 * (from + 0.4 * random.next())) / 1000));
    const mean = numbers(400, (i) => Math.round(1000 * (share![i]! * low![i]! + (1 - share![i]!) * high![i]!)) / 1000);
    const table = (third: readonly number[]) =>
      tableOf([
        ["rural", low!],
        ["urban", high!],
        ["share", third],
        ["spare", spare],
        ["y", mean],
      ]);
    const [found] = await inspect(combinationLeak, table(share!), "y");
    expect(found).toMatchObject({ columns: ["rural", "urban", "share"], evidence: { operation: "mean by share", certain: true } });
    expect((await inspect(combinationLeak, table(other!), "y")).filter(({ evidence }) => evidence.operation === "mean by share")).toEqual(
      [],
    );
  });

  test("a result that says which of two is more", async () => {
    const goals = [0, 1].map(() => numbers(400, () => random.integer(6)));
    const table = (strays: number) =>
      tableOf([
        ["home", goals[0]!],
        ["away", goals[1]!],
        ["spare", spare],
        ["y", numbers(400, (i) => (i < strays ? 0.5 : (1 + Math.sign(goals[0]![i]! - goals[1]![i]!)) / 2))],
      ]);
    const [found] = await inspect(combinationLeak, table(0), "y");
    expect(found).toMatchObject({ evidence: { by: "sign", share: 1, certain: true } });
    expect(found!.columns.toSorted()).toEqual(["away", "home"]);
    expect((await inspect(combinationLeak, table(60), "y")).filter(({ evidence }) => evidence.by === "sign")).toEqual([]);
  });

  test("the formula is said with the names of its columns, whatever letters are in them", async () => {
    const table = tableOf([
      ["balance", parts[0]!],
      ["bonus $& b", parts[1]!],
      ["spare", spare],
      ["amount", numbers(400, (i) => at(0, i) - at(1, i))],
    ]);
    const [found] = await inspect(combinationLeak, table, "amount");
    expect(found!.why).toContain("`amount` = `balance` - `bonus $& b` in 100 % of the rows");
  });

  test("a weighted sum that holds in every tenth row is none", async () => {
    const random = createRandom(3, "tenth");
    const [a, b, c] = [0, 1, 2].map(() => Array.from({ length: 4000 }, () => random.integer(9000)));
    const y = a!.map((one, row) => (row % 10 === 0 ? 3 * one + 2 * b![row]! - c![row]! : random.integer(30_000)));
    expect(await combinationLeak.inspect(contextOf({ columns: { a: a!, b: b!, c: c!, y }, target: "y" }))).toEqual([]);
  });

  test("a column and the same with another sign are one cause", async () => {
    const random = createRandom(4, "sign");
    const [a, b] = [0, 1].map(() => Array.from({ length: 600 }, () => random.integer(9000)));
    const columns = { a: a!, b: b!, e: b!.map((one) => -one), y: a!.map((one, row) => one + b![row]!) };
    expect(await combinationLeak.inspect(contextOf({ columns, target: "y" }))).toHaveLength(1);
  });

  test("a weighted sum of three is found, and only its columns", async () => {
    const table = tableOf([
      ["a", parts[0]!],
      ["b", parts[1]!],
      ["c", parts[2]!],
      ["spare", spare],
      ["y", numbers(400, (i) => 2 * at(0, i) - 3 * at(1, i) + 0.5 * at(2, i) + 7)],
    ]);
    expect((await inspect(combinationLeak, table, "y"))[0]).toMatchObject({
      columns: ["a", "b", "c"],
      evidence: { operation: "weighted sum" },
    });
  });

  test("a class decided by a difference or by equality is found", async () => {
    const numbersTable = tableOf([
      ["paid", parts[0]!],
      ["owed", parts[1]!],
      ["spare", spare],
      ["y", numbers(400, (i) => Number(at(0, i) > at(1, i)))],
    ]);
    expect((await inspect(combinationLeak, numbersTable, "y"))[0]).toMatchObject({ columns: expect.arrayContaining(["paid", "owed"]) });
    const from = numbers(400, () => random.integer(6)).map((town) => `t${town}`);
    const to = from.map((town) => (random.next() < 0.5 ? town : `t${random.integer(6)}`));
    const names = tableOf([
      ["from", from],
      ["to", to],
      ["y", from.map((town, i) => Number(town === to[i]))],
    ]);
    expect((await inspect(combinationLeak, names, "y"))[0]).toMatchObject({
      columns: expect.arrayContaining(["from", "to"]),
      evidence: { operation: "a = b" },
    });
  });

  test("points of two parts that are passed from a sum on; a sum that overlaps is none", async () => {
    const table = (noise: number) =>
      tableOf([
        ["part_a", parts[0]!],
        ["part_b", parts[1]!],
        ["spare", spare],
        ["passed", numbers(400, (i) => Number(at(0, i) + at(1, i) + noise * random.normal() > middle))],
      ]);
    const sums = parts[0]!.map((_, i) => at(0, i) + at(1, i)).sort((x, y) => x - y);
    const middle = sums[200]!;
    expect((await inspect(combinationLeak, table(0), "passed"))[0]).toMatchObject({
      columns: ["part_a", "part_b"],
      evidence: { operation: "a + b", by: "separation" },
    });
    expect(await inspect(combinationLeak, table((sums[390]! - sums[10]!) / 20), "passed")).toEqual([]);
  });

  test("the result of a game is told by which side has more goals, or as many", async () => {
    const [home, away] = [0, 1].map(() => numbers(600, () => random.integer(5)));
    const table = tableOf([
      ["home", home!],
      ["away", away!],
      ["spare", numbers(600, () => random.normal())],
      ["result", home!.map((goals, i) => (goals > away![i]! ? "H" : goals < away![i]! ? "A" : "D"))],
    ]);
    const [found] = await inspect(combinationLeak, table, "result");
    expect(found).toMatchObject({ columns: ["home", "away"], severity: "blocker", evidence: { by: "comparison" } });
    expect(found!.confidence).toBeGreaterThan(LIKELY);
  });

  test("measurements whose ratio tells classes apart define none; without any overlap it asks", async () => {
    const class_ = parts[0]!.map((_, i) => i % 2);
    const shape = (noise: number) => {
      const depth = numbers(400, () => 18 + 4 * random.normal());
      const length = depth.map((value, i) => value * ((class_[i] === 1 ? 3 : 2) + noise * random.normal()));
      return tableOf([
        ["length", length],
        ["depth", depth],
        ["y", class_],
      ]);
    };
    expect(await inspect(combinationLeak, shape(0.27), "y")).toEqual([]);
    const [asked, ...others] = await inspect(combinationLeak, shape(0.05), "y");
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ columns: ["length", "depth"], evidence: { operation: "a / b", by: "separation" } });
    expect(asked!.confidence).toBeLessThan(LIKELY);
    expect(asked!.question).toContain("already written");
  });

  test("a sum that was rounded on both sides is found; one with noise of a few roundings is not", async () => {
    const [base, slug] = [0, 1].map(() => numbers(400, () => Number((0.3 + 0.1 * random.normal()).toFixed(3))));
    const table = (noise: number) =>
      tableOf([
        ["base", base!],
        ["slug", slug!],
        ["spare", spare],
        [
          "sum",
          base!.map((value, i) => Number((value + (slug?.[i] ?? 0) + 0.001 * (random.next() - 0.5) + noise * random.normal()).toFixed(3))),
        ],
      ]);
    const [found] = await inspect(combinationLeak, table(0), "sum");
    expect(found).toMatchObject({ columns: ["base", "slug"], evidence: { operation: "a + b", certain: true } });
    expect(await inspect(combinationLeak, table(0.004), "sum")).toEqual([]);
    const price = numbers(400, () => Number((200 + 50 * random.normal()).toFixed(1)));
    const house = tableOf([
      ["quote", price.map((value) => Math.floor(value))],
      ["garden", numbers(400, () => random.integer(2))],
      ["price", price.map((value) => Math.round(value))],
    ]);
    expect(await inspect(combinationLeak, house, "price")).toEqual([]);
  });

  test("a noisy sum is no identity", async () => {
    const table = tableOf([
      ["a", parts[0]!],
      ["b", parts[1]!],
      ["y", numbers(400, (i) => at(0, i) + at(1, i) + random.normal())],
    ]);
    expect(await inspect(combinationLeak, table, "y")).toEqual([]);
  });

  test("an amount that is the seconds between two times is given by them for certain", async () => {
    const begun = numbers(600, () => Date.UTC(2015, 0, 1) + 1000 * random.integer(2_000_000));
    const took = numbers(600, () => 60 + random.integer(3000));
    const table = (off: number) =>
      tableOf([
        ["begun", begun.map((at) => new Date(at))],
        ["ended", begun.map((at, i) => new Date(at + 1000 * (took[i]! + off * random.integer(90)) + random.integer(999)))],
        ["spare", numbers(600, () => random.normal())],
        ["took", took],
      ]);
    const [found] = await inspect(combinationLeak, table(0), "took");
    expect(found).toMatchObject({ columns: ["begun", "ended"], severity: "blocker", confidence: 0.97, evidence: { unit: "seconds" } });
    expect((await inspect(combinationLeak, table(1), "took")).map(({ confidence }) => confidence)).not.toContain(0.97);
  });

  test("what gives the target in another way is told as well: who leaves out a sum is still given it by two times", async () => {
    const took = numbers(600, () => 60 + random.integer(3000));
    const idle = numbers(600, () => random.integer(2000));
    const begun = numbers(600, () => Date.UTC(2015, 0, 1) + 1000 * random.integer(2_000_000));
    const table = tableOf([
      ["begun", begun.map((at) => new Date(at))],
      ["ended", begun.map((at, i) => new Date(at + 1000 * took[i]! + random.integer(999)))],
      ["idle", idle],
      ["busy_and_idle", took.map((one, i) => one + idle[i]!)],
      ["took", took],
    ]);
    const found = await inspect(combinationLeak, table, "took");
    expect(found.map(({ columns }) => columns.toSorted())).toEqual([
      ["busy_and_idle", "idle"],
      ["begun", "ended"],
    ]);
  });

  test.each<[string, (a: number, b: number) => number, string]>([
    ["a weight by the square of a height, in other units", (a, b) => a / (b * 1.0003) ** 2, "a / b^2"],
    ["an area with what measuring adds", (a, b) => a * b, "a * b"],
  ])("%s nearly gives the target, though neither alone does: it asks", async (_, make, operation) => {
    const [height, weight] = [numbers(500, () => 1.4 + 0.5 * random.next()), numbers(500, () => 45 + 60 * random.next())];
    const target = height.map((one, i) => make(weight[i]!, one) * (1 + 0.003 * random.normal()));
    const table = tableOf([
      ["height", height],
      ["weight", weight],
      ["y", target],
    ]);
    const [found] = await inspect(combinationLeak, table, "y");
    expect(found!.columns.toSorted()).toEqual(["height", "weight"]);
    expect(found).toMatchObject({ evidence: { operation, by: "order" } });
    expect(found!.confidence).toBeLessThan(LIKELY);
  });

  test("a product that a few rows in another unit break gives the target all the same", async () => {
    const size = numbers(600, () => 40 + random.integer(160));
    const price = numbers(600, () => Math.round(100 * (900 + 600 * random.next())) / 100);
    const table = (broken: number) =>
      tableOf([
        ["size", size.map((value, i) => ((i * 37 + 11) % 101 < broken ? Math.round(value * 10.76) : value))],
        ["price_per_m2", price],
        ["spare", numbers(600, () => random.normal())],
        ["price", size.map((value, i) => Math.round(value * price[i]!))],
      ]);
    const told = async (broken: number) =>
      (await inspect(combinationLeak, table(broken), "price"))
        .filter(({ evidence }) => evidence.certain === true)
        .map(({ columns }) => columns.toSorted());
    expect(await told(5)).toEqual([["price_per_m2", "size"]]);
    expect(await told(30)).toEqual([]);
  });
});
