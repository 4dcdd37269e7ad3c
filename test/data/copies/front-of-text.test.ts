import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { writtenIn } from "../../../src/data/copies/front-of-text.ts";

const ROWS = 200;
const random = createRandom(4, "written in");
const draw = <T>(values: readonly T[]) => Array.from({ length: ROWS }, () => values[random.integer(values.length)]!);
function column(name: string, cells: readonly string[]) {
  const levels = [...new Set(cells)].sort();
  return { name, type: "category" as const, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)), levels };
}
const kind = draw(["L", "M", "H"]);
const key = kind.map((letter, row) => `${letter}${10000 + ((row * 7919) % 9000)}`);

test("a kind at the front or at the end of a key", () => {
  const other = column("other", draw(["L", "M", "H"]));
  expect(writtenIn([column("kind", kind), column("key", key), other], ROWS)).toMatchObject([
    { part: { name: "kind" }, text: { name: "key" }, at: "front", compared: ROWS, held: ROWS },
  ]);
  const ending = column(
    "key",
    key.map((text) => `${text.slice(1)}-${text.slice(0, 1)}`),
  );
  expect(writtenIn([column("kind", kind), ending, other], ROWS)).toMatchObject([{ part: { name: "kind" }, at: "end" }]);
});

test("silent where all keys begin alike, where kinds were dealt anew, and of equal columns", () => {
  const alike = key.map((text) => `L${text.slice(1)}`);
  expect(writtenIn([column("kind", draw(["L", "L"])), column("key", alike)], ROWS)).toEqual([]);
  for (let table = 0; table < 20; table++) expect(writtenIn([column("kind", draw(["L", "M", "H"])), column("key", key)], ROWS)).toEqual([]);
  expect(writtenIn([column("kind", kind), column("again", kind)], ROWS)).toEqual([]);
  // Nearly all of one kind: dealt anew it would stand there as well.
  const nearly = kind.map((_, row) => (row % 100 === 0 ? "M" : "L"));
  expect(
    writtenIn(
      [
        column("kind", nearly),
        column(
          "key",
          nearly.map((letter, row) => `${letter}${row}`),
        ),
      ],
      ROWS,
    ),
  ).toEqual([]);
});
