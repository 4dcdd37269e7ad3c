import { expect, test } from "vitest";
import { constant } from "../../../src/data/checks/constant.ts";
import { nearConstant } from "../../../src/data/checks/near-constant.ts";
import { type Cells, cells, coin, contextOf } from "./context.ts";

const ROWS = 1000;

test("nearly constant columns count only when their rare rows tell nothing", async () => {
  const y = coin(ROWS);
  const noise = cells(ROWS, 1, "n", (_, row) => (row % 200 === 0 ? 1 : 0));
  let left = 10;
  const telling = y.map((label) => (label === "yes" && left-- > 0 ? "rare" : "usual"));
  // Six rows of one class are what one of 30 such columns has by chance.
  let lucky = 6;
  const luck = y.map((label) => (label === "yes" && lucky-- > 0 ? "rare" : "usual"));
  // Two rows tell nothing that would last, whatever they are.
  const few = cells(ROWS, 1, "n", (_, row) => (row === 10 || row === 20 ? 1 : 0));
  const context = contextOf({ columns: { noise, telling, luck, few, y }, target: "y" });
  expect(await nearConstant.inspect(context)).toMatchObject([
    { columns: ["noise", "luck", "few"], fix: { action: "steps" } },
    // Ten rows of one class are something to learn.
  ]);
});

test("a few rows are counted exactly: 8 of 12 where 3 of 10 are usual is chance by the binomial, and none by a normal p", async () => {
  const y: Cells = Array.from({ length: 4000 }, (_, row) => (row < 12 ? (row < 8 ? "yes" : "no") : row % 10 < 3 ? "yes" : "no"));
  const wrap = of(4000, (row) => (row < 12 ? 1 : 0));
  const more = of(4000, (row) => (row < 8 || (row > 11 && row < 14) ? 1 : 0));
  const inspect = (column: Cells) => nearConstant.inspect(contextOf({ columns: { column, y }, target: "y" }));
  expect(await inspect(wrap)).toMatchObject([{ columns: ["column"], fix: { action: "steps" } }]);
  expect(await inspect(more)).toEqual([]);
});

test("what a sample holds in all its rows is not called all", async () => {
  const y = coin(ROWS);
  const noise = cells(ROWS, 1, "n", () => 1);
  const context = contextOf({ columns: { noise, y }, target: "y", infos: { noise: { distinct: 2 } } });
  const [found] = await nearConstant.inspect(context);
  expect(found?.why).toBe("`noise` has one value in all rows of the sample, and others in few rows beyond it.");
});

async function hardly(columns: Readonly<Record<string, Cells>>, more: Parameters<typeof contextOf>[0]["infos"] = {}) {
  const context = contextOf({ columns: { ...columns, y: coin(200) }, target: "y", infos: more });
  return (await nearConstant.inspect(context)).filter(({ fix }) => fix.action === "advice");
}

const of = (rows: number, value: (row: number) => string | number | null): Cells => Array.from({ length: rows }, (_, row) => value(row));

test("nine other rows are too few to learn from; ten, or one of twenty, are not", async () => {
  const nine = of(200, (row) => (row < 9 ? 1 : 48));
  const ten = of(200, (row) => (row < 10 ? 1 : 48));
  const many = of(200, (row) => (row < 141 ? null : row < 144 ? "no" : "yes"));
  const one = of(200, (row) => (row < 150 ? null : row < 151 ? "no" : "yes"));
  const short = of(200, (row) => (row < 165 ? null : "yes"));
  const [found, ...others] = await hardly({ nine, ten, many, one, short });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["nine", "one"], severity: "cosmetic", rows: { count: 10 } });
  expect(found?.why).toBe(
    '`nine` is 48 in 191 of 200 rows, `one` is "yes" in 49 of 50 rows that say anything: what a model learns there rests on few rows.',
  );
});

test("a word for no value is no other value; one value in all rows is told as constant; days are no marks", async () => {
  const asked = of(200, (row) => (row % 4 === 0 ? "NA" : "yes"));
  const constant = of(200, () => "x");
  const empty = of(200, () => "NA");
  const days = of(200, (row) => (row === 7 ? 864e5 : 0));
  const context = contextOf({ columns: { asked, constant, empty, days, y: coin(200) }, dates: ["days"], target: "y" });
  expect(await nearConstant.inspect(context)).toMatchObject([{ columns: ["days"] }, { columns: ["asked"] }]);
  const nine = of(200, (row) => (row < 9 ? 864e5 : 0));
  expect(await nearConstant.inspect(contextOf({ columns: { nine, y: coin(200) }, dates: ["nine"], target: "y" }))).toEqual([]);
  expect(await nearConstant.inspect(contextOf({ columns: { nine, y: coin(200) }, target: "y" }))).toMatchObject([{ columns: ["nine"] }]);
  const alone = contextOf({ columns: { asked, y: coin(200) }, target: "y" });
  expect((await nearConstant.inspect(alone))[0]?.why).toBe(
    '`asked` is "yes" in all 150 rows that say anything: only whether a cell is filled tells rows apart.',
  );
});

test("of a sample a few rows are many in the whole; more than three columns are counted", async () => {
  const nine = of(200, (row) => (row < 9 ? 1 : 48));
  const context = contextOf({ columns: { nine, y: coin(200) }, target: "y" });
  const sampled = { ...context, frame: { ...context.frame, rowNumbers: Int32Array.from({ length: 200 }, (_, row) => 3 * row) } };
  expect(await nearConstant.inspect(sampled)).toEqual([]);
  const [four] = await hardly({ a: nine, b: nine, c: nine, d: nine });
  expect(four?.why).toContain(", and 1 more column is like it: what");
  const [five] = await hardly({ a: nine, b: nine, c: nine, d: nine, e: nine });
  expect(five?.why).toContain(", and 2 more columns are like it: what");
});

test("of many rows one in a thousand is a few, though they tell of the target", async () => {
  const [rows, y] = [12_000, coin(12_000)];
  const yes = y.flatMap((label, row) => (label === "yes" ? [row] : []));
  const told = async (others: number) => {
    const rare = new Set(yes.slice(0, others));
    const mark = of(rows, (row) => (rare.has(row) ? 1 : 0));
    return await nearConstant.inspect(contextOf({ columns: { mark, y }, target: "y" }));
  };
  expect(await told(12)).toMatchObject([{ columns: ["mark"], fix: { action: "advice" } }]);
  expect(await told(13)).toEqual([]);
});

test("one value in all rows but empty ones, or but gaps that tell nothing, is constant and told once; others beside empty rows are counted without them", async () => {
  const empty = (row: number) => row % 400 === 7;
  const column = (value: (row: number) => string | number | null): Cells => of(ROWS, (row) => (empty(row) ? null : value(row)));
  const columns = {
    hours: column(() => 80),
    gaps: column((row) => (row % 200 === 1 ? null : 1)),
    rare: column((row) => (row % 250 === 3 ? 1 : 0)),
    x: column((row) => (row * 7919) % 613),
    y: coin(ROWS).map((label, row) => (empty(row) ? null : label)),
  };
  const context = contextOf({ columns, target: "y" });
  const [found, ...others] = await nearConstant.inspect(context);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["rare"], rows: { count: 4 }, evidence: { leastTopShare: 1 - 4 / 997 } });
  expect((await constant.inspect(context)).flatMap(({ columns: names }) => names)).toEqual(["hours", "gaps"]);
});
