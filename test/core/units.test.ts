import { describe, expect, test } from "vitest";
import { inUnit, unitOf } from "../../src/core/units.ts";

function converted(value: number, from: string, to: string): number {
  return inUnit(value, unitOf(from)!, unitOf(to)!);
}

describe("units of written numbers", () => {
  test.each([
    [1, "MW", "kW", 1000],
    [1, "mW", "kW", 1e-6],
    [1, "MWh", "kWh", 1000],
    [100, "PS", "kW", 73.549875],
    [100, "hp", "kW", 74.57],
    [1, "Lbs", "KG", 0.45359237],
    [300, "K", "°C", 26.85],
  ])("%d %s in %s", (value, from, to, expected) => expect(converted(value, from, to)).toBeCloseTo(expected, 9));

  test.each(["mw", "Mw", "MWH", "mWh", "M", "k", "ton", "tons"])("%s could be two units, so it is none", (spelling) =>
    expect(unitOf(spelling)).toBeNull(),
  );
});
