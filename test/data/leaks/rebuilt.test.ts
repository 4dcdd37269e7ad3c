import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { unobservedAsZero } from "../../../src/data/checks/unobserved-as-zero.ts";
import { inspect, numbers, tableOf } from "../table.ts";

const ROWS = 600;
const random = createRandom(5, "rebuilt");
const due = numbers(ROWS, () => random.integer(1440));
const late = numbers(ROWS, () => random.integer(200) - 40);
const clock = (minutes: number) => 100 * (Math.floor(minutes / 60) % 24) + (minutes % 60);
const late2 = late.map((minutes) => minutes + random.integer(60));
const flights = (shift: number) =>
  tableOf([
    ["due_time", due.map(clock)],
    ["left_time", due.map((at, i) => clock((at + late[i]! + shift * random.integer(90) + 1440) % 1440))],
    ["late_by", late],
    ["spare", numbers(ROWS, () => random.normal())],
    ["arrival", late2],
  ]);
const asked = async (table: ReturnType<typeof tableOf>, target: string, knownAt: Record<string, "before" | "after">) =>
  (await inspect(postOutcome, table, target, { knownAt })).map(({ columns, severity }) => [columns.join(), severity]);

describe("what gives a column that is known too late", () => {
  test("two clocks, of which one is written with it", async () => {
    const found = await asked(flights(0), "arrival", { late_by: "after" });
    expect(found).toEqual([
      ["late_by", expect.anything()],
      ["left_time", "harmful"],
      ["due_time", "harmful"],
    ]);
    expect(await asked(flights(0), "arrival", { late_by: "after", due_time: "before" })).toContainEqual(["left_time", "blocker"]);
    expect(await asked(flights(1), "arrival", { late_by: "after" })).toHaveLength(1);
    expect((await asked(flights(0), "arrival", {})).map(([name]) => name)).not.toContain("left_time");
  });

  test("two dates", async () => {
    const day = (days: number) => new Date(Date.UTC(2020, 0, 1 + days));
    const [start, length] = [numbers(ROWS, () => random.integer(900)), numbers(ROWS, () => 1 + random.integer(60))];
    const table = (shift: number) =>
      tableOf([
        ["opened", start.map(day)],
        ["shut", start.map((at, i) => day(at + length[i]! + shift * random.integer(30)))],
        ["span", length],
        ["y", length.map((one) => one + 90 * random.normal())],
      ]);
    const names = async (shift: number) => (await asked(table(shift), "y", { span: "after" })).map(([name]) => name).toSorted();
    expect(await names(0)).toEqual(["opened", "shut", "span"]);
    expect(await names(1)).toEqual(["span"]);
  });

  test("two numbers, and nothing more is asked once one of them is said to be as late", async () => {
    const [own, open] = [0, 1].map(() => numbers(ROWS, () => 1 + random.integer(900)));
    const table = tableOf([
      ["own", own!],
      ["open", open!],
      ["both", own!.map((one, i) => one + open![i]!)],
      ["y", own!.map((one) => one + 900 * random.normal())],
    ]);
    const names = async (knownAt: Record<string, "before" | "after">) =>
      (await asked(table, "y", knownAt)).map(([name]) => name).toSorted();
    expect(await names({ open: "after" })).toEqual(["both", "open", "own"]);
    expect(await names({ open: "after", both: "after" })).toEqual(["both", "open"]);
  });

  const whole = (least: number, below: number) => numbers(ROWS, () => least + random.integer(below));
  const outcome = (of: number[], noise: number) => of.map((one) => one + noise * random.normal());

  test("is as sure of a column whose name speaks against it too", async () => {
    const [paid, fee] = [whole(1, 9000), whole(1, 900)];
    const table = tableOf([
      ["paid", paid],
      ["fee", fee],
      ["total", paid.map((one, i) => one + fee[i]!)],
      ["y", outcome(paid, 9000)],
    ]);
    expect(await asked(table, "y", { total: "after", fee: "before" })).toContainEqual(["paid", "blocker"]);
  });

  test("is told by the surest of two sums, in whatever order the columns stand", async () => {
    const [b, a, c] = [whole(1, 900), whole(1, 900), whole(1, 9000)];
    const one: [string, number[]] = ["lone", a.map((value, i) => value - b[i]!)];
    const two: [string, number[]] = ["ltwo", c.map((value, i) => value + b[i]!)];
    const rest: [string, number[]][] = [
      ["aa", a],
      ["bb", b],
      ["cc", c],
      ["y", outcome(b, 900)],
    ];
    for (const leaks of [
      [one, two],
      [two, one],
    ])
      expect(await asked(tableOf([...leaks, ...rest]), "y", { lone: "after", ltwo: "after", cc: "before" })).toContainEqual([
        "bb",
        "blocker",
      ]);
  });

  test("answers that contradict each other are told", async () => {
    const [start, way] = [whole(0, 90_000), whole(1, 400)];
    const table = tableOf([
      ["start_km", start],
      ["end_km", start.map((one, i) => one + way[i]!)],
      ["trip_km", way],
      ["y", outcome(way, 200)],
    ]);
    const found = await inspect(postOutcome, table, "y", { knownAt: { trip_km: "after", start_km: "before", end_km: "before" } });
    expect(found).toContainEqual(
      expect.objectContaining({ columns: ["end_km", "start_km"].toSorted((a, b) => (a < b ? -1 : 1)), question: null }),
    );
  });

  test("a quotient that was rounded", async () => {
    const [sum, count] = [whole(10_000, 90_000).map((one) => one / 100), whole(2, 9)];
    const mean = sum.map((one, i) => Number((one / count[i]!).toFixed(2)));
    const table = tableOf([
      ["sum", sum],
      ["count", count],
      ["mean", mean],
      ["y", outcome(mean, 60)],
    ]);
    expect(await asked(table, "y", { mean: "after", count: "before" })).toContainEqual(["sum", "blocker"]);
  });

  test("is not two clocks that are always as far apart as the column is anyway", async () => {
    const slot = whole(0, 1400);
    const table = tableOf([
      ["slot_start", slot.map(clock)],
      ["slot_end", slot.map((at) => clock(at + 30))],
      ["temp", whole(29, 3)],
      ["y", whole(0, 2)],
    ]);
    expect((await asked(table, "y", { temp: "after" })).map(([name]) => name)).not.toContain("slot_end");
  });
});

describe("columns that give the target", () => {
  const fresh = numbers(ROWS, (row) => (row % 12 === 0 ? 0 : random.integer(60)));
  const rotten = numbers(ROWS, () => 1 + random.integer(60));
  const table = tableOf([
    ["fresh", fresh],
    ["all", fresh.map((one, i) => one + rotten[i]!)],
    ["rotten", rotten],
    ["spare", numbers(ROWS, () => random.normal())],
    ["share", fresh.map((one, i) => one / (one + rotten[i]!))],
  ]);

  test("give a third one, which is asked about", async () => {
    const found = await inspect(postOutcome, table, "share");
    expect(found.filter(({ evidence }) => "rebuilds" in evidence)).toMatchObject([{ severity: "harmful" }]);
  });

  test("are asked about no more once the columns are known before", async () => {
    const found = await inspect(postOutcome, table, "share", { knownAt: { fresh: "before", all: "before" } });
    expect(found.filter(({ evidence }) => "rebuilds" in evidence)).toEqual([]);
  });

  test("give its zeros too, which were recorded", async () => {
    expect(await inspect(unobservedAsZero, table, "share")).toEqual([]);
  });
});
