import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { sharedLevels } from "../../../src/data/copies/shared-levels.ts";

const ROWS = 600;
const random = createRandom(6, "shared levels");
const draw = <T>(values: readonly T[]) => Array.from({ length: ROWS }, () => values[random.integer(values.length)]!);
function column(name: string, cells: readonly string[]) {
  const levels = [...new Set(cells)].sort();
  return { name, type: "category" as const, codes: Int32Array.from(cells, (cell) => levels.indexOf(cell)), levels };
}
const line = draw(["DSL", "Fiber", "No"]);
const skipped = (answers: readonly string[]) => answers.map((answer, row) => (line[row] === "No" ? "No internet" : answer));

test("questions that are skipped where the answer before was no", () => {
  const found = sharedLevels(
    [column("line", line), column("backup", skipped(draw(["Yes", "No"]))), column("color", draw(["red", "blue"]))],
    ROWS,
  );
  expect(found).toMatchObject([{ of: { name: "line" }, level: "No", by: { name: "backup" }, kinds: ["No internet"], all: 3, held: ROWS }]);
});

test("a value that goes with several of another column, but for one row", () => {
  const status = draw(["single", "divorced", "widowed", "married"]);
  const dual = draw(["yes", "no"]).map((answer, row) => (status[row] === "married" ? answer : "not married"));
  const [one] = sharedLevels([column("status", status), column("dual", dual.with(status.indexOf("single"), "yes"))], ROWS);
  expect(one).toMatchObject({ of: { name: "status" }, level: "married", by: { name: "dual" }, all: 3, held: ROWS - 1 });
  expect([...one!.kinds].sort()).toEqual(["no", "yes"]);
});

test("a value that stands wherever another column has some values, and in a few rows more", () => {
  const faith = draw(["none", "jewish", "catholic", "christian", "protestant"]);
  const church = draw(["baptist", "lutheran", "none of these"]);
  const denomination = (strays: number) =>
    faith.map((one, row) => (one === "protestant" || (one === "christian" && row % 10 < strays) ? church[row]! : "not asked"));
  const look = (cells: readonly string[]) =>
    sharedLevels([column("faith", faith), column("denomination", cells)], ROWS).filter(({ of }) => of.name === "denomination");
  const [one] = look(denomination(5));
  expect(one).toMatchObject({ level: "not asked", kinds: ["catholic", "jewish", "none"], all: 5 });
  expect([one!.held, one!.elsewhere > 20]).toEqual([one!.compared, true]);
  // Two marks that are never on together.
  const marks = faith.map((faithful) => [faithful === "none", faithful === "jewish" || faithful === "christian"].map(String));
  expect(
    sharedLevels(
      [0, 1].map((place) =>
        column(
          `mark${place}`,
          marks.map((one) => one[place]!),
        ),
      ),
      ROWS,
    ),
  ).toEqual([]);
  // Where the kinds hold less than four fifths of its rows, and where a row in fifty of each of them is otherwise, nothing is told.
  const asked = (faithful: string, row: number) => ["christian", "protestant"].includes(faithful) && row % 2 === 0;
  expect(look(faith.map((faithful, row) => (asked(faithful, row) ? church[row]! : "not asked")))).toEqual([]);
  expect(look(denomination(5).map((cell, row) => (row % 50 === 0 ? "baptist" : cell)))).toEqual([]);
});

test("silent: a kind that the other gives whole, one row of its own in three that stands elsewhere, and columns drawn apart", () => {
  const backup = column("backup", skipped(draw(["Yes", "No"])));
  // What gives the other whole is told elsewhere.
  expect(
    sharedLevels(
      [
        column("line", line),
        column(
          "online",
          line.map((kind) => (kind === "No" ? "no" : "yes")),
        ),
      ],
      ROWS,
    ),
  ).toEqual([]);
  const loose = backup.levels;
  const broken = column(
    "backup",
    Array.from(backup.codes, (code, row) => (row % 3 === 0 ? draw(["Yes", "No"])[row]! : loose[code]!)).map((answer, row) =>
      row % 3 === 0 && answer === "No internet" ? "Yes" : answer,
    ),
  );
  expect(sharedLevels([column("line", line), broken], ROWS)).toEqual([]);
  for (let table = 0; table < 20; table++)
    expect(
      sharedLevels(
        [column("a", draw(["x", "y", "z"])), column("b", draw(["u", "v"])), column("c", draw([..."abcdefghijklmnopqrst"]))],
        ROWS,
      ),
    ).toEqual([]);
  // Two rows of each of fifty values are pure by chance.
  const pairs = Array.from({ length: 100 }, (_, row) => String(row >> 1));
  const rare = pairs
    .map((value) => (Number(value) % 4 === 0 ? "on" : "off"))
    .with(1, "off")
    .with(3, "on");
  expect(sharedLevels([column("pairs", pairs), column("rare", rare)], 100)).toEqual([]);
});

test("two marks that are never on together tell nothing; a mark beside several answers does", () => {
  const random = createRandom(8, "marks");
  const drawn = Array.from({ length: ROWS }, () => random.next());
  const [none, some] = [
    column(
      "none",
      drawn.map((one) => (one < 0.5 ? "on" : "off")),
    ),
    column(
      "some",
      drawn.map((one) => (one > 0.55 ? "on" : "off")),
    ),
  ];
  const kind = column(
    "kind",
    drawn.map((one, row) => (one > 0.55 ? `kind ${row % 2}` : "off")),
  );
  expect(sharedLevels([none, some], ROWS)).toEqual([]);
  expect(sharedLevels([none, kind], ROWS)).toMatchObject([
    { of: { name: "none" }, level: "off", by: { name: "kind" }, kinds: ["kind 0", "kind 1"] },
  ]);
  expect(sharedLevels([none, kind], ROWS, { mayGive: (one) => one === none })).toMatchObject([{ of: kind, level: "off", kinds: ["on"] }]);
});

test.each([
  [600, 20],
  [2000, 40],
])("of %d rows %d may have a value that stands in a few more than the kinds", (rows, least) => {
  const random = createRandom(9, "few");
  const by = Array.from({ length: rows }, (_, row) => (row < 0.85 * least ? "rare" : `kind ${random.integer(3)}`));
  const found = (held: number) =>
    sharedLevels(
      [
        column(
          "of",
          by.map((_, row) => (row < held ? "z" : `value ${random.integer(3)}`)),
        ),
        column("by", by),
      ],
      rows,
    );
  expect(found(least - 1)).toEqual([]);
  expect(found(least)).toMatchObject([{ level: "z", kinds: ["rare"], rows: least }]);
});
