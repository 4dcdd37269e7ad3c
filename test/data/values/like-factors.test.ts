import { expect, test } from "vitest";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
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
