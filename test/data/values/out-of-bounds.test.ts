import { describe, expect, test } from "vitest";
import type { AuditContext } from "../../../src/data/check.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { mostlyPaired } from "../../../src/data/meaning/paired-bounds.ts";
import { quantityOf } from "../../../src/data/meaning/quantity.ts";
import { brokenOrders } from "../../../src/data/values/broken-orders.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 400;
const shifted = (row: number) => cells(ROWS, 3, "amount", (random, at) => (at < row ? -1 - at : 2 + random.integer(40)));
const found = async (columns: Record<string, Cells>, target: string) => impossibleValue.inspect(contextOf({ columns, target }));

describe("an amount that by its name is hardly ever below 0", () => {
  test.each([
    "Experience",
    "wind_speed",
    "Windgeschwindigkeit",
    "velocidad del viento",
    "velocità",
    "vitesse du vent",
    "rainfall_mm",
    "neerslag",
    "wt_g",
    "poids_lot",
  ])("%s below 0 is asked about, and nothing becomes missing before", async (name) => {
    expect(await found({ [name]: shifted(3), y: coin(ROWS) }, "y")).toMatchObject([
      { columns: [name], evidence: { values: [-3, -2, -1] }, question: `Is \`${name}\` = -3, -2, -1 a mistake?`, confidence: 0.45 },
    ]);
    // More rows than slips are another meaning.
    expect(await found({ [name]: shifted(20), y: coin(ROWS) }, "y")).toEqual([]);
  });

  test("what is left, a difference, a scale and a gear have a sign", () => {
    const signed =
      "speed_diff,experience score,speed index,delta speed,balance,available_seats,seats_left,habitaciones_disponibles,net_passengers";
    const more =
      "rainfall_anomaly,Niederschlag_Abweichung,écart_précipitations,vertical_speed,ln_mileage,speed_standardized,vitesse_engagee";
    for (const name of [...signed.split(","), ...more.split(",")]) expect(quantityOf(name), name).toBeNull();
  });

  test("those that lie far are asked about once, with all others below 0", async () => {
    const wt = cells(ROWS, 9, "wt", (random, row) => (row < 2 ? -5000 * (row + 1) : row < 5 ? -1 - row : 900 + 200 * random.next()));
    expect((await found({ wt_g: wt, y: coin(ROWS) }, "y")).map(({ evidence }) => evidence.values)).toEqual([[-10000, -5000, -5, -4, -3]]);
    expect(await found({ wt_change_g: wt.map((one) => Math.max(Number(one), -5)), y: coin(ROWS) }, "y")).toEqual([]);
  });

  test("a far value on the other side is asked about all the same", async () => {
    const mileage = cells(ROWS, 4, "m", (random, row) => (row < 2 ? -3 : row < 4 ? 9e9 : 20_000 + 40_000 * random.next()));
    expect((await found({ mileage, y: coin(ROWS) }, "y")).map(({ evidence }) => evidence.values)).toEqual([[-3, 9e9]]);
  });

  test("what a computation leaves where 0 is meant is no amount below it", async () => {
    const rain = cells(ROWS, 5, "r", (random, row) => (row < 5 ? -1e-17 : row % 3 === 0 ? 0 : 1 + random.next()));
    expect(await found({ rainfall: rain, y: coin(ROWS) }, "y")).toMatchObject([{ evidence: { kind: "rounding-residue" } }]);
  });

  test("of the target it is asked beside what lies far, and nothing is filled in", async () => {
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
    const far = columns.occupancy.map((value, row) => (row === 399 ? 9e7 : value));
    expect((await found({ ...columns, occupancy: far }, "occupancy")).map(({ evidence }) => evidence.values)).toEqual([
      [-3, -2, -1],
      [9e7],
    ]);
  });

  test("of a sample the rows are those of the whole table", async () => {
    const columns = { age: cells(ROWS, 1, "a", (random) => random.integer(80)), speed: shifted(3), y: coin(ROWS) };
    for (const target of ["y", "speed"]) {
      const plain = contextOf({ columns, target });
      const beyond = { values: [{ value: -3, rows: 37 }], rows: 37 };
      const context: AuditContext = {
        ...plain,
        dataset: { ...plain.dataset, rows: 10 * ROWS },
        frame: { ...plain.frame, rowNumbers: Int32Array.from({ length: ROWS }, (_, row) => 10 * row) },
        whole: {
          ...plain.whole,
          beyond: async (bounds) => bounds.map(({ column }) => (column === "speed" ? beyond : { values: [], rows: 0 })),
          rowsHolding: async (groups) => groups.map((group) => ({ any: 37, each: group.map(() => 37) })),
        },
      };
      const [one] = (await impossibleValue.inspect(context)).filter(({ columns: [name] }) => name === "speed");
      expect(one).toMatchObject({ rows: { count: 37 }, evidence: { values: [-3] } });
      expect(one?.why).toContain("37 rows");
    }
  });
});

test("what a place holds is hardly ever less than what is in it, but for shares", () => {
  expect(mostlyPaired(["Occupancy", "Capacity", "hall_passengers", "hall_seats", "bus_passengers"])).toEqual([
    ["Occupancy", "Capacity"],
    ["hall_passengers", "hall_seats"],
  ]);
  const told = (most: number) => {
    const occupancy = cells(ROWS, 6, "o", (random, row) => (row === 7 ? most : random.integer(60)));
    const capacity = cells(ROWS, 7, "c", (random, row) => (row === 7 ? 50 : 60 + random.integer(200)));
    const context = contextOf({ columns: { occupancy, capacity, y: coin(ROWS) }, target: "y" });
    const numbers = context.frame.columns.filter((one) => one.type === "number" && one.name !== "y");
    return brokenOrders(context, numbers as never).map(({ columns }) => columns);
  };
  expect(told(80)).toEqual([["occupancy", "capacity"]]);
  expect(told(100)).toEqual([]);
});

test("a code for no value in one year, or one odd year, is no era in which years lie below 0", async () => {
  const built = cells(ROWS, 8, "b", (random, row) => (row === 7 ? -1985 : 1900 + random.integer(110)));
  const bounded = async (rebuilt: (row: number) => number | null) => {
    const end = built.map((value, row) => rebuilt(row) ?? Math.max(1900, value) + 3);
    const found = await impossibleValue.inspect(contextOf({ columns: { start_year: built, end_year: end, y: coin(ROWS) }, target: "y" }));
    return found.filter(({ columns: [name], evidence }) => name === "start_year" && evidence.quantity === "year").length;
  };
  expect(await bounded((row) => (row % 20 === 0 ? -1 : null))).toBe(1);
  expect(await bounded((row) => (row % 20 === 0 ? -400 - row : null))).toBe(0);
});
