import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import type { RecipeStep } from "../../../src/core/recipe.ts";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import type { LevelColumn } from "../../../src/data/columns/counts.ts";
import { inFixedOrder } from "../../../src/data/harm/ground.ts";
import { unitSource } from "../../../src/data/values/unit-source.ts";
import { mendFrame } from "../../../src/recipe/index.ts";
import { coin } from "../checks/context.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;
const random = createRandom(39, "unit source");
const FACTOR = 25.4;
const agents = numbers(ROWS, () => random.integer(9)).map(
  (place) => ["Arbre", "Bois", "Clos", "Dune", "Eau", "Foix", "Gare", "Haut", "Ile"][place]!,
);
/** Millimetres, a few of them far: no cut parts these from the large ones in inches. */
const lengths = numbers(ROWS, () => 240 * Math.exp((random.next() < 0.03 ? 1.4 : 0.5) * random.normal()));
const written = lengths.map((value, row) => (agents[row] === "Dune" ? value / FACTOR : value));

async function foundIn(length: readonly number[], by: readonly (string | null)[] = agents) {
  const table = tableOf([
    ["length_mm", length],
    ["agent", by],
    ["noise", numbers(ROWS, () => random.normal())],
    ["y", coin(ROWS)],
  ]);
  const context = contextOf(table, "y");
  return { context, found: await unitMix.inspect(context) };
}

test("where a column tells which rows are in the other unit these are converted, and no others", async () => {
  const { context, found } = await foundIn(written);
  const [one, ...more] = found;
  expect(more).toEqual([]);
  const steps = one!.fix.action === "steps" ? one!.fix.steps : [];
  expect(steps).toEqual([
    { op: "convert-unit", column: "length_mm", by: { column: "agent", levels: ["Dune"] }, factor: expect.closeTo(FACTOR, 6), offset: 0 },
  ]);
  expect(one).toMatchObject({ evidence: { sourceLevels: ["Dune"] }, why: expect.stringContaining('`agent` is "Dune"') });
  expect(one!.evidence).toHaveProperty(
    "disagree",
    expect.toSatisfy((rows: number) => rows > 0),
  );
  expect(one!.rows.count).toBe(agents.filter((agent) => agent === "Dune").length);
  const mended = mendFrame(steps, context.frame).columns.find(({ name }) => name === "length_mm");
  const values = mended !== undefined && "values" in mended ? mended.values : [];
  expect(Array.from(values)).toEqual(lengths.map((value) => expect.closeTo(value, 6)));
});

test("rows that the column tells otherwise, deep in the other heap: it asks", async () => {
  let turned = 0;
  const some = written.map((value, row) => (agents[row] === "Dune" && turned++ < 12 ? lengths[row]! : value));
  const { found } = await foundIn(some);
  expect(found).toMatchObject([{ question: expect.stringContaining("below"), why: expect.stringContaining("but for") }]);
  expect(found[0]!.confidence).toBeLessThan(0.5);
});

test("one row deep in the other heap makes it no less sure", async () => {
  const one = agents.indexOf("Arbre");
  const near = numbers(ROWS, () => 240 * Math.exp(0.3 * random.normal()));
  const { found } = await foundIn(
    near.map((value, row) => (agents[row] === "Dune" || row === one ? value / (row === one ? 60 : FACTOR) : value)),
  );
  expect(found).toMatchObject([{ evidence: { disagree: 1, disagreeDeep: 1 }, fix: { steps: [{ by: { levels: ["Dune"] } }] } }]);
  expect(found[0]!.why).not.toContain("but for");
  expect(found[0]!.confidence).toBeGreaterThan(0.5);
});

test("where no row disagrees the cut stays: it needs no other column, and holds for names that are new", async () => {
  const near = agents.map((agent) => (240 / (agent === "Dune" ? FACTOR : 1)) * Math.exp(0.3 * random.normal()));
  const { found } = await foundIn(near);
  expect(found).toMatchObject([{ evidence: { source: "agent", disagree: 0 }, fix: { steps: [{ where: "below" }] } }]);
});

test("many names of a few rows each tell nothing", () => {
  const codes = Int32Array.from({ length: ROWS }, (_, row) => Math.floor(row / 8));
  const of = (places: Int32Array) => {
    const levels = Array.from({ length: Math.max(...places) + 1 }, (_, code) => `g${code}`);
    const by = { name: "gauge", type: "category", codes: places, levels } as LevelColumn;
    return unitSource(
      by,
      (row) => row < ROWS / 4 && row !== 5,
      () => false,
    );
  };
  expect(of(codes)).toBeNull();
  expect(of(codes.map((code) => Math.floor(code / 4)))).toMatchObject({ disagree: 15, tells: "exactly" });
});

test("a column that tells of no row leaves the cut as it was", async () => {
  const mixed = lengths.map((value, row) => (row % 9 === 0 ? value / FACTOR : value));
  const { found } = await foundIn(mixed);
  expect(found).toMatchObject([{ fix: { steps: [{ where: "below" }] } }]);
});

test("the steps convert after the codes for no value are gone, and before the column that tells is left out or renamed", () => {
  const told: RecipeStep = { op: "convert-unit", column: "n", by: { column: "c", levels: ["a "] }, factor: 2, offset: 0 };
  const codes: RecipeStep = { op: "null-out", column: "n", values: [-9] };
  const others: RecipeStep[] = [
    { op: "drop", columns: ["c"] },
    { op: "null-out", column: "k", values: [-9] },
    { op: "map", column: "c", mapping: { "a ": "a" } },
  ];
  expect(inFixedOrder([...others, told, codes])).toEqual([codes, told, ...others]);
  const plain: RecipeStep = { op: "convert-unit", column: "n", where: "above", limit: 1, factor: 2, offset: 0 };
  expect(inFixedOrder([plain, ...others]).at(-1)).toEqual(plain);
});

test("blanks are taken away after the other renames, which know values as they are written", () => {
  const trim: RecipeStep = { op: "map", column: "c", mapping: { " 1-3": "1-3", " 4+": "4+" } };
  const renames: RecipeStep[] = [
    { op: "map", column: "c", mapping: { " 4+": "4" } },
    { op: "map", column: "d", mapping: { a: "b" } },
  ];
  const last: RecipeStep = { op: "to-number", column: "c" };
  expect(inFixedOrder([trim, last, ...renames])).toEqual([...renames, trim, last]);
});
