import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../../src/core/random.ts";
import { oversampled } from "../../../src/data/checks/oversampled.ts";
import { contextOf } from "./context.ts";

type Row = readonly number[];
const COLUMNS = ["a", "b", "c", "d"];
const point = (random: Random, shift: number): Row => COLUMNS.map(() => shift + random.normal());

function look(rows: readonly Row[], labels: readonly string[], digits = 12) {
  const columns = Object.fromEntries(COLUMNS.map((name, i) => [name, rows.map((row) => Number(row[i]!.toFixed(digits)))]));
  return oversampled.inspect(contextOf({ columns: { ...columns, y: [...labels] }, target: "y" }));
}

/** SMOTE as it is defined: towards one of the five nearest of the class. */
function smote(random: Random, rare: readonly Row[]): Row {
  const from = rare[random.integer(rare.length)]!;
  const apart = (row: Row) => row.reduce((sum, value, i) => sum + (value - from[i]!) ** 2, 0);
  const near = [...rare].sort((a, b) => apart(a) - apart(b)).slice(1, 6);
  const [to, share] = [near[random.integer(near.length)]!, random.next()];
  return from.map((value, i) => value + share * (to[i]! - value));
}

function unbalanced(seed: number) {
  const random = createRandom(seed, "oversampled");
  const common = Array.from({ length: 400 }, () => point(random, 0));
  const rare = Array.from({ length: 80 }, () => point(random, 1));
  return { random, common, rare, labels: (made: number) => [...common.map(() => "no"), ...Array.from({ length: 80 + made }, () => "yes")] };
}

describe("found", () => {
  test.each([320, 40])("%d copies of rows of the rarer class", async (made) => {
    const { random, common, rare, labels } = unbalanced(1);
    const copies = Array.from({ length: made }, () => rare[random.integer(rare.length)]!);
    const [found] = await look([...common, ...rare, ...copies], labels(made));
    expect(found).toMatchObject({
      trap: "oversampled",
      severity: "blocker",
      evidence: { kind: "copies", class: "yes" },
      fix: { action: "steps" },
    });
    expect(found!.confidence).toBeGreaterThan(0.9);
  });

  test.each([
    [320, 12],
    [60, 12],
    [320, 5],
    [320, 2],
  ])("%d rows made by SMOTE, written with %d digits", async (made, digits) => {
    const { random, common, rare, labels } = unbalanced(2);
    const between = Array.from({ length: made }, () => smote(random, rare));
    const found = await look([...common, ...rare, ...between], labels(made), digits);
    expect(found).toMatchObject([{ severity: "blocker", evidence: { kind: "interpolated", class: "yes" } }]);
    expect(found[0]!.confidence).toBeGreaterThan(0.6);
  });
});

/** Counts and rounded amounts, and full numbers, as a table of two classes; `made` rows of the second lie between any two of it. */
function counted(made: number, digits = 12) {
  const random = createRandom(5, "counted");
  const row = (): Row => [random.integer(30), 100 * random.integer(300), Number(random.next().toFixed(3)), 10 ** (4 * random.next())];
  const [common, rare] = [Array.from({ length: 400 }, row), Array.from({ length: 200 }, row)];
  const between = Array.from({ length: made }, () => {
    const [from, to, share] = [rare[random.integer(200)]!, rare[random.integer(200)]!, random.next()];
    return from.map((value, i) => Number((value + share * (to[i]! - value)).toFixed(digits)));
  });
  return look([...common, ...rare, ...between], [...common.map(() => "no"), ...[...rare, ...between].map(() => "yes")]);
}

test.each([12, 1])("rows between any two of a class have fractions where others have none: %d digits", async (digits) => {
  expect(await counted(200, digits)).toMatchObject([
    { evidence: { kind: "finer", class: "yes" }, columns: expect.arrayContaining(["a", "b"]) },
  ]);
});

test("a class of smaller numbers has more decimals by the digits that are written, and no other grain", async () => {
  const random = createRandom(6, "digits");
  const rows = Array.from({ length: 600 }, (_, row) =>
    COLUMNS.map(() => Number((10 ** ((row < 300 ? 2 : 0.6) + random.normal())).toPrecision(4))),
  );
  expect(
    await look(
      rows,
      rows.map((_, row) => (row < 300 ? "no" : "yes")),
    ),
  ).toEqual([]);
  expect(await counted(0)).toEqual([]);
});

describe("silent", () => {
  test("a rare class as it is, and one of equal size", async () => {
    const { random, common, rare, labels } = unbalanced(3);
    expect(await look([...common, ...rare], labels(0))).toEqual([]);
    const more = Array.from({ length: 320 }, () => point(random, 1));
    expect(await look([...common, ...rare, ...more], labels(320))).toEqual([]);
  });

  test("two columns that add up to one day where nobody died lie on the way together", async () => {
    const random = createRandom(8, "followed");
    const rows = Array.from({ length: 500 }, (_, row): Row => {
      const entry = random.integer(1800);
      const followed = row < 240 ? 5000 - entry : random.integer(4000);
      return [entry, followed, 30 + random.integer(50), random.integer(9)];
    });
    expect(
      await look(
        rows,
        rows.map((_, row) => (row < 240 ? "alive" : "dead")),
      ),
    ).toEqual([]);
  });

  test("copies in both classes: that is duplicate-row", async () => {
    const { random, common, rare, labels } = unbalanced(4);
    const drawn = common.map(() => common[random.integer(common.length)]!);
    const rareDrawn = rare.map(() => rare[random.integer(rare.length)]!);
    expect(await look([...drawn, ...rareDrawn], labels(0))).toEqual([]);
  });

  test("a bootstrapped table of few categories, where rows are equal by chance", async () => {
    const random = createRandom(5, "categories");
    const rows = Array.from({ length: 600 }, () => COLUMNS.map(() => random.integer(3)));
    expect(
      await look(
        rows,
        rows.map(([a]) => (a === 0 && random.next() < 0.5 ? "yes" : "no")),
      ),
    ).toEqual([]);
  });

  test("answers of a few choices that one class gives alike are doubted", async () => {
    const random = createRandom(9, "answers");
    const rows = Array.from({ length: 500 }, (_, row) => COLUMNS.map(() => (row < 80 && row % 2 === 0 ? 0 : random.integer(9))));
    const found = await look(
      rows,
      rows.map((_, row) => (row < 80 ? "yes" : "no")),
    );
    for (const one of found) expect(one.confidence).toBeLessThan(0.5);
  });

  test("whole numbers on a lattice, of which many lie between others", async () => {
    const { random, common, rare, labels } = unbalanced(6);
    const round = (row: Row) => row.map((value) => Math.round(30 * value));
    const more = Array.from({ length: 320 }, () => point(random, 1));
    expect(await look([...common, ...rare, ...more].map(round), labels(320))).toEqual([]);
  });
});
