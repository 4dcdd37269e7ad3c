import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupKeys } from "../../../src/data/split/group-keys.ts";
import { sharedMeasurements } from "../../../src/data/split/shared-measurements.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const ROWS = 400;
const TOWNS = 90;
const random = createRandom(1, "towns");
const town = Array.from({ length: ROWS }, () => random.integer(TOWNS));
const of = (label: string, draw: (town: number) => number) => {
  const own = Array.from({ length: TOWNS }, (_, place) => draw(place));
  return { [label]: town.map((place) => own[place]!) };
};
const income = () => Math.round(1e4 * Math.exp(random.normal()));
const voters = { voters: Array.from({ length: ROWS }, () => random.integer(900)) };
const given = (columns: Record<string, Cells>) =>
  contextOf({ columns: { ...columns, share: Array.from({ length: ROWS }, () => random.next()) }, target: "share" });

test("what the rows of one town share, though no key names it, is one group", () => {
  const towns = { ...of("income", income), ...of("poverty", () => random.normal()), ...of("people", income) };
  const context = given({ ...voters, ...towns });
  expect(sharedMeasurements(context).map(({ name }) => name)).toEqual(["income"]);
  expect(groupKeys(context).filter(({ from }) => from === "shared")).toMatchObject([{ column: "income", groups: new Set(town).size }]);
});

test("measurements that are made of one another, of rows written twice, or that come back by chance are none", () => {
  const { income: own } = of("income", income) as { income: number[] };
  const made = { income: own, tax: own.map((value) => value * 0.3), log: own.map((value) => Math.log(value)) };
  expect(sharedMeasurements(given({ ...voters, ...made }))).toEqual([]);
  const [height, weight] = [() => 150 + random.integer(40), () => 50 + random.integer(50)].map((draw) =>
    Array.from({ length: ROWS }, draw),
  );
  const bodies = { height: height!, weight: weight!, bmi: height!.map((cm, row) => (1e4 * weight![row]!) / cm ** 2) };
  expect(sharedMeasurements(given({ ...voters, ...bodies }))).toEqual([]);
  const twice = (label: string) => {
    const values = Array.from({ length: ROWS / 2 }, () => random.normal());
    return { [label]: [...values, ...values] };
  };
  const copies = { ...twice("a"), ...twice("b"), ...twice("c") };
  expect(sharedMeasurements(given(copies))).toEqual([]);
  // Each copy has a number of its own.
  const number = Array.from({ length: ROWS }, (_, row) => 7 * row + (row % 3));
  expect(sharedMeasurements(given({ ...copies, number }))).toEqual([]);
  expect(sharedMeasurements(given({ ...copies, code: number.map((one) => `D-${one}`) }))).toEqual([]);
  const coarse = (label: string) => ({ [label]: Array.from({ length: ROWS }, () => random.integer(30)) });
  expect(sharedMeasurements(given({ ...coarse("a"), ...coarse("b"), ...coarse("c"), ...voters }))).toEqual([]);
});
