import { describe, expect, test } from "vitest";
import { highCardinality } from "../../../src/data/checks/high-cardinality.ts";
import { identifier } from "../../../src/data/checks/identifier.ts";
import { textDate } from "../../../src/data/checks/text-date.ts";
import { keyLikeness } from "../../../src/data/roles/key-likeness.ts";
import { findingTitle } from "../../../src/report/words/trap.ts";
import { contextOf as inferred, tableOf } from "../table.ts";
import { type Cells, cells, coin, contextOf, type Given } from "./context.ts";

const ROWS = 240;
const DAY = 86_400_000;
const two = (value: number) => String(value).padStart(2, "0");
const days = cells(ROWS, 1, "days", (random) => new Date(Date.UTC(2021, 0, 1 + random.integer(900))));
const iso = days.map((day) => day.toISOString().slice(0, 10));
const dayFirst = (day: Date) => `${two(day.getUTCDate())}/${two(day.getUTCMonth() + 1)}/${day.getUTCFullYear()}`;
const monthFirst = (day: Date) => `${day.getUTCMonth() + 1}/${day.getUTCDate()}/${day.getUTCFullYear()}`;
const look = (seen: Cells, more: Partial<Given> = {}) =>
  textDate.inspect(contextOf({ columns: { seen, y: coin(ROWS) }, target: "y", ...more }));

describe("found", () => {
  test.each([
    ["one way, as a file with types keeps it", iso, ["%Y-%m-%d"]],
    [
      "names of months",
      days.map(
        (day) =>
          `${["Jan", "Feb", "Mrz", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"][day.getUTCMonth()]} ${day.getUTCDate()}, 2021`,
      ),
      ["%b %d, %Y"],
    ],
    [
      "Polish names of months",
      days.map(
        (day) =>
          `${two(day.getUTCDate())}-${["sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"][day.getUTCMonth()]}-2021`,
      ),
      ["%d-%b-%Y"],
    ],
    ["weeks", days.map((_, row) => `KW ${two(1 + (row % 52))}/${2020 + (row % 3)}`), ["KW %V/%G"]],
    [
      "quarters in two ways",
      days.map((_, row) => (row % 28 < 20 ? `Q${1 + (row % 4)} ${2015 + (row % 7)}` : `${2015 + (row % 7)}Q${1 + (row % 4)}`)),
      ["Q%q %Y", "%YQ%q"],
    ],
    ["months of which one has no point", days.map((_, row) => `${["Jan.", "Feb.", "May"][row % 3]} ${2012 + (row % 7)}`), ["%b %Y"]],
    ["months", days.map((_, row) => `${2015 + (row % 7)}-${two(1 + (row % 12))}`), ["%Y-%m"]],
    ["half in another way", days.map((day, row) => (row % 5 > 1 ? iso[row]! : dayFirst(day))), ["%Y-%m-%d", "%d/%m/%Y"]],
    [
      "a tenth in another way, with gaps and a sign for none",
      days.map((day, row) => (row % 10 === 0 ? monthFirst(day) : row % 7 === 0 ? "n/a" : iso[row]!)),
      ["%Y-%m-%d", "%m/%d/%Y"],
    ],
  ])("%s", async (_, seen, formats) => {
    const [found] = await look(seen);
    expect(found).toMatchObject({ trap: "text-date", columns: ["seen"], evidence: { formats } });
    expect(found!.fix).toEqual({ action: "steps", steps: [{ op: "to-date", column: "seen", formats }] });
    expect(found!.confidence).toBeGreaterThan(0.9);
    expect(found!.question).toBeNull();
  });

  test("both orders of day and month in one column of text", async () => {
    const [found] = await look(days.map((day, row) => (row % 2 === 0 ? monthFirst(day) : dayFirst(day))));
    expect(found!.evidence).toMatchObject({ dayFirst: expect.any(Number), monthFirst: expect.any(Number) });
    expect(found!.why).toMatch(/may mean either/);
  });

  test("an order that no cell tells is asked, and the other answer reads the other way", async () => {
    const early = days.map((day, row) => new Date(Date.UTC(2021, day.getUTCMonth(), 1 + (row % 12))));
    const [found] = await look(early.map((day, row) => (row % 3 === 0 ? iso[row]! : dayFirst(day))));
    expect(found!.question).toMatch(/day first or month first/);
    expect(found!.ifRejected!.fix).toMatchObject({ steps: [{ formats: ["%m/%d/%Y", "%Y-%m-%d"] }] });
  });

  test("numbers that all write a day", async () => {
    const [found] = await look(iso.map((day) => Number(day.replaceAll("-", ""))));
    expect(found).toMatchObject({ columns: ["seen"], fix: { steps: [{ op: "to-date", formats: ["%Y%m%d"] }] } });
  });

  test("a date column that the reader had to guess: asked when all fit, told when some cannot be read", async () => {
    const early = days.map((day, row) => Date.UTC(2021, day.getUTCMonth(), 1 + (row % 12)));
    const dates = { dates: ["seen"] };
    expect(await look(early, { ...dates, infos: { seen: { dateFormat: "%d/%m/%Y" } } })).toMatchObject([
      { confidence: 0.4, choices: ["month-first", "day-first"] },
    ]);
    const mixed = await look(
      days.map((day) => day.getTime()),
      { ...dates, infos: { seen: { dateFormat: "%d/%m/%Y", otherOrder: 9 } } },
    );
    expect(mixed).toMatchObject([{ evidence: { onlyOtherWay: 9, onlyOtherWayRead: false }, fix: { action: "advice" } }]);
    expect(mixed[0]!.why).toMatch(/These are read as missing/);
  });

  test("dates in two orders: those that tell are counted, of the others it says how many must be expected to be another day", async () => {
    const lateOf = (other: (row: number) => boolean) => days.filter((day, row) => other(row) && day.getUTCDate() > 12).length;
    const isOther = (row: number) => row % 20 === 0;
    const read = days.map((day, row) =>
      isOther(row) && day.getUTCDate() <= 12 ? Date.UTC(day.getUTCFullYear(), day.getUTCDate() - 1, day.getUTCMonth() + 1) : day.getTime(),
    );
    const otherOrder = lateOf(isOther);
    const both = { dates: ["seen"], infos: { seen: { dateFormat: "%d/%m/%Y|%m/%d/%Y", otherOrder } } };
    const [found] = await look(read, both);
    const { likelyMisreadLow: low, likelyMisreadHigh: high, ...evidence } = found!.evidence as Record<string, number>;
    const misread = days.filter((day, row) => isOther(row) && day.getUTCDate() <= 12 && day.getUTCDate() !== day.getUTCMonth() + 1).length;
    expect(evidence).toMatchObject({ onlyThisWay: lateOf((row) => !isOther(row)), onlyOtherWay: otherOrder, onlyOtherWayRead: true });
    expect(low!).toBeLessThanOrEqual(misread);
    expect(high!).toBeGreaterThanOrEqual(misread);
    expect(found).toMatchObject({ severity: "costly", choices: ["no", "yes"], ifRejected: { severity: "cosmetic" } });
    expect(found!.question).toMatch(/that fit both orders day first\?/);
    expect(found!.why).toMatch(/These are read month first; of the \d+ that can be either, read day first/);
    const late = await look(
      days.map((day) => Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 13 + (day.getUTCDate() % 15))),
      both,
    );
    expect(late).toMatchObject([{ evidence: { eitherWay: 0, likelyMisread: 0 }, question: null }]);
  });
});

describe("silent", () => {
  test.each<[string, Cells]>([
    ["names", cells(ROWS, 1, "n", (random) => `town ${random.integer(30)}`)],
    ["versions", cells(ROWS, 1, "n", (random) => `${random.integer(40)}.${random.integer(40)}.${random.integer(9000)}`)],
    ["codes of eight digits", cells(ROWS, 1, "n", (random) => 20_000_000 + random.integer(400_000))],
    ["a counter within one month", cells(ROWS, 1, "n", (random) => 20_240_101 + random.integer(28))],
    ["ranges", cells(ROWS, 1, "n", (random) => `${10 * random.integer(9)}-${100 + random.integer(9)}-x`)],
    [
      "seasons",
      cells(ROWS, 1, "n", (random) => {
        const year = random.integer(7);
        return `${2005 + year}/${two(6 + year)}`;
      }),
    ],
    ["half-years", cells(ROWS, 1, "n", (random) => `S${1 + random.integer(2)} ${2010 + random.integer(9)}`)],
    ["cars of four sizes, none the first", cells(ROWS, 1, "n", (random) => `Q${2 + random.integer(3)} ${2010 + random.integer(9)}`)],
    ["power", cells(ROWS, 1, "n", (random) => `${30 + random.integer(23)} kW ${2000 + random.integer(9)}`)],
    ["screws", cells(ROWS, 1, "n", (random) => `${[3, 4, 5, 6, 8, 10, 12][random.integer(7)]}/${1900 + 50 * random.integer(4)}`)],
    ["terms", cells(ROWS, 1, "n", (random) => `S${1 + random.integer(8)} ${2016 + random.integer(6)}`)],
    ["cars", cells(ROWS, 1, "n", (random) => `Q${2 + random.integer(7)} ${2010 + random.integer(9)}`)],
    ["quarters", cells(ROWS, 1, "n", (random) => `2021-Q${1 + random.integer(4)}`)],
    ["three days only", cells(ROWS, 1, "n", (random) => `2021-03-0${1 + random.integer(3)}`)],
  ])("%s", async (_, seen) => {
    expect(await look(seen)).toEqual([]);
  });

  test("a date column whose order is plain, or whose days are the first of the month", async () => {
    const plain = { dates: ["seen"], infos: { seen: { dateFormat: "%d/%m/%Y" } } };
    const [found] = await look(
      days.map((day) => day.getTime()),
      plain,
    );
    expect(found).toMatchObject({ severity: "cosmetic", fix: { action: "reading" }, question: null });
    expect(found!.why).toMatch(/writes dates as %d\/%m\/%Y: \d+ cells can only be read so/);
    const firsts = days.map((day) => Date.UTC(2021, day.getUTCMonth(), 1));
    expect(await look(firsts, plain)).toEqual([]);
  });
});

test("dates in text are neither a key nor too many names", async () => {
  const each = Array.from({ length: ROWS }, (_, row) => `${row % 2 === 0 ? "" : " "}${dayFirst(new Date(row * DAY * 3))}`.trim());
  const context = inferred(
    tableOf([
      ["seen", each],
      ["x", each.map((_, row) => (row * 7) % 50)],
      ["y", coin(ROWS)],
    ]),
    "y",
  );
  expect(context.roles.features).toContain("seen");
  expect(context.roles.meanings.seen).toMatchObject({ type: "date" });
  expect(keyLikeness(context, context.frame.columns[0]!)).toBeNull();
  expect([...(await identifier.inspect(context)), ...(await highCardinality.inspect(context))]).toEqual([]);
});

describe("spellings that are not ISO 8601", () => {
  const moments = days.map((day) => day.getTime());
  const read = (dateFormat: string, unparsedCells = 0) =>
    look(moments, { dates: ["seen"], infos: { seen: { dateFormat, unparsedCells } } });

  test.each(["%Y/%m/%d %H:%M", "%d-%b-%Y"])("%s is read rightly and told", async (format) => {
    const [found, ...more] = await read(format, 12);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ trap: "text-date", severity: "cosmetic", evidence: { format, dateCells: ROWS, otherCells: 12 } });
    expect(found!.fix.action).toBe("reading");
    expect(found!.why).not.toMatch(/two digits/);
  });

  test("of a week, a month or a quarter its first day", async () => {
    const [found] = await read("KW %V/%G");
    expect(found!.why).toMatch(/writes weeks as KW %V\/%G: many/);
    expect(found!.fix).toMatchObject({ action: "reading", text: expect.stringContaining("each week as its first day") });
  });

  test("the century of two digits is said", async () => {
    const [found] = await read("%d-%b-%y");
    expect(found!.why).toMatch(/Years have two digits/);
  });

  test.each(["%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%SZ"])("%s is no trap", async (format) => {
    expect(await read(format)).toEqual([]);
  });

  test("several ways are told together, and no order is doubted", async () => {
    const found = await read("%d.%m.%Y|%m/%d/%Y");
    expect(found).toMatchObject([{ severity: "cosmetic", question: null, fix: { action: "reading" } }]);
    expect(found[0]!.why).toContain("in 2 ways (%d.%m.%Y, %m/%d/%Y)");
  });

  test.each([
    ["parquet", 1],
    ["sqlite", 0],
  ])("ISO 8601 as text in a file that has a type for dates: %s", async (format, count) => {
    const context = contextOf({
      columns: { seen: moments, y: coin(ROWS) },
      target: "y",
      dates: ["seen"],
      infos: { seen: { dateFormat: "%Y-%m-%d" } },
    });
    const source = { ...context.dataset.source, format };
    const found = await textDate.inspect({ ...context, dataset: { ...context.dataset, source } });
    expect(found.map(({ severity }) => severity)).toEqual(Array.from({ length: count }, () => "cosmetic"));
  });

  test.each(["%H:%M", "%H:%M:%S"])("times of the day alone: %s", async (format) => {
    const times = cells(
      ROWS,
      4,
      "times",
      (random) => `${two(random.integer(24))}:${two(random.integer(60))}${format.endsWith("S") ? ":07" : ""}`,
    );
    const [found] = await look(times);
    expect(found).toMatchObject({ fix: { steps: [{ op: "to-date", column: "seen", formats: [format] }] } });
    expect(found!.why).toMatch(/times of the day/);
    expect(await look(times.map((time) => time.replace(/^../, "31")))).toEqual([]);
  });
});

test("numbers that write a time of the day; any numbers of that range do not", async () => {
  const clock = cells(400, 1, "c", (random) => 100 * random.integer(24) + random.integer(60));
  const any = cells(400, 1, "a", (random) => random.integer(2400));
  const [found, ...others] = await textDate.inspect(contextOf({ columns: { departure: clock, metres: any, y: coin(400) }, target: "y" }));
  expect(found).toMatchObject({ columns: ["departure"], severity: "cosmetic", fix: { action: "advice" } });
  expect(others).toEqual([]);
});

test("ISO 8601 without signs is a date", async () => {
  const at = cells(300, 1, "t", (random) => `2014${String(1 + random.integer(12)).padStart(2, "0")}13T000000`);
  expect(await textDate.inspect(contextOf({ columns: { at, y: coin(300) }, target: "y" }))).toMatchObject([
    { columns: ["at"], fix: { steps: [{ op: "to-date", formats: ["%Y%m%dT%H%M%S"] }] } },
  ]);
});

test("dates beside the numbers of a spreadsheet; numbers that mean other days are no dates", async () => {
  const serials = (from: number) =>
    days.map((day, row) => (row % 3 === 0 ? String(from + Math.round(day.getTime() / DAY)) : dayFirst(day)));
  const [found] = await look(serials(25_569));
  expect(found).toMatchObject({ columns: ["seen"], evidence: { serialCells: 80, dateCells: 160 }, fix: { action: "advice" } });
  const serial = Number(found!.evidence.serial);
  expect(found!.evidence.day).toBe(new Date(DAY * (serial - 25_569)).toISOString().slice(0, 10));
  expect(await look(serials(60_000))).toEqual([]);
  expect(await look(serials(25_569).map((text) => text.replace(/^\d+$/, "$&.0")))).toMatchObject([{ evidence: { serialCells: 80 } }]);
  expect(await look(serials(25_569).map((text) => text.replace(/^\d+$/, "$&.5")))).toEqual([]);
});

test("numbers of a spreadsheet need a third of dates, hardly any other cells, and five different days near them", async () => {
  const told = async (isSerial: (row: number) => boolean, day = (row: number) => Math.round(days[row]!.getTime() / DAY), other = 0) =>
    (await look(days.map((one, row) => (row < other ? "on demand" : isSerial(row) ? String(25_569 + day(row)) : dayFirst(one))))).length;
  const third = (row: number) => row % 3 === 0;
  expect([await told((row) => row % 10 > 3), await told((row) => row % 10 > 1)]).toEqual([1, 0]);
  expect([await told(third, undefined, 10), await told(third, undefined, 15)]).toEqual([1, 0]);
  const few = (different: number) => (row: number) => 19_000 + (Math.floor(row / 3) % different);
  expect([await told(third, few(5)), await told(third, few(4))]).toEqual([1, 0]);
  expect([await told(third, (row) => 18_000 + row), await told(third, (row) => 10_000 + row)]).toEqual([1, 0]);
});

test("days since some day under the name of a year are told; years, amounts and numbers of things are not", async () => {
  const named = (name: string, low: number, high: number) => {
    const seen = cells(ROWS, 3, name, (random) => low + random.integer(high - low));
    return textDate.inspect(contextOf({ columns: { [name]: seen, y: coin(ROWS) }, target: "y" }));
  };
  expect(await named("year", 8000, 9800)).toMatchObject([
    { columns: ["year"], severity: "cosmetic", evidence: { unit: "day", since: ["1970-01-01", "1960-01-01", "1899-12-30"] } },
  ]);
  expect(await named("entry_date", 40_000, 44_000)).toMatchObject([{ evidence: { since: ["1899-12-30"] } }]);
  const [inDays] = await named("year", 8000, 9800);
  expect(findingTitle(inDays!)).toBe("Dates or times kept as numbers");
  expect(await named("year", 1950, 2020)).toEqual([]);
  expect(await named("year_income", 8000, 9800)).toEqual([]);
});

test("dates that are surely read are a matter of form until an experiment measures them, as text or as numbers", async () => {
  const numbers = days.map((day) => Number(day.toISOString().slice(0, 10).replaceAll("-", "")));
  expect(await look(iso)).toMatchObject([
    { severity: "costly", untilMeasured: "cosmetic", why: expect.stringContaining("are dates written as text") },
  ]);
  expect(await look(numbers)).toMatchObject([{ severity: "costly", untilMeasured: "cosmetic" }]);
  const [mixed] = await look(days.map((day, row) => (row % 5 > 1 ? iso[row]! : dayFirst(day))));
  expect(mixed).toMatchObject({ severity: "costly" });
  expect(mixed).not.toHaveProperty("untilMeasured");
});

describe("dates that can be read both ways", () => {
  const hours = Array.from({ length: ROWS }, (_, hour) => Date.UTC(2022, 0, 1, hour));
  const formats = { dates: ["seen"], infos: { seen: { dateFormat: "%m/%d/%Y %H:%M" } } };

  test("of which one reading alone goes on in regular steps are no question", async () => {
    const [one] = await look(hours, formats);
    expect(one).toMatchObject({ trap: "text-date", question: null, severity: "cosmetic", evidence: { breaks: 0, otherBreaks: 9 } });
    expect(one?.why).toContain("go on in steps of one length");
  });

  test("are asked about where they may be firsts of months or the first days of Januaries; other firsts of months are nothing to ask", async () => {
    const months = { dates: ["seen"], infos: { seen: { dateFormat: "%m/%d/%Y" } } };
    const firsts = Array.from({ length: ROWS }, (_, month) => Date.UTC(1960, month, 1));
    const [one] = await look(firsts, months);
    expect(one?.question).toContain("month first");
    expect(
      await look(
        cells(ROWS, 1, "some", (random) => Date.UTC(2022, random.integer(12), 1)),
        months,
      ),
    ).toEqual([]);
  });

  test("are asked about where both have gaps", async () => {
    const some = cells(ROWS, 1, "some", (random) => Date.UTC(2022, random.integer(12), 1 + random.integer(12)));
    const [one] = await look(some, formats);
    expect(one?.question).toContain("month first");
  });
});
