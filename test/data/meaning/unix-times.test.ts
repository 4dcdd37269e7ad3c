import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { identifier } from "../../../src/data/checks/identifier.ts";
import { textDate } from "../../../src/data/checks/text-date.ts";
import { momentsOf, unixTimesOf } from "../../../src/data/meaning/unix-times.ts";
import { contextOf, inspect, numbers, tableOf } from "../table.ts";

const START = Date.UTC(2023, 1, 1) / 1000;
const random = createRandom(5, "unix times");
const hourly = random.shuffle(numbers(300, (i) => START + 3600 * i));
const seconds = numbers(300, () => START + random.integer(20_000_000));

function columnOf(name: string, values: readonly number[]) {
  return { name, type: "number" as const, values: Float64Array.from(values) };
}

describe("whole numbers that are times", () => {
  test.each<[string, readonly number[], "second" | "millisecond" | undefined]>([
    ["v7", hourly, "second"],
    ["v7", hourly.map((value) => 1000 * value), "millisecond"],
    ["created_ts", seconds, "second"],
    ["event_time", seconds.map((value) => 1000 * value + 17), "millisecond"],
    ["contract_start", seconds.map((value) => 1000 * value + 17), "millisecond"],
    ["sözleşme_bitiş", seconds, "second"],
    ["start", numbers(300, (i) => 40 + i), undefined],
    ["start_id", seconds, undefined],
    ["v7", seconds, undefined],
    ["phone", seconds, undefined],
    ["time_id", seconds, undefined],
    ["time", seconds.map((value) => value / 100), undefined],
    ["time", [...seconds, 12], undefined],
    ["turnover", numbers(300, (i) => 1_000_000_000 + 5_000_000 * (i % 97)), undefined],
  ])("%s", (name, values, unit) => {
    expect(unixTimesOf(columnOf(name, values))?.unit).toBe(unit);
  });

  test("the same cells under two names are asked for each", () => {
    const { values } = columnOf("v7", seconds);
    const named = (name: string) => unixTimesOf({ name, type: "number", values })?.unit;
    expect([named("v7"), named("created_ts"), named("v7")]).toEqual([undefined, "second", undefined]);
  });

  test("in milliseconds, whatever they count", () => {
    expect(momentsOf(columnOf("v7", hourly))?.[0]).toBe(1000 * (hourly[0] ?? 0));
    expect(momentsOf(columnOf("age", [1, 2, 3]))).toBeNull();
  });
});

const table = (name: string, values: readonly number[]) =>
  tableOf([
    [name, values],
    ["load", numbers(300, () => random.integer(40))],
    ["y", numbers(300, (i) => (values[i] ?? 0) / 86_400 + random.normal())],
  ]);

test("they are no key, they order the rows, and the finding says so", async () => {
  const unix = table("ts", hourly);
  const { roles } = contextOf(unix, "y", { task: { task: "regression" } });
  expect([roles.time, roles.ids, roles.meanings.ts?.type]).toEqual(["ts", [], "date"]);
  expect(await inspect(identifier, unix, "y", { task: { task: "regression" } })).toEqual([]);
  expect(await inspect(textDate, unix, "y", { task: { task: "regression" } })).toMatchObject([
    { columns: ["ts"], severity: "cosmetic", evidence: { unit: "second", first: "2023-02-01" }, fix: { action: "reading" } },
  ]);
});

test("long numbers without a name and without whole minutes are a key still", async () => {
  const { roles } = contextOf(table("case_id", seconds), "y", { task: { task: "regression" } });
  expect([roles.time, roles.ids]).toEqual([null, ["case_id"]]);
});
