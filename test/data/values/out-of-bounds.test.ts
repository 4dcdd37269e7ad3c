import { describe, expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { mostlyPaired } from "../../../src/data/meaning/paired-bounds.ts";
import { quantityOf } from "../../../src/data/meaning/quantity.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 400;
const shifted = (row: number) => cells(ROWS, 3, "amount", (random, at) => (at < row ? -1 - at : 2 + random.integer(40)));

describe("an amount that its name says is never less than nothing", () => {
  const found = async (columns: Record<string, Cells>, target: string) => impossibleValue.inspect(contextOf({ columns, target }));

  test.each(["Experience", "wind_speed", "Windgeschwindigkeit", "velocidad del viento", "vitesse du vent", "rainfall_mm", "neerslag"])(
    "%s below 0 becomes missing",
    async (name) => {
      expect(await found({ [name]: shifted(3), y: coin(ROWS) }, "y")).toMatchObject([
        { columns: [name], evidence: { values: [-3, -2, -1] }, fix: { action: "steps", steps: [{ op: "null-out" }] }, question: null },
      ]);
      // More rows than slips are another meaning.
      expect(await found({ [name]: shifted(20), y: coin(ROWS) }, "y")).toEqual([]);
    },
  );

  test("a difference, a score and a word that says nothing have no bound", () => {
    for (const name of ["speed_diff", "experience score", "speed index", "delta speed", "balance"]) expect(quantityOf(name)).toBeNull();
  });

  test("of the target it is asked, and nothing is filled in", async () => {
    const columns = { age: cells(ROWS, 1, "a", (random) => random.integer(80)), occupancy: shifted(3) };
    expect(await found(columns, "occupancy")).toMatchObject([
      {
        columns: ["occupancy"],
        evidence: { values: [-3, -2, -1], quantity: "occupancy" },
        fix: { action: "advice" },
        ifConfirmed: { fix: { action: "steps" } },
        question: "Is `occupancy` = -3, -2, -1 a mistake?",
      },
    ]);
  });
});

test("what a place holds is hardly ever less than what is in it", () => {
  expect(mostlyPaired(["Occupancy", "Capacity", "hall_passengers", "hall_seats", "bus_passengers"])).toEqual([
    ["Occupancy", "Capacity"],
    ["hall_passengers", "hall_seats"],
  ]);
});
