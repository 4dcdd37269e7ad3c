import { expect, test } from "vitest";
import { duplicateColumn } from "../../../src/data/checks/duplicate-column.ts";
import { nearlySameKeys } from "../../../src/data/copies/nearly-same-keys.ts";
import { coin, contextOf } from "../checks/context.ts";

const ROWS = 200;
function column(name: string, cells: readonly (string | null)[]) {
  const levels = [...new Set(cells.flatMap((cell) => cell ?? []))].sort();
  return { name, type: "category" as const, codes: Int32Array.from(cells, (cell) => (cell === null ? -1 : levels.indexOf(cell))), levels };
}
const ident = Array.from({ length: ROWS }, (_, row) => `K${1000 + ((row * 37) % 997)}`);
const code = ident.map((text, row) => (row % 10 === 3 ? `Z${text.slice(1)}` : row % 20 === 7 ? null : text));

test("a key that is the same in nine rows of ten", () => {
  expect(nearlySameKeys([column("ident", ident), column("code", code)], ROWS)).toMatchObject([
    { first: { name: "ident" }, other: { name: "code" }, compared: 190, same: 170 },
  ]);
});

test("it is told with the share, and shows two that differ", async () => {
  const found = await duplicateColumn.inspect(contextOf({ columns: { ident, code, y: coin(ROWS) }, target: "y" }));
  expect(found).toMatchObject([{ columns: ["ident", "code"], severity: "cosmetic", rows: { count: 20 } }]);
  expect(found[0]!.why).toMatch(/170 of 190 rows \(89\.5 %\).*"K1111" and "Z1111"/);
});

test("silent of equal ones, of those that are mostly others, and of kinds", () => {
  const half = ident.map((text, row) => (row % 2 === 0 ? text : `Z${text.slice(1)}`));
  expect(nearlySameKeys([column("ident", ident), column("half", half), column("again", ident)], ROWS)).toEqual([]);
  const kinds = ident.map((_, row) => (row % 8 === 0 ? `kind ${row % 3}` : "usual"));
  const others = kinds.map((kind, row) => (row % 9 === 0 ? "other" : kind));
  expect(nearlySameKeys([column("kind", kinds), column("other", others)], ROWS)).toEqual([]);
});
