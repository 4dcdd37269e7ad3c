import { expect, test, vi } from "vitest";
import { nullSpelling } from "../../../src/data/checks/null-spelling.ts";
import { affectedRows } from "../../../src/data/findings/affected-rows.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

vi.mock("../../../src/data/findings/affected-rows.ts", { spy: true });

const ROWS = 200;
const inspect = async (levels: readonly string[]) => {
  const species = cells(ROWS, 1, "s", (_, row) => levels[row % levels.length] ?? "");
  return await nullSpelling.inspect(contextOf({ columns: { species, y: coin(ROWS) }, target: "y" }));
};

test("kinds that are known in part", async () => {
  const [found, ...more] = await inspect(["Unknown bird - small", "Unknown bird - large", "Mallard", "Killdeer", "Barn owl"]);
  expect(more).toEqual([]);
  expect(found).toMatchObject({ severity: "cosmetic", rows: { count: 80 }, fix: { action: "advice" } });
  expect(found?.why).toBe(
    '2 values of `species` ("Unknown bird - large", "Unknown bird - small") say that the kind is not known, in 80 rows (40 %): each may hold any of the others.',
  );
});

test("a name that begins otherwise, few kinds, and kinds that are all so", async () => {
  expect(await inspect(["Unknowns", "a", "b", "c", "d"])).toEqual([]);
  expect(await inspect(["Unknown bird", "a", "b", "c"])).toEqual([]);
  expect(await inspect(["a", "b", "c", "d", "e"].map((one) => `unidentified ${one}x`))).toEqual([]);
  const rare = Array.from({ length: 50 }, (_, i) => (i === 0 ? "Unknown bird" : `bird ${i}`));
  expect(await inspect(rare)).toEqual([]);
});

test("names of several words with capitals, of which the second stands nowhere else, are whoever bears them", async () => {
  const makers = ["Unknown Worlds Entertainment", "Unknown Mortal Orchestra", "Sega", "Valve", "Konami"];
  vi.mocked(affectedRows).mockClear();
  expect(await inspect(makers)).toEqual([]);
  expect(await inspect(["Mallard", "Killdeer", "Barn owl", "Robin", "Wren"])).toEqual([]);
  // Nothing was found: the rows are not gone through.
  expect(affectedRows).not.toHaveBeenCalled();
  const told = async (levels: readonly string[]) => (await inspect([...makers, ...levels])).flatMap(({ evidence }) => evidence.spellings);
  expect(await told(["Unknown Bird Small", "Sea Bird"])).toEqual(["Unknown Bird Small"]);
  expect(await told(["Unknown Bird Small"])).toEqual([]);
  expect(await told(["Unknown Bird - Small"])).toEqual(["Unknown Bird - Small"]);
  expect(await told(["Unknown bird or Bat"])).toEqual(["Unknown bird or Bat"]);
  expect(await told(["Unknown (Of Two Kinds)"])).toEqual(["Unknown (Of Two Kinds)"]);
  expect(await told(["Unknown Artist"])).toEqual(["Unknown Artist"]);
});

test("five rows of an unknown kind are told, four are not", async () => {
  const told = async (rows: number) => {
    const species = Array.from({ length: ROWS }, (_, row) => (row < rows ? "Unknown bird" : `bird ${row % 6}`));
    return (await nullSpelling.inspect(contextOf({ columns: { species, y: coin(ROWS) }, target: "y" }))).length;
  };
  expect([await told(5), await told(4)]).toEqual([1, 0]);
});
