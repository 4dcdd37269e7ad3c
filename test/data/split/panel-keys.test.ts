import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { groupLeak } from "../../../src/data/checks/group-leak.ts";
import { panelKeys } from "../../../src/data/split/panel-keys.ts";
import { type Cells, contextOf } from "../checks/context.ts";

/** Every unit has a row of its own on each of so many days. */
function daily(units: readonly Readonly<Record<string, string | null>>[], days: number, seed = 1): Record<string, Cells> {
  const random = createRandom(seed, "daily");
  const own = units.map(() => 2 * random.normal());
  const rows = Array.from({ length: units.length * days }, (_, row) => ({ unit: row % units.length, day: Math.floor(row / units.length) }));
  const names = Object.keys(units[0]!);
  return {
    ...Object.fromEntries(names.map((name) => [name, rows.map(({ unit }) => units[unit]![name] ?? null)])),
    date: rows.map(({ day }) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)),
    x: rows.map(() => random.normal()),
    y: rows.map(({ unit }) => own[unit]! + random.normal()),
  };
}

const keys = (columns: Record<string, Cells>) =>
  panelKeys(contextOf({ columns, target: "y" })).map(({ together, column }) => together ?? [column]);

describe("units of a panel that no single column of many values names", () => {
  test("few of them are asked about, where one stands in each fold", async () => {
    const shares = ["Aa", "Bb", "Cc", "Dd", "Ee", "Ff"].map((share) => ({ share }));
    expect(keys(daily(shares, 100))).toEqual([["share"]]);
    const found = await groupLeak.inspect(contextOf({ columns: daily(shares, 100), target: "y" }));
    expect(found.map(({ columns }) => columns)).toContainEqual(["share"]);
    expect(keys(daily(shares.slice(0, 4), 100))).toEqual([]);
  });

  test("two columns together, of which the finer one is empty where the other has none", async () => {
    const provinces = ["North", "South", "East", "West"];
    const units = [
      ...Array.from({ length: 20 }, (_, i) => ({ land: `L${i}`, province: null as string | null })),
      ...["L20", "L21", "L22"].flatMap((land) => provinces.map((province) => ({ land, province: province as string | null }))),
    ];
    expect(keys(daily(units, 40))).toEqual([["land", "province"]]);
    const found = await groupLeak.inspect(contextOf({ columns: daily(units, 40), target: "y" }));
    expect(found.map(({ columns }) => columns)).toContainEqual(["land", "province"]);
  });

  test("none where rows of one unit and time are many, or a column names them alone", () => {
    const random = createRandom(2, "visits");
    const rows = Array.from({ length: 2000 }, () => ({ a: random.integer(6), b: random.integer(5), day: random.integer(60) }));
    const columns = {
      kind: rows.map(({ a }) => `k${a}`),
      shop: rows.map(({ b }) => `s${b}`),
      date: rows.map(({ day }) => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10)),
      y: rows.map(() => random.normal()),
    };
    expect(keys(columns)).toEqual([]);
    expect(
      keys(
        daily(
          Array.from({ length: 12 }, (_, i) => ({ firm: `F${i}`, branch: `B${i % 3}` })),
          50,
        ),
      ),
    ).toEqual([]);
  });
});
