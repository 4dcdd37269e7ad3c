import { expect, test } from "vitest";
import { multicollinear } from "../../../src/data/checks/multicollinear.ts";
import { linearGround } from "../../../src/data/linear/number-shapes.ts";
import { contextWith, normals } from "./linear-table.ts";

const base = normals(1);
const near = (seed: number, noise: number) => {
  const own = normals(seed);
  return base.map((value, row) => value + noise * own[row]!);
};

test("three gauges of one thing: left out alone against left out together", async () => {
  const [found, ...more] = await multicollinear.inspect(contextWith({ inlet: near(2, 0.1), middle: base, outlet: near(3, 0.1) }));
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["inlet", "middle", "outlet"], severity: "cosmetic" });
  expect(found!.counterfactual).toMatchObject({
    change: "linear",
    claimed: { without: ["middle"] },
    honest: { without: ["inlet", "middle", "outlet"] },
    flatters: true,
  });
  // Two neighbours with a hundredth of its variance as noise leave 1 / 201 of the middle one.
  expect((found!.evidence.inflation as Record<string, number>).middle).toBeGreaterThan(150);
});

test("an exact sum is inflated, and no error", async () => {
  const sum = base.map((value, row) => value + normals(4)[row]!);
  expect(await multicollinear.inspect(contextWith({ base, addend: normals(4), sum }))).toHaveLength(1);
});

test("silent on columns that go together by half", async () => {
  expect(await multicollinear.inspect(contextWith({ base, near: near(2, 1) }))).toEqual([]);
});

test("of many rows 4,000 train, since so few numbers ask for no more", () => {
  const few = contextWith({ base });
  const many = { ...few, frame: { ...few.frame, rows: 50_000 } };
  expect([linearGround(few).trainShare, linearGround(many).trainShare]).toEqual([undefined, 0.1]);
});
