import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { siblingTarget } from "../../../src/data/checks/sibling-target.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { inspect, numbers, tableOf } from "../table.ts";

describe("sibling-target", () => {
  const random = createRandom(5, "sibling");

  test("a part of what the target counts is asked about, an amount of the same size is not", async () => {
    const count = (share: number) => numbers(600, () => (random.next() < share ? 1 + random.integer(4) : 0));
    const [grave, petty] = [count(0.2), count(0.3)];
    const table = tableOf([
      ["grave", grave],
      ["age", numbers(600, () => 20 + random.integer(40))],
      ["visits", count(0.3)],
      ["arrests", grave.map((value, i) => value + (petty[i] ?? 0))],
    ]);
    const found = await inspect(siblingTarget, table, "arrests", { task: { task: "regression" } });
    expect(found).toMatchObject([{ columns: ["grave"], severity: "harmful", evidence: { within: 1 } }]);
    expect(found[0]!.confidence).toBeLessThan(LIKELY);
    expect(found[0]!.why).toMatch(/never larger than the target `arrests`.* the whole of it in \d\d(\.\d)? % of the rows/);
  });
  test("a price before a discount, and an amount that is 0 exactly where the target is, are asked about", async () => {
    const list = numbers(600, () => 5 + random.integer(200));
    const price = list.map((value) => (random.next() < 0.5 ? value : Math.round(value * (0.5 + 0.4 * random.next()))));
    const columnsOf = async (other: readonly number[], target: readonly number[]) => {
      const table = tableOf([
        ["other", [...other]],
        ["age", numbers(600, () => 20 + random.integer(40))],
        ["target", [...target]],
      ]);
      return (await inspect(siblingTarget, table, "target", { task: { task: "regression" } })).map(({ columns, why }) => [columns[0], why]);
    };
    expect(await columnsOf(list, price)).toEqual([["other", expect.stringContaining("`target` is never larger than `other`")]]);
    // One of a hundred is above, or none is the same.
    expect(
      await columnsOf(
        list,
        price.map((value, row) => (row % 100 === 0 ? value + 150 : value)),
      ),
    ).toEqual([]);
    expect(
      await columnsOf(
        list,
        price.map((value, row) => Math.min(value, (list[row] ?? 0) - 1)),
      ),
    ).toEqual([]);
    const orders = numbers(600, () => (random.next() < 0.6 ? 0 : 1 + random.integer(5)));
    const spent = orders.map((value) => (value === 0 ? 0 : 3 + random.integer(40)));
    expect(await columnsOf(spent, orders)).toEqual([["other", expect.stringContaining("says exactly where `target` is 0")]]);
    expect(
      await columnsOf(
        spent.map((value, row) => (row === 7 ? 30 - value : value)),
        orders,
      ),
    ).toEqual([]);
  });
  test("small counts are often equal by chance: most of what chance leaves must be", async () => {
    const chargers = numbers(150, () => (random.next() < 0.5 ? 1 : random.next() < 0.8 ? 2 : 3));
    const found = async (equal: number) => {
      const ports = chargers.map((value) => value * (random.next() < equal ? 1 : 2));
      const table = tableOf([
        ["chargers", chargers],
        ["age", numbers(150, () => 20 + random.integer(40))],
        ["ports", ports],
      ]);
      return inspect(siblingTarget, table, "ports", { task: { task: "regression" } });
    };
    expect(await found(0.8)).toMatchObject([{ columns: ["chargers"], evidence: { within: 1 } }]);
    expect(await found(0.4)).toEqual([]);
  });
  test("the target's short name with a year is asked about, a mere number is not", async () => {
    const wage = numbers(600, () => 5 + random.normal());
    const later = wage.map((value) => value + 0.7 * random.normal());
    const table = (target: string, other: string) =>
      tableOf([
        [other, later],
        ["age", numbers(600, () => 20 + random.integer(40))],
        [target, wage],
      ]);
    const columnsOf = async (target: string, other: string) =>
      (await inspect(siblingTarget, table(target, other), target, { task: { task: "regression" } })).map(({ columns }) => columns);
    expect(await columnsOf("lw", "lw80")).toEqual([["lw80"]]);
    expect(await columnsOf("v1", "v2")).toEqual([]);
  });

  test("names that share their ends, the target's beginning or all but a letter are asked about", async () => {
    const poor = numbers(600, () => 15 + 5 * random.normal());
    const table = tableOf([
      ["percadultpoverty", poor.map((value) => value + 3 * random.normal())],
      ["percollege", poor.map((value) => value + 3 * random.normal())],
      ["percbelowpoverty", poor],
    ]);
    const columnsOf = async (...args: [ReturnType<typeof tableOf>, string]) =>
      (await inspect(siblingTarget, ...args, { task: { task: "regression" } })).flatMap(({ columns }) => columns);
    expect(await columnsOf(table, "percbelowpoverty")).toEqual(["percadultpoverty"]);
    const fat = poor.map((value) => value + 2 * random.normal());
    const food = (own: string, target: string, told: readonly number[]) =>
      tableOf([
        [own, [...told]],
        [target, poor],
      ]);
    expect(await columnsOf(food("cal_fat", "calories", fat), "calories")).toEqual(["cal_fat"]);
    expect(await columnsOf(food("apo", "lpo", fat), "lpo")).toEqual(["apo"]);
    // A little of it, beyond chance: so does a change of the target, and a name that shares three letters.
    const little = poor.map((value) => value + 12 * random.normal());
    expect(await columnsOf(food("ctrmgpa", "trmgpa", little), "trmgpa")).toEqual(["ctrmgpa"]);
    expect(await columnsOf(food("cal_fat", "calories", little), "calories")).toEqual([]);
  });

  const grade = numbers(400, () => random.integer(21));
  const near = (spread: number) => grade.map((value) => Math.max(0, Math.min(20, Math.round(value + spread * random.normal()))));

  test("earlier grades are a question, not a blocker", async () => {
    const table = tableOf([
      ["G1", near(4)],
      ["G2", near(3)],
      ["age", numbers(400, () => random.integer(10))],
      ["G3", grade],
    ]);
    const found = await inspect(siblingTarget, table, "G3");
    expect(found.map(({ columns }) => columns[0])).toEqual(["G1", "G2"]);
    for (const { severity, question, fix, confidence } of found) {
      expect([severity, fix.action]).toEqual(["harmful", "advice"]);
      expect(question).not.toBeNull();
      expect(confidence).toBeLessThan(LIKELY);
    }
  });

  test("what says exactly whether there is any of the target is asked about; one row otherwise, and it is not", async () => {
    const earned = numbers(400, () => Math.max(0, Math.round(1000 * random.normal())));
    const works = earned.map((value) => Number(value > 0));
    const other = numbers(400, () => random.integer(50));
    const [found, ...more] = await inspect(
      siblingTarget,
      tableOf([
        ["works", works],
        ["other", other],
        ["earned", earned],
      ]),
      "earned",
    );
    expect(more).toEqual([]);
    expect(found).toMatchObject({ columns: ["works"], evidence: { smallest: 0 }, question: expect.stringMatching(/already written/) });
    const once = works.map((value, row) => (row === 7 ? 1 - value : value));
    expect(
      (
        await inspect(
          siblingTarget,
          tableOf([
            ["works", once],
            ["other", other],
            ["earned", earned],
          ]),
          "earned",
        )
      ).length,
    ).toBe(0);
  });

  test("a short target's name inside a word that is hardly longer makes a sibling", async () => {
    const relapse = numbers(400, () => random.integer(2));
    const days = relapse.map((value) => Math.round((value === 1 ? 900 : 1500) + 500 * random.normal()));
    const table = (name: string) =>
      tableOf([
        [name, days],
        ["other", numbers(400, () => random.integer(50))],
        ["rel", relapse],
      ]);
    expect((await inspect(siblingTarget, table("edrel"), "rel")).map(({ columns }) => columns[0])).toEqual(["edrel"]);
    expect(await inspect(siblingTarget, table("relative"), "rel")).toEqual([]);
  });

  test("a short or common name of the target before another word makes a sibling where the values are the target's", async () => {
    const answers = Array.from({ length: 400 }, () => (random.next() < 0.5 ? "yes" : "no"));
    const nearly = answers.map((one) => (random.next() < 0.15 ? "no" : one));
    const other = nearly.map((one) => (one === "yes" ? "up" : "down"));
    const columnsOf = async (name: string, target: string, cells: readonly string[]) => {
      const table = tableOf([
        [name, cells],
        ["age", numbers(400, () => random.integer(50))],
        [target, answers],
      ]);
      return (await inspect(siblingTarget, table, target)).map(({ columns }) => columns[0]);
    };
    expect(await columnsOf("y_final", "y", nearly)).toEqual(["y_final"]);
    expect(await columnsOf("class_final", "class", nearly)).toEqual(["class_final"]);
    expect(await columnsOf("y_final", "y", other)).toEqual([]);
    expect(await columnsOf("social_class", "class", nearly)).toEqual([]);
    expect(await columnsOf("x_final", "y", nearly)).toEqual([]);
  });

  test("one that nearly gives the target with its classes is left out as the same outcome; target-leak does not tell it again", async () => {
    const answers = Array.from({ length: 600 }, () => (random.next() < 0.5 ? "yes" : "no"));
    const nearly = answers.map((one) => (random.next() < 0.02 ? "no" : one));
    const table = (name: string, cells: readonly string[]) =>
      tableOf([
        [name, cells],
        ["age", numbers(600, () => random.integer(50))],
        ["churn", answers],
      ]);
    const told = async (name: string, cells: readonly string[], knownAt = {}) => {
      const both = await Promise.all([siblingTarget, targetLeak].map((check) => inspect(check, table(name, cells), "churn", { knownAt })));
      return both.flat().map(({ trap, severity, fix }) => [trap, severity, fix.action]);
    };
    expect(await told("churn_final", nearly)).toEqual([["sibling-target", "blocker", "steps"]]);
    expect(await told("marker", nearly)).toEqual([["target-leak", "blocker", "steps"]]);
    const other = nearly.map((one) => (one === "yes" ? "up" : "down"));
    expect(await told("churn_final", other)).toEqual([["target-leak", "blocker", "steps"]]);
    expect(await told("churn_final", nearly, { churn_final: "after" })).toEqual([["target-leak", "blocker", "steps"]]);
    expect(await told("churn_final", nearly, { churn_final: "before" })).toEqual([]);
  });

  test("common words make no sibling", async () => {
    const table = tableOf([
      ["median_income", near(4)],
      ["age", numbers(400, () => random.integer(10))],
      ["median_price", grade],
    ]);
    expect(await inspect(siblingTarget, table, "median_price")).toEqual([]);
  });
});
