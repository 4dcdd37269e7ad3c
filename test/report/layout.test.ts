import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayWidth } from "../../src/report/plain.ts";
import { plainLine, tableText, wrapText } from "../../src/report/text/layout.ts";
import { PLAIN } from "./plain-paint.ts";

describe("layout of text", () => {
  test("no line is wider than asked, and no letter is lost", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."ab 年%,x ") }), fc.integer({ min: 12, max: 60 }), (text, width) => {
        const lines = wrapText(text, width, "  - ");
        const isWithin = lines.every((line) => displayWidth(line) <= width);
        expect(lines.join("").replaceAll(" ", "").slice(1)).toBe(text.replaceAll(" ", ""));
        return isWithin;
      }),
    );
  });

  test("goes on under its first word, and keeps a per cent sign with its number", () => {
    expect(wrapText("one two three 41 % four", 16, "- ")).toEqual(["- one two three", "  41 % four"]);
    expect(wrapText("precision of 41 %", 15)).toEqual(["precision of", "41 %"]);
  });

  test("an answer that is to be pasted stays in one piece, with what ends the sentence", () => {
    expect(wrapText('Put {"Adj Close": "true value"}, or {"a \\"b": "x"} into it', 18)).toEqual([
      "Put",
      '{"Adj Close": "true value"},',
      'or {"a \\"b": "x"}',
      "into it",
    ]);
  });

  test("columns line up, also with wide letters; empty columns are left out", () => {
    const columns = ["left", "empty", "right"].map((head, i) => ({
      head,
      align: i === 2 ? ("right" as const) : ("left" as const),
      most: 6,
    }));
    const rows = [
      ["a", "", "1"],
      ["年収", "", "10,000"],
      ["abcdefghij", "", ""],
    ].map((cells) => ({ cells, paint: plainLine }));
    expect(tableText(columns, rows, PLAIN, "")).toEqual(["left     right", "a            1", "年収    10,000", "abcde…"]);
  });
});
