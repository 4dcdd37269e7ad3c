import { expect, test } from "vitest";
import { hasHeader } from "../../src/store/header.ts";

const rows = Array.from({ length: 40 }, (_, i) => [
  String((i * 7) % 11),
  String((i * 5) % 13),
  String((i * 3) % 7),
  i % 2 === 0 ? "hi" : "lo",
]);

test("years are names where no other line counts upwards so; a line of numbers like the others is data", () => {
  expect(hasHeader([["1990", "1991", "1992", "label"], ...rows], ".", null).header).toBe(true);
  expect(hasHeader(rows, ".", null).header).toBe(false);
  const rising = rows.map(([, , , label = ""], i) => [String(i), String(i + 1), String(i + 2), label]);
  expect(hasHeader(rising, ".", null).header).toBe(false);
});
