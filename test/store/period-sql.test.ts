import { join } from "node:path";
import { expect, test } from "vitest";
import { parseIsoDate } from "../../src/core/iso-date.ts";
import { parseWrittenDate } from "../../src/core/written-date.ts";
import { periodFormat, periodFormatOf } from "../../src/core/written-period.ts";
import { parseDate } from "../../src/recipe/date-format.ts";
import { dateSql } from "../../src/store/date-pattern.ts";
import { literal, withSession } from "../../src/store/session.ts";
import { LIMITS, temporaryFolder } from "./temporary.ts";

const WRITINGS = ["2020-W53", "KW 7/2023", "53. Woche 2021", "2023Q3", "1er trimestre 2023", "Mai 2023", "FÉVR/2023", "2024/02", "12-1999"];

test("the file's reader, the server's and a recipe read the same first day", async () => {
  const formats = WRITINGS.map((text) => periodFormatOf(text) ?? "");
  // 2021 has no week 53.
  expect(formats).toEqual(["%G-W%V", "KW %V/%G", "", "%YQ%q", "%qer trimestre %Y", "%b %Y", "%b/%Y", "%Y/%m", "%m-%Y"]);
  const numbers = Array.from({ length: 55 }, (_, number) => number);
  await withSession(LIMITS, join(temporaryFolder(), "spill"), async (session) => {
    for (const format of formats.filter((one) => one !== "")) {
      const write = (year: number, number: string) =>
        format
          .replace(/%[GY]/, String(year))
          .replace(/%[Vmq]/, number)
          .replace("%b", number === "01" ? "Okt" : number === "02" ? "août" : number === "03" ? "mAI" : "Mond");
      const texts = [1850, 1999, 2015, 2020, 2021, 2026, 3023].flatMap((year) =>
        numbers.map((number) => write(year, String(number).padStart(2, "0"))),
      );
      const plain = texts.map((text) => text.replace(/(?<!\d)0(?=\d(?!\d))/, ""));
      const all = [...new Set([...texts, ...plain, " \t", `${texts[8]} `, "2023-02-14", "n/a"])];
      const rows = await session.rows(
        `SELECT v, epoch_ms(${dateSql("v", format)}) FROM (VALUES ${all.map((text) => `(${literal(text)})`).join(", ")}) t(v)`,
      );
      for (const [text, ms] of rows) {
        const shown = String(text);
        const served = parseIsoDate(shown);
        const expected = Number.isNaN(served) ? parseWrittenDate(shown, format) : served;
        expect([shown, format, ms === null ? Number.NaN : Number(ms)]).toEqual([shown, format, expected]);
        // A recipe reads one format, and no blanks around it.
        if (shown === shown.trim() && Number.isNaN(served)) expect([shown, parseDate(shown, [format])]).toEqual([shown, expected]);
      }
    }
  });
});

test("weeks are those of ISO 8601, and a week 53 that a year has not is none", () => {
  const week = (text: string) => {
    const ms = parseWrittenDate(text, "%G-W%V");
    return Number.isNaN(ms) ? null : new Date(ms).toISOString().slice(0, 10);
  };
  expect(["2020-W53", "2021-W01", "2026-W53", "2025-W01", "2021-W53", "2021-W54", "2021-W00"].map(week)).toEqual([
    ...["2020-12-28", "2021-01-04", "2026-12-28", "2024-12-30"],
    ...[null, null, null],
  ]);
});

test("formats with a day, with one field or with two numbers are of no period", () => {
  for (const format of ["%d.%m.%Y", "%Y", "%H:%M", "%V %q", "%Y-W%V", "%Y-%m %H"])
    expect([format, periodFormat(format)]).toEqual([format, null]);
});
