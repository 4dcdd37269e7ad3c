import { expect, test } from "vitest";
import { namedRows, type ReadingNote, readingSentence, saidOfFile, toldOf } from "../../src/core/reading-note.ts";

test("what is told is a sentence for people, and data for checks where it is of a kind", () => {
  const note: ReadingNote = { kind: "lone-returns" };
  expect(toldOf(["Cells are separated by tabs."])).toEqual({ notes: ["Cells are separated by tabs."] });
  expect(toldOf(["Cells are separated by tabs.", note])).toEqual({
    notes: ["Cells are separated by tabs.", "Lines end with a carriage return alone."],
    noticed: [note],
  });
});

test("of one of several files, the sentence begins with its name", () => {
  expect(saidOfFile("A sentence.", "b.csv", 10)).toBe("b.csv: A sentence.");
  const note = saidOfFile({ kind: "header-delimiter" }, "b.csv", 10);
  expect(note).toEqual({ kind: "header-delimiter", file: "b.csv", rowsBefore: 10 });
  expect(toldOf([note]).notes).toEqual(["b.csv: The header ends with a delimiter that the rows do not have; it was left out."]);
});

test("lines that were left out are shown, with what has them read as data", () => {
  expect(readingSentence({ kind: "left-out", which: "titles", lines: ["", "Sales 2024"] })).toBe(
    '2 lines above the table left out: no row, but a title ("Sales 2024").',
  );
  expect(readingSentence({ kind: "left-out", which: "totals", lines: ["Total;3"] })).toBe(
    '1 line below the table left out: no row, but a total or a remark ("Total;3").',
  );
  const second: ReadingNote = { kind: "left-out", which: "secondHeader", lines: ["mm,kg", "x".repeat(70)] };
  expect(readingSentence(second, "put it below the other rows")).toBe(
    `2 lines under the header left out: no rows, but what the columns are ("mm,kg" and "${"x".repeat(60)}..."); to have them read as data, put them below the other rows.`,
  );
});

test("rows are named as far as they are known", () => {
  expect(namedRows({ count: 1, first: [7] })).toBe("1 row (from 0: 7)");
  expect(namedRows({ count: 1200, first: [7, 9] })).toBe("1,200 rows (from 0: 7, 9 and 1,198 more)");
  expect(namedRows({ count: 3, first: [] })).toBe("3 rows");
});
