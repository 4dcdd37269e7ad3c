import { expect, test } from "vitest";
import type { Random } from "../../../src/core/random.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 4000;
const make = <T>(label: string, one: (random: Random, row: number) => T): T[] => cells(ROWS, 43, label, one as never) as T[];
const land = make("land", (random) => ["DE", "AT", "FR", "UK"][random.integer(4)]!);
const km = make("km", (random) => 12_500 * Math.exp(0.6 * random.normal()));
const where = (values: readonly number[], is: string, change: (value: number, row: number) => number, country: readonly string[] = land) =>
  values.map((value, row) => Math.round(country[row] === is ? change(value, row) : value));
const toMiles = (value: number) => value / 1.609344;

const found = async (columns: Record<string, Cells>) =>
  (await unitMix.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).filter(
    ({ evidence }) => evidence.kind === "by country",
  );

test("miles where the country is the UK, among few countries of which the others agree", async () => {
  const [one, ...more] = await found({ land, distance: where(km, "UK", toMiles) });
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    columns: ["distance", "land"],
    confidence: 0.5,
    rows: { count: land.filter((name) => name === "UK").length },
    evidence: { units: "kilometres and miles", country: "UK" },
    question: expect.stringContaining("where `land` is"),
  });
});

test.each(["odometer", "Kilometerstand", "Przebieg", "kilometraje"])("%s is a length", async (name) => {
  expect(await found({ land, [name]: where(km, "UK", toMiles) })).toMatchObject([{ evidence: { units: "kilometres and miles" } }]);
});

test("Fahrenheit where it is the United States", async () => {
  const states = land.map((name) => (name === "UK" ? "USA" : name));
  const heat = make("heat", (random) => 15 + 15 * random.normal());
  const temp = heat.map((value, row) => (states[row] === "USA" ? 1.8 * value + 32 : value));
  expect(await found({ states, temp })).toMatchObject([{ evidence: { units: "degrees Fahrenheit and Celsius" } }]);
});

const names = (others: Record<string, string>) => land.map((name) => others[name] ?? name);
test.each<[string, Record<string, Cells>]>([
  ["one unit", { land, distance: km }],
  ["a country that counts as the others do", { land, distance: where(km, "FR", toMiles) }],
  ["sites that are no countries", { land: names({ DE: "north 1", AT: "south 1", FR: "east 1" }), distance: where(km, "UK", toMiles) }],
  ["another ratio", { land, distance: where(km, "UK", (value) => value / 1.4) }],
  ["another shape", { land, distance: where(km, "UK", (value) => toMiles(12_500 * (value / 12_500) ** 0.5)) }],
  ["countries that differ", { land, distance: where(where(km, "UK", toMiles), "FR", (value) => value * 1.3) }],
  ["one country beside it", { land: names({ FR: "DE", AT: "DE" }), distance: where(km, "UK", toMiles) }],
  ["too few rows", { land: land.map((name, row) => (name === "UK" && row > 350 ? "DE" : name)), distance: where(km, "UK", toMiles) }],
  ["metric units alone", { land, weight_kg: where(km, "UK", (value) => value / 1000) }],
  ["steps", { land, distance: where(km, "UK", toMiles).map((value) => Math.round(value / 9000)) }],
])("silent: %s", async (_, columns) => {
  expect(await found(columns)).toEqual([]);
});

test("a step of units that is hardly wider than what chance moves the middle", async () => {
  const wide = make("wide", (random) => 12_500 * Math.exp(2.2 * random.normal()));
  const few = land.map((name, row) => (name === "UK" && row > 900 ? "DE" : name));
  expect(await found({ few, distance: where(wide, "UK", toMiles, few) })).toEqual([]);
});
