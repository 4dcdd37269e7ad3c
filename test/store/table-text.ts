import fc from "fast-check";

/** A delimited text and the table that it writes. Cells are texts; "" is missing. */
export interface WrittenTable {
  readonly text: string;
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface Style {
  readonly delimiter: string;
  readonly lineEnd: string;
  readonly quoteAll: boolean;
  readonly mark: boolean;
  readonly lastEnd: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  lineEnd: fc.constantFrom("\n", "\r\n"),
  quoteAll: fc.boolean(),
  mark: fc.boolean(),
  lastEnd: fc.boolean(),
});

// Above 2^53 whole numbers are taken for codes.
const number = fc.double({ noNaN: true, min: -9e15, max: 9e15 }).map((value) => String(Object.is(value, -0) ? 0 : value));
// Words begin with a letter: what begins otherwise may rightly be read as a number or a date.
const word = fc
  .tuple(
    fc.constantFrom("a", "b", "é", "漢", "Z"),
    fc.string({ unit: fc.constantFrom("x", "y", " ", ",", ";", '"', "\n", "|", "\t", "ü", "😀", "1", "'"), maxLength: 6 }),
  )
  .map(([first, rest]) => `${first}${rest}`.trimEnd());

/** Tables with one column of numbers between columns of words, in every dialect. */
export const writtenTable: fc.Arbitrary<WrittenTable> = fc
  .tuple(
    style,
    fc.array(fc.tuple(word, fc.option(number, { nil: "", freq: 5 }), fc.option(word, { nil: "", freq: 5 })), {
      minLength: 4,
      maxLength: 12,
    }),
  )
  .map(([how, rows]) => {
    const names = ["first name", "amount", "last"];
    const line = (cells: readonly string[]) => cells.map((cell) => writeCell(cell, how)).join(how.delimiter);
    const text = [names, ...rows].map(line).join(how.lineEnd);
    return { text: `${how.mark ? "\uFEFF" : ""}${text}${how.lastEnd ? how.lineEnd : ""}`, names, rows };
  });

function writeCell(cell: string, { quoteAll, delimiter }: Style): string {
  if (cell === "") return "";
  return quoteAll || cell.includes(delimiter) || /["\r\n']/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
