import { expect, test } from "vitest";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { conversionsFor } from "../../../src/data/meaning/units.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const blood = (rows: number, spread: number, factor: number) =>
  cells(rows, 5, "blood", (random, row) => {
    const value = 90 * Math.exp(spread * random.normal());
    return row % 8 === 3 ? value / factor : value;
  });

const inspect = async (name: string, values: Cells) =>
  (await unitMix.inspect(contextOf({ columns: { [name]: values, y: coin(values.length) }, target: "y" }))).map((one) => ({
    units: one.evidence.units,
    does: one.fix.action,
    isSure: one.confidence > 0.5,
  }));

test("creatinine in two units is told by its own factor, and by 100 where the heaps say so", async () => {
  const own = { does: "steps", isSure: true };
  expect(await inspect("kreatinine", blood(4000, 0.2, 88.42))).toEqual([{ units: "umol/L and mg/dL of creatinine", ...own }]);
  expect(await inspect("kreatinine", blood(4000, 0.2, 100))).toEqual([{ units: "units and hundredths", ...own }]);
  expect(await inspect("belopp", blood(4000, 0.2, 100))).toEqual([{ units: "units and hundredths", ...own }]);
});

test("both factors are named and no step is taken where the heaps bear both, or where the name says nothing of a substance", async () => {
  const units = "umol/L and mg/dL of creatinine, times 88.42; or units and hundredths, times 100";
  expect(await inspect("kreatinine", blood(400, 0.3, 90))).toEqual([{ units, does: "advice", isSure: false }]);
  expect(await inspect("belopp", blood(4000, 0.4, 88.42))).toEqual([{ units, does: "advice", isSure: false }]);
});

test("a tenfold value in a few rows may be a decimal point in the wrong place: no unit that is near to ten is taken for it", async () => {
  const areas = (rows: number, factor: number, each: number) =>
    cells(rows, 6, "areas", (random, row) => 80 * Math.exp(0.25 * random.normal()) * (row % each === 3 ? factor : 1));
  const units = "units and tenths, times 10; or square feet and square metres, times 10.76";
  expect(await inspect("living_area", areas(1300, 10, 100))).toEqual([{ units, does: "advice", isSure: false }]);
  expect(await inspect("living_area", areas(4000, 10.76, 8))).toEqual([
    { units: "square feet and square metres", does: "steps", isSure: true },
  ]);
  // More tenths than that are told from square feet, and are no unit of an area.
  expect(await inspect("living_area", areas(4000, 10, 8))).toMatchObject([{ does: "advice", isSure: false }]);
  // So much per hectare is no area.
  expect(await inspect("azote_kg_ha", areas(1300, 10, 100))).toEqual([]);
});

test.each([
  ["surface_ha", "area"],
  ["width_in_cm", "length"],
  ["t_c", "temperature"],
  ["dose_kg_ha", null],
  ["cost_per_km", null],
  ["vitamin_c_mg", "mass"],
  ["load_min_kg", "mass"],
  ["pace_min_km", null],
])("%s measures %s", (name, dimension) => {
  expect(conversionsFor(name, null, name.split("_").at(-1) ?? null).dimension).toBe(dimension);
});

test("so much per minute is no duration", () => {
  expect(conversionsFor("flow_l_min", "duration", "min").dimension).toBeNull();
  expect(conversionsFor("wait_min", "duration", "min").dimension).toBe("duration");
});
