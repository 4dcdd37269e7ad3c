import fc from "fast-check";
import { expect, it } from "vitest";
import { MONTH_NUMBERS } from "../../src/core/month-names.ts";
import { dateFormat, parseDate } from "../../src/recipe/date-format.ts";

const FORMATS = [
  "%Y-%m-%d",
  "%d.%m.%y",
  "%d %b %Y",
  "%d de %b de %Y",
  "%b %dth, %Y",
  "%b-%y",
  "%Y%m%d",
  "%Y-%m-%dT%H:%M:%SZ",
  "%d/%m/%Y, %H:%M",
  "%Y%m%dT%H%M%S",
  "%Y%m%d %H:%M",
  "KW %V/%G",
  "%q. Quartal %Y",
];
const patterns = FORMATS.map((format) => ({ format, whole: new RegExp(`^(?:${dateFormat(format).pattern})$`) }));

it("a text is read by a format exactly when the format's expression matches the whole of it", () => {
  const two = fc.integer({ min: 1, max: 28 });
  const part = fc.record({ d: two, m: fc.integer({ min: 1, max: 12 }), b: fc.constantFrom(...MONTH_NUMBERS.keys()), padded: fc.boolean() });
  const written = fc.tuple(fc.constantFrom(...FORMATS), part).map(([format, { d, m, b, padded }]) => {
    const number = (value: number) => String(value).padStart(padded || format.startsWith("%Y%m%d") ? 2 : 1, "0");
    const fields = {
      d: number(d),
      m: number(m),
      b,
      Y: "2021",
      y: "21",
      H: number(m),
      M: "15",
      S: "05",
      V: number(d),
      G: "2021",
      q: String(1 + (m % 4)),
    };
    return format.replace(/%(\w)/g, (_, field: keyof typeof fields) => fields[field]);
  });
  const spoilt = fc
    .tuple(written, fc.nat(12), fc.constantFrom("", "x", "0", " ", "-", "é"))
    .map(([text, at, by]) => text.slice(0, at) + by + text.slice(at + 1));
  fc.assert(
    fc.property(fc.oneof(written, spoilt), (text) => {
      for (const { format, whole } of patterns) {
        // 29 to 31 may be days that the month lacks.
        if (/(29|30|31)/.test(text)) continue;
        expect([text, format, Number.isNaN(parseDate(text, [format]))]).toEqual([text, format, !whole.test(text)]);
      }
    }),
  );
});

it("every spelling of a month is read", () => {
  for (const [name, month] of MONTH_NUMBERS)
    expect(new Date(parseDate(`3 ${name} 2021`, ["%d %b %Y"])).getUTCMonth() + 1, name).toBe(month);
});
