import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { flagSets } from "../../../src/data/copies/flag-sets.ts";

const ROWS = 333;
const random = createRandom(6, "flags");
const kind = Array.from({ length: ROWS }, () => random.integer(5));
const other = Array.from({ length: ROWS }, () => random.integer(3));
const flag = (name: string, on: (row: number) => boolean) => ({
  name,
  type: "number" as const,
  values: Float64Array.from({ length: ROWS }, (_, row) => Number(on(row))),
});
const makes = ["buick", "cadillac", "chevy", "pontiac", "saab"].map((name, i) => flag(name, (row) => kind[row] === i));
const bodies = ["coupe", "sedan", "wagon"].map((name, i) => flag(name, (row) => other[row] === i));
const found = (flags: Parameters<typeof flagSets>[0]) =>
  flagSets(flags, ROWS).map(({ whole, parts, apart }) => [whole?.name ?? null, parts.map(({ name }) => name).sort(), apart]);

test("sets of which exactly one is on in every row, however they are mixed", () => {
  const mixed = [...makes, ...bodies].sort((a, b) => (a.name.at(-1)! < b.name.at(-1)! ? -1 : 1));
  expect(found(mixed)).toEqual([
    [null, ["buick", "cadillac", "chevy", "pontiac", "saab"], true],
    [null, ["coupe", "sedan", "wagon"], true],
  ]);
});

test("the sum of two, and what is on where any of two is that are both on in some rows", () => {
  const [buick, cadillac] = makes;
  const either = flag("american", (row) => kind[row]! < 2);
  expect(found([buick!, cadillac!, either])).toEqual([["american", ["buick", "cadillac"], true]]);
  const any = flag("special", (row) => kind[row] === 0 || other[row] === 1);
  expect(found([buick!, bodies[1]!, any])).toEqual([["special", ["buick", "sedan"], false]]);
});

test("as many as regions by years are, and nothing where one row is of none of them", () => {
  const cells = Array.from({ length: 30 }, (_, i) => flag(`r${10 + i}`, (row) => (row * 7) % 30 === i));
  expect(found([...cells].reverse())).toEqual([[null, cells.map(({ name }) => name), true]]);
  expect(found(cells.map((one, i) => (i === 3 ? flag(one.name, (row) => (row * 7) % 30 === 3 && row > 20) : one)))).toEqual([]);
});

test("nothing where one row breaks it, or a mark has a gap, or marks are independent", () => {
  const broken = flag("wagon", (row) => other[row] === 2 && row !== other.indexOf(2));
  expect(found([bodies[0]!, bodies[1]!, broken])).toEqual([]);
  const gap = { ...bodies[2]!, values: bodies[2]!.values.map((value, row) => (row === 7 ? Number.NaN : value)) };
  expect(found([bodies[0]!, bodies[1]!, gap])).toEqual([]);
  expect(found(Array.from({ length: 40 }, (_, i) => flag(`f${i}`, () => random.next() < 0.3)))).toEqual([]);
});
