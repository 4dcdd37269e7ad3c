import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../src/core/clean-text.ts";
import { cleanDeep, cutText, cutToWidth, displayWidth, listText } from "../../src/report/plain.ts";

/** Also halves of characters and controls. */
const ANY_TEXT = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0x2ff }), fc.integer({ min: 0, max: 0xffff })), { maxLength: 60 })
  .map((codes) => String.fromCharCode(...codes));

describe("text of users", () => {
  test("nothing that acts on a terminal or turns the reading direction is left", () => {
    fc.assert(fc.property(ANY_TEXT, (text) => !/[\p{Cc}\p{Surrogate}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(cleanText(text))));
    expect(cleanText("\u001b[31mred\u0007 a\tb\nc \u202eabc \ud800")).toBe("\ufffd[31mred\ufffd a b c \ufffdabc \ufffd");
  });

  test("ordinary text of any script stays as it is", () => {
    for (const text of ["duration", "العمود", "年収（万円）", "👩‍👩‍👧", "é", 'a`b"c<d>']) expect(cleanText(text)).toBe(text);
  });

  test("names of fields are cleaned too, and no prototype is touched", () => {
    const cleaned = cleanDeep(
      JSON.parse('{"__proto__": {"x": "\\u001b"}, "a\\u0007": ["\\u001b", 1, null, true]}') as Record<string, unknown>,
    );
    expect(JSON.stringify(cleaned)).toBe('{"__proto__":{"x":"\ufffd"},"a\ufffd":["\ufffd",1,null,true]}');
    expect(Object.prototype).not.toHaveProperty("x");
  });

  test("cut by characters and by cells of a terminal", () => {
    expect(cutText("abcdef", 4)).toBe("abc…");
    expect(cutText("abcd", 4)).toBe("abcd");
    expect(displayWidth("年収a")).toBe(5);
    expect(displayWidth("e\u0301")).toBe(1);
    expect(cutToWidth("年収と勤務先", 6)).toBe("年収…");
    fc.assert(fc.property(ANY_TEXT, fc.integer({ min: 2, max: 40 }), (text, width) => displayWidth(cutToWidth(text, width)) <= width));
  });

  test("lists", () => {
    expect(listText([])).toBe("");
    expect(listText(["a"])).toBe("a");
    expect(listText(["a", "b"])).toBe("a and b");
    expect(listText(["a", "b", "c", "d", "e"])).toBe("a, b, c and 2 more");
  });
});
