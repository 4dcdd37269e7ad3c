import { expect, test } from "vitest";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const zips = cells(ROWS, 1, "zip", (random) => 90_001 + Math.floor(6600 * random.next())) as number[];
const told = async (zip: Cells) =>
  (await impossibleValue.inspect(contextOf({ columns: { zip, y: coin(ROWS) }, target: "y" }))).filter(
    ({ evidence }) => evidence.kind === "off all codes",
  );

test("a code that lies off all others is asked about; a missing digit is named", async () => {
  const [short, ...others] = await told(zips.map((zip, row) => (row === 77 ? 9307 : zip)));
  expect(others).toEqual([]);
  expect(short).toMatchObject({ columns: ["zip"], rows: { count: 1, sample: [77] } });
  expect(short!.why).toContain("All others have 5 digits: one may be missing.");
  const [long] = await told(zips.map((zip, row) => (row === 77 ? 901_234 : zip)));
  expect(long!.why).not.toContain("digit");
});

test("codes all over their range, of two lists, or with zeros that were lost, are none", async () => {
  expect(await told(zips)).toEqual([]);
  expect(await told(zips.map((zip, row) => (row % 40 === 3 ? zip - 80_000 : zip)))).toEqual([]);
  expect(await told(cells(ROWS, 2, "all", (random) => 1000 + Math.floor(98_999 * random.next())))).toEqual([]);
  expect(await told(zips.map((zip, row) => (row === 77 ? zip - 5000 : zip)))).toEqual([]);
  // Numbers that grew over the years.
  const grown = cells(ROWS, 3, "grown", (random) => Math.round(60_000 * Math.exp(3 * random.next()))) as number[];
  expect(await told(grown.map((zip, row) => (row === 77 ? 8_233_704 : zip)))).toEqual([]);
});

test("of few codes one may lie off, and of many rows several", async () => {
  const beside = (rows: number, off: (row: number) => number | null) => {
    const zip = cells(rows, 4, "few", (random, row) => off(row) ?? 96_701 + 6 * random.integer(28));
    return impossibleValue.inspect(contextOf({ columns: { zip, y: coin(rows) }, target: "y" }));
  };
  const [one] = await beside(130, (row) => (row === 9 ? 95_822 : null));
  expect(one).toMatchObject({ columns: ["zip"], rows: { count: 1 }, evidence: { kind: "off all codes" } });
  expect(await beside(130, (row) => (row < 3 ? 95_820 + row : null))).toEqual([]);
  const [several] = await beside(3000, (row) => (row < 6 ? 7_030 + 90 * row : null));
  expect(several!.rows.count).toBe(6);
  expect(several!.why).toContain("`zip` is 7030, 7120, 7210, 7300, 7390, ... in 6 rows");
});
