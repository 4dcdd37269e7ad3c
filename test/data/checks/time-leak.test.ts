import { describe, expect, test } from "vitest";
import type { Column } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import { timeLeak } from "../../../src/data/checks/time-leak.ts";
import { PERSISTENT_Z, rowOrderOf } from "../../../src/data/columns/row-order.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { timeEvidence } from "../../../src/data/split/time-evidence.ts";
import { type Cells, contextOf, honestTable, inspect, numbers, tableOf } from "../table.ts";
import { dependence, patients } from "./dependent-tables.ts";

function cellsOf(column: Column): Cells {
  return "values" in column ? [...column.values] : Array.from(column.codes, (code) => column.levels[code] ?? null);
}

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

  test("a file put together class by class is no time, though a few rows of each class stand anywhere and neighbours know the class", async () => {
    const table = (stray: number) => {
      const random = createRandom(5, "list by result");
      const answers = numbers(3000, (row) => (random.next() < stray ? random.integer(2) : Number(row >= 1500)));
      return tableOf([
        ["hours", answers.map((answer) => Number(answer) + random.normal())],
        ["age", answers.map((answer) => 0.5 * Number(answer) + random.normal())],
        ["passed", answers],
      ]);
    };
    expect(rowOrderOf(contextOf(table(0.05), "passed")).persistenceZ).toBeGreaterThan(PERSISTENT_Z);
    expect(await inspect(timeLeak, table(0.05), "passed")).toEqual([]);
    expect(await inspect(timeLeak, table(0.4), "passed")).toHaveLength(1);
  });

  test("rows that are like their neighbours, of which the features tell as much: it is asked whether they are a series", async () => {
    const random = createRandom(3, "seasons");
    const season = (i: number) => Math.sin((2 * Math.PI * i) / 12);
    const table = (place: (i: number) => number) =>
      tableOf([
        ["rain", numbers(360, (i) => season(place(i)) + 0.1 * random.normal())],
        ["wind", numbers(360, () => random.normal())],
        ["inflow", numbers(360, (i) => season(place(i)) + 0.2 * random.normal())],
      ]);
    const task = { task: { task: "regression" as const } };
    const found = await inspect(
      timeLeak,
      table((i) => i),
      "inflow",
      task,
    );
    expect(found).toMatchObject([{ columns: [], severity: "harmful", confidence: 0.3, evidence: { shown: false } }]);
    expect(found[0]!.why).toMatch(/`inflow` correlates with the next by 0\.[78]\d/);
    const whole = contextOf(
      table((i) => i),
      "inflow",
      task,
    );
    const { why } = proposeSplit(whole, [...(await timeLeak.inspect(whole))]);
    expect(why).toMatch(/^no group and no time speaks against chance; rows near each other in the file are alike,/);
    expect(proposeSplit(whole, []).why).toContain("no group, no time and no order of the rows speaks against chance");
    // Every second row of a sample is as near, but it is not the next one of the file.
    const { frame } = table((i) => i);
    const sample = contextOf(tableOf(frame.columns.map((column): [string, Cells] => [column.name, cellsOf(column)])), "inflow", task);
    const sampled = await timeLeak.inspect({
      ...sample,
      frame: { ...sample.frame, rowNumbers: Int32Array.from({ length: 360 }, (_, row) => 2 * row) },
    });
    expect(sampled[0]!.why).toMatch(/`inflow` correlates with the next row of the sample by 0\.[78]\d/);
    expect(
      await inspect(
        timeLeak,
        table(() => random.integer(12)),
        "inflow",
        task,
      ),
    ).toEqual([]);
  });

  test("few rows that are like their neighbours are asked about where another measurement goes along, and a design of levels is not", async () => {
    const random = createRandom(8, "quarters");
    const task = { task: { task: "regression" as const } };
    let level = 100;
    const walk = numbers(60, () => (level += 1 + random.normal()));
    const spent = walk.map((value, i) => 50 * value + (i % 4 === 0 ? -300 : 0) + 20 * random.normal());
    const [found, ...more] = await inspect(
      timeLeak,
      tableOf([
        ["spent", spent],
        ["price", walk.map((value) => Math.round(10 * value) / 10)],
      ]),
      "spent",
      task,
    );
    expect([found?.columns, found?.confidence, found?.evidence.shown, more]).toEqual([[], 0.3, false, []]);
    const cells = numbers(80, (i) => i);
    const design = tableOf([
      ["result", cells.map((i) => `r${Math.floor(i / 40)}`)],
      ["mode", cells.map((i) => `m${Math.floor(i / 10) % 4}`)],
      ["age", cells.map((i) => i % 10)],
      ["count", cells.map((i) => 100 * Math.floor(i / 40) + 30 * (Math.floor(i / 10) % 4) + 9 * random.normal())],
    ]);
    expect(await inspect(timeLeak, design, "count", task)).toEqual([]);
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

test("a date that labels do not follow is asked about where the target changes with it, not where another column does; days of birth are not", async () => {
  const random = createRandom(6, "dates");
  const days = numbers(400, () => random.integer(900));
  const table = (name: string, drift = 0.001, of = 0) =>
    tableOf([
      [name, days.map((day) => new Date(Date.UTC(2020, 0, 1 + day)))],
      ["size", days.map((day) => random.normal() + of * day)],
      ["y", days.map((day) => Number(random.next() < 0.25 + drift * (day - 450) + 0.25))],
    ]);
  expect(await inspect(timeLeak, table("confirmed"), "y")).toMatchObject([
    {
      columns: ["confirmed"],
      confidence: 0.3,
      question: expect.stringContaining("times after those"),
      evidence: { shown: false, changed: "y" },
    },
  ]);
  expect(await inspect(timeLeak, table("confirmed", 0), "y")).toEqual([]);
  expect(await inspect(timeLeak, table("confirmed", 0, 0.001), "y")).toEqual([]);
  // A target that tells the half is a clock itself.
  expect(await inspect(timeLeak, table("confirmed", 1), "y")).toEqual([]);
  for (const birth of ["birth date", "birthdat"]) expect(await inspect(timeLeak, table(birth), "y")).toEqual([]);
});

test.each([
  ["yearID", 1990, true],
  ["YrSold", 1990, true],
  ["wave", 1, true],
  ["year_built", 1990, false],
  ["birth year", 1990, false],
  ["year", 1, false],
  ["month", 1, false],
])("a number that says when each row was is asked about too: %s from %d", async (name, first, isTime) => {
  const random = createRandom(7, "years");
  const years = numbers(400, (row) => first + (row % 12));
  const table = tableOf([
    [name, years],
    ["size", numbers(400, () => random.normal())],
    ["y", years.map((year) => Number(random.next() < 0.5 + 0.04 * (year - first - 5.5)))],
  ]);
  const asked = (await inspect(timeLeak, table, "y")).filter(({ columns }) => columns.includes(name));
  expect(asked.map(({ evidence }) => evidence.changed)).toEqual(isTime ? ["y"] : []);
});

test("things that are looked at from day to day: it is asked whether later days come; not where each row has a time of its own", async () => {
  const random = createRandom(4, "panel");
  const table = (day: (row: number) => number) =>
    tableOf([
      ["town", numbers(600, (row) => row % 6).map((town) => `town ${town}`)],
      ["date", numbers(600, day).map((at) => new Date(Date.UTC(2024, 0, 1 + at)))],
      ["wind", numbers(600, () => random.normal())],
      ["rain", numbers(600, () => random.integer(2))],
    ]);
  const [found, ...more] = await inspect(
    timeLeak,
    table((row) => Math.floor(row / 6)),
    "rain",
  );
  expect(found).toMatchObject({
    columns: ["date"],
    severity: "harmful",
    confidence: 0.3,
    evidence: { unit: "town", units: 6, times: 100 },
  });
  expect(more).toEqual([]);
  expect(
    await inspect(
      timeLeak,
      table((row) => (row * 7) % 600),
      "rain",
    ),
  ).toEqual([]);
});

test("a row for each day in turn is a series: it is asked whether later days come", async () => {
  const random = createRandom(5, "series");
  const [found] = await inspect(
    timeLeak,
    tableOf([
      ["date", numbers(300, (row) => row).map((at) => new Date(Date.UTC(2024, 0, 1 + at)))],
      ["wind", numbers(300, () => random.normal())],
      ["rain", numbers(300, () => random.integer(2))],
    ]),
    "rain",
  );
  expect(found).toMatchObject({ columns: ["date"], severity: "harmful", confidence: 0.3, evidence: { steps: 299, regular: 1 } });
});

test("things that are looked at in each month of some years, by a year and a month", async () => {
  const random = createRandom(4, "months");
  const names = ["May", "June", "July", "August", "September", "October"];
  const table = (month: (row: number) => string) =>
    tableOf([
      ["town", numbers(180, (row) => row % 6).map((town) => `town ${town}`)],
      ["Month", Array.from({ length: 180 }, (_, row) => month(row))],
      ["Year", numbers(180, (row) => 2016 + Math.floor(row / 36))],
      ["wind", numbers(180, () => random.normal())],
      ["rain", numbers(180, () => random.integer(2))],
    ]);
  const [found] = await inspect(
    timeLeak,
    table((row) => names[Math.floor(row / 6) % 6] ?? ""),
    "rain",
  );
  expect(found).toMatchObject({ columns: ["Year"], confidence: 0.3, evidence: { unit: "town", units: 6, times: 30 } });
  // Months that say nothing of when.
  expect(
    await inspect(
      timeLeak,
      table(() => names[random.integer(6)] ?? ""),
      "rain",
    ),
  ).toEqual([]);
});

describe("a small panel by years", () => {
  const random = createRandom(9, "small panel");
  const YEARS = 7;
  const table = (year: (row: number) => number | Date, y: (row: number) => number) =>
    tableOf([
      ["year", Array.from({ length: 6 * YEARS }, (_, row) => year(row))],
      ["region", numbers(6 * YEARS, (row) => Math.floor(row / YEARS)).map((region) => `region ${region}`)],
      ["size", numbers(6 * YEARS, () => random.normal())],
      ["y", numbers(6 * YEARS, y)],
    ]);
  const [plain, dated] = [(row: number) => 2001 + (row % YEARS), (row: number) => new Date(Date.UTC(2001 + (row % YEARS), 0, 1))];
  const rising = (row: number) => (row % YEARS) + 3 * Math.floor(row / YEARS) + 0.1 * random.normal();

  test.each<[string, (row: number) => number | Date]>([
    ["numbers", plain],
    ["dates", dated],
  ])("is asked about, and the reason of the split says so: %s", async (_, year) => {
    const [found] = await inspect(timeLeak, table(year, rising), "y");
    expect(found).toMatchObject({
      columns: ["year"],
      fix: { action: "split", split: { by: "year" } },
      evidence: { unit: "region", units: 6, times: YEARS },
      question: expect.stringContaining("judged by `year`"),
    });
    expect(found!.evidence.withinZ).toBeGreaterThan(3.9);
    expect(found!.why).toMatch(/Within `region` labels persist along it \(z \d/);
    const { why } = proposeSplit(contextOf(table(year, rising), "y"), []);
    expect(why).toMatch(/within region labels persist along year \(z .*--time year judges by it/);
  });

  test("so is one whose target does not follow the years", async () => {
    const noise = () => random.normal();
    expect(await inspect(timeLeak, table(plain, noise), "y")).toMatchObject([{ columns: ["year"], evidence: { unit: "region" } }]);
    const { why } = proposeSplit(contextOf(table(plain, noise), "y"), []);
    expect(why).toMatch(/each region comes back at times of year: if new cases come later, --time year judges by it/);
  });

  test("years that come in any number for each thing are none", async () => {
    expect(
      await inspect(
        timeLeak,
        table(() => 2001 + random.integer(YEARS), rising),
        "y",
      ),
    ).toEqual([]);
  });
});
