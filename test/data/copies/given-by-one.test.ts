import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { givenByOne } from "../../../src/data/copies/given-by-one.ts";

const ROWS = 600;
const random = createRandom(5, "given by one");
const draw = (values: number, rows = ROWS) => Array.from({ length: rows }, () => random.integer(values));
const names = (name: string, cells: readonly number[]) => ({
  name,
  type: "category" as const,
  codes: Int32Array.from(cells),
  levels: Array.from({ length: Math.max(...cells) + 1 }, (_, place) => `${name} ${place}`),
});
const numbers = (name: string, cells: readonly number[]) => ({ name, type: "number" as const, values: Float64Array.from(cells) });
const noise = numbers("noise", draw(1000));
const model = draw(60);
const maker = model.map((one) => (7 * one) % 9);
const weight = model.map((one) => 800 + ((13 * one) % 60));
const found = (cells: readonly number[], by = model) =>
  givenByOne([names("model", by)], [numbers("given", cells), noise], cells.length).map(({ key, groups, given }) => ({
    key: key.name,
    groups,
    given: given.map(({ column }) => column.name),
  }));

test("what the models give, numbers and names, in one", () => {
  const one = givenByOne([names("model", model)], [names("maker", maker), numbers("weight", weight), noise], ROWS);
  expect(one).toHaveLength(1);
  expect(one[0]).toMatchObject({ key: { name: "model" }, groups: 60 });
  expect(one[0]!.given.map(({ column }) => column.name).sort()).toEqual(["maker", "weight"]);
  for (const { held, compared, agreeing, groups, chance } of one[0]!.given) {
    expect([held, agreeing]).toEqual([compared, groups]);
    expect(chance).toBeLessThan(1e-20);
  }
});

test("given in all but a few values of the key; not in more", () => {
  const oddIn = (models: number) => maker.map((value, row) => (model[row]! < models && model.indexOf(model[row]!) === row ? value : value));
  const slips = (models: number) => {
    const cells = [...oddIn(0)];
    for (let one = 0; one < models; one++) cells[model.lastIndexOf(one)] = 99;
    return cells;
  };
  const [few] = givenByOne([names("model", model)], [numbers("given", slips(2)), noise], ROWS);
  expect(few!.given).toMatchObject([{ agreeing: 58, groups: 60 }]);
  expect(found(slips(5))).toEqual([]);
});

test("the coarsest that gives it; of two that give each other, the first of their names", () => {
  const trim = model.map((one, row) => 2 * one + (row % 2));
  const keys = [names("trim", trim), names("model", model)];
  expect(givenByOne(keys, [names("maker", maker), noise], ROWS).map(({ key }) => key.name)).toEqual(["model"]);
  const turned = names(
    "code",
    model.map((one) => 59 - one),
  );
  const both = givenByOne([names("model", model), turned], [names("model", model), turned, noise], ROWS);
  expect(both.map(({ key, given }) => [key.name, ...given.map(({ column }) => column.name)])).toEqual([["code", "model"]]);
});

test("a measurement that names give is no key, though it is different for each", () => {
  const power = names(
    "power",
    model.map((one) => Math.floor(one / 2)),
  );
  const keys = (measures: boolean) =>
    givenByOne(
      [names("model", model), power],
      [
        power,
        numbers(
          "given",
          [...power.codes].map((one) => one % 9),
        ),
        noise,
      ],
      ROWS,
      ({ name }) => measures && name === "power",
    ).map(({ key, given }) => [key.name, ...given.map(({ column }) => column.name).sort()]);
  expect(keys(true)).toEqual([["model", "given", "power"]]);
  expect(keys(false)).toEqual([
    ["power", "given"],
    ["model", "power"],
  ]);
  const twice = ["a", "b"].map((name) => names(name, model));
  expect(givenByOne(twice, [...twice, noise], ROWS, () => true).map(({ key }) => key.name)).toEqual(["a"]);
});

test("silent: columns dealt anew, a rare mark, keys of few rows or few values, a constant, and rows that were written several times", () => {
  for (let table = 0; table < 20; table++) expect(found(draw(3))).toEqual([]);
  const rare = model.map((one) => Number(one === 3));
  expect(found(rare)).toEqual([]);
  const own = Array.from({ length: ROWS }, (_, row) => (row < 0.55 * ROWS ? row : row % 120));
  expect(
    found(
      own.map((one) => one % 50),
      own,
    ),
  ).toEqual([]);
  const few = (keys: number) => model.map((one) => one % keys);
  expect(found(few(9), few(9))).toEqual([]);
  expect(found(few(10), few(10))).toHaveLength(1);
  expect(found(model.map(() => 1))).toEqual([]);
  expect(givenByOne([names("model", model)], [numbers("weight", weight), names("maker", maker)], ROWS)).toEqual([]);
});

test("in a file of blocks, a column that changes at their borders is given, one that changes anywhere is not", () => {
  const stratum = Array.from({ length: ROWS }, (_, row) => Math.floor(row / 20));
  const at = (borders: readonly number[]) => stratum.map((_, row) => borders.filter((border) => border <= row).length);
  expect(found(at([60, 120, 240, 300, 420, 500]), stratum)).toMatchObject([{ key: "model", groups: 30, given: ["given"] }]);
  // One change at a border is no proof, and one beside them speaks against it.
  expect(found(at([60]), stratum)).toEqual([]);
  expect(found(at([300]), stratum)).toEqual([]);
  expect(found(at([63, 123, 243, 303, 423, 503]), stratum)).toEqual([]);
});

test("a key that most rows lack is none", () => {
  const lacking = (held: number) => {
    const key = { ...names("model", model), codes: Int32Array.from(model, (one, row) => (row < held ? one : -1)) };
    return givenByOne([key], [numbers("weight", weight), noise], ROWS);
  };
  expect(lacking(290)).toEqual([]);
  expect(lacking(310)).toMatchObject([{ given: [{ column: { name: "weight" } }] }]);
});

test("a key of more values than half the rows is none", () => {
  const twice = (pairs: number) => Array.from({ length: ROWS }, (_, row) => (row < 2 * pairs ? Math.floor(row / 2) : row - pairs));
  const told = (pairs: number) =>
    found(
      twice(pairs).map((one) => (7 * one) % 90),
      twice(pairs),
    );
  expect(told(300)).toHaveLength(1);
  expect(told(298)).toEqual([]);
});
