import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { fallingTotal } from "../../../src/data/values/falling-totals.ts";
import { type Cells, coin, contextOf } from "../checks/context.ts";

const [PLACES, DAYS, DAY] = [12, 60, 86_400_000];
const ROWS = PLACES * DAYS;
const START = Date.UTC(2024, 2, 1);
const placeOf = (row: number) => row % PLACES;
const dayOf = (row: number) => Math.floor(row / PLACES);
const days = Array.from({ length: ROWS }, (_, row) => START + dayOf(row) * DAY);
/** Two names say the place: every town's name comes twice, once in each country. */
const towns = Array.from({ length: ROWS }, (_, row) => `town ${placeOf(row) >> 1}`);
const countries = Array.from({ length: ROWS }, (_, row) => (placeOf(row) % 2 === 0 ? "A" : "B"));
const seriesOf = (places: number, length: number) =>
  Array.from({ length: places }, (_, place) => Array.from({ length }, (_d, day) => day * places + place));

/** A number of each place and day by steps of its own. */
function summed(step: (random: ReturnType<typeof createRandom>, place: number, day: number) => number, start = 0): number[] {
  const random = createRandom(3, "steps");
  const now = new Float64Array(PLACES).fill(start);
  return Array.from({ length: ROWS }, (_, row) => {
    const place = placeOf(row);
    now[place]! += step(random, place, dayOf(row));
    return now[place]!;
  });
}
const cases = summed((random) => Math.floor(random.next() ** 3 * 40));
/** What is taken back in a few rows stays away. */
const corrected = (values: readonly number[], rows: readonly number[], by: number) =>
  values.map((value, row) => value - by * rows.filter((one) => placeOf(one) === placeOf(row) && one <= row).length);

const contextWith = (columns: Record<string, Cells>) => {
  const all: Record<string, Cells> = { day: days, town: towns, country: countries, ...columns, y: coin(ROWS) };
  return contextOf({ columns: all, target: "y", dates: ["day"], roles: { time: "day" } });
};
const told = async (columns: Record<string, Cells>) =>
  (await impossibleValue.inspect(contextWith(columns))).filter(({ evidence }) => evidence.kind === "falling total");

test("a running total of things that two names say, which falls in a few rows, is asked about", async () => {
  const rows = [30 * PLACES + 2, 40 * PLACES + 5, 50 * PLACES + 7];
  const [found, ...others] = await told({ cases: corrected(cases, rows, 60) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["cases"], rows: { count: 3, sample: rows }, fix: { action: "advice" } });
  expect(found!.why).toContain("in each `country` and `town`");
  expect(await told({ cases })).toEqual([]);
});

test("two totals are one question", async () => {
  const rows = [30 * PLACES + 2, 40 * PLACES + 5];
  const deaths = summed((random) => Math.floor(random.next() ** 3 * 9));
  const [found, ...others] = await told({ cases: corrected(cases, rows, 60), deaths: corrected(deaths, rows, 8) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["cases", "deaths"], rows: { count: 2 } });
  expect(found!.question).toContain("fall from one row");
});

const fallOf = (values: readonly number[]) =>
  fallingTotal({ name: "x", type: "number", values: Float64Array.from(values) }, seriesOf(PLACES, DAYS), 1);

test("a trend with noise, which falls as rarely, is none", () => {
  const trend = summed((random) => 2.3 + random.normal());
  const steps = trend.map((value, row) => value - (trend[row - PLACES] ?? value)).filter((step) => step < 0).length;
  expect(steps).toBeGreaterThan(0);
  expect(fallOf(trend)).toBeNull();
  // Whatever it begins from, and where a few fall for good, as towns do that lose their people.
  expect(fallOf(summed((random, place, day) => (place === 0 && day > 47 ? -3 : 3 + random.next()), 1000))).toBeNull();
  expect(fallOf(summed((random, place, day) => (place === 0 && day > 47 ? -0.1 : 3 + random.next())))).toBeNull();
});

test("a total that begins anew is none, and a single one that falls and comes back is one", () => {
  const rain = summed((random) => Math.floor(random.next() ** 3 * 40));
  const yearly = rain.map((value, row) => value - (dayOf(row) >= 30 ? rain[30 * PLACES + placeOf(row)]! : 0));
  expect(fallOf(yearly)).toBeNull();
  expect(fallOf(cases.map((value, row) => (row === 40 * PLACES + 3 ? 0 : value)))).toMatchObject({ falls: [40 * PLACES + 3] });
  expect(fallOf(cases)).toBeNull();
});

test("steps that mostly fall by as little as others rise are none", () => {
  expect(fallOf(summed((random) => (random.next() < 0.015 ? -1 : 20 + random.next())))).toBeNull();
});
