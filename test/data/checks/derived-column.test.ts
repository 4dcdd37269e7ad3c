import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { duplicateColumn } from "../../../src/data/checks/duplicate-column.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 300;
const number = (name: string, scale = 1, shift = 0) =>
  cells(ROWS, 1, name, (random) => Math.round(100 * (shift + scale * random.normal())) / 100);
const [a, b, c] = [number("a", 5, 40), number("b", 3, 20), number("c", 2, 10)];
const look = (columns: Record<string, Cells>) => derivedColumn.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }));
const two = (value: number) => Math.round(value * 100) / 100;
const by = (make: (a: number, b: number, c: number) => number) => a.map((value, row) => make(value, b[row]!, c[row]!));

const FOUR = Object.fromEntries(
  [1, 2, 3, 4].map((ear) => [`h${ear}`, number(`h${ear}`, 15, 30).map((value) => 5 * Math.round(value / 5))]),
);
const meanOf = (parts: Readonly<Record<string, readonly number[]>>, digits: number) => {
  const columns = Object.values(parts);
  return a.map((_, row) => Math.round((digits * columns.reduce((sum, values) => sum + values[row]!, 0)) / columns.length) / digits);
};

test.each<[string, Record<string, Cells>, readonly string[], RegExp]>([
  ["a total of three", { a, b, c, total: by((x, y, z) => two(x + y + z)) }, ["total", "a", "b", "c"], /`a` \+ `b` \+ `c`/],
  ["a difference", { a, b, c, gap: by((x, y) => two(x - y)) }, ["a", "b", "gap"], /`b` \+ `gap`/],
  [
    "a rounded ratio of a power: BMI",
    { a, c, bmi: by((x, _, z) => two((10 * x) / z ** 2)) },
    ["a", "bmi", "c"],
    /`bmi` is 10 x `a` x `c`\^-2/,
  ],
  ["a mean of four", { ...FOUR, pta: meanOf(FOUR, 100) }, ["pta", "h1", "h2", "h3", "h4"], /`pta` is 0\.25 x `h1`/],
  ["a mean of five, rounded to one digit", { ...FOUR, a, pta: meanOf({ ...FOUR, a }, 10) }, ["pta", "h1", "h2", "h3", "h4", "a"], /0\.2 x/],
  [
    "a total with one wrong row",
    { a, b, total: by((x, y) => two(x + y)).map((value, row) => (row === 7 ? value + 5 : value)) },
    ["total", "a", "b"],
    /In 1 row it does not hold/,
  ],
])("%s", async (_, columns, names, why) => {
  const found = await look({ ...columns, noise: number("noise") });
  expect(found).toMatchObject([{ trap: "derived-column", severity: "cosmetic", fix: { action: "advice" } }]);
  expect([...found[0]!.columns].sort()).toEqual([...names].sort());
  expect(found[0]!.why).toMatch(why);
  expect(found[0]!.confidence).toBeGreaterThan(0.95);
});

test("two marks that are the same but for a few rows, and no others", async () => {
  const mark = cells(ROWS, 1, "mark", (random) => Number(random.next() < 0.4)) as number[];
  const otherIn = (every: number) => mark.map((value, row) => (row % every === 0 ? 1 - value : value));
  const [found] = await look({ mark, near: otherIn(150).map((value) => 1 - value), far: otherIn(20) });
  expect(found).toMatchObject({ columns: ["mark", "near"], severity: "cosmetic", evidence: { kind: "nearly-same-order" } });
  expect(found!.why).toMatch(/\(-0\.98\d\)/);
});

test("a ratio of two others where some rows are 0 and some are empty", async () => {
  const people = cells(ROWS, 1, "people", (random) => Math.round(1e6 * Math.exp(2 * random.normal()))) as number[];
  const area = cells(ROWS, 1, "area", (random) => Math.round(1e5 * Math.exp(2 * random.normal()))) as number[];
  const density = people.map((value, row) => (row % 9 === 0 ? null : Math.round((10 * value) / area[row]!) / 10));
  const [found, ...others] = await look({ people, area, density, noise: number("noise") });
  expect(others).toEqual([]);
  expect([...found!.columns].sort()).toEqual(["area", "density", "people"]);
  expect(found!.why).toMatch(/`area`/);
});

const hour = cells(ROWS, 1, "hour", (random) => random.integer(24)) as number[];
const minute = cells(ROWS, 1, "minute", (random) => random.integer(60)) as number[];

test("a time written as one number, of its hour and minute", async () => {
  const found = await look({ hour, minute, time: hour.map((value, row) => 100 * value + minute[row]!), noise: number("noise") });
  expect(found).toMatchObject([{ trap: "derived-column", why: expect.stringContaining("`time` is 100 x `hour` + `minute`") }]);
});

test("a part of counts, a rounded mean with weights, a time between two dates", async () => {
  const counts = (name: string) => cells(ROWS, 1, name, (random) => random.integer(4)) as number[];
  const [adults, small, large] = ["adults", "small", "large"].map(counts) as [number[], number[], number[]];
  const size = adults.map((value, row) => value + small[row]! + large[row]!);
  const [ofSize] = await look({ adults, small, large, size });
  expect([...ofSize!.columns].sort()).toEqual(["adults", "large", "size", "small"]);
  const [week, weekend] = [number("week", 2, 7), number("weekend", 2, 8)];
  const [ofMean] = await look({ week, weekend, all: week.map((value, row) => two((5 * value + 2 * weekend[row]!) / 7)) });
  expect(ofMean).toMatchObject({ why: expect.stringMatching(/`\w+` is [\d.]+ x `\w+` [+-] [\d.]+ x `\w+`/) });
});

test("a copy that was rounded: three times as much, and an inverse", async () => {
  const rap = a.map((value) => Math.round(value * 3.1) / 1e5);
  const exact = a.map((value) => (3 * value * 3.1) / 1e5);
  const [triple] = await look({ rap, ddp: exact.map((value) => Math.round(value * 1e5) / 1e5), noise: number("noise") });
  expect(triple).toMatchObject({ columns: ["ddp", "rap"], why: expect.stringContaining("`ddp` is 3") });
  // What by chance goes with the little that rounding left over has no part in it.
  const real = cells(ROWS, 0, "u", (random) => 0.02 + 0.01 * random.normal()) as number[];
  const [one, three] = [1, 3].map((times) => real.map((value) => Math.round(times * value * 1e5) / 1e5));
  const others = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`n${i}`, cells(ROWS, 0, `n${i}`, (random) => random.normal())]));
  expect((await look({ one: one!, three: three!, ...others })).map(({ columns }) => columns)).toEqual([["three", "one"]]);
  const volume = cells(ROWS, 1, "v", (random) => 1100 + random.integer(900)) as number[];
  const [inverse] = await look({ volume, factor: volume.map((value) => Math.round(1755000 / value) / 1000) });
  expect(inverse).toMatchObject({ why: expect.stringContaining("`factor` is 1,755 x `volume`^-1") });
});

const ages = cells(ROWS, 1, "age", (random) => 18 + random.integer(60)) as number[];
const kindOf = (age: number) => (age < 25 ? "under 25" : age <= 45 ? "25 to 45" : "over 45");

test("stretches of a number, also where some rows stray, and numbers that others give", async () => {
  const [first] = await look({ age: ages, group: ages.map(kindOf), noise: number("noise") });
  expect(first).toMatchObject({ columns: ["group", "age"], severity: "cosmetic", evidence: { kind: "intervals", comparedRows: ROWS } });
  const [strays] = await look({ age: ages, group: ages.map((age, row) => (row < 2 ? "over 45" : kindOf(age))), noise: number("noise") });
  expect(strays!.why).toMatch(/In \d rows? it does not hold/);
  const day = cells(ROWS, 1, "day", (random) => 1 + random.integer(360)) as number[];
  const [ofDay] = await look({ day, month: day.map((value) => `m${Math.ceil(value / 30)}`), noise: number("noise") });
  expect(ofDay).toMatchObject({ columns: ["month", "day"], evidence: { kind: "intervals", coarseLevels: 12 } });
  const arms = cells(ROWS, 1, "arms", (random) => random.integer(4)) as number[];
  const [given] = await look({ arms, treated: arms.map((arm) => Number(arm > 0)) });
  expect(given).toMatchObject({ columns: ["treated", "arms"], evidence: { kind: "coarser" } });
  // An index of each month is no kind that the month would be computed from.
  const month = cells(ROWS, 1, "month", (random) => random.integer(6)) as number[];
  expect(await look({ month: month.map((value) => `m${value % 3}`), index: month.map((value) => -46.2 + value * 1.7) })).toEqual([]);
});

test("kinds that mostly follow a number are not given by it", async () => {
  const mixed = ages.map((age, row) => (row % 20 === 0 ? "over 45" : kindOf(age)));
  expect(await look({ age: ages, group: mixed })).toEqual([]);
  expect(await look({ age: ages, group: cells(ROWS, 3, "g", (random) => ["a", "b"][random.integer(2)]!) })).toEqual([]);
});

test("a total of a column that is empty in four rows of ten", async () => {
  const gappy = a.map((value, row) => (row % 5 < 2 ? null : value));
  const found = await look({ a: gappy, b, total: by((x, y) => two(x + y)), noise: number("noise") });
  expect(found).toMatchObject([{ evidence: { comparedRows: 0.6 * ROWS } }]);
});

test("the order of another column, up or down, and a straight line of many values", async () => {
  const found = await look({ a, log: a.map((value) => -Math.log(value)), line: b.map((value) => 2.5 * value + 1), b });
  expect(found).toMatchObject([
    { columns: ["a", "log"], fix: { action: "steps", steps: [{ op: "drop", columns: ["log"] }] } },
    { columns: ["line", "b"], fix: { action: "steps", steps: [{ op: "drop", columns: ["b"] }] } },
  ]);
});

test("what is a duplicate already is not told twice", async () => {
  const years = a.map((value) => Math.round(value));
  const columns = { years, months: years.map((value) => 12 * value), y: coin(ROWS) };
  expect(await duplicateColumn.inspect(contextOf({ columns, target: "y" }))).toHaveLength(1);
  expect(await look(columns)).toEqual([]);
});

test.each<[string, Record<string, Cells>]>([
  ["independent", { a, b, c }],
  ["strongly related", { a, b: by((x, y) => two(x + y)), c: by((x, _, z) => two(x - z)) }],
  ["a sum with noise", { a, b, c: by((x, y, z) => two(x + y + 0.3 * z)) }],
  ["rank with errors", { a, b: a.map((value, row) => (row % 50 === 0 ? 0 : value ** 3)) }],
])("silent: %s", async (_, columns) => {
  expect(await look(columns)).toEqual([]);
});

test("marks of the kinds of one thing are told once", async () => {
  const mark = (kind: number) => a.map((_, row) => Number(row % 3 === kind));
  const [found, ...more] = await look({ p: mark(0), q: mark(1), r: mark(2) });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ evidence: { kind: "one-of" }, severity: "cosmetic", fix: { action: "advice" } });
  expect([...found!.columns].sort()).toEqual(["p", "q", "r"]);
});

test("three times another, rounded before both were averaged; measurements a hundredth apart are two", async () => {
  const thirds = a.map((value, row) => value + ((row * 7) % 3) / 3);
  const near = (share: number) => thirds.map((value, row) => 3 * value + share * Math.sin(row));
  const [found, ...more] = await look({ thirds, three: near(0.005) });
  expect(more).toEqual([]);
  expect(found!.why).toMatch(/`three` is 3 x `thirds`/);
  expect(await look({ thirds, three: near(0.3) })).toMatchObject([{ evidence: { kind: "nearly-same-order" } }]);
});

test("a logarithm, where there is one", async () => {
  const log = a.map((value) => (value - 30 <= 0 ? null : Math.fround(Math.log(value - 30))));
  const [found, ...more] = await look({ a, log });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["log", "a"], evidence: { kind: "order-where-present" }, fix: { action: "advice" } });
  const crossed = log.map((value, row) => (row === 200 && value !== null ? value + 9 : value));
  expect(await look({ a, log: crossed })).toMatchObject([{ evidence: { kind: "nearly-same-order" } }]);
});

test("a total whose parts are 0 nearly always, and none with another weight", async () => {
  const seldom = (values: Cells, one: number) => values.map((value, row) => (row % 60 === one ? value : 0)) as number[];
  const [repair, other] = [seldom(a, 7), seldom(b, 9)];
  const total = repair.map((value, row) => two(value + other[row]!));
  expect((await look({ repair, other, total })).map(({ columns }) => [...columns].sort())).toEqual([["other", "repair", "total"]]);
  const double = repair.map((value, row) => two(2 * value + other[row]!));
  expect((await look({ repair, other, total: double })).flatMap(({ why }) => why.match(/2 x/g) ?? [])).toHaveLength(1);
});

test("no identities in 40 columns of chance", async () => {
  const columns = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`c${i}`, number(`c${i}`, 10, 50)]));
  expect(await look(columns)).toEqual([]);
});

const town = cells(ROWS, 9, "town", (random) => `t${random.integer(20)}`);
const kind = (of: string, many: number) => `k${Number(of.slice(1)) % many}`;

test("a coarser kind is told once, beside the coarsest that gives it", async () => {
  const [state, region] = [town.map((name) => kind(name, 6)), town.map((name) => kind(name, 3))];
  const found = await look({ town, state, region, noise: number("noise") });
  expect(found.map(({ columns }) => columns)).toEqual([
    ["state", "town"],
    ["region", "state"],
  ]);
  expect(found[0]).toMatchObject({ severity: "cosmetic", evidence: { kind: "coarser" }, fix: { action: "advice" } });
});

test("names that hardly come back, and kinds with one row of another, are none", async () => {
  const key = town.map((_, row) => `n${Math.floor(row / 1.05)}`);
  const broken = town.map((name, row) => (row === 7 ? "k9" : kind(name, 6)));
  expect(await look({ key, half: key.map((name) => kind(name, 2)) })).toEqual([]);
  // The other kinds still go with towns.
  expect((await look({ town, broken })).map(({ evidence }) => evidence.kind)).toEqual(["shared-levels"]);
});

test("kinds cut from a number: one of them may be a single value, and a rare one does not hide the rest", async () => {
  const months = cells(600, 1, "months", (random, row) => (row % 3 === 0 ? 0 : row === 5 ? 200 : 1 + random.integer(90)));
  const kind = months.map((value) =>
    Number(value) === 0 ? "none" : Number(value) < 45 ? "short" : Number(value) > 100 ? "very long" : "long",
  );
  const found = await derivedColumn.inspect(contextOf({ columns: { months, kind, y: coin(600) }, target: "y" }));
  expect(found).toMatchObject([{ columns: ["kind", "months"], evidence: { kind: "intervals" } }]);
});

test("what one column of kinds gives is one finding, and traits of things with several rows are none", async () => {
  const town = cells(900, 1, "t", (random) => `town ${random.integer(30)}`);
  const place = town.map((name) => Number(String(name).slice(5)));
  const columns = { town, state: place.map((at) => `s${at % 9}`), coast: place.map((at) => (at % 2 === 0 ? "yes" : "no")), y: coin(900) };
  const found = (await derivedColumn.inspect(contextOf({ columns, target: "y" }))).filter(({ columns: names }) => names.includes("town"));
  expect(found).toHaveLength(1);
  expect(found[0]!.columns.toSorted()).toEqual(["coast", "state", "town"]);
});

test("what a key of things gives, and what it gives besides a coarser kind, are told once", async () => {
  const random = createRandom(8, "models");
  const model = Array.from({ length: 900 }, () => random.integer(40));
  const noise = model.map(() => random.normal());
  const weight = model.map((one) => 1000 + ((17 * one) % 40) * 7.5);
  const look = async (columns: Record<string, Cells>) =>
    (await derivedColumn.inspect(contextOf({ columns: { ...columns, weight, noise, y: coin(900) }, target: "y" }))).filter(
      ({ evidence }) => evidence.kind === "given-by-one" || evidence.kind === "coarser",
    );
  expect(await look({ car_id: model.map((one) => 5000 + one * one) })).toMatchObject([
    { columns: ["weight", "car_id"], severity: "cosmetic", evidence: { kind: "given-by-one", groups: 40 } },
  ]);
  const names = { model: model.map((one) => `model ${one}`), make: model.map((one) => `make ${one % 7}`) };
  const last = model.lastIndexOf(3);
  const doors = model.map((one, row) => (row === last ? 9 : 2 + (one % 4)));
  const [both, ...more] = await look({ ...names, doors });
  expect(more).toEqual([]);
  expect(both!.columns).toEqual(expect.arrayContaining(["make", "doors", "weight", "model"]));
  expect(both!.why).toMatch(/`doors`.*but.* 1 /);
});

test("the visits of a study and their days are in nearly one order; marks of four values are not looked at", async () => {
  const random = createRandom(10, "visits");
  const visit = Array.from({ length: ROWS }, () => random.integer(5));
  const day = visit.map((one) => Number((30 * one + 20 * random.next()).toFixed(1)));
  const late = day.map((one, row) => one + (row % 40 === 0 ? 35 : 0));
  const kinds = async (of: readonly number[]) => (await look({ visit: [...of], late })).map(({ evidence }) => evidence.kind);
  expect(await kinds(visit)).toEqual(["nearly-same-order"]);
  expect(await kinds(visit.map((one) => Math.min(3, one)))).toEqual([]);
});

test("a total that was rounded on its own, one finding with the total first", async () => {
  const large = (name: string) => cells(ROWS, 1, name, (random) => Math.round(1e5 * (5 + random.normal()))) as number[];
  const parts = { small: large("small"), middle: large("middle"), big: large("big") };
  const total = parts.small.map((value, row) => value + parts.middle[row]! + parts.big[row]! + ((row * 7) % 5) - 2);
  const [found, ...more] = await look({ ...parts, total });
  expect(more).toEqual([]);
  expect(found!.columns[0]).toBe("total");
  expect(found!.columns).toHaveLength(4);
  expect(found!.why).toMatch(/^`total` is `\w+` \+ `\w+` \+ `\w+` give or take 2 in 100 %/);
  const off = total.map((value, row) => value + (row % 3));
  expect(await look({ ...parts, total: off })).toEqual([]);
  // Of small counts anything is near.
  const few = { a: cells(ROWS, 1, "a", (random) => random.integer(30)), b: cells(ROWS, 1, "b", (random) => random.integer(30)) };
  const near = few.a.map((value, row) => Number(value) + Number(few.b[row]) + (row % 2));
  expect(await look({ ...few, near })).toEqual([]);
});

test("what is left over of a total is rounding where it is 0 in the mean and lies on both sides", async () => {
  const wards = (name: string) => cells(ROWS, 1, name, (random) => Math.round(1000 * (5 + random.normal()))) as number[];
  const parts = { general: wards("general"), special: wards("special") };
  const isolated = cells(ROWS, 1, "isolated", (random) => random.integer(2)) as number[];
  const of = async (rest: (row: number) => number) => {
    const total = parts.general.map((value, row) => value + parts.special[row]! + rest(row));
    return (await look({ ...parts, total })).filter(({ why }) => why.includes("give or take"));
  };
  const rounded = await of((row) => (row % 2) - (row % 3 === 0 ? 1 : 0) + (row % 6 === 1 ? -1 : 0));
  expect(rounded[0]?.why).toContain("give or take 1.5");
  const kept: Record<string, (row: number) => number> = {
    "a bed or none": (row) => isolated[row]!,
    "more above 0 than below": (row) => (isolated[row] === 1 ? 1 : row % 5 === 0 ? -1 : 0),
    "more above 0 than below, and a slip": (row) => (row === 7 ? 1e5 : isolated[row] === 1 ? 1 : row % 5 === 0 ? -1 : 0),
    "one more in a few": (row) => (row % 40 === 0 ? 1 : 0),
    "one less in a few": (row) => (row % 40 === 0 ? -1 : 0),
  };
  for (const [kind, rest] of Object.entries(kept)) expect(await of(rest), kind).toEqual([]);
});

test("a time between two months that are still text", async () => {
  const random = createRandom(9, "months");
  const from = Array.from({ length: 300 }, () => random.integer(60));
  const months = from.map(() => random.integer(120));
  const text = (of: number) => `${1950 + Math.floor(of / 12)}-${String((of % 12) + 1).padStart(2, "0")}`;
  const columns = {
    seen: from.map(text),
    left: from.map((one, row) => text(one + months[row]!)),
    years: months.map((one) => Number((one / 12).toFixed(3))),
  };
  expect(await look(columns)).toMatchObject([{ columns: ["years", "seen", "left"], evidence: { kind: "elapsed", unit: "years" } }]);
  const odd = (every: number) => ({ ...columns, years: columns.years.map((value, row) => (row % every === 0 ? 99 : value)) });
  expect((await look(odd(25)))[0]!.why).toMatch(/96 %.*other 12 rows for slips/);
  expect(await look(odd(15))).toEqual([]);
});

test("columns that hold what another held some rows before are one finding, also where each thing has rows of its own", async () => {
  const random = createRandom(7, "lags");
  const heat = Array.from({ length: 300 }, () => Number((20 + random.normal()).toFixed(2)));
  const before = (by: number, each = 300) => heat.map((_, row) => (row % each < by ? null : heat[row - by]!));
  const look = (columns: Readonly<Record<string, Cells>>) =>
    derivedColumn.inspect(contextOf({ columns: { heat, ...columns, y: coin(300) }, target: "y" }));
  expect(await look({ lag1: before(1), lag3: before(3) })).toMatchObject([
    { columns: ["lag1", "heat", "lag3"], evidence: { kind: "earlier-rows", rows: [1, 2] } },
  ]);
  expect(await look({ lag1: before(1, 10) })).toMatchObject([{ columns: ["lag1", "heat"], evidence: { kind: "earlier-rows" } }]);
  const lasting = heat.map((_, row) => heat[row - (row % 20)]!);
  expect(await look({ lasting, next: lasting.map((_, row) => lasting[row - 1] ?? null) })).toEqual([]);
});

test("a flag of more than nothing is given by the amount; one that strays is not", async () => {
  const amount = cells(400, 4, "a", (random) => (random.next() < 0.7 ? 0 : Number((10 * random.next()).toFixed(1))));
  const flag = amount.map((value) => (Number(value) > 0 ? "some" : "none"));
  const look = (some: Cells) => derivedColumn.inspect(contextOf({ columns: { amount, some, y: coin(400) }, target: "y" }));
  expect(await look(flag)).toMatchObject([{ columns: ["some", "amount"], evidence: { kind: "intervals" } }]);
  expect(await look(flag.map((one, row) => (row === 9 ? (one === "some" ? "none" : "some") : one)))).toEqual([]);
});

test("a kind that lies within another is told though it is asked whether it is a thing", async () => {
  const rows = 800;
  const random = createRandom(21, "towns");
  const rates = Array.from({ length: 40 }, () => (random.next() < 0.5 ? 0.05 : 0.95));
  const town = Array.from({ length: rows }, () => random.integer(40));
  const columns = {
    town: town.map((one) => `town${one}`),
    region: town.map((one) => `r${one % 7}`),
    x: town.map(() => random.normal()),
    y: town.map((one) => (random.next() < rates[one]! ? "yes" : "no")),
  };
  const context = contextOf({ columns, target: "y" });
  expect(groupEvidence(context).map(({ key }) => [key.column, key.from])).toEqual([["town", "levels"]]);
  expect((await derivedColumn.inspect(context)).map((one) => one.columns)).toEqual([["region", "town"]]);
});

test("a month of the dates of one year is told once, as their month", async () => {
  const days = Array.from({ length: ROWS }, (_, row) => Date.UTC(2023, 0, 1 + 2 * ((7 * row) % 150)));
  const month = days.map((day) => new Date(day).getUTCMonth() + 1);
  const found = await derivedColumn.inspect(
    contextOf({ columns: { at: days, month, y: coin(ROWS) }, target: "y", dates: ["at"], roles: { time: "at" } }),
  );
  expect(found).toMatchObject([{ columns: ["month", "at"], evidence: { kind: "calendar" } }]);
});
