import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { honestTable, inspect, numbers, tableOf } from "../table.ts";

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

describe("runs of a machine each of which has one label", () => {
  const RUNS = 60;
  const random = createRandom(3, "runs");
  const runs = numbers(1200, (i) => Math.floor(i / 20));
  const own = Array.from({ length: RUNS }, () => [random.normal(), random.integer(6), random.integer(5)] as const);
  const table = (key: string, more: readonly (readonly [string, readonly number[]])[]) =>
    tableOf([
      [key, runs.map((run) => `r${100 + run}`)],
      ...more,
      ["vibration", runs.map((run) => own[run]![0] + 0.05 * random.normal())],
      ["flow", runs.map(() => random.normal())],
      ["bought", runs.map((run) => Number((run * 7) % 10 < 4))],
    ]);
  const traits = [
    ["rpm", runs.map((run) => 1450 + 10 * own[run]![1])],
    ["load", runs.map((run) => own[run]![2])],
  ] as const;
  const told = async (key: string, more: Parameters<typeof table>[1], options = {}) =>
    (await inspect(targetLeak, table(key, more), "bought", options)).filter(({ columns }) => columns.includes(key));

  test("are told as things that come back, and not a second time as a leak", async () => {
    expect((await inspect(groupLeak, table("run", traits)))[0]).toMatchObject({ columns: ["run"], severity: "blocker" });
    expect(await told("run", traits)).toEqual([]);
    expect(await told("run", traits, { knownAt: { run: "after" } })).toMatchObject([{ confidence: 1 }]);
  });

  test("where nothing says that they are things, the column may be made from the target", async () => {
    expect(await told("refund_run", traits)).toHaveLength(1);
    const random = createRandom(4, "codes");
    const made = honestTable(ROWS, 3, (_, target) => [["code", target.map((y) => `c${10 * y + random.integer(10)}`)]]);
    expect(await inspect(targetLeak, made)).toMatchObject([{ columns: ["code"] }]);
  });
});
