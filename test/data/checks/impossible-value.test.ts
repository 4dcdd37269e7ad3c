import { describe, expect, test } from "vitest";
import type { Random } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { pairedBounds } from "../../../src/data/meaning/paired-bounds.ts";
import { quantityOf } from "../../../src/data/meaning/quantity.ts";
import { belowZero } from "../../../src/data/values/below-zero.ts";
import { farCount } from "../../../src/data/values/far-count.ts";
import { farValues } from "../../../src/data/values/far-values.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 400;

const given = (columns: Record<string, Cells>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates });

const make = <T>(label: string, one: (random: { next(): number; normal(): number; integer(n: number): number }, row: number) => T) =>
  cells(ROWS, 11, label, one);

test("values beyond what the quantity can be, and ends before starts", async () => {
  const day = 86_400_000;
  const start = make("s", (random) => Date.parse("2020-01-01") + day * random.integer(500));
  const columns = {
    age: make("a", (random, row) => (row === 5 ? 455 : row === 6 ? -3 : 18 + random.integer(60))),
    day_of_year: make("d", (random, row) => (row === 7 ? 391 : 1 + random.integer(366))),
    humidity: make("h", (random) => 200 + random.integer(60)),
    start_date: start,
    end_date: start.map((value, row) => (row === 9 ? value - 5 * day : value + day * (1 + (row % 30)))),
  };
  const found = await impossibleValue.inspect(given(columns, ["start_date", "end_date"]));
  expect(found.map(({ columns, rows }) => [columns, rows])).toEqual([
    [["age"], { count: 2, sample: [5, 6] }],
    [["day_of_year"], { count: 1, sample: [7] }],
    [["start_date", "end_date"], { count: 1, sample: [9] }],
  ]);
  expect(found[0]!.fix).toMatchObject({ steps: [{ op: "null-out", column: "age", values: [-3, 455] }] });
});

test("a code has no values that are too large", async () => {
  const far = make("codes", (random, row) => (row % 80 === 3 ? 53_001 : 1000 + random.integer(300)));
  const found = async (name: string) => (await impossibleValue.inspect(given({ [name]: far }))).map(({ columns }) => columns);
  expect(await found("amount")).toEqual([["amount"]]);
  expect(await found("state_code")).toEqual([]);
});

describe("values that no tail of the others reaches, in a column whose name says no bounds", () => {
  type Draw = (random: { next(): number; normal(): number }) => number;
  const shapes: [string, Draw][] = [
    ["normal", (random) => 50 + 8 * random.normal()],
    ["uniform", (random) => random.next()],
    ["log-normal", (random) => Math.exp(random.normal())],
    ["exponential", (random) => -Math.log(1 - random.next())],
    [
      "Student t with 3 degrees",
      (random) => random.normal() / Math.sqrt((random.normal() ** 2 + random.normal() ** 2 + random.normal() ** 2) / 3),
    ],
  ];
  const drawn = (seed: number, draw: Draw, slips: readonly number[] = []) =>
    farValues(countValues(Float64Array.from([...cells(ROWS, seed, "far", draw), ...slips])), 2);

  test.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])("three far ones above and three below are found, and no other (draw %i)", (seed) => {
    const slips = [-900, -800, -700, 800, 900, 1000];
    expect(drawn(seed, shapes[0]![1], slips).flatMap(({ values }) => values)).toEqual(slips);
  });

  test.each(shapes)("%s columns have none in at least 19 of 20 draws", (_, draw) => {
    const told = Array.from({ length: 20 }, (_, seed) => drawn(seed, draw)).filter((found) => found.length > 0);
    expect(told.length).toBeLessThanOrEqual(1);
  });

  test("what is a usual distance on the other side is not far", () => {
    const packed: Draw = (random) => (random.next() < 0.5 ? 5 + 0.1 * random.next() : 5 - 4 * random.next());
    expect(drawn(1, packed, [6, 6, 6, 6])).toEqual([]);
    expect(drawn(1, packed, [16, 16, 16, 16]).map(({ values }) => values)).toEqual([[16]]);
  });

  test("two values at 25 deviations of normal ones are far, and so are a few beyond a scale of sixteen steps", () => {
    for (const seed of [1, 2, 3, 4, 5]) expect(drawn(seed, shapes[0]![1], [250, 260]).flatMap(({ values }) => values)).toEqual([250, 260]);
    const years: Draw = (random) => Math.round(Math.max(1, Math.min(16, 10 + 2.5 * random.normal())));
    expect(drawn(1, years, [165, 202, 223]).flatMap(({ values }) => values)).toEqual([165, 202, 223]);
    expect(drawn(1, years, [17, 17, 18])).toEqual([]);
  });

  test("of an amount that most rows have none of, the others say how far it reaches", () => {
    const rain: Draw = (random) => (random.next() < 0.7 ? 0 : Math.exp(random.normal()));
    const wet = (seed: number, ...slips: number[]) =>
      farValues(countValues(Float64Array.from([...cells(1200, seed, "rain", rain), ...slips])), 2).flatMap(({ values }) => values);
    expect(wet(1, 8000, 9000)).toEqual([8000, 9000]);
    const told = Array.from({ length: 20 }, (_, seed) => wet(seed)).filter((found) => found.length > 0);
    expect(told.length).toBeLessThanOrEqual(1);
  });

  test("rows with one far value are one event, as those of a thing are", () => {
    const tail = shapes[4]![1];
    expect(drawn(1, tail, [60, 61, 62, 63]).flatMap(({ values }) => values)).toEqual([60, 61, 62, 63]);
    expect(drawn(1, tail, [60, 60, 60, 60])).toEqual([]);
    expect(drawn(1, tail, [600, 600, 600, 600]).flatMap(({ values }) => values)).toEqual([600]);
  });

  test("it asks, and takes nothing out by itself", async () => {
    const thickness = make("t", (random, row) => (row < 4 ? 3000 + 500 * row : 50 + 8 * random.normal()));
    const [found, ...others] = await impossibleValue.inspect(given({ thickness, gloss: make("g", (random) => random.normal()) }));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ columns: ["thickness"], rows: { count: 4, sample: [0, 1, 2, 3] }, choices: ["mistake", "true value"] });
    expect(found!.fix).toMatchObject({ steps: [{ op: "null-out", column: "thickness", values: [3000, 3500, 4000, 4500] }] });
    expect(found!.confidence).toBeLessThan(0.5);
  });
});

test("places have no tail: only what lies off farther than all others are apart is asked about", async () => {
  const at = (label: string, far: (row: number) => number) =>
    cells(1200, 12, label, (random, row) => (row < 6 ? far(row) : Math.round(1e4 * (-74 + 0.05 * random.normal())) / 1e4));
  const found = async (name: string, far: (row: number) => number) => {
    const lat = cells(1200, 13, "lat", (random) => Math.round(1e4 * (40 + 0.05 * random.normal())) / 1e4);
    const columns = { lat, [name]: at(name, far), y: coin(1200) };
    return (await impossibleValue.inspect(contextOf({ columns, target: "y" }))).map(({ columns: [one] }) => one);
  };
  const island = (row: number) => -74.4 - 0.0007 * row;
  expect(await found("longitude", island)).toEqual([]);
  expect(await found("long", island)).toEqual([]);
  expect(await found("offset", island)).toEqual(["offset"]);
  expect(await found("longitude", (row) => -10 - 0.0127 * row)).toEqual(["longitude"]);
});

test("far values that come back are no slips, and the largest of a key is as good as any", async () => {
  const far = (label: string, at: (row: number) => number) =>
    cells(1200, 11, label, (random, row) => (row < 12 ? at(row) : Math.round(50 + 8 * random.normal())));
  const columns = {
    slips: far("s", (row) => 900 + 7 * row),
    again: far("a", (row) => 900 + 7 * (row % 3)),
    facility_id: far("f", (row) => 900 + 7 * row),
    y: coin(1200),
  };
  const found = await impossibleValue.inspect(contextOf({ columns, target: "y" }));
  expect(found.map(({ columns }) => columns)).toEqual([["slips"]]);
});

test("quantities by name", () => {
  expect(quantityOf("BloodPressure")).toMatchObject({ zero: "cannot be" });
  expect(quantityOf("heart_rate")).toMatchObject({ zero: "cannot be" });
  expect(quantityOf("glucose_diff")).toBeNull();
  expect(quantityOf("visit_count")).toBeNull();
  expect(quantityOf("capital-gain")).toBeNull();
});

describe("far values that are nearly all rows of one thing", () => {
  const rows = 3000;
  const make = <T>(label: string, one: (random: Random, row: number) => T) => cells(rows, 21, label, one);
  const town = make("town", (random) => `t${random.integer(60)}`);
  const look = async (isFar: (row: number) => boolean, names: Record<string, Cells> = { town }) => {
    const density = make(
      "density",
      (random, row) => Math.round(1000 * (isFar(row) ? 60 + 4 * random.next() : 1 + 0.3 * random.normal())) / 1000,
    );
    const found = await impossibleValue.inspect(contextOf({ columns: { ...names, density, y: coin(rows) }, target: "y" }));
    expect(found.map(({ columns }) => columns)).toEqual([["density"]]);
    return found[0]!;
  };
  const slips = { severity: "costly", fix: { action: "steps" } };

  test("are what it is like, or another unit: a remark with a question", async () => {
    expect(town.filter((one) => one === "t7").length).toBeGreaterThan(20);
    const found = await look((row) => town[row] === "t7");
    expect(found).toMatchObject({ severity: "cosmetic", fix: { action: "advice" }, counterfactual: null, evidence: { things: ["t7"] } });
    expect(found.question).toBe('Is `density` a mistake, and no other unit, where `town` is "t7"?');
  });

  test("are slips in rows of many things, in half of the rows of one, or in one row each of a few", async () => {
    expect(await look((row) => row % 60 === 7)).toMatchObject(slips);
    expect(await look((row) => town[row] === "t7" && row % 2 === 0)).toMatchObject(slips);
    const single = town.map((one, row) => (row % 250 === 7 ? `only ${row}` : one));
    expect(await look((row) => row % 250 === 7, { single })).toMatchObject(slips);
  });

  test("are slips where a number is largest there too, and a remark where it lies among others", async () => {
    const isFar = (row: number) => row % 150 === 7;
    const level = (far: number) => make("level", (random, row) => (isFar(row) ? far : (far + 1 + random.integer(12)) % 13));
    expect(await look(isFar, { level: level(12) })).toMatchObject(slips);
    expect(await look(isFar, { level: level(6) })).toMatchObject({ severity: "cosmetic", evidence: { things: ["6"] } });
  });

  test("are slips where the names are bands of the number itself", async () => {
    const isFar = (row: number) => row % 150 === 7;
    const density = make(
      "density",
      (random, row) => Math.round(1000 * (isFar(row) ? 60 + 4 * random.next() : 1 + 0.3 * random.normal())) / 1000,
    );
    const band = density.map((value) => (Number(value) > 3 ? "3+" : `${Math.floor(5 * Number(value))} fifths`));
    expect(new Set(band).size).toBeGreaterThanOrEqual(8);
    expect(await look(isFar, { band })).toMatchObject(slips);
    expect(await look(isFar, { band: band.map((one, row) => (row % 200 === 3 ? "2 fifths" : one)) })).toMatchObject(slips);
  });
});

test("where years of one column go back before our era, those of another may", async () => {
  const end = make("end", (random, row) => (row === 7 ? -424 : 1200 + random.integer(800)));
  const bounds = async (old: number) => {
    const start = end.map((value, row) => (row % 30 < old ? -400 - row : Number(value) - 1));
    return (await impossibleValue.inspect(given({ start_year: start, end_year: end }))).filter(({ evidence }) => "quantity" in evidence);
  };
  expect((await bounds(0)).flatMap(({ columns }) => columns).length).toBeGreaterThan(0);
  expect(await bounds(2)).toEqual([]);
});

test("years of a calendar have bounds, years since something none", async () => {
  const counted = make("since", (random, row) => (row === 3 ? -0.05 : 6 * random.next()));
  const calendar = make("calendar", (random, row) => (row === 3 ? -4 : 1990 + random.integer(20)));
  const told = async (year: Cells) =>
    (await impossibleValue.inspect(given({ year }))).filter(({ evidence }) => "quantity" in evidence).length;
  expect([await told(counted), await told(calendar)]).toEqual([0, 1]);
});

test("a lower above a systolic pressure", async () => {
  const systolic = make("sys", (random) => Math.round(130 + 15 * random.normal()));
  const columns = {
    "Systolic blood pressure": systolic,
    "Diastolic blood pressure": systolic.map((value, row) => Number(value) - (row === 3 ? -20 : 40 + (row % 10))),
  };
  const [found] = await impossibleValue.inspect(given(columns));
  expect(found).toMatchObject({ columns: ["Diastolic blood pressure", "Systolic blood pressure"], rows: { count: 1 } });
});

test("a few amounts below 0 of one that begins there are asked about; of a number that passes 0 none is", async () => {
  const earned = make("earned", (random, row) => (row % 20 === 0 ? 0 : Math.round(Math.exp(9 + random.normal()))));
  const columns = {
    income: earned.map((value, row) => (row === 7 ? -2000 : value)),
    balance: make("balance", (random) => Math.round(3000 + 1300 * random.normal())),
    earned,
  };
  const found = (await impossibleValue.inspect(given(columns))).filter(({ evidence }) => evidence.kind === "below zero");
  expect(found).toMatchObject([{ columns: ["income"], rows: { count: 1 }, confidence: 0.45, evidence: { values: [-2000], zeros: 20 } }]);
});

test("a flag or a few steps with rows of another kind ask; a count that runs out, and codes beside them, are none", async () => {
  const flag = make("flag", (random, row) => (row < 4 ? 20 + row : random.integer(2)));
  const columns = {
    open: flag,
    stars_given: make("stars", (random, row) => (row >= 10 && row < 13 ? 40 : 1 + random.integer(5))),
    visits: make("visits", (random) => Math.floor(-1.2 * Math.log(1 - random.next()))),
    zone_code: flag,
    paid: make("paid", (_, row) => (row < 4 ? 2000 : 0)),
  };
  const found = await impossibleValue.inspect(given(columns));
  expect(found.map(({ columns, rows, confidence }) => [columns[0], rows.count, confidence])).toEqual([
    ["open", 4, 0.45],
    ["stars_given", 3, 0.45],
  ]);
  expect(found[0]!.why).toContain("`open` is 20, 21, 22, ... in 4 rows (1 %), and 0, 1 in all others");
});

test("beyond each end of a few steps by itself: what lies beyond one does not hide the other", async () => {
  const grade = (more: Readonly<Record<number, number>>) => make("grade", (random, row) => more[row] ?? 15 + random.integer(5));
  const columns = {
    both: grade({ 6: 199, 7: 199, 8: -30 }),
    // -3 is less than five widths away, and on the other side of 0.
    signs: grade({ 1: 199, 2: 199, 3: -3 }),
    below: grade({ 3: -3 }),
    // A count that goes on a little says nothing of its other end.
    thins: grade({ 1: 199, 4: 13, 5: 11 }),
    near: grade({ 4: 13, 5: 11 }),
    rating: make("rating", (random, row) => (row === 3 ? -1 : 1 + random.integer(3))),
  };
  const found = await impossibleValue.inspect(given(columns));
  expect(Object.fromEntries(found.map(({ columns, evidence }) => [columns[0], evidence.values]))).toEqual({
    both: [-30, 199],
    signs: [-3, 199],
    below: [-3],
    thins: [199],
  });
  expect(found.find(({ columns }) => columns[0] === "thins")!.why).toContain("15, 16, 17, 18, 19 in nearly all others");
});

test("a coordinate with the other sign is asked about; a balance that goes through 0 is not", async () => {
  const longitude = make("l", (random, row) => (row % 40 === 3 ? 1 : -1) * (80 + 4 * random.normal()));
  const balance = make("b", (random) => 30 + 20 * random.normal());
  const found = await impossibleValue.inspect(given({ longitude, balance }));
  expect(found).toMatchObject([
    { columns: ["longitude"], rows: { count: 10 }, evidence: { kind: "other sign" }, choices: ["mistake", "true value"] },
  ]);
});

test("a count far beyond an unbroken line of counts is asked about; the next of a line that thins out is not", () => {
  const rooms = [...[25, 230, 620, 700, 480, 250, 110, 50, 20, 6].flatMap((rows, value) => Array<number>(rows).fill(value)), 33];
  expect(farCount(countValues(Float64Array.from(rooms)))).toMatchObject({ values: [33], rows: 1, last: 9 });
  const visits = [...[900, 500, 300, 200, 150, 120, 100].flatMap((rows, value) => Array<number>(rows).fill(value)), 33];
  expect(farCount(countValues(Float64Array.from(visits)))).toBeNull();
  expect(farCount(countValues(Float64Array.from([...rooms, 14])))).toBeNull();
});

test("one amount a hundred times the next is asked about, though amounts that many causes multiply reach far", () => {
  const incomes = cells(3000, 5, "income", (random) => Math.round(Math.exp(11 + 0.55 * random.normal()))).map(Number);
  const told = (far: number) => farValues(countValues(Float64Array.from([...incomes, far])), 40).flatMap(({ values }) => values);
  expect(told(60_000_000)).toEqual([60_000_000]);
  expect(told(900_000)).toEqual([]);
});

test("a target with one far value, or a few below 0 where it begins there, is asked about and left as it is", async () => {
  const rating = (far: number) =>
    cells(500, 8, "r", (random, row) => (row === 400 ? far : Math.round(10 * (3.5 + 1.5 * random.next())) / 10));
  const found = async (target: Cells) =>
    impossibleValue.inspect(contextOf({ columns: { age: cells(500, 1, "a", (random) => random.integer(80)), target }, target: "target" }));
  expect(await found(rating(19))).toMatchObject([{ columns: ["target"], counterfactual: null, evidence: { values: [19] } }]);
  expect(await found(rating(5))).toEqual([]);
});

test("a few large amounts of which one lies below 0; a scale from -1 to 2 is none", () => {
  const limits = [...Array<number>(400).fill(0), ...Array<number>(90).fill(5_000_000), ...Array<number>(60).fill(6_000_000), -1_000_000];
  expect(belowZero(countValues(Float64Array.from(limits)))).toMatchObject({ values: [-1_000_000], rows: 1 });
  expect(belowZero(countValues(Float64Array.from(limits.map((value) => Math.sign(value)))))).toBeNull();
});

test("the most there can be of a thing is no less than there is", () => {
  expect(pairedBounds(["floor", "max_floor", "min_age", "age", "max_load"])).toEqual([
    ["floor", "max_floor"],
    ["min_age", "age"],
  ]);
  expect(pairedBounds(["tests_ordered", "tests_failed", "mails opened", "mails sent", "rooms_sold"])).toEqual([
    ["tests_failed", "tests_ordered"],
    ["mails opened", "mails sent"],
  ]);
});

test("what melts above its boiling point is asked about, and so is a target beyond its bound", async () => {
  const tb = make("boils", (random) => 300 + 300 * random.next());
  const tm = tb.map((value, row) => (row % 150 === 7 ? value + 20 : value - 10 - row / 10));
  const look = (columns: Record<string, Cells>, target: string) => impossibleValue.inspect(contextOf({ columns, target }));
  const asked = { columns: ["Tm", "Tb"], rows: { count: 3, sample: [7, 157, 307] }, choices: ["mistake", "true value"] };
  expect(await look({ Tm: tm, Tb: tb, y: coin(ROWS) }, "y")).toMatchObject([asked]);
  expect(await look({ Tm: tm, Tb: tb }, "Tb")).toMatchObject([asked]);
  expect(await look({ Tm: tb.map((value) => value - 10), Tb: tb }, "Tb")).toEqual([]);
  const ends = { low: tm, high: tb };
  expect(await look(ends, "high")).toMatchObject([{ columns: ["low", "high"], question: null }]);
});

test("a number thousands of times as large as all others is asked about, with the power of ten that would bring it among them", async () => {
  const index = cells(160, 3, "i", (random, row) => (row < 2 ? 1434 + 14 * row : 1.3 + 1.3 * random.next()));
  const found = (one: Cells) => impossibleValue.inspect(contextOf({ columns: { index: one, y: coin(160) }, target: "y" }));
  expect(await found(index)).toMatchObject([
    {
      columns: ["index"],
      rows: { count: 2, sample: [0, 1] },
      choices: ["mistake", "true value"],
      why: expect.stringContaining("Times 1/1,000 they would lie amid the others"),
    },
  ]);
  expect(await found(index.map((value, row) => (row < 2 ? 3 + row : value)))).toEqual([]);
});

test("dates in the wrong order, whatever they are called; not the few that a tail leaves there", async () => {
  const rows = 1200;
  const day = 86_400_000;
  const make = <T>(label: string, one: (random: Random, row: number) => T) => cells(rows, 12, label, one);
  const first = make("first", (random) => Date.UTC(2024, 0, 1) + day * random.integer(300));
  const look = (second: Cells) =>
    impossibleValue.inspect(contextOf({ columns: { taken: first, away: second, y: coin(rows) }, dates: ["taken", "away"], target: "y" }));
  const days = make("days", (random) => 1 + random.integer(9));
  const swapped = first.map((at, row) => Number(at) + day * (row % 200 === 7 ? -days[row]! : days[row]!));
  expect(await look(swapped)).toMatchObject([{ columns: ["taken", "away"], severity: "costly", evidence: { brokenRows: 6 } }]);
  // Nearly all are paid before they are due, and few a little late.
  const due = make("due", (random) => 20 * random.next() ** 0.5 - 1);
  expect(await look(first.map((at, row) => Number(at) + Math.round(day * due[row]!)))).toEqual([]);
});

test("a birth that lies after another date is wrong, told once; not where many do", async () => {
  const day = 86_400_000;
  const visit = make("visit", (random) => Date.UTC(2024, 0, 1) + day * random.integer(300));
  const look = (isWrong: (row: number) => boolean, name = "date_of_birth", other = "visit") => {
    const born = visit.map((at, row) => Number(at) + day * (isWrong(row) ? 3 : -(row % 50)));
    const columns = { [name]: born, [other]: visit, due: visit.map((at) => Number(at) + 2 * day), y: coin(ROWS) };
    return impossibleValue.inspect(contextOf({ columns, dates: [name, other, "due"], target: "y" }));
  };
  expect(await look((row) => row === 7 || row === 90)).toMatchObject([
    { columns: ["date_of_birth", "visit"], rows: { count: 2 }, question: null },
  ]);
  // A mother is admitted, and an owner a customer, before.
  expect(await look((row) => row === 7 || row === 90, "date_of_birth", "admission_date")).toMatchObject([
    { confidence: 0.45, question: expect.any(String) },
  ]);
  expect(await look((row) => row % 10 === 7)).toEqual([]);
  expect(await look((row) => row === 7 || row === 90, "taken")).toEqual([]);
});

test("small counts of one thing, by a word of both names, that a few rows turn round", async () => {
  const rows = 1200;
  const ordered = cells(rows, 13, "ordered", (random) => 1 + random.integer(9));
  const returned = ordered.map((count, row) => (row % 300 === 5 ? count + 2 : Math.floor(count * ((row * 7919) % 97) * 0.01)));
  const look = async (names: readonly [string, string]) =>
    (await impossibleValue.inspect(contextOf({ columns: { [names[0]]: ordered, [names[1]]: returned, y: coin(rows) }, target: "y" }))).map(
      ({ columns }) => columns,
    );
  expect(await look(["qty_ordered", "qty_returned"])).toEqual([["qty_returned", "qty_ordered"]]);
  expect(await look(["qty_ordered", "visits"])).toEqual([]);
});
