import { expect, test } from "vitest";
import { preprocessingLeak } from "../../../src/data/checks/preprocessing-leak.ts";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 800;

async function sentinelsIn(columns: Record<string, Cells>, dates: string[] = []) {
  return await sentinel.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y", dates }));
}

const normal = (label: string, mean: number, sd: number, digits = 1) =>
  cells(ROWS, 2, label, (random) => Number((mean + sd * random.normal()).toFixed(digits)));
const withCode = (values: Cells, code: number, every: number, offset = 0): Cells =>
  values.map((value, row) => (row % every === offset ? code : value));

test("999 in most rows of a small count", async () => {
  const days = cells(ROWS, 2, "days", (random) => (random.next() < 0.04 ? random.integer(28) : 999));
  const [found] = await sentinelsIn({ pdays: days });
  expect(found).toMatchObject({
    columns: ["pdays"],
    severity: "harmful",
    fix: { steps: [{ op: "null-out", column: "pdays", values: [999] }, { op: "missing-indicator" }] },
    question: null,
  });
  expect(found!.confidence).toBeGreaterThanOrEqual(0.9);
  expect(found!.why).toMatch(/`pdays` is 999 in 9\d(\.\d)? % of its rows while all other values lie between \d and 2\d/);
});

test("the 0 of a column that was scaled, in most rows, is no code", async () => {
  const scaled = (zero: number) =>
    cells(ROWS, 3, "scaled", (random) => (random.next() < 0.05 ? 3.5 + Math.round(1000 * random.next()) / 1000 : zero));
  expect(await sentinelsIn({ surface: scaled(-0.2641457) })).toEqual([]);
  expect(await sentinelsIn({ surface: scaled(-999) })).toHaveLength(1);
});

test("-200 in several sensors is one finding, also where the range is wide", async () => {
  const found = await sentinelsIn({
    co: withCode(normal("co", 2, 0.4), -200, 9),
    nox: withCode(
      cells(ROWS, 2, "nox", (random) => Math.round(Math.exp(5.3 + random.normal()))),
      -200,
      8,
    ),
    t: withCode(normal("t", 18, 8), -200, 20),
  });
  expect(found).toHaveLength(1);
  expect([...found[0]!.columns].sort()).toEqual(["co", "nox", "t"]);
  expect(found[0]!.confidence).toBeGreaterThan(0.9);
});

test("zeros of body measures, by the name or without it", async () => {
  const glucose = withCode(normal("g", 120, 25, 0), 0, 160);
  const bmi = withCode(normal("b", 32, 6), 0, 70);
  const insulin = withCode(
    cells(ROWS, 2, "i", (random) => Math.round(40 + 200 * random.next())),
    0,
    2,
  );
  const named = await sentinelsIn({ Glucose: glucose, BMI: bmi, Insulin: insulin });
  expect(named.flatMap(({ columns }) => columns).sort()).toEqual(["BMI", "Glucose", "Insulin"]);
  for (const { confidence } of named) expect(confidence).toBeGreaterThanOrEqual(0.8);
  const unnamed = await sentinelsIn({ column_1: glucose, column_2: bmi });
  expect(unnamed.flatMap(({ columns }) => columns).sort()).toEqual(["column_1", "column_2"]);
});

test("no years since something are real, also where a quantity of that name cannot be 0 elsewhere", async () => {
  const since = (mean: number) => cells(ROWS, 2, `since ${mean}`, (random) => Math.floor(-mean * Math.log(1 - random.next())));
  const counts = { YearsSincePromotion: since(2), YearsAtCompany: since(7), months_with_manager: since(12), bilirubin: since(3) };
  expect(Object.values(counts).map((values) => values.includes(0))).toEqual([true, true, true, true]);
  expect(await sentinelsIn(counts)).toEqual([]);
});

test("age 0 far from all other ages is asked about; beside small children it is one", async () => {
  const adults = cells(ROWS, 2, "a", (random) =>
    random.next() < 0.07 ? 0 : Math.max(18, Math.min(68, Math.round(37 + 11 * random.normal()))),
  );
  const passengers = cells(ROWS, 2, "c", (random) => Math.max(0, Math.round(30 + 14 * random.normal())));
  const found = await sentinelsIn({ Age: adults, age_of_passenger: passengers });
  expect(found).toMatchObject([{ columns: ["Age"], fix: { steps: [{ op: "null-out", column: "Age", values: [0] }, {}] } }]);
  expect(found[0]!.question).toMatch(/Does 0 in `Age`/);
});

test("a few zeros of amounts of which none comes near are asked about; of small counts and prices from nothing on they are none", async () => {
  const traded = (mean: number) => cells(ROWS, 3, `t ${mean}`, (random) => Math.round(mean * Math.exp(0.8 * random.normal())));
  const withFew = (amounts: Cells) => amounts.map((value, row) => (row % 200 === 7 ? 0 : value));
  const [found, ...more] = await sentinelsIn({ volume: withFew(traded(1e9)), visits: withFew(traded(12)), paid: traded(1) });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["volume"] });
  expect(found!.confidence).toBeLessThan(0.5);
});

test("zeros that come together with clear ones are doubtful and asked about", async () => {
  const pressure = withCode(normal("p", 72, 9, 0), 0, 20);
  const skin = cells(ROWS, 2, "s", (random, row) =>
    row % 20 === 0 || random.next() < 0.25 ? 0 : Math.max(7, Math.round(29 + 10 * random.normal())),
  );
  const found = await sentinelsIn({ column_3: pressure, column_4: skin });
  const doubtful = found.find(({ columns }) => columns.includes("column_4"));
  expect(doubtful!.confidence).toBeLessThan(0.7);
  expect(doubtful!.question).toMatch(/Does 0 in `column_4`/);
});

test("98 and 99 in a small scale, 9 beside 0 and 1, 9999-12-31 in dates", async () => {
  const scale = cells(ROWS, 2, "sc", (random) => (random.next() < 0.05 ? 98 + random.integer(2) : 1 + random.integer(5)));
  const flag = cells(ROWS, 2, "f", (random) => (random.next() < 0.05 ? 9 : random.integer(2)));
  const day = 86_400_000;
  const start = Date.parse("2020-01-01");
  const until = cells(ROWS, 2, "d", (random) => (random.next() < 0.2 ? Date.parse("9999-12-31") : start + day * random.integer(700)));
  const found = await sentinelsIn({ scale, flag, until }, ["until"]);
  expect(found.map(({ columns, evidence }) => [columns[0], evidence.codes])).toEqual(
    expect.arrayContaining([
      ["scale", ["98", "99"]],
      ["flag", ["9"]],
      ["until", ["9999-12-31"]],
    ]),
  );
  const steps = found.flatMap(({ fix }) => (fix.action === "steps" ? fix.steps : []));
  expect(steps.filter((step) => step.op === "null-out" && step.dates)).toMatchObject([{ column: "until" }]);
});

test("a code in a regression target is a blocker", async () => {
  const target = withCode(normal("t", 18, 8), -200, 25);
  const found = await sentinel.inspect(contextOf({ columns: { x: normal("x", 0, 1), t: target }, target: "t" }));
  expect(found).toMatchObject([{ columns: ["t"], severity: "blocker" }]);
});

test("honest extremes are left alone", async () => {
  const round = (value: number) => Math.round(value);
  expect(
    await sentinelsIn({
      visits: cells(ROWS, 2, "v", (random) => round(Math.exp(random.normal()))),
      capital_gain: cells(ROWS, 2, "c", (random) => (random.next() < 0.9 ? 0 : round(Math.exp(8 + random.normal())))),
      pension: cells(ROWS, 2, "p", (random) => (random.next() < 0.5 ? 0 : round(900 + 90 * random.normal()))),
      smoker: cells(ROWS, 2, "s", (random) => (random.next() < 0.1 ? 1 : 0)),
      sign: cells(ROWS, 2, "g", (random) => random.integer(3) - 1),
      stars: cells(ROWS, 2, "r", (random) => 1 + random.integer(5)),
      margin: cells(ROWS, 2, "m", (random) => round(100 * random.normal())),
      income: cells(ROWS, 2, "i", (random) => Math.exp(10 + 1.5 * random.normal())),
      celsius: cells(ROWS, 2, "t", (random) => round(12 + 9 * random.normal())),
      gpus: cells(ROWS, 2, "u", (random) => 2 ** random.integer(4)),
      shares: cells(ROWS, 2, "h", (random) => [1 / 6, 1 / 3, 0.5, 1, 2, 4, 8][random.integer(7)]!),
      percent: cells(ROWS, 2, "q", (random) => random.integer(100)),
      stops: cells(ROWS, 2, "o", (random) => (random.next() < 0.003 ? 9 : random.integer(4))).map((v, i) => (i === 3 ? 9 : Math.min(v, 3))),
    }),
  ).toEqual([]);
});

test("a value in many rows of a number that hardly comes back else is asked about; 0, and what all values do, is not", async () => {
  const deep = cells(ROWS, 2, "deep", (random) => Number((5 + 60 * random.next()).toFixed(3)));
  const heap = (value: number, every: number) => withCode(deep, value, every);
  const [found, ...others] = await sentinelsIn({ depth: heap(10, 5), fall: heap(0, 5), seldom: heap(10, 50) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["depth"], severity: "costly", confidence: 0.4, evidence: { heap: true, codes: [10] } });
  expect(found!.why).toMatch(/`depth` is 10 in 20 % of its rows, while no other of its \d+ values has more than/);
});

test("-1 below counts that run out towards it is a code, and so is it where nearly all of its rows have it elsewhere", async () => {
  const hump = cells(ROWS, 2, "hump", (random) => Math.max(0, Math.round(5 + 2 * random.normal())));
  const few = cells(ROWS, 2, "few", (random) => Math.floor(-1.5 * Math.log(1 - random.next())));
  const coded = { accounts: withCode(hump, -1, 15), inquiries: withCode(few, -1, 30) };
  expect((await sentinelsIn(coded)).flatMap(({ columns }) => [...columns])).toEqual(["accounts", "inquiries"]);
  // Alone it may be the end of the others.
  expect(await sentinelsIn({ inquiries: coded.inquiries })).toEqual([]);
  expect(await sentinelsIn({ change: normal("change", 2, 1.5, 0) })).toEqual([]);
});

test("99 above ages that each have rows is asked about; an age that many reach is none", async () => {
  const ages = cells(ROWS, 2, "ages", (random) => 18 + random.integer(67));
  expect(await sentinelsIn({ age: withCode(ages, 99, 20) })).toMatchObject([{ columns: ["age"], question: expect.any(String) }]);
  expect(await sentinelsIn({ age: withCode(ages, 86, 20) })).toEqual([]);
});

test("999 among codes is asked about", async () => {
  const code = cells(ROWS, 2, "code", (random) => [0, 101, 205, 310, 999][random.integer(5)]!);
  const [found] = await sentinelsIn({ error_code: code });
  expect(found?.confidence ?? 0).toBeLessThan(0.5);
});

test("a few rows of -5 below an amount far above 0, and not below one that begins at 0", async () => {
  const speed = (mean: number) => withCode(normal("speed", mean, 6, 0), -5, 150, 3);
  expect((await sentinelsIn({ speed: speed(45) })).map(({ evidence }) => evidence.values ?? evidence)).toHaveLength(1);
  expect(await sentinelsIn({ speed: speed(8) })).toEqual([]);
});

test("month 0 beside months 1 to 12 is a code; months from 0 to 11 are twelve", async () => {
  const months = (least: number, most: number, zeros = 0) => {
    const drawn = cells(500, 1, "m", (random, row) => (row < zeros ? 0 : least + random.integer(most + 1 - least)));
    return sentinel.inspect(contextOf({ columns: { month: drawn, y: coin(500) }, target: "y" }));
  };
  expect(await months(1, 12, 10)).toMatchObject([{ columns: ["month"], confidence: 0.85, question: null }]);
  expect(await months(0, 11)).toEqual([]);
  // Visits of a study are counted from the first, which is 0.
  expect(await months(0, 12)).toMatchObject([{ columns: ["month"], confidence: 0.45, question: expect.any(String) }]);
});

test("a cellar of 0 is none where the house is then what lies above ground; years of renovation of 0 are no years", async () => {
  const above = cells(400, 1, "a", (random) => 900 + 10 * random.integer(120));
  const cellar = cells(400, 1, "c", (random) => (random.next() < 0.5 ? 0 : 300 + 10 * random.integer(60)));
  const columns = (house: Cells) => ({ sqft_living: house, sqft_above: above, sqft_cellar: cellar, y: coin(400) });
  const found = async (house: Cells) =>
    (await sentinel.inspect(contextOf({ columns: columns(house), target: "y" }))).map(({ columns }) => columns);
  expect(await found(above.map((value, row) => Number(value) + Number(cellar[row])))).toEqual([]);
  expect(await found(above.map((value) => Number(value) + 500))).toEqual([["sqft_cellar"]]);
  const renovated = cells(400, 1, "r", (random) => (random.next() < 0.9 ? 0 : 1950 + random.integer(60)));
  expect(await sentinel.inspect(contextOf({ columns: { yr_renovated: renovated, y: coin(400) }, target: "y" }))).toMatchObject([
    { columns: ["yr_renovated"] },
  ]);
});

test("a latitude and a longitude of 0 in the same rows are no place; a grid through 0 is one", async () => {
  const sea = cells(400, 1, "s", (random) => random.integer(12)).map((value) => value === 0);
  const place = (name: string, from: number) => cells(400, 1, name, (random) => from + 30 * random.next());
  const columns = (at: (value: number | string | Date | null, row: number) => number) => ({
    shop_lat: place("a", -15).map(at),
    shop_long: place("b", -20).map(at),
    y: coin(400),
  });
  expect(
    await sentinel.inspect(contextOf({ columns: columns((value, row) => (sea[row]! ? 0 : Number(value))), target: "y" })),
  ).toMatchObject([{ columns: ["shop_lat", "shop_long"], evidence: { coordinates: true } }]);
  const grid = {
    lat: cells(400, 1, "g", (_, row) => (row % 20) - 10),
    lon: cells(400, 1, "h", (_, row) => Math.floor(row / 20) - 10),
    y: coin(400),
  };
  expect(await sentinel.inspect(contextOf({ columns: grid, target: "y" }))).toEqual([]);
});

test("-1 far below ages is a code however rare it is, and below counts from 1 on it is none", async () => {
  const age = cells(ROWS, 2, "age", (random) => (random.next() < 0.02 ? -1 : 18 + random.integer(62)));
  const rooms = cells(ROWS, 2, "rooms", (random) => (random.next() < 0.02 ? -1 : 1 + random.integer(30)));
  expect(await sentinelsIn({ age, rooms })).toMatchObject([{ columns: ["age"], fix: { steps: [{ op: "null-out", values: [-1] }, {}] } }]);
});

test("-1 that stands for no value in two columns does so in a third of few kinds", async () => {
  const withCode =
    (share: number, make: (random: { next(): number; integer(below: number): number }) => number) =>
    (random: { next(): number; integer(below: number): number }) =>
      random.next() < share ? -1 : make(random);
  const columns = {
    reg: cells(
      600,
      1,
      "r",
      withCode(0.2, (random) => 20 + random.integer(300)),
    ),
    car: cells(
      600,
      2,
      "c",
      withCode(0.1, (random) => 20 + random.integer(300)),
    ),
    kind: cells(
      600,
      3,
      "k",
      withCode(0.02, (random) => 1 + random.integer(4)),
    ),
    y: coin(600),
  };
  const [found] = await sentinel.inspect(contextOf({ columns, target: "y" }));
  expect(found!.columns.toSorted()).toEqual(["car", "kind", "reg"]);
  const { reg: _, ...fewer } = columns;
  expect((await sentinel.inspect(contextOf({ columns: fewer, target: "y" }))).flatMap(({ columns }) => columns)).toEqual(["car"]);
});

test("7 and 9 behind a short scale are codes where 77 and 99 are in two other columns", async () => {
  const days = (seed: number) =>
    cells(800, seed, "d", (random) => (random.next() < 0.06 ? [77, 99][random.integer(2)]! : 1 + random.integer(20)));
  const health = cells(800, 3, "h", (random) => (random.next() < 0.02 ? [7, 9][random.integer(2)]! : 1 + random.integer(5)));
  const columns = { days: days(1), sleep: days(2), health, size: cells(800, 4, "s", (random) => 1 + random.integer(9)), y: coin(800) };
  const told = async (some: Record<string, Cells>) =>
    (await sentinel.inspect(contextOf({ columns: some, target: "y" }))).flatMap((one) => one.columns);
  expect((await told(columns)).toSorted()).toEqual(["days", "health", "sleep"]);
  const { sleep: _, ...fewer } = columns;
  expect(await told(fewer)).toEqual(["days"]);
});

test("a number of one digit in a few rows may be the most that there is, and is asked about", async () => {
  const most = (value: number, rows: number) => cells(500, 1, "n", (random, row) => (row < rows ? value : 1 + random.integer(2)));
  const look = async (value: number, rows: number) =>
    (await sentinel.inspect(contextOf({ columns: { baths: most(value, rows), y: coin(500) }, target: "y" }))).map(
      (one) => one.question === null,
    );
  for (const [value, rows] of [
    [7, 3],
    [9, 1],
  ] as const)
    expect([value, await look(value, rows)]).toEqual([value, [false]]);
  expect(await look(9, 40)).toEqual([true]);
});

test("a heap at the end of a measured scale is told; ends that everybody knows, and the ends of what thins out, are none", async () => {
  const height = cells(ROWS, 5, "height", (random) => Math.min(5000, Math.abs(Math.round(2600 + 1900 * random.normal()))));
  const share = cells(ROWS, 5, "share", (random) => Math.min(1, Math.round(1000 * (0.7 + 0.3 * random.normal())) / 1000));
  const rain = cells(ROWS, 5, "rain", (random) => Math.max(0, Math.round(100 * random.normal()) / 10));
  const found = (await sentinelsIn({ height, share, rain, free: normal("free", 40, 9) })).filter(({ evidence }) => "end" in evidence);
  expect(found).toMatchObject([
    { columns: ["height"], severity: "cosmetic", confidence: 0.4, evidence: { end: "largest", values: [5000] } },
  ]);
  expect(found[0]!.why).toMatch(/`height` is 5,?000, its largest value, in \d\d?(\.\d)? % of its rows/);
});

test("an instrument that is cut off at both ends is told of both, also where one of them everybody knows", async () => {
  const between = (low: number, high: number) =>
    normal("clipped", 0.5, 3.2, 3).map((value) => Math.max(low, Math.min(high, Number(value))));
  const look = async (v: Cells) => (await sentinelsIn({ v })).filter(({ evidence }) => "end" in evidence);
  const [both, ...more] = await look(between(-3.217, 4.381));
  expect(more).toEqual([]);
  expect(both).toMatchObject({ evidence: { end: "smallest and largest", values: [-3.217, 4.381] } });
  expect(both!.rows.count).toBe(between(-3.217, 4.381).filter((value) => value === -3.217 || value === 4.381).length);
  expect(both!.why).toContain("`v` is -3.217 or 4.381, its ends, in");
  expect(await look(between(0, 4.381))).toMatchObject([{ evidence: { end: "largest", values: [4.381] } }]);
});

test("ten and a hundred are ends of points that everybody knows, where nothing lies below 0", async () => {
  const points = (most: number) =>
    normal("points", 0.8 * most, 0.2 * most, 2).map((value) => Math.max(0.01, Math.min(most, Number(value))));
  const told = async (v: Cells) => (await sentinelsIn({ v })).filter(({ evidence }) => evidence.end === "largest").length;
  expect([await told(points(10)), await told(points(100)), await told(points(90))]).toEqual([0, 0, 1]);
  expect(await told(points(100).map((value, row) => (row === 3 ? -5 : value)))).toBe(1);
});

test("a 1 that comes back, far below amounts over several powers of ten, is asked about", async () => {
  const run = cells(ROWS, 4, "run", (random, row) => (row % 100 === 7 ? 1 : Math.round(40_000 * Math.exp(0.7 * random.normal()))));
  const [found, ...others] = await sentinelsIn({ run, steps: cells(ROWS, 4, "steps", (random) => 1 + random.integer(9)) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["run"], confidence: 0.45, question: expect.any(String) });
  expect(found!.why).toMatch(/^`run` is 1 in 1 % of its rows/);
});

test("the value that is told is the one of the rule", async () => {
  const share = cells(ROWS, 3, "share", (random) => Math.round(1e9 * random.next()) / 1e9);
  const [found] = await sentinelsIn({ share: [...withCode(share, 0.9999999, 20).slice(0, ROWS - 2), 1, 1] });
  expect(found).toMatchObject({ fix: { steps: [{ op: "null-out", values: [0.9999999] }, {}] } });
  expect(found!.why).toContain("`share` is 0.9999999 in 5 % of its rows");
  expect(found!.question).toContain("Does 0.9999999 in");
});

test("a number far from all others in the same rows of several columns is a code; in other rows, or of columns that are mostly equal, it is not", async () => {
  const late = (label: string) =>
    cells(ROWS, 3, label, (random) => (random.next() < 0.6 ? 0 : Math.min(9, Math.floor(-2.5 * Math.log(1 - random.next())))));
  const both = (values: Cells) => values.map((value, row) => (row % 60 === 0 ? 98 : row % 100 === 1 ? 96 : value));
  const [a, b, c] = [late("a"), late("b"), late("c")];
  const coded = async (columns: Record<string, Cells>) =>
    (await sentinelsIn(columns)).filter(({ evidence }) => evidence.sameRowsIn !== undefined);
  const one = withCode(a, 98, 60);
  const [found, ...others] = await coded({ one, two: withCode(b, 98, 60), three: withCode(c, 98, 60) });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["one", "two", "three"], question: null, evidence: { sameRowsIn: 3, codes: ["98"] } });
  expect(found!.why).toContain("in the same rows");
  expect(await coded({ one, two: withCode(b, 98, 60) })).toMatchObject([{ question: expect.stringContaining("98") }]);
  expect(await coded({ one, two: withCode(b, 98, 60, 30) })).toEqual([]);
  expect(await coded({ one, two: one.map((value, row) => (row % 9 === 1 ? 4 : value)) })).toEqual([]);
  expect(await coded({ one: both(a), two: both(b), three: both(c) })).toMatchObject([{ evidence: { codes: ["96", "98"] } }]);
});

test("a 0 at the end of marks of 0 to 100 is asked about: none of them is the least there is; where no mark is full it is a code", async () => {
  const marks = (most: number) =>
    withCode(
      normal("marks", 80, 9, 0).map((mark) => Math.min(most, Number(mark))),
      0,
      40,
    );
  expect(await sentinelsIn({ marks: marks(100) })).toMatchObject([{ columns: ["marks"], confidence: 0.4, question: expect.any(String) }]);
  const [found] = await sentinelsIn({ marks: marks(98) });
  expect(found!.confidence).toBeGreaterThan(0.5);
  const finer = marks(100).map((mark) => (mark === 0 || mark === 100 ? mark : Number(mark) + 0.5));
  expect((await sentinelsIn({ marks: finer }))[0]!.confidence).toBeGreaterThan(0.5);
  const once = marks(98).map((mark, row) => (row === 1 ? 100 : mark));
  expect((await sentinelsIn({ marks: once }))[0]!.confidence).toBeGreaterThan(0.5);
  expect((await sentinelsIn({ age: marks(100) }))[0]!.confidence).toBeGreaterThan(0.5);
});

test("a 0 that the scaling from 0 to 1 made is no code, however far below the others it stands; several are", async () => {
  const { sentinels, scaled } = await lookAt(1);
  expect(sentinels).toEqual([]);
  expect(scaled).toEqual(["income"]);
  expect((await lookAt(8)).sentinels).toMatchObject([{ columns: ["income"] }]);
});

/** Logarithms of incomes as they are scaled, where so many people have hardly any. */
async function lookAt(lowest: number) {
  const raw = cells(ROWS, 3, "income", (random, row) => (row < lowest ? 0.4 : 10 + 0.5 * random.normal())).map(Number);
  const [low, high] = [Math.min(...raw), Math.max(...raw)];
  const income = raw.map((value) => Math.round((1e6 * (value - low)) / (high - low)) / 1e6);
  const context = contextOf({ columns: { income, y: coin(ROWS) }, target: "y" });
  const scaled = (await preprocessingLeak.inspect(context)).map(({ columns: [name] }) => name);
  return { sentinels: await sentinel.inspect(context), scaled };
}
