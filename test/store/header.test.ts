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

test("a file that counts its rows has no header when the other cells of its first line are values like the others", () => {
  const users = Array.from({ length: 943 }, (_, i) => [
    String(i + 1),
    String(20 + ((i * 7) % 40)),
    i % 3 === 0 ? "F" : "M",
    ["technician", "writer", "other"][i % 3] ?? "",
    String(10000 + ((i * 7919) % 89999)),
  ]);
  expect(hasHeader(users, ".", null).header).toBe(false);
  const counted = Array.from({ length: 1000 }, (_, i) => [String(i + 1), String(3 + ((i * 7) % 11)), i % 2 === 0 ? "yes" : "no"]);
  expect(hasHeader(counted, ".", null).header).toBe(false);
  const years = rows.map(([a = "", b = "", c = ""], i) => [String(i + 1), a, b, c]);
  expect(hasHeader([["id", "1990", "1991", "1992"], ...years], ".", null).header).toBe(true);
});

test("columns of answers that are called by one of them have a header, where no other line is as strange to its columns", () => {
  const flags = ["breakfast", "lunch", "dinner", "supper"];
  const asked = Array.from({ length: 60 }, (_, i) => [
    ...flags.map((flag, place) => ((i >> place) % 2 === 0 ? flag : `no ${flag}`)),
    String(20 + ((i * 7) % 40)),
    i % 3 === 0 ? "F" : "M",
    ["bag", "loose"][i % 2] ?? "",
  ]);
  expect(hasHeader([[...flags, "age", "sex", "how"], ...asked], ".", null).header).toBe(true);
  expect(hasHeader(asked, ".", null).header).toBe(false);
  // Two more lines of the kind: the first one may be data like them.
  const odd = ["breakfast", "no lunch", "dinner", "supper", "?", "other", "both"];
  expect(hasHeader([odd, ...asked, odd.map((cell) => `${cell}.`), odd.map((cell) => `${cell}!`)], ".", null).header).toBe(false);
});

test("years in equal steps are names even where most lines rise", () => {
  const rows = Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 6 }, (_, year) =>
      i % 3 === 0 ? `${(i * 7 + year * year) / 8 - 3}` : String(9000 * i + 100 * year + year * year),
    ),
  ).map((cells, i) => [`C${i % 20}`, ["POP", "GROW"][i % 2]!, ...cells]);
  const years = ["2000", "2001", "2002", "2003", "2004", "2005"];
  expect(hasHeader([["country", "indicator", ...years], ...rows], ".", null).header).toBe(true);
  expect(hasHeader(rows, ".", null).header).toBe(false);
});

test("a line between the rows that says half of the names again takes no name from the header", () => {
  const places = Array.from({ length: 60 }, (_, i) => [
    ["Oahu", "Maui", "Kauai"][i % 3]!,
    `${100 + i * 7} Main Street`,
    ["Hotel", "Mall", "School", "Office"][i % 4]!,
    `lot ${i}`,
    i % 2 === 0 ? "Free" : `${i % 5} dollars`,
    String(1 + (i % 4)),
  ]);
  const names = ["Island", "Address", "Facility", "Lot", "Fee", "Ports"];
  const again = ["Island", "Street", "Facility", "Lot", "Fee", ""];
  expect(hasHeader([names, ...places.slice(0, 2), again, ...places.slice(2)], ".", null).header).toBe(true);
  // Without a header a record that stands twice is data all the same.
  const rows = places.map((one) => [...one.slice(2, 3), ...one.slice(4), String(one[0]!.length)]);
  expect(hasHeader([rows[0]!, ...rows.slice(1), rows[0]!], ".", null).header).toBe(false);
});

test("what was ticked of several stands below its own name, and says nothing against a header", () => {
  const ticks = ["Milk", "Nuts", "Soy", "Eggs"];
  const answers = Array.from({ length: 60 }, (_, i) => [
    ...ticks.map((tick, place) => ((i >> place) % 2 === 0 ? tick : "")),
    String(20 + ((i * 7) % 40)),
    String((i * 5) % 13),
  ]);
  expect(hasHeader([[...ticks, "age", "visits"], ...answers], ".", null).header).toBe(true);
  expect(hasHeader(answers, ".", null).header).toBe(false);
});

test("nor do ticks beside one word for what was not ticked", () => {
  const ticks = ["Milk", "Nuts", "Soy"];
  const answers = Array.from({ length: 60 }, (_, i) => [
    ...ticks.map((tick, place) => ((i + place) % 9 === 0 ? tick : "no")),
    ["a", "b"][i % 2]!,
  ]);
  expect(hasHeader([[...ticks, "group"], ...answers], ".", null).header).toBe(true);
  const yes = answers.map((row) => row.map((cell) => (ticks.includes(cell) ? "yes" : cell)));
  expect(hasHeader([["yes", "yes", "yes", "a"], ...yes], ".", null).header).toBe(false);
  expect(hasHeader([["Milk", "no", "no", "a"], ...answers], ".", null).header).toBe(false);
});
