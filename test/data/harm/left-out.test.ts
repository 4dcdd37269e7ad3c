import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { constant } from "../../../src/data/checks/constant.ts";
import { duplicateColumn } from "../../../src/data/checks/duplicate-column.ts";
import { missing } from "../../../src/data/checks/missing.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { audit } from "../../../src/data/index.ts";
import { runFold } from "../../../src/problems/tabular/runner.ts";
import { contextOf, numbers, tableOf } from "../table.ts";
import { tinyLab } from "../tiny-lab.ts";

const ROWS = 900;
const TABLES = 10;

/** Fate of a column that is empty in 60 % of the rows. tells: of the target, by its values. By the quick trees that price in every audit. */
async function fateOf(seed: number, tells: boolean) {
  const random = createRandom(seed, "mostly empty");
  const [a, b, c] = [1, 2, 3].map(() => numbers(ROWS, () => random.normal())) as [number[], number[], number[]];
  const table = tableOf([
    ["a", a],
    ["b", b],
    ["note", c.map((value) => (random.next() < 0.6 ? Number.NaN : value))],
    ["y", a.map((value, i) => Number(value + 0.7 * b[i]! + (tells ? 1.5 * c[i]! : 0) + 1.2 * random.normal() > 0))],
  ]);
  const context = contextOf(table, "y");
  const { lab, experimentFor } = tinyLab(context, "auc", null, runFold);
  const { findings, recipe, roles } = await audit(context, [missing], lab, experimentFor);
  expect(findings).toMatchObject([{ trap: "missing", columns: ["note"], question: null }]);
  const isOut = findings[0]!.state === "mended";
  expect([recipe.length, roles.features.includes("note")]).toEqual(isOut ? [1, false] : [0, true]);
  return findings[0]!.state;
}

test("of ten tables with a mostly empty column of noise it is left out of nearly all; one that tells something is kept in all of five", async () => {
  const fates = async (tells: boolean, tables: number) => {
    const all: string[] = [];
    for (let seed = 0; seed < tables; seed++) all.push(await fateOf(seed, tells));
    return all;
  };
  expect((await fates(false, TABLES)).filter((state) => state === "mended").length).toBeGreaterThanOrEqual(0.9 * TABLES);
  expect(new Set(await fates(true, TABLES / 2))).toEqual(new Set(["kept"]));
}, 120_000);

test("what was not measured, for the budget or the number of prices, leaves out only columns that tell nothing", async () => {
  const random = createRandom(1, "unmeasured");
  const a = numbers(200, () => random.normal());
  const table = tableOf([
    ["a", a],
    ["b", numbers(200, () => random.normal())],
    ["again", a],
    ["same", numbers(200, () => 1)],
    ["note", numbers(200, () => (random.next() < 0.7 ? Number.NaN : random.normal()))],
    ["y", a.map((value) => Number(value + random.normal() > 0))],
  ]);
  const context = contextOf(table, "y");
  const { lab, experimentFor } = tinyLab(context, "auc");
  const { findings, roles } = await audit(context, [missing, constant, duplicateColumn], lab, experimentFor, { mostPriced: 0 });
  expect(Object.fromEntries(findings.map(({ trap, state }) => [trap, state]))).toEqual({
    missing: "open",
    constant: "mended",
    "duplicate-column": "mended",
  });
  const [left] = findings.filter(({ trap }) => trap === "missing");
  expect(left!.harm).toBeNull();
  expect(left!.unmeasured).toMatch(/^Only the first 0 suspicions are measured.*so it is not made\.$/);
  expect(roles.features).toEqual(["a", "b", "note"]);
});

test("an experiment is not compared with itself: a copy of what is out already costs nothing that was measured", async () => {
  const random = createRandom(2, "itself");
  const [a, y] = [numbers(400, () => random.normal()), numbers(400, () => random.integer(2))];
  const leak = y.map((label) => label + 0.01 * random.normal());
  const table = tableOf([
    ["a", a],
    ["leak", leak],
    ["again", leak],
    ["y", y],
  ]);
  const context = contextOf(table, "y");
  const { lab, experimentFor } = tinyLab(context, "auc");
  const { findings } = await audit(context, [targetLeak, duplicateColumn], lab, experimentFor);
  const copy = findings.find(({ trap }) => trap === "duplicate-column");
  expect(copy).toMatchObject({ harm: null, unmeasured: expect.stringContaining("one experiment") });
});
