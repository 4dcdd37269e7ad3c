import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { targetLeak } from "../../../src/data/checks/target-leak.ts";
import { LIKELY } from "../../../src/data/harm/ground.ts";
import { oneOfCauses } from "../../../src/data/leaks/one-of-causes.ts";
import { type Cells, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 3000;
const random = createRandom(5, "one of causes");
const sun = numbers(ROWS, () => 1000 * random.next());
const air = numbers(ROWS, (i) => 12 + 0.012 * sun[i]! + 7 * random.normal());
const wind = numbers(ROWS, () => -Math.log(random.next()));
const power = numbers(ROWS, (i) => 0.06 * sun[i]! * (1 - 0.004 * (air[i]! - 15)) * (1 + 0.03 * random.normal()));
const copy = power.map((value) => value * (1 + 0.06 * random.normal()));
const near = power.map((value) => value + 1.5 * random.normal());

const look = (column: Cells, others: Record<string, Cells> = { air, wind }) =>
  contextOf({ columns: { ...others, column, power }, target: "power" });
const leaks = async (column: Cells) => (await targetLeak.inspect(look(column))).filter(({ columns }) => columns.includes("column"));

describe("one of the causes of the target", () => {
  test("goes with the others where the target is the same, and is asked about", async () => {
    expect(oneOfCauses(look(sun), "column")).toMatchObject({ by: "air", share: expect.closeTo(0.3, 0) });
    expect(await leaks(sun)).toMatchObject([
      { confidence: 0.45, severity: "blocker", why: expect.stringContaining("one cause among others") },
    ]);
  });

  test("also where a few rows lie elsewhere", async () => {
    const [found, ...others] = await leaks(sun.map((value, i) => (i % 33 === 7 ? -99 : value)));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ confidence: 0.45, why: expect.stringContaining("one cause among others") });
    expect(found?.rows.count).toBeGreaterThan(60);
  });

  test.each([
    ["in proportion", copy],
    ["of one size", near],
  ] as const)("a copy with noise %s is none, and is left out", async (_, column) => {
    expect(oneOfCauses(look(column), "column")).toBeNull();
    expect((await leaks(column))[0]?.confidence).toBeGreaterThan(LIKELY);
  });

  test.each<[string, Cells, Record<string, Cells>]>([
    ["beside a second copy that shares its noise", copy, { air, wind, twin: copy.map((value) => value + 0.5 * random.normal()) }],
    ["beside a far weaker one that shares its noise", copy, { air, wind, twin: copy.map((value) => value + 5 * random.normal()) }],
    ["that was computed from the target and another column", power.map((value, i) => value * (1 + 0.01 * air[i]!)), { air, wind }],
    ["with nothing beside it", sun, {}],
    ["in few rows", sun.map((value, i) => (i % 20 === 0 ? value : null)), { air, wind }],
  ])("nothing is told of one %s", (_, column, others) => {
    expect(oneOfCauses(look(column, others), "column")).toBeNull();
  });
});
