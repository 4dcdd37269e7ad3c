import { expect, test } from "vitest";
import type { CellKind } from "../../src/core/shifted-row.ts";
import { cellText, fitsSql, kindOf, kindsOf } from "../../src/store/cell-kind.ts";
import { literal, withSession } from "../../src/store/session.ts";
import { optionsIn, temporaryFolder } from "./temporary.ts";

const many = (cell: (i: number) => string) => Array.from({ length: 100 }, (_, i) => [cell(i)]);

test("a column's cells are of the kind that they tell", () => {
  const kind = (cell: (i: number) => string) => kindsOf(many(cell), 1, ".")[0];
  expect(kind((i) => "YN"[i % 2]!)).toEqual({ holds: "levels", levels: ["Y", "N"] });
  expect(kind(String)).toEqual({ holds: "numbers" });
  expect(kind((i) => `text ${i}`)).toEqual({ holds: "words" });
  expect(kind((i) => (i < 5 ? String(i) : `text ${i}`))).toEqual({ holds: "anything" });
  // Nothing is known of a column without a cell.
  expect(kind(() => "")).toEqual({ holds: "anything" });
});

test("what fits a kind is the same in the program and in the database", async () => {
  const kinds: CellKind[] = [{ holds: "levels", levels: ["Y", "it's"] }, { holds: "numbers" }, { holds: "words" }, { holds: "anything" }];
  const cells = ["", "  ", "Y", " Y ", "it's", "y", "1", "-1.5e3", ".5", "1,5", "1_000", "nan", "inf", "1e999", "0x1", "12 kg", "a", "ä"];
  const folder = temporaryFolder();
  await withSession(optionsIn(folder), folder, async (session) => {
    for (const decimal of [".", ","] as const) {
      const select = kinds.map((kind) => fitsSql("cell", kind, decimal)).join(", ");
      const values = [...cells.map(literal), "NULL"].map((cell) => `(${cell})`).join(", ");
      const found = await session.rows(`SELECT ${select} FROM (SELECT ${cellText("c")} AS cell FROM (VALUES ${values}) AS t(c))`);
      expect(found).toEqual([...cells, ""].map((cell) => kinds.map((kind) => kindOf(kind, decimal).fits(cell.trim()))));
    }
  });
});
