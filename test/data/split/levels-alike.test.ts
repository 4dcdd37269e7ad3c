import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const asked = (columns: Record<string, Cells>) => groupLeak.inspect(contextOf({ columns, target: "y" }));

const letters = (i: number) => `${"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[i % 26]}${"aeiou"[Math.floor(i / 26) % 5]}x`;

/** Rows of `levels` values of one column. `own`: what of the target is the level's. */
function table(levels: number, each: number, own: number, write: (level: number, i: number) => string, seed = 1): Record<string, Cells> {
  const random = createRandom(seed, "levels");
  const level = Array.from({ length: levels }, () => own * random.normal());
  const rows = Array.from({ length: levels * each }, () => random.integer(levels));
  const x = rows.map(() => random.normal());
  return {
    where: rows.map((one, i) => write(one, i)),
    x,
    y: rows.map((one, i) => x[i]! + level[one]! + random.normal()),
  };
}

describe("levels of which much of an amount is their own", () => {
  test("are asked about, whatever they are called", async () => {
    const [found, ...others] = await asked(table(40, 30, 2, letters));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ trap: "group-leak", columns: ["where"], confidence: 0.3, choices: ["new", "same"] });
    expect(Number(found!.evidence.icc)).toBeGreaterThan(0.25);
    expect(found!.fix).toMatchObject({ action: "split", split: { policy: "group", by: ["where"] } });
  });

  test("are not where little is, nor where five folds have not three of them each", async () => {
    const few = await Promise.all([1, 2, 3].map((seed) => asked(table(40, 30, 0.5, letters, seed))));
    expect(few.flat()).toEqual([]);
    expect(await asked(table(14, 80, 2, letters))).toEqual([]);
  });

  test("are the first words of names that come back", async () => {
    const named = (level: number, i: number) => `${letters(level)} ${letters(i)} ${i % 97}`;
    const [found, ...others] = await asked(table(25, 8, 2, named));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["where"], confidence: 0.3, fix: { action: "split", split: { by: ["where"] } } });
    expect(found!.question).toContain("front parts of where");
    const { split } = found!.fix as { split: { cut: string } };
    expect(new RegExp(split.cut, "u").exec("Aax Bex 5")?.[1]).toBe("Aax");
    const alone = await Promise.all([1, 2, 3].map((seed) => asked(table(25, 8, 0, named, seed))));
    expect(alone.flat()).toEqual([]);
  });

  test("are the first words of names of which some come back whole", async () => {
    const names = table(25, 40, 2, (level, i) => `${letters(level)} ${(i * 7919) % 251}`);
    const [found, ...others] = await asked({ ...names, size: names.x!.map((_, i) => (i * 31) % 17) });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["where"], confidence: 0.3 });
    expect(found!.question).toContain("front parts of where");
  });

  test("a list of places is asked about too, a month is not", async () => {
    const states = "AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS".split(" ");
    const state = (level: number) => states[level]!;
    const { where, ...rest } = table(24, 40, 2, state);
    const columns = { state: where!, ...rest };
    const found = await asked(columns);
    expect(found.map((one) => one.columns)).toEqual([["state"]]);
    expect(await asked({ week: where!, ...rest })).toEqual([]);
  });
});
