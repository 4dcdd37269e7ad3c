import { expect, test } from "vitest";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 900;
const isOff = (row: number) => row % 15 === 4;

const amounts = (name: string, mean: number, sd: number, off: (draw: number) => number | null) =>
  cells(ROWS, 5, name, (random, row) => {
    const draw = random.normal();
    const value = isOff(row) ? off(draw) : Math.round(10 * (mean + sd * draw)) / 10;
    return value as number;
  });
const turns = amounts("turns", 1800, 60, () => 0);
const shaking = amounts("shaking", 6, 0.8, (draw) => Math.round(10 * Math.abs(draw)) / 100);
const heat = amounts("heat", 60, 5, (draw) => Math.round(10 * (12 + 3 * draw)) / 10);

const inspect = async (columns: Record<string, Cells>) =>
  (await sentinel.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).filter(({ evidence }) =>
    (evidence.codes as string[] | undefined)?.includes("0"),
  );

test("zeros of what is off by two other columns that were measured there are asked about, and are emptied where these say nothing", async () => {
  expect(await inspect({ turns, shaking, heat })).toMatchObject([
    { columns: ["turns"], confidence: 0.4, evidence: { apartBeside: 2 }, why: expect.stringContaining("2 other columns lie apart too") },
  ]);
  const warm = amounts("warm", 60, 5, (draw) => Math.round(10 * (60 + 5 * draw)) / 10);
  const still = amounts("still", 6, 0.8, () => 0.1);
  const rare = amounts("rare", 60, 5, (draw) => (Math.abs(draw) < 0.05 ? null : 12 + 3 * draw));
  const absent = amounts("absent", 60, 5, (draw) => (draw < 0 ? null : 12 + 3 * draw));
  for (const [name, other, sure] of [
    ["as warm as ever", warm, 0.65],
    ["one number, as a code would be", still, 0.65],
    ["measured in half of the rows", absent, 0.65],
    ["measured in most rows", rare, 0.4],
  ] as const)
    expect(await inspect({ turns, shaking, other }), name).toMatchObject([{ columns: ["turns"], confidence: sure }]);
});

test("one column that was measured there suffices beside others that are 0 in the same rows, also where it is high", async () => {
  const power = amounts("power", 900, 40, () => 0);
  const suction = amounts("suction", 3, 0.4, (draw) => Math.round(10 * (12 + draw)) / 10);
  const own = amounts("own zeros", 900, 40, (draw) => 900 + 40 * draw).map((value, row) => (row % 15 === 7 ? 0 : value));
  const asked = async (columns: Record<string, Cells>) =>
    (await inspect(columns)).map(({ columns, confidence }) => [columns.join(), Math.round(100 * confidence) / 100]);
  expect(await asked({ turns, power, suction })).toEqual([["turns,power", 0.44]]);
  expect(await asked({ turns, power, heat })).toEqual([["turns,power", 0.44]]);
  expect(await asked({ turns, suction })).toEqual([["turns", 0.65]]);
  // A logger that failed writes 0 in all its columns, and another one at other times.
  expect(await asked({ turns, power })).toEqual([["turns,power", 0.69]]);
  const flow = amounts("flow", 40, 2, () => 0);
  expect(await asked({ turns, power, flow })).toEqual([["turns,power,flow", 0.73]]);
  // Where it is missing nothing is on or off.
  const gaps = (of: Cells) => of.map((value, row) => (row % 15 === 7 ? null : value)) as Cells;
  const cold = cells(ROWS, 5, "cold", (random, row) => (isOff(row) || row % 15 === 7 ? 12 : 60) + 5 * random.normal());
  expect(await asked({ turns: gaps(turns), power: gaps(power), cold })).toContainEqual(["turns,power", 0.44]);
  expect(await asked({ turns, suction, own })).toEqual([
    ["turns", 0.65],
    ["own", 0.65],
  ]);
});

test("an outcome that is 0, or low, in the rows of zeros says that they are true: of a shop that is closed", async () => {
  const of = async (y: Cells, target: "regression" | "binary" = "regression") => {
    const context = contextOf({ columns: { turns, x: amounts("x", 5, 1, (draw) => 5 + draw), y }, target: "y" });
    expect(context.task.kind).toBe(target);
    return (await sentinel.inspect(context)).filter(({ columns }) => columns.includes("turns")).map(({ confidence }) => confidence);
  };
  expect(await of(amounts("sold", 500, 30, () => 0))).toEqual([0.4]);
  expect(await of(amounts("hot", 500, 30, (draw) => 20 + draw))).toEqual([0.4]);
  // A class is no amount, though the one that is off comes first.
  expect(
    await of(
      cells(ROWS, 5, "class", (_, row) => (isOff(row) ? "a" : "b")),
      "binary",
    ),
  ).toEqual([0.65]);
  expect(await of(amounts("other", 500, 30, (draw) => 500 + 30 * draw))).toEqual([0.65]);
});

test("what is 0 in the same rows is no surer than the zeros that brought it", async () => {
  const wide = cells(ROWS, 5, "wide", (random, row) => (isOff(row) ? 0 : 60 + Math.round(900 * random.next())));
  const asked = async (columns: Record<string, Cells>) =>
    (await inspect(columns)).flatMap(({ columns, confidence }) => [columns.join(), confidence]);
  expect(await asked({ fee_eur: turns, wide })).toEqual(["fee_eur,wide", 0.44]);
  expect((await asked({ turns, wide })).at(-1)).toBe(0.55);
});

test("what cannot be 0 by its name is emptied all the same", async () => {
  expect(await inspect({ heart_rate: turns, shaking, heat })).toMatchObject([{ columns: ["heart_rate"], confidence: 0.95 }]);
});

test("zeros of two meanings in other rows are two questions; in the same rows they are one", async () => {
  const gauge = (offset: number) =>
    cells(ROWS, 5, `gauge ${offset}`, (random, row) => (row % 20 === offset ? 0 : Math.round(900 + 60 * random.normal())));
  const asked = async (one: Cells, other: Cells) => (await inspect({ one, other })).map(({ columns }) => columns);
  expect(await asked(gauge(3), gauge(8))).toEqual([["one"], ["other"]]);
  expect(await asked(gauge(3), gauge(3))).toEqual([["one", "other"]]);
  const quantity = (columns: Record<string, Cells>) => inspect(columns).then((found) => found.map(({ columns }) => columns));
  expect(await quantity({ pct_left: gauge(3), pct_right: gauge(8) })).toEqual([["pct_left", "pct_right"]]);
});

test("a latitude and a longitude of 0 are told once", async () => {
  const place = (from: number) => cells(ROWS, 5, `at ${from}`, (random, row) => (row % 20 === 3 ? 0 : from + 4 * random.next()));
  expect(await inspect({ lat: place(57), lon: place(12) })).toMatchObject([{ columns: ["lat", "lon"], evidence: { coordinates: true } }]);
});
