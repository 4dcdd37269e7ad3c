import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { personalData } from "../../../src/data/checks/personal-data.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { dialledShare } from "../../../src/data/values/phone-numbers.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 300;
const random = createRandom(7, "phones");
const draw = (make: (row: number) => number) => Float64Array.from({ length: ROWS }, (_, row) => make(row));
const shareOf = (name: string, values: Float64Array) => dialledShare({ name, type: "number", values }, countValues(values));

const spanish = draw(() => 600_000_000 + random.integer(9e7));
const american = draw(() => 2_000_000_000 + random.integer(7e9));

describe("plain digits under a name that says so are dialled", () => {
  test.each([
    ["telefono", spanish],
    ["num_telefono", spanish],
    ["customer_phone_number", american],
    ["mobile", draw(() => 491_500_000_000 + random.integer(3e8))],
    ["msisdn", draw(() => 491_500_000_000 + random.integer(3e8))],
    ["handynummer", draw(() => 1_500_000_000 + random.integer(3e8))],
    ["tlf", draw(() => 4_740_000_000 + random.integer(6e7))],
    ["telefon", draw((row) => (row % 3 === 0 ? 300_000_000 : 1_700_000_000) + random.integer(9e7))],
  ])("%s", (name, values) => expect(shareOf(name, values)).toBe(1));
});

describe("honest numbers beside them", () => {
  test.each([
    ["no word of a phone", "articulo", spanish],
    ["a key", "cell_id", spanish],
    ["money", "mobile_revenue", american],
    ["megabytes of a network", "gsm_traffic_mb", american],
    ["a unit of time", "phone_duration", american],
    ["a unit", "mobile_traffic_kb", american],
    ["how many have one", "mobile", draw(() => Math.floor(10 ** (5 + 5 * random.next())))],
    ["numbers of devices", "phone", draw(() => 350_000_000_000_000 + random.integer(9e12))],
    ["numbers given out in turn", "telephone", draw((row) => 700_000_000 + 2 * row)],
    ["seconds since 1970", "phone_verified_at", draw(() => 1_600_000_000 + random.integer(9e7))],
    ["a few hotlines", "telephone", draw((row) => 800_000_000 + 7_654_321 * (row % 9))],
  ])("%s", (_, name, values) => expect(shareOf(name, values)).toBeLessThan(0.8));
});

test("plain digits are phone numbers by the name of their column, as numbers and as texts with a zero in front, though all differ", async () => {
  const make = <T>(label: string, one: (random: Random, row: number) => T) => cells(ROWS, 11, label, one);
  const columns = {
    telefono: make("p", (random, row) => 600_000_000 + 300_000 * row + random.integer(3e5)),
    telefon: make("q", (random, row) => `0${1_700_000_000 + 100_000 * row + random.integer(1e5)}`),
    articulo: make("p", (random, row) => 600_000_000 + 300_000 * row + random.integer(3e5)),
    size: make("s", (random) => random.normal()),
    y: coin(ROWS),
  };
  const found = await personalData.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.kind])).toEqual([
    ["telefono", "phone"],
    ["telefon", "phone"],
  ]);
});
