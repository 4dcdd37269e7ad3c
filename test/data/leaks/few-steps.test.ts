import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { inspect, tableOf } from "../table.ts";

const ROWS = 200;
const random = createRandom(4, "few steps");
const late = Array.from({ length: ROWS }, () => Math.round(100 * Math.exp(0.6 * random.normal())) / 100);

test.each<[string, (value: number, row: number) => number, number]>([
  ["the other end of an interval", (value, row) => value - [0.5, 0.5, 1, 0.46, 0.1 + random.next()][row % 5]!, 1],
  ["a value of its own", (value) => value - random.next(), 0],
  ["a near measurement", (value) => value + 0.05 * random.normal(), 0],
])("%s", async (_, make, expected) => {
  const table = tableOf([
    ["early", late.map(make)],
    ["spare", late.map(() => random.normal())],
    ["late", late],
  ]);
  const found = (await inspect(targetLeak, table, "late")).filter(({ evidence }) => "steps" in evidence);
  expect(found).toHaveLength(expected);
  if (expected === 1)
    expect(found[0]).toMatchObject({ columns: ["early"], confidence: 0.45, evidence: { steps: expect.arrayContaining([0.5, 1, 0.46]) } });
});

test("of two coarse numbers few differences are chance", async () => {
  const [early, late] = [0, 1].map(() =>
    Array.from({ length: ROWS }, () => random.integer(5) + (random.next() < 0.1 ? 3 + random.integer(8) : 0)),
  );
  const above = late!.map((value) => value + 30);
  const table = tableOf([
    ["before", early!],
    ["y", above],
  ]);
  expect((await inspect(targetLeak, table, "y")).filter(({ evidence }) => "steps" in evidence)).toEqual([]);
});

test("a step is as large beside large numbers; steps to both sides, and what is named like the target, are other questions", async () => {
  const grade = late.map((value) => Math.round(10 * value));
  const look = async (name: string, cells: number[], target: number[]) =>
    (
      await inspect(
        targetLeak,
        tableOf([
          [name, cells],
          ["grade", target],
        ]),
        "grade",
      )
    ).filter(({ evidence }) => "steps" in evidence).length;
  const after = (step: (row: number) => number, offset = 0) => grade.map((value, row) => offset + value - step(row));
  const oneSided = (row: number) => [4, 9, 9][row % 3]!;
  expect(await look("x", after(oneSided), grade)).toBe(1);
  expect(
    await look(
      "x",
      after(oneSided, 1e8),
      grade.map((value) => 1e8 + value),
    ),
  ).toBe(1);
  expect(
    await look(
      "x",
      after((row) => [0, 7, -7][row % 3]!),
      grade,
    ),
  ).toBe(0);
  expect(await look("grade_1", after(oneSided), grade)).toBe(0);
});
