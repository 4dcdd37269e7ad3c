import { expect, test } from "vitest";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const [PUMPS, EACH] = [12, 60];
const ROWS = PUMPS * EACH;
const pumps = Array.from({ length: ROWS }, (_, row) => `P${row % PUMPS}`);
/** Each pump runs at its own temperature. */
const own = (row: number) => 50 + (17 * (((row % PUMPS) * 7) % PUMPS)) / PUMPS;
const warm = cells(ROWS, 1, "warm", (random, row) => own(row) + 5 * random.normal());

const mixesIn = async (columns: Record<string, Cells>) =>
  (await unitMix.inspect(contextOf({ columns: { pump: pumps, ...columns, y: coin(ROWS) }, target: "y" }))).filter(
    ({ evidence }) => evidence.kind === "by groups",
  );
const inSome = (convert: (value: number, row: number) => number) =>
  warm.map((value, row) => Number((row % PUMPS === 3 || row % PUMPS === 8 ? convert(value as number, row) : (value as number)).toFixed(2)));

test("devices that write Fahrenheit among others in Celsius, whose heaps overlap with no gap of their own", async () => {
  const [found, ...others] = await mixesIn({ temp: inSome((value) => 1.8 * value + 32) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["temp", "pump"],
    rows: { count: 120 },
    evidence: { units: "degrees Fahrenheit and Celsius", groups: expect.arrayContaining(["P3", "P8"]) },
    fix: { action: "advice" },
    question: null,
  });
  expect(found!.why).toContain("with the spread of the others");
});

test("kinds of things are of different sizes: no unit is told by them", async () => {
  const tenth = { length: inSome((value) => value / 10) };
  expect(await mixesIn(tenth)).toHaveLength(1);
  const kinds = contextOf({ columns: { species: pumps, ...tenth, y: coin(ROWS) }, target: "y" });
  expect((await unitMix.inspect(kinds)).filter(({ evidence }) => evidence.kind === "by groups")).toEqual([]);
});

test("devices that run hotter, with the spread of the others, are of one unit; so are groups of any size, and one unit", async () => {
  expect(await mixesIn({ temp: inSome((value) => value + 70) })).toEqual([]);
  expect(await mixesIn({ temp: inSome((value, row) => 1.8 * own(row) + 32 + 0.2 * (value - own(row))) })).toEqual([]);
  expect(await mixesIn({ temp: inSome((value) => value) })).toEqual([]);
  expect(await mixesIn({ size: cells(ROWS, 2, "size", (random, row) => Math.exp((row % PUMPS) / 2 + 0.3 * random.normal())) })).toEqual([]);
});

test("stations that agree to a hundredth, of which some lie by the factor of a unit below: the spread of the hours is no measure then", async () => {
  const rows = 12 * 1000;
  const station = Array.from({ length: rows }, (_, row) => `S${row % 12}`);
  const wind = (isOther: (row: number) => boolean, apart = 0) =>
    cells(rows, 5, "wind", (random, row) => {
      const kmh = 11 * Math.exp(0.6 * random.normal() + apart * (row % 12));
      return Number((isOther(row) ? kmh / 3.6 : kmh).toFixed(2));
    });
  const look = async (wind_speed: Cells) =>
    (await unitMix.inspect(contextOf({ columns: { station, wind_speed, y: coin(rows) }, target: "y" }))).flatMap(({ evidence }) =>
      evidence.kind === "by groups" ? [evidence.groups] : [],
    );
  expect(await look(wind((row) => row % 12 === 4))).toEqual([["S4"]]);
  expect(await look(wind(() => false))).toEqual([]);
  // Stations that differ as well: one more may lie off too.
  expect(await look(wind((row) => row % 12 === 4, 0.03))).toEqual([]);
});

test("some of the stations lie by the factor of a unit off, though the hours overlap: it asks, and only where the means of logarithms agree", async () => {
  const [stations, each] = [28, 170];
  const rows = stations * each;
  const station = Array.from({ length: rows }, (_, row) => `S${row % stations}`);
  const look = async (factor: number, some: number, name = "wind_speed") => {
    const wind = cells(rows, 6, "wind", (random, row) => {
      const own = 7 * Math.exp(0.05 * Math.sin(row % stations)) * Math.sqrt(random.normal() ** 2 + random.normal() ** 2);
      return Number((row % stations < some ? own * factor : own).toFixed(2));
    });
    const found = await unitMix.inspect(contextOf({ columns: { station, [name]: wind, y: coin(rows) }, target: "y" }));
    return found.flatMap(({ evidence, question, confidence }) =>
      evidence.kind === "by groups" ? [[evidence.units, (evidence.groups as string[]).length, question !== null, confidence < 0.7]] : [],
    );
  };
  expect(await look(3.6, 8)).toEqual([["km/h and m/s", 8, true, true]]);
  expect(await look(3.6, 8, "wind_speed_ms")).toEqual([["km/h and m/s", 8, true, true]]);
  expect(await look(2.237, 8)).toEqual([["mph and m/s", 8, true, true]]);
  // Another kind of station, one station alone, half of all.
  expect(await look(3, 8)).toEqual([]);
  expect(await look(4.1, 8)).toEqual([]);
  expect(await look(3.6, 1)).toEqual([]);
  expect(await look(3.6, 14)).toEqual([]);
});
