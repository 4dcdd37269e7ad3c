import { describe, expect, test } from "vitest";
import type { Column } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { timeLeak } from "../../../src/data/checks/time-leak.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { timeEvidence } from "../../../src/data/split/time-evidence.ts";
import { type Cells, type ContextOptions, contextOf, honestTable, numbers, suspicionsOf, tableOf } from "../table.ts";

/** Patients with several rows: each has a place in feature space and a label of its own. */
function patients(groups: number, each: number, seed: number, key: (group: number, i: number) => string, name: string, ordered = false) {
  const random = createRandom(seed, "patients");
  const centres = numbers(groups, () => 0).map(() => ({ x: 3 * random.normal(), z: 3 * random.normal(), y: random.integer(2) }));
  const rows = numbers(groups * each, (i) => i);
  if (!ordered) random.shuffle(rows);
  const of = (i: number) => centres[Math.floor(i / each)]!;
  const columns: [string, Cells][] = [
    [name, rows.map((i) => key(Math.floor(i / each), i % each))],
    ["x", rows.map((i) => of(i).x + 0.3 * random.normal())],
    ["z", rows.map((i) => of(i).z + 0.3 * random.normal())],
    ["y", rows.map((i) => of(i).y)],
  ];
  return tableOf(columns);
}

function cellsOf(column: Column): Cells {
  return "values" in column ? [...column.values] : Array.from(column.codes, (code) => column.levels[code] ?? null);
}

async function dependence(table: ReturnType<typeof tableOf>, target = "y", options: ContextOptions = {}) {
  const context = contextOf(table, target, options);
  const found = [...(await suspicionsOf(groupLeak, context)), ...(await suspicionsOf(timeLeak, context))];
  return { found, proposal: proposeSplit(context, found) };
}

describe("group-leak", () => {
  test("a repeated key is found, verified and goes into the split", async () => {
    const { found, proposal } = await dependence(patients(60, 8, 1, (group) => `p${group}`, "patient_id"));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ trap: "group-leak", columns: ["patient_id"], severity: "blocker" });
    expect(proposal.split).toEqual({ policy: "group", by: ["patient_id"], folds: 5, repeats: 2 });
    expect(proposal.naive).toEqual({ policy: "stratified", folds: 5, repeats: 2 });
  });

  test("a front part of a unique id is found", async () => {
    const { proposal } = await dependence(patients(60, 8, 2, (group, i) => `rec_S${group}_${i}`, "name", true));
    expect(proposal.split).toMatchObject({ policy: "group", by: ["name"], cut: expect.any(String) });
    const cut = "cut" in proposal.split ? new RegExp(proposal.split.cut ?? "", "u") : /x/;
    expect(cut.exec("rec_S12_3")?.[1]).toBe("rec_S12");
  });

  test("a key whose groups tell nothing is left alone", async () => {
    const table = honestTable(600, 3, (random) => [["customer_id", numbers(600, () => random.integer(100)).map((i) => `c${i}`)]]);
    const { found, proposal } = await dependence(table, "bought");
    expect(found).toEqual([]);
    expect(proposal.split.policy).toBe("stratified");
  });

  test("a declared group needs no evidence", async () => {
    const table = honestTable(600, 3, (random) => [["customer_id", numbers(600, () => random.integer(100)).map((i) => `c${i}`)]]);
    const { found, proposal } = await dependence(table, "bought", { roles: { group: "customer_id" } });
    expect(found).toEqual([]);
    expect(proposal).toMatchObject({ split: { policy: "group", by: ["customer_id"] }, why: expect.stringContaining("declared") });
  });
});

/** A slow wave: labels and features of one hour are those of the next. */
function wave(rows: number, seed: number, date: boolean) {
  const random = createRandom(seed, "wave");
  let level = 0;
  let mood = 0;
  const levels = numbers(rows, () => (level = 0.98 * level + random.normal()));
  const moods = numbers(rows, () => (mood = 0.98 * mood + random.normal()));
  const columns: [string, Cells][] = [
    ["pressure", levels],
    ["flow", levels.map((value) => value + 0.3 * random.normal())],
    ["y", moods.map((value) => Number(value + 0.3 * random.normal() > 0))],
  ];
  return tableOf(date ? [["at", numbers(rows, (i) => i).map((i) => new Date(Date.UTC(2024, 0, 1, i)))], ...columns] : columns);
}

describe("time-leak", () => {
  test("a long table has as many windows to judge by as a short one", () => {
    const found = timeEvidence(contextOf(wave(40_000, 5, false), "y"));
    expect(found!.gap.clusters).toBeGreaterThan(40);
    expect(found!.verified).toBe(true);
  });

  test("rows in order without a time column: contiguous blocks and a question", async () => {
    const { found, proposal } = await dependence(wave(2000, 1, false));
    expect(found.map(({ trap }) => trap)).toEqual(["time-leak"]);
    expect(found[0]!.question).toMatch(/order/);
    expect(proposal.split).toEqual({ policy: "blocks", by: null, folds: 5 });
  });

  test("with a time column: the past judges the future", async () => {
    const { found, proposal } = await dependence(wave(2000, 2, true));
    expect(found[0]).toMatchObject({ trap: "time-leak", columns: ["at"], question: null });
    expect(proposal.split).toEqual({ policy: "time", by: "at", folds: 5 });
  });

  test("shuffled rows, rows sorted by the target and honest rows are quiet", async () => {
    const random = createRandom(3, "sorted");
    const y = numbers(800, () => random.normal()).sort((a, b) => a - b);
    const sorted = tableOf([
      ["x", y.map((value) => value + random.normal())],
      ["y", y],
    ]);
    for (const [table, target] of [
      [sorted, "y"],
      [honestTable(800, 4), "bought"],
    ] as const) {
      const { found, proposal } = await dependence(table, target);
      expect(found).toEqual([]);
      expect(["random", "stratified"]).toContain(proposal.split.policy);
    }
  });
});

describe("proposeSplit", () => {
  const context = contextOf(honestTable(600, 5), "bought", { testRows: Int32Array.from(numbers(100, (i) => 500 + i)) });
  test("what the user asks for; a given test set changes nothing in how its training rows are split", () => {
    expect(proposeSplit(context, []).split).toMatchObject({ policy: "stratified", folds: 5 });
    expect(proposeSplit(context, [], { policy: "random" }).split).toMatchObject({ policy: "random" });
    const whole = { ...context, testRows: null };
    expect(proposeSplit(whole, [], { policy: "random" }).split).toMatchObject({ policy: "random" });
    expect(proposeSplit(whole, [], { policy: "group", group: ["town"] }).split).toMatchObject({ policy: "group", by: ["town"] });
    expect(proposeSplit(contextOf(honestTable(600, 5), "bought", { roles: { group: "town" } }), []).split).toMatchObject({ folds: 5 });
    expect(() => proposeSplit(whole, [], { policy: "group" })).toThrow(expect.objectContaining({ code: "bad-option" }));
  });

  test("never more folds than groups or times", () => {
    const year = numbers(600, (i) => i).map((i) => new Date(Date.UTC(2020 + Math.floor(i / 200), 0, 1)));
    const table = honestTable(600, 6, () => [
      ["year", year],
      ["site", numbers(600, (i) => i % 3).map((i) => `s${i}`)],
    ]);
    expect(proposeSplit(contextOf(table, "bought", { roles: { time: "year" } }), []).split).toEqual({
      policy: "time",
      by: "year",
      folds: 2,
    });
    expect(proposeSplit(contextOf(table, "bought", { roles: { group: "site" } }), []).split).toMatchObject({ policy: "group", folds: 3 });
    const both = proposeSplit(contextOf(table, "bought", { roles: { group: "site", time: "year" } }), []);
    expect([both.split.policy, both.passedOver]).toEqual(["group", expect.stringContaining("The declared time year is not judged by")]);
  });
});

describe("a known time", () => {
  const days = (rows: number) => numbers(rows, (i) => i).map((i) => new Date(Date.UTC(2024, 0, 1 + i)));

  test("splits a target that is nearly a function of the date", async () => {
    const random = createRandom(9, "seasons");
    const rows = 1200;
    const season = numbers(rows, (i) => i).map((i) => `s${Math.floor((i % 400) / 100)}`);
    const warm = season.map((one) => Number(one.slice(1)) + random.normal());
    const table = tableOf([
      ["day", days(rows)],
      ["warm", warm],
      ["season", season],
    ]);
    const { found, proposal } = await dependence(table, "season");
    expect(found.map(({ trap }) => trap)).toEqual(["time-leak"]);
    expect(proposal).toMatchObject({ split: { policy: "time", by: "day" }, why: expect.stringContaining("persist along day") });
  });

  test("wins over blocks of equal values that it explains better: the price of a day is no group", async () => {
    const random = createRandom(11, "day prices");
    const walk = (rows: number) => {
      let level = 0;
      return numbers(rows, () => (level = 0.99 * level + random.normal()));
    };
    const [levels, others, moods] = [walk(200), walk(200), walk(200).map((mood) => mood + 1.5 * random.normal())];
    const at = numbers(1_600, (i) => Math.floor(i / 8));
    const table = tableOf([
      ["at", at.map((day) => new Date(Date.UTC(2024, 0, 1 + day)))],
      ["tariff", at.map((day) => Math.round(1e4 * (100 + levels[day]!)) / 1e4)],
      ["pressure", at.map((day) => levels[day]! + 0.1 * random.normal())],
      ["flow", at.map((day) => others[day]! + 0.1 * random.normal())],
      ["y", at.map((day) => moods[day]! + 0.3 * random.normal())],
    ]);
    const context = contextOf(table, "y", { task: { task: "regression" } });
    expect(groupEvidence(context).map(({ key }) => [key.column, key.from])).toEqual([["tariff", "blocks"]]);
    const { found, proposal } = await dependence(table, "y", { task: { task: "regression" } });
    expect(found.map(({ trap, question }) => [trap, question])).toEqual([["time-leak", null]]);
    expect(proposal).toMatchObject({
      split: { policy: "time", by: "at" },
      why: expect.stringContaining("; tariff, whose equal values"),
    });
  });

  test("beside a named group asks, set against the split by group, and wins where new cases come later", async () => {
    const table = patients(60, 8, 1, (group) => `p${group}`, "patient_id", true);
    const { dataset, frame } = tableOf([
      ["day", days(480)],
      ...table.frame.columns.map((column): [string, Cells] => [column.name, cellsOf(column)]),
    ]);
    const { found, proposal } = await dependence({ dataset, frame });
    const [group, time] = found;
    expect([group!.trap, time!.trap, proposal.split.policy]).toEqual(["group-leak", "time-leak", "group"]);
    expect(time!.counterfactual).toMatchObject({ naive: { policy: "group", by: ["patient_id"] }, honest: { policy: "time", by: "day" } });
    expect([time!.question, time!.choices]).toEqual([expect.stringContaining("times after"), ["later", "any"]]);
    const told = proposeSplit(contextOf({ dataset, frame }, "y"), [group!, { ...time!, confidence: 1 }]);
    expect(told.split).toMatchObject({ policy: "time", by: "day" });
  });

  test("by which labels do not persist is named with the reason", async () => {
    const { proposal } = await dependence(
      honestTable(600, 4, () => [["day", days(600)]]),
      "bought",
    );
    expect(proposal.split.policy).toBe("stratified");
    expect(proposal.why).toMatch(/labels do not persist along day \(z -?\d\.\d\), --time day judges by it all the same$/);
  });

  test("that may be another one is named too", async () => {
    const random = createRandom(10, "signups");
    const mixed = random.shuffle(Int32Array.from(numbers(600, (i) => i)));
    const signup = Array.from(mixed, (i) => new Date(Date.UTC(2024, 0, 1 + i)));
    const { proposal } = await dependence(
      honestTable(600, 4, () => [["joined_on", signup]]),
      "bought",
    );
    expect(proposal.why).toContain("that joined_on says when a row was written is not known, --time joined_on judges by it");
  });
});
