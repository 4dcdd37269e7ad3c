import { expect, test } from "vitest";
import { arePeriods } from "../../src/core/are-periods.ts";
import { parsePeriod, periodFormat, periodFormatOf, writePeriod } from "../../src/core/written-period.ts";

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
/** Every number in every year. */
const each = (write: (number: number, year: number) => string, numbers: readonly number[], years: readonly number[]) =>
  years.flatMap((year) => numbers.map((number) => write(number, year)));
const two = (value: number) => String(value).padStart(2, "0");

test.each<[string, readonly string[], string, boolean, string?]>([
  ["weeks", each((w, y) => `KW ${w}/${y}`, range(1, 52), [2019, 2020, 2021]), "KW %V/%G", true],
  ["weeks of two years that begin it", each((w, y) => `Week ${w} ${y}`, range(1, 17), [2019, 2020]), "Week %V %G", true],
  ["rounds of three seasons", each((w, y) => `Week ${w} ${y}`, range(1, 17), [2010, 2011, 2012]), "Week %V %G", false],
  ["rounds under the name of a week", each((w, y) => `Week ${w} ${y}`, range(1, 17), [2010, 2011, 2012]), "Week %V %G", false, "game_week"],
  ["weeks to the 27th of three years", each((w, y) => `Week ${w} ${y}`, range(5, 27), [2010, 2011, 2012]), "Week %V %G", true],
  ["half-years", each((s, y) => `W${s} ${y}`, [1, 2, 3, 4], [2019]), "W%V %G", false],
  ["a week 54", [...each((w, y) => `KW ${w}/${y}`, range(1, 52), [2019, 2020]), "KW 54/2020"], "KW %V/%G", false],
  ["a week 53 that its year has not", [...each((w, y) => `KW ${w}/${y}`, range(1, 52), [2021]), "KW 53/2021"], "KW %V/%G", false],
  ["a week 0", [...each((w, y) => `KW ${w}/${y}`, range(1, 52), [2021]), "KW 0/2021"], "KW %V/%G", false],
  ["a week of three digits", [...each((w, y) => `KW ${w}/${y}`, range(1, 52), [2021]), "KW 112/2021"], "KW %V/%G", false],
  ["cells of another shape", [...each((w, y) => `KW ${w}/${y}`, range(1, 52), [2021]), "KW 12"], "KW %V/%G", true],
  ["telephones", ["S7 2016", "S8 2017", "S9 2018", "S10 2019", "S20 2020", "S23 2023"], "S%V %G", false],
  ["weeks called so", each((w, y) => `S${w} ${y}`, range(1, 20), [2019]), "S%V %G", true, "semaine"],
  ["the same without a name", each((w, y) => `S${w} ${y}`, range(1, 20), [2019]), "S%V %G", false],
  ["weeks over the middle of the year", each((w, y) => `S${w} ${y}`, range(1, 27), [2019]), "S%V %G", true],
  ["files of a court", each((w, y) => `S ${w}/${y}`, range(1, 49), [2004, 2005, 2006]), "S %V/%G", false],
  ["semesters", each((w, y) => `Sem ${w} ${y}`, range(1, 8), [2018, 2019]), "Sem %V %G", false, "semester"],
  ["terms", each((w, y) => `T${w} ${y}`, range(1, 4), [2018, 2019]), "T%q %Y", false, "term"],
  ["trimestres", each((w, y) => `T${w} ${y}`, range(1, 4), [2018, 2019]), "T%q %Y", true, "Trimestre de vente"],
  ["quarters", each((w, y) => `Q${w} ${y}`, range(1, 4), [2018, 2019]), "Q%q %Y", true],
  ["quarters of one year", each((w, y) => `Q${w} ${y}`, [2, 3], [2018]), "Q%q %Y", true],
  ["cars that are never Q1", each((w, y) => `Q${w} ${y}`, [2, 3, 4], [2018, 2019]), "Q%q %Y", false],
  ["cars to Q5", each((w, y) => `Q${w} ${y}`, [1, 2, 3, 4, 5], [2018, 2019]), "Q%q %Y", false],
  ["seasons", ["2004/05", "2005/06", "2006/07", "2007/08"], "%Y/%m", false],
  ["seasons and a slip", ["2004/05", "2005/06", "2005/07", "2006/07", "2007/08"], "%Y/%m", false],
  ["months", each((m, y) => `${y}/${two(m)}`, range(3, 9), [2018]), "%Y/%m", true],
  ["months with a thirteenth", [...each((m, y) => `${y}/${two(m)}`, range(3, 9), [2018]), "2018/13"], "%Y/%m", false],
  ["months of one digit", each((m, y) => `${m}/${y}`, range(1, 12), [2018]), "%m/%Y", true],
  ["screws", each((m, y) => `${m}/${y}`, [3, 4, 5, 6, 8, 10, 12], [1900, 1950, 2000]), "%m/%Y", false],
  ["some months of one digit called so", each((m, y) => `${m}/${y}`, [3, 4, 5], [2018, 2019]), "%m/%Y", true, "Liefermonat"],
  ["a name that holds no period", each((m, y) => `${m}/${y}`, [3, 4, 5], [2018, 2019]), "%m/%Y", false, "screw"],
  ["names of months", ["Mai 2020", "Mai 2021", "Juni 2021"], "%b %Y", true],
  ["the name of one month", ["Mai 2020", "Mai 2021", "Mai 2022"], "%b %Y", false],
  ["a name that is no month", ["Mai 2020", "Mai 2021", "Fall 2021"], "%b %Y", false],
  ["another year", [...each((w, y) => `Q${w} ${y}`, range(1, 4), [2018, 2019]), "Q1 1850"], "Q%q %Y", true],
  ["none of them", ["a", "b"], "Q%q %Y", false],
  ["days", ["2020-01-01"], "%Y-%m-%d", false],
])("%s", (_, texts, format, expected, name = "") => {
  expect(arePeriods(texts, [format], name)).toBe(expected);
});

test("ways to write one kind of period are judged together", () => {
  const texts = [...each((w, y) => `KW ${w}/${y}`, range(20, 40), [2018, 2019, 2020]), "kw 3/2019"];
  expect([arePeriods(texts, ["KW %V/%G", "kw %V/%G"]), arePeriods(texts, ["kw %V/%G"])]).toEqual([true, false]);
});

test("power is no week, and months are those of three spellings", () => {
  expect(["45 kW 2005", "45 KW 2005", "mai 2022", "MAI 2022", "mAI 2022"].map(periodFormatOf)).toEqual([
    ...[null, "%V KW %G", "%b %Y", "%b %Y", null],
  ]);
});

test("a period is written as it is read", () => {
  const texts = ["KW 53/2020", "KW 01/2021", "2023Q3", "1er trimestre 2023", "May 2023", "Sep. 2020", "2024/02", "12-1999"];
  const again = texts.map((text) => {
    const format = periodFormatOf(text) ?? "";
    return writePeriod(parsePeriod(text, periodFormat(format)!), format);
  });
  expect(again).toEqual(texts);
});
