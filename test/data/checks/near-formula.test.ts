import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { combinationLeak } from "../../../src/data/checks/combination-leak.ts";
import { contextOf, numbers, suspicionsOf, tableOf } from "../table.ts";

/** Loans: the instalment follows from amount, months and rate, rounded. `noise`: of the instalment, by which it is no formula any more. */
function loans(noise: number) {
  const random = createRandom(6, "instalments");
  const amount = numbers(600, () => 500 * (2 + random.integer(60)));
  const months = numbers(600, () => (random.next() < 0.6 ? 36 : 60));
  const rate = amount.map(
    (value, i) => Math.round(100 * (6 + 4 * random.next() + 6 * random.next() + Number(months[i] === 60) + value / 30_000)) / 100,
  );
  const instalment = amount.map((value, i) => {
    const monthly = rate[i]! / 1_200;
    return Math.round(((100 * value * monthly) / (1 - (1 + monthly) ** -months[i]!)) * (1 + noise * random.normal())) / 100;
  });
  return contextOf(
    tableOf([
      ["amount", amount],
      ["months", months],
      ["instalment", instalment],
      ["income", numbers(600, () => 1_000 * (20 + random.integer(80)))],
      ["rate", rate],
    ]),
    "rate",
    { task: { task: "regression" } },
  );
}

test("a ratio that gives the target within each level of a third column is asked about", async () => {
  const [found, ...others] = await suspicionsOf(combinationLeak, loans(0));
  expect([found!.columns, found!.evidence.within, others]).toEqual([["amount", "instalment"], "months", []]);
  // Trees that price form no ratio (harm/severity.ts).
  expect(found!.evidence.hardForTrees).toBe(true);
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.question).toMatch(/amount.*instalment/);
});

test("where it is no formula it is silent", async () => {
  expect(await suspicionsOf(combinationLeak, loans(0.05))).toEqual([]);
});

/** Heat pumps: the monthly instalment is made of what was used and the price of the contract, rounded. `noise`: of the instalment, by which it is an estimate. */
function instalments(noise: number, prices = [22, 25, 28, 33, 39]) {
  const random = createRandom(8, "instalments of energy");
  const area = numbers(800, () => 80 + random.integer(160));
  const used = area.map((value) => Math.round(40 * value * Math.exp(0.25 * random.normal())));
  const price = numbers(800, () => prices[random.integer(prices.length)]!);
  const paid = used.map((value, i) => Math.round(((value * price[i]!) / 1200) * (1 + noise * random.normal()) + 9.5));
  const table = tableOf([
    ["area", area],
    ["price", price],
    ["paid", paid],
    ["people", numbers(800, () => 1 + random.integer(5))],
    ["used", used],
  ]);
  return contextOf(table, "used", { task: { task: "regression" } });
}

test("a column that orders the target within each level of another, though not over all rows, is asked about alone", async () => {
  const [found, ...others] = await suspicionsOf(combinationLeak, instalments(0));
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["paid"], evidence: { operation: "within", by: "order", within: "price" } });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.question).toMatch(/the value of "paid"/);
  // An estimate of what will be used; and prices so near each other that the column alone nearly gives the target.
  expect(await suspicionsOf(combinationLeak, instalments(0.08))).toEqual([]);
  expect(await suspicionsOf(combinationLeak, instalments(0.0, [25, 25.5]))).toEqual([]);
});

/** Athletes: the lean mass is the weight without the share of fat, in some rows to a hundredth and in the others to a whole number. `to`: steps in which the others are written. */
function athletes(to: number) {
  const random = createRandom(9, "athletes");
  const fat = numbers(300, () => Math.round(100 * (6 + Math.abs(8 * random.normal()))) / 100);
  const weight = numbers(300, () => Math.round(10 * (75 + 14 * random.normal())) / 10);
  const lean = weight.map((value, i) => {
    const mass = value * (1 - fat[i]! / 100);
    return i % 3 < 2 ? Math.round(100 * mass) / 100 : to * Math.round(mass / to);
  });
  const table = tableOf([
    ["weight", weight],
    ["lean", lean],
    ["spare", numbers(300, () => random.normal())],
    ["fat", fat],
  ]);
  return contextOf(table, "fat", { task: { task: "regression" } });
}

test("parts that are rounded in some rows: the pairs are counted, since rank correlation takes them for less", async () => {
  const [found] = await suspicionsOf(combinationLeak, athletes(1));
  expect(found).toMatchObject({ columns: ["lean", "weight"], evidence: { operation: "a / b", by: "order" } });
  expect(await suspicionsOf(combinationLeak, athletes(6))).toEqual([]);
});

/** Flights: when one was to arrive and when it did, as clock numbers (1545 is 15:45), many of them past an hour or midnight. */
function flights(late: (minutes: number, i: number) => number | string, planned = 0) {
  const random = createRandom(7, "flights");
  const clock = (minutes: number) => 100 * (Math.floor(minutes / 60) % 24) + (minutes % 60);
  const due = numbers(300, () => random.integer(1440));
  const minutes = due.map(() => Math.round(25 * random.normal() + 15));
  const found = due.map((at, i) => clock((at + minutes[i]! + 1440) % 1440));
  return tableOf([
    ["sched_arr_time", due.map(clock)],
    ["arr_time", planned === 0 ? found : due.map((at) => clock((at + 60 + random.integer(planned)) % 1440))],
    ["distance", numbers(300, () => 100 + random.integer(2_000))],
    ["late", minutes.map(late)],
  ]);
}

test("the time between two clock numbers that gives the target is asked about, of classes and of numbers", async () => {
  const classes = flights((minutes) => (minutes >= 15 ? "yes" : "no"));
  // Later by a noise that no clock shows: no formula, but nearly the same order.
  const values = flights((minutes, i) => minutes + (i % 7) / 3);
  for (const context of [contextOf(classes, "late"), contextOf(values, "late", { task: { task: "regression" } })]) {
    const [found, ...others] = await suspicionsOf(combinationLeak, context);
    expect([found!.columns, found!.evidence.by, others]).toEqual([["sched_arr_time", "arr_time"], "elapsed time", []]);
    expect(found!.confidence).toBeLessThan(0.5);
  }
  const planned = flights((minutes) => (minutes >= 15 ? "yes" : "no"), 300);
  expect(await suspicionsOf(combinationLeak, contextOf(planned, "late"))).toEqual([]);
});
