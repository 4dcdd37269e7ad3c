import { expect, test } from "vitest";
import { ordersOf } from "../../src/core/date-order.ts";
import { parseWrittenDate } from "../../src/core/written-date.ts";
import { cellsDiffer } from "../../src/store/diff-tables.ts";
import { concatDatasets, loadFrame, openDataset } from "../../src/store/index.ts";
import { literal, withSession } from "../../src/store/session.ts";
import { LIMITS, openText, optionsIn, temporaryFolder, write } from "./temporary.ts";

const folder = temporaryFolder();
const DAY = 86_400_000;
const two = (value: number) => String(value).padStart(2, "0");
const days = Array.from({ length: 400 }, (_, row) => new Date(Date.UTC(2021, 0, 1) + ((row * 137) % 700) * DAY));
const dayFirst = (day: Date) => `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`;
const monthFirst = (day: Date) => `${two(day.getUTCMonth() + 1)}/${two(day.getUTCDate())}/${day.getUTCFullYear()}`;
const csv = (cells: readonly string[]) => `seen,y\n${cells.map((cell, row) => `${cell},${row % 3}`).join("\n")}\n`;
/** Every `step`th cell is in the other order. */
const mixed = (step: number, most = dayFirst, few = monthFirst) => days.map((day, row) => (row % step === 0 ? few(day) : most(day)));
const late = (step: number) => days.filter((day, row) => row % step === 0 && day.getUTCDate() > 12).length;

test.each([
  ["few are month first", 25, dayFirst, monthFirst, "%d/%m/%Y|%m/%d/%Y"],
  ["few are day first", 25, monthFirst, dayFirst, "%m/%d/%Y|%d/%m/%Y"],
  ["a third is month first", 3, dayFirst, monthFirst, "%d/%m/%Y|%m/%d/%Y"],
])("%s: dates in the order of the most, and what only the other reads by it", async (name, step, most, few, dateFormat) => {
  const texts = mixed(step, most, few);
  const dataset = await openText(folder, `${name}.csv`, csv(texts));
  expect(dataset.columns[0]).toMatchObject({ type: "date", dateFormat, unparsedCells: 0, missing: 0, otherOrder: late(step) });
  expect(dataset.columns[0]?.why).toMatch(/\d+ can only be read day first and \d+ only month first/);
  const [seen] = (await loadFrame(dataset, optionsIn(folder))).columns;
  const values = Array.from(seen !== undefined && "values" in seen ? seen.values : []);
  expect(values).toEqual(texts.map((text) => parseWrittenDate(text, dateFormat)));
  const tells = (day: Date, row: number) => row % step !== 0 || day.getUTCDate() > 12;
  expect(values.filter((_, row) => tells(days[row]!, row))).toEqual(days.filter(tells).map(Number));
});

test("the order of both is by the order of time where they are as many", async () => {
  const sorted = [...days].sort((a, b) => Number(a) - Number(b));
  const late = sorted.filter((day) => day.getUTCDate() > 12);
  const early = sorted.filter((day) => day.getUTCDate() <= 12).map(monthFirst);
  const told = late.slice(0, 2 * (late.length >> 1)).map((day, row) => (row % 2 === 0 ? dayFirst(day) : monthFirst(day)));
  const dataset = await openText(folder, "even.csv", csv([...early, ...told]));
  expect(dataset.columns[0]?.dateFormat).toBe("%m/%d/%Y|%d/%m/%Y");
});

test("one order, and days that no order reads, stay as they were", async () => {
  const plain = await openText(folder, "plain.csv", csv(days.map(dayFirst)));
  expect(plain.columns[0]).toMatchObject({ type: "date", dateFormat: "%d/%m/%Y", unparsedCells: 0 });
  expect(plain.columns[0]).not.toHaveProperty("otherOrder");
  const broken = await openText(folder, "broken.csv", csv(days.map((day, row) => (row % 40 === 0 ? "31/02/2021" : dayFirst(day)))));
  expect(broken.columns[0]).toMatchObject({ type: "date", dateFormat: "%d/%m/%Y", unparsedCells: 10 });
  expect(broken.columns[0]).not.toHaveProperty("otherOrder");
});

test.each([
  ["day first", dayFirst, "%d/%m/%Y|%Y-%m-%d"],
  ["month first", monthFirst, "%m/%d/%Y|%Y-%m-%d"],
])("a column that changes to ISO 8601 further down is written in two ways: %s", async (name, write, dateFormat) => {
  const many = Array.from({ length: 3000 }, (_, row) => days[row % days.length]!);
  const iso = (day: Date) => day.toISOString().slice(0, 10);
  const texts = many.map((day, row) => (row >= 2500 ? iso(day) : write(day)));
  const dataset = await openText(folder, `iso ${name}.csv`, csv(texts));
  expect(dataset.columns[0]).toMatchObject({ type: "date", dateFormat, unparsedCells: 0, missing: 0 });
  expect(dataset.columns[0]).not.toHaveProperty("otherOrder");
  const [seen] = (await loadFrame(dataset, optionsIn(folder))).columns;
  expect(Array.from(seen !== undefined && "values" in seen ? seen.values : [])).toEqual(many.map(Number));
});

test("rows that come later are read as training was: the other order only where training had it", async () => {
  const more = write(folder, "more.csv", csv(mixed(25)));
  const pure = await concatDatasets(await openText(folder, "pure.csv", csv(days.map(dayFirst))), more, optionsIn(folder));
  expect(pure.columns[0]).toMatchObject({ dateFormat: "%d/%m/%Y", unparsedCells: late(25), otherOrder: late(25) });
  const both = await concatDatasets(await openText(folder, "both.csv", csv(mixed(25))), more, optionsIn(folder));
  expect(both.columns[0]).toMatchObject({ unparsedCells: 0, otherOrder: 2 * late(25) });
});

test("a text and the date that it writes are one value, in either order", async () => {
  const { columns } = await openText(folder, "compared.csv", csv(mixed(25)));
  const [seen, words] = [columns[0]!, { ...columns[0]!, type: "category" as const, dateFormat: null }];
  expect(ordersOf(seen.dateFormat ?? "")).toEqual(["%d/%m/%Y", "%m/%d/%Y"]);
  await withSession(LIMITS, folder, async (session) => {
    const differs = cellsDiffer("x", words, "y", seen);
    const cells = ["13/02/2021", "02/13/2021", "02/14/2021"].map((text) => `(${literal(text)}, TIMESTAMP '2021-02-13')`).join(", ");
    expect(await session.rows(`SELECT ${differs} FROM (VALUES ${cells}) t(x, y)`)).toEqual([[false], [false], [true]]);
  });
});

const dotted = (day: Date) => dayFirst(day).replaceAll("/", ".");
const sameDay = days.map((day, row) => (row % 3 === 0 ? monthFirst(day) : dotted(day)));

test("two ways of writing, each of which tells its order, are dates, and a blank and a sign for none are none", async () => {
  const texts = sameDay.map((text, row) => (row % 50 === 7 ? "n/a" : row % 50 === 9 ? "" : text));
  const dataset = await openText(folder, "ways.csv", csv(texts));
  expect(dataset.columns[0]).toMatchObject({ type: "date", dateFormat: "%d.%m.%Y|%m/%d/%Y", unparsedCells: 8, missing: 16 });
  expect(dataset.columns[0]).not.toHaveProperty("otherOrder");
  expect(dataset.columns[0]?.why).toMatch(/written %d\.%m\.%Y or %m\/%d\/%Y/);
  const [seen] = (await loadFrame(dataset, optionsIn(folder))).columns;
  const known = Array.from(seen !== undefined && "values" in seen ? seen.values : []);
  expect(known).toEqual(days.map((day, row) => (row % 50 === 7 || row % 50 === 9 ? Number.NaN : Number(day))));
  expect(parseWrittenDate(monthFirst(days[1]!), "%d.%m.%Y|%m/%d/%Y")).toBe(Number(days[1]));
});

const short = (day: Date) => dotted(day).replace(/\.\d\d(?=\d\d$)/, ".");
const yearFirst = (day: Date) => day.toISOString().slice(0, 10).replaceAll("-", ".");
test.each([
  ["%d.%m.%Y|%d.%m.%y", 3, dotted, short],
  ["%d.%m.%y|%d.%m.%Y", 3, short, dotted],
  ["%Y.%m.%d|%d.%m.%y", 3, yearFirst, short],
  ["%d.%m.%Y", 50, dotted, short],
])("years of two digits are of no antiquity: %s", async (format, each, usual, other) => {
  const texts = days.map((day, row) => (row % each === 1 ? other(day) : usual(day)));
  const read = texts.map((text, row) => (format.includes("|") || usual(days[row]!) === text ? Number(days[row]) : Number.NaN));
  for (const onePassBytes of [0, Number.POSITIVE_INFINITY]) {
    const options = { ...optionsIn(folder), dataFolder: `${folder}/${onePassBytes}`, onePassBytes };
    const dataset = await openDataset(write(folder, "digits.csv", csv(texts)), options);
    expect(dataset.columns[0]).toMatchObject({ type: "date", dateFormat: format, unparsedCells: read.filter(Number.isNaN).length });
    const [seen] = (await loadFrame(dataset, options)).columns;
    expect(Array.from(seen !== undefined && "values" in seen ? seen.values : [])).toEqual(read);
  }
  expect(texts.map((text) => parseWrittenDate(text, format))).toEqual(read);
});

test.each([
  ["a way that leaves the order open", (day: Date, row: number) => (row % 3 === 0 ? `01/02/${2000 + (row % 20)}` : dotted(day))],
  ["a way in both orders", (day: Date, row: number) => (row % 3 === 0 ? (row % 2 === 0 ? monthFirst(day) : dayFirst(day)) : dotted(day))],
  [
    "too many cells that are no dates",
    (day: Date, row: number) => (row % 5 === 0 ? `day ${row % 7}` : row % 5 > 2 ? monthFirst(day) : dotted(day)),
  ],
  [
    "five ways",
    (day: Date, row: number) =>
      [
        dotted(day),
        monthFirst(day),
        day.toISOString().slice(0, 10),
        `${dotted(day)} 10:00`,
        `${day.toISOString().slice(0, 10).replaceAll("-", "/")}`,
      ][row % 5]!,
  ],
])("%s stays text", async (name, text) => {
  const dataset = await openText(folder, `${name}.csv`, csv(days.map(text)));
  expect(dataset.columns[0]).toMatchObject({ type: "category", dateFormat: null });
});
