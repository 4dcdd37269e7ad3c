import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { entityStructure } from "../../../src/data/split/entity-structure.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const THINGS = 40;
const ROWS = 800;

/** Each row is met at one of forty things; `key` says at which. */
function structureOf(columns: Record<string, Cells>, codes: readonly number[]) {
  const context = contextOf({ columns: { ...columns, y: codes.map((_, row) => row % 3) }, target: "y" });
  return entityStructure(context, { column: "key", cut: null, codes: Int32Array.from(codes), groups: Math.max(...codes) + 1 });
}

const random = createRandom(1, "entities");
const thing = Array.from({ length: ROWS }, (_, row) => row % THINGS);
const noise = thing.map(() => random.integer(6));

describe("what stays the same within the values of a key", () => {
  test("two traits of which neither follows from the other are those of things", () => {
    const found = structureOf(
      { key: thing, sex: thing.map((one) => one % 2), arm: thing.map((one) => Math.floor(one / 10)), noise },
      thing,
    );
    expect(found).toEqual({ constant: ["sex", "arm"], isOfThings: true });
  });

  test("so is a quantity that nearly each has for itself, once in a while written wrongly", () => {
    const size = thing.map((one, row) => (row === 799 ? 3.5 : Math.sqrt(one + 1)));
    expect(structureOf({ key: thing, size, noise }, thing)).toEqual({ constant: [], isOfThings: false });
    const many = Array.from({ length: 4_000 }, (_, row) => row % 200);
    const written = many.map((one, row) => (row > 3_998 ? 3.5 : Math.sqrt(one + 1)));
    expect(structureOf({ key: many, size: written, noise: many.map((_, row) => row % 7) }, many)).toEqual({
      constant: ["size"],
      isOfThings: true,
    });
  });

  test("levels of a hierarchy and another name of the key are no traits", () => {
    const chain = { town: thing.map((one) => Math.floor(one / 4)), region: thing.map((one) => Math.floor(one / 20)), noise };
    expect(structureOf({ key: thing, ...chain }, thing)).toEqual({ constant: ["town", "region"], isOfThings: false });
    expect(structureOf({ key: thing, name: thing.map((one) => `n${one}`), noise }, thing).constant).toEqual([]);
  });

  test("nothing stays the same within an ordinary category, nor in a file that is sorted by something else", () => {
    expect(structureOf({ key: thing, noise, other: thing.map(() => random.integer(2)) }, thing).constant).toEqual([]);
    const block = Array.from({ length: ROWS }, (_, row) => Math.floor(row / 4));
    const slow = block.map((one) => Math.floor(one / 50));
    expect(structureOf({ key: block, slow, slower: slow.map((one) => Math.floor(one / 2)), noise }, block).constant).toEqual([]);
  });

  test("a kind is called by what it is made of, a thing is not", () => {
    const [way, gears] = [thing.map((one) => ["Auto", "Manual", "CVT", "DCT"][one % 4]!), thing.map((one) => 1 + Math.floor(one / 4))];
    const kind = thing.map((_, row) => `${way[row]}(S${gears[row]})`);
    expect(structureOf({ key: kind, gears, way: way.map((one) => one.length * 2 + one.charCodeAt(0)), noise }, thing).isOfThings).toBe(
      false,
    );
    const named = thing.map((one) => `n${100 + one}`);
    expect(structureOf({ key: named, gears, way: way.map((one) => one.length * 2 + one.charCodeAt(0)), noise }, thing).isOfThings).toBe(
      true,
    );
  });

  test("rows written twice and kinds that are met unevenly are no things", () => {
    const traits = (codes: readonly number[]) => ({ sex: codes.map((one) => one % 2), arm: codes.map((one) => Math.floor(one / 10)) });
    expect(structureOf({ key: thing, ...traits(thing) }, thing).isOfThings).toBe(false);
    const uneven = thing.map((one, row) => (row > 2 * THINGS && row % 10 !== 0 ? 0 : one));
    expect(structureOf({ key: uneven, ...traits(uneven), noise }, uneven).isOfThings).toBe(false);
  });
});
