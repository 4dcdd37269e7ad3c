import { expect, test } from "vitest";
import { unitMix } from "../../../src/data/checks/unit-mix.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const [DEVICES, DAYS] = [20, 60];
const ROWS = DEVICES * DAYS;
const device = Array.from({ length: ROWS }, (_, row) => row % DEVICES);
const meter = device.map((one) => `M${one}`);
/** The flats of the first four devices are the largest; these write another unit from a day on. */
const area = device.map((one) => (one < 4 ? 200 + one : 60 + one));
const isOther = (row: number) => device[row]! < 4 && row >= ROWS / 2;
const normal = cells(ROWS, 5, "load", (random) => 8 * Math.exp(0.3 * random.normal())) as number[];
const reading = (shift: number, isIn = isOther, factor = 1000) =>
  normal.map((_, row) => normal[(row + shift) % ROWS]! * (isIn(row) ? factor : 1));

const found = async (columns: Record<string, Cells>) =>
  (await unitMix.inspect(contextOf({ columns: { meter, ...columns, y: coin(ROWS) }, target: "y" }))).filter(
    ({ evidence }) => evidence.columnsInTwoHeaps !== undefined,
  );

test("what a device always has tells the device, and no other kind of thing, where its rows stand in both heaps", async () => {
  expect(await found({ area, load: reading(0) })).toMatchObject([{ columns: ["load"], evidence: { otherNumber: null } }]);
  const whole = reading(0, (row) => device[row]! < 4);
  expect(await found({ area, load: whole })).toEqual([]);
  const load = reading(0);
  expect(await found({ size: area.map((value, row) => value + (row % 7) / 10), load })).toEqual([]);
});

test("readings of several days that one factor parts in the same rows meet it by one chance", async () => {
  const parted = async (columns: Record<string, Cells>) => (await found(columns)).map(({ evidence }) => evidence.columnsInTwoHeaps);
  expect(await parted({ today: reading(0), before: reading(1), lately: reading(7) })).toEqual([1, 1, 1]);
  expect(await parted({ today: reading(0), before: reading(1, (row) => row % 9 === 0) })).toEqual([2, 2]);
  expect(await parted({ today: reading(0), before: reading(1, isOther, 100) })).toEqual([2, 2]);
});
