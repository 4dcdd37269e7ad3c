import { expect, test } from "vitest";
import { textDate } from "../../../src/data/checks/text-date.ts";
import { textNumber } from "../../../src/data/checks/text-number.ts";
import { dateSpellings } from "../../../src/data/meaning/date-spellings.ts";
import { parseDate } from "../../../src/recipe/index.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const DAYS = Array.from({ length: 24 }, (_, place) => Date.UTC(2022, place % 12, 1 + ((place * 5) % 27)));
const MONTHS_AS = (locale: string, month: "long" | "short") => (ms: number) =>
  new Intl.DateTimeFormat(locale, { day: "numeric", month, year: "numeric", timeZone: "UTC" }).format(ms);

const LONG = [
  "en-GB en-US de-DE de-AT fr-FR es-ES es-MX it-IT pt-PT pt-BR nl-NL pl-PL sv-SE da-DK nb-NO tr-TR ca-ES ro-RO hu-HU cs-CZ",
  "sk-SK sl-SI sr-Latn-RS fi-FI et-EE is-IS id-ID ru-RU uk-UA bg-BG sr-Cyrl-RS el-GR ja-JP zh-CN",
].flatMap((locales) => locales.split(" "));
const SHORT = "en-GB en-US de-DE de-AT fr-FR es-ES es-MX it-IT nl-NL pl-PL sv-SE da-DK nb-NO tr-TR ro-RO hu-HU ru-RU el-GR ko-KR".split(
  " ",
);
const NUMBERS = ["hu-HU", "cs-CZ", "sk-SK", "sl-SI", "ko-KR", "pl-PL", "hr-HR"];

function expectRead(texts: readonly string[]) {
  const found = dateSpellings(texts, new Uint8Array(texts.length).fill(1), 0.9);
  expect(found, texts.slice(0, 3).join(", ")).not.toBeNull();
  const moments = texts.map((text) => parseDate(text, found?.formats ?? []));
  expect(moments.map((ms, place) => (ms === DAYS[place] ? null : texts[place])).filter(Boolean)).toEqual([]);
}

test.each(LONG)("dates as they are written out in %s are read", (locale) => {
  expectRead(DAYS.map(MONTHS_AS(locale, "long")));
});

test.each(SHORT)("dates with short months in %s are read", (locale) => {
  expectRead(DAYS.map(MONTHS_AS(locale, "short")));
});

test.each(NUMBERS)("dates of numbers in %s are read", (locale) => {
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC" });
  expectRead(DAYS.map((ms) => format.format(ms)));
});

test.each([
  ["27. Aug. 2022", "%d. %b %Y"],
  ["27.Aug.2022", ""],
  ["3 janv. 2022", "%d %b %Y"],
  ["1er janvier 2022", "%der %b %Y"],
  ["2022. aug. 27.", "%Y. %b %d."],
  ["27 d'agost de 2022", "%d d'%b de %Y"],
  ["27 August 2022", "%d %b %Y"],
  ["27 AĞUSTOS 2022 14:30", "%d %b %Y %H:%M"],
  ["27 ΑΥΓΟΥΣΤΟΥ 2022", "%d %b %Y"],
])("%s is read as %s", (text, format) => {
  const found = dateSpellings([text], [1], 0.9);
  expect(found?.formats ?? [""]).toEqual([format]);
});

test.each(["sl", "sr-Latn"])("every day of a year with short months in %s is read", (locale) => {
  const days = Array.from({ length: 365 }, (_, place) => Date.UTC(2022, 0, 1 + place));
  const texts = days.map(MONTHS_AS(locale, "short"));
  const found = dateSpellings(texts, new Uint8Array(texts.length).fill(1), 0.9);
  expect(texts.filter((text, place) => parseDate(text, found?.formats ?? []) !== days[place])).toEqual([]);
});

test.each([
  ["Rij-07", "Rij-08", "Rij-09"],
  ["uno-12", "uno-13", "zar-14"],
  ["úno-12", "říj-13", "zář-14"],
  ["MARTA-34", "MARTA-35"],
  ["Marta 1990", "Marta 1991"],
  ["set-37", "set-38"],
  ["3-set-37", "4-set-38"],
  ["Mars 1807", "Mars 1808"],
  ["Mars 2001", "Mars. 2002"],
  ["1. listopada 2022.", "17. listopada 2022.", "21. listopada 2022."],
  ["12. 10. 99", "11. 5. 49"],
])("%s, ... are no dates", (...texts) => {
  expect(dateSpellings(texts, new Uint8Array(texts.length).fill(1), 0.9)).toBeNull();
});

test.each([
  ["Mars 1807", "Mai 1808"],
  ["3 août 2022", "14 août 2022", "14 aout 2022"],
  ["3-ago-22", "14-ago-22"],
  ["1. listopada 2022", "17. grudnia 2022"],
  ["Aug-07", "Sep-07"],
])("%s, %s, ... are", (...texts) => {
  expect(dateSpellings(texts, new Uint8Array(texts.length).fill(1), 0.9)?.unread).toBe(0);
});

test.each([" г.", " р.", " r.", " roku"])("a date with the word for the year behind it (%s) is day first", (word) => {
  const texts = ["01.02.2016", "03.04.2016", "05.06.2017"].map((text) => `${text}${word}`);
  const found = dateSpellings(texts, [1, 1, 1], 0.9);
  expect(found).toMatchObject({ formats: [`%d.%m.%Y${word}`], ambiguous: 0, dayFirst: 0, monthFirst: 0 });
});

test("a point stands behind a month alone", () => {
  for (const text of ["27. Aug.. 2022", "27. A.ug 2022", "27.. Aug 2022", "27. Xyz. 2022", ". Aug 2022"])
    expect([text, parseDate(text, ["%d. %b %Y"])]).toEqual([text, Number.NaN]);
  expect(parseDate("27.Aug..2022", ["%d.%b.%Y"])).toBeNaN();
});

test("Japanese dates are no three numbers in one text", async () => {
  const day = cells(200, 1, "day", (random) => `${2020 + random.integer(3)}年${1 + random.integer(12)}月${1 + random.integer(28)}日`);
  const context = contextOf({ columns: { day, y: coin(200) }, target: "y" });
  expect(await textNumber.inspect(context)).toEqual([]);
  expect(await textDate.inspect(context)).toMatchObject([{ evidence: { formats: ["%Y年%m月%d日"] } }]);
});

test("months that are named in several ways are a matter of form until they are measured", async () => {
  const months = ["janv.", "mai", "août", "nov."];
  const day = cells(
    200,
    1,
    "day",
    (random) => `${["1er", "7", "23"][random.integer(3)]} ${months[random.integer(4)]} ${2015 + random.integer(8)}`,
  );
  const [found] = await textDate.inspect(contextOf({ columns: { day, y: coin(200) }, target: "y" }));
  expect(found).toMatchObject({ evidence: { formats: ["%d %b %Y", "%der %b %Y"], otherCells: 0 }, untilMeasured: "cosmetic" });
});

test("days beside whole months are no matter of form", async () => {
  const months = ["janv.", "mai", "août", "nov."];
  const day = cells(
    200,
    1,
    "day",
    (random) => `${["", "7 ", "23 "][random.integer(3)]}${months[random.integer(4)]} ${2015 + random.integer(8)}`,
  );
  const [found] = await textDate.inspect(contextOf({ columns: { day, y: coin(200) }, target: "y" }));
  expect(found).toMatchObject({ evidence: { formats: ["%d %b %Y", "%b %Y"] } });
  expect(found).not.toHaveProperty("untilMeasured");
});
