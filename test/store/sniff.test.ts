import { expect, test } from "vitest";
import { sniff } from "../../src/store/sniff.ts";

const delimiterOf = (text: string, expected: readonly string[] | null = null) => sniff(text, true, expected).dialect.delimiter;

test("one blank parts cells where nothing else does and every row has as many", () => {
  expect(delimiterOf('"a" "b"\n"1" 2 "x"\n"2" 3 "y"\n"3" 4 "x"\n')).toBe(" ");
  expect(delimiterOf("a b c\n1 2 x\n2 3 y\n3 4 x\n")).toBe(" ");
  expect(delimiterOf("a b,c\n1 2,x\n2 3,y\n3 4,x\n")).toBe(",");
});

test("words are no cells: other numbers of them, two in each, blanks in a row, or a column that is expected", () => {
  expect(delimiterOf("said\nit was late\nwe went home\nthen it rained a lot\n")).not.toBe(" ");
  expect(delimiterOf("name\nAnn Lee\nBob Ray\nCy Dunn\n")).not.toBe(" ");
  expect(delimiterOf("a  b  c\n1  2  x\n2  3  y\n3  4  x\n")).not.toBe(" ");
  expect(delimiterOf("said so\nit was late\nwe went home\nyou may go\n", ["said so"])).not.toBe(" ");
});

test("names that are expected tell a table of one row", () => {
  expect(delimiterOf("age plan\n61 basic\n", ["age", "plan"])).toBe(" ");
  expect(delimiterOf('"age" "plan"\n"1" 61 "basic"\n', ["age", "plan"])).toBe(" ");
  expect(delimiterOf("age plan\n61 basic\n")).not.toBe(" ");
});
