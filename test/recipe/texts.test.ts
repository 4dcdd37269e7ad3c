import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseIsoDate } from "../../src/core/iso-date.ts";
import { datePart, PLAIN_ARITHMETIC } from "../../src/recipe/calendar.ts";
import { parseNumber } from "../../src/recipe/number-text.ts";

const part = (ms: number, name: Parameters<typeof datePart>[2]) => datePart(PLAIN_ARITHMETIC, ms, name);

describe("calendar", () => {
  it("agrees with JavaScript's Date over its whole range", () => {
    const check = fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (ms) => {
      const date = new Date(ms);
      expect([part(ms, "year"), part(ms, "month"), part(ms, "day"), part(ms, "hour")]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCHours(),
      ]);
      expect(part(ms, "weekday")).toBe((date.getUTCDay() + 6) % 7);
      expect(part(ms, "days")).toBe(Math.floor(ms / 86_400_000));
    });
    fc.assert(check, { numRuns: 2000, seed: 20263 });
  });

  it("agrees with Date on each day of a leap cycle", () => {
    for (let day = -150_000; day < 150_000; day += 1) {
      const date = new Date(day * 86_400_000);
      const want = `${date.getUTCFullYear()}-${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
      const ms = day * 86_400_000;
      const got = `${part(ms, "year")}-${part(ms, "month")}-${part(ms, "day")}`;
      if (got !== want) expect(got).toBe(want);
    }
  });
});

describe("dates as text", () => {
  it("reads what Date writes", () => {
    const check = fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (ms) => {
      expect(parseIsoDate(new Date(ms).toISOString())).toBe(ms);
    });
    fc.assert(check, { numRuns: 500, seed: 20264 });
  });

  it.each(["", "today", "2020", "2020-1-2", "2021-02-29", "2020-01-01T25:00", "2020-01-01T10:60", "2020-01-01T10:00+1", "20200101"])(
    "refuses %j",
    (text) => {
      expect(parseIsoDate(text)).toBeNaN();
    },
  );
});

describe("numbers as text", () => {
  it("reads what JavaScript writes, as far as the bounds on digits go", () => {
    const check = fc.property(fc.double({ noNaN: true, min: -1e270, max: 1e270 }), (value) => {
      if (value === 0 || Math.abs(value) > 1e-250) expect(parseNumber(String(value))).toBe(value + 0);
    });
    fc.assert(check, { numRuns: 1000, seed: 20265 });
  });

  it.each(["", " ", ".", "-", "1,5", "1 000", "0x1f", "1e", "e5", "Infinity", "NaN", "1e400", "5%", "$5", "1\n", "٣"])(
    "refuses %j",
    (text) => {
      expect(parseNumber(text)).toBeNaN();
    },
  );
});
