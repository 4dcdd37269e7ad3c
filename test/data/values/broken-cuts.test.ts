import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { type Cells, cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 900;
/** Mostly few, up to some twenty. */
const nodes = cells(ROWS, 1, "nodes", (random) => Math.floor(-4 * Math.log(1 - random.next())) + 1) as number[];
const told = async (columns: Record<string, Cells>) =>
  (await impossibleValue.inspect(contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" }))).filter(
    ({ evidence }) => evidence.kind === "broken limit",
  );
const slipped = (row: number) => row % 90 === 7;

test("a mark that a number gives by a limit, and contradicts in a few rows anywhere, is asked about", async () => {
  const node4 = nodes.map((value, row) => Number(value > 4 !== slipped(row)));
  const [found, ...others] = await told({ nodes, node4 });
  expect(others).toEqual([]);
  expect(found).toMatchObject({ columns: ["nodes", "node4"], rows: { count: 10 }, evidence: { below: 4, above: 5 } });
  expect(found!.why).toContain("`node4` is 1 where `nodes` is 5 or more");
  expect(found!.fix.action).toBe("advice");
});

test("so is one of two words, where the number may be missing and the mark be on below", async () => {
  const stage = nodes.map((value, row) => (value > 4 !== slipped(row) ? "early" : "late"));
  const [found] = await told({ nodes: nodes.map((value, row) => (row % 50 === 3 ? null : value)), stage });
  expect(found).toMatchObject({ columns: ["nodes", "stage"], evidence: { below: 4, above: 5 } });
});

test("a mark without a contradiction, or with some on one side only, is none", async () => {
  expect(await told({ nodes, node4: nodes.map((value) => Number(value > 4)) })).toEqual([]);
  expect(await told({ nodes, node4: nodes.map((value, row) => Number(value > 4 && !slipped(row))) })).toEqual([]);
});

test("what goes with a number, however closely, errs beside the limit and is none", async () => {
  for (const slope of [1, 2, 4, 8]) {
    for (let seed = 1; seed <= 10; seed++) {
      const random = createRandom(seed, "logistic");
      const node4 = nodes.map((value) => Number(random.next() < 1 / (1 + Math.exp(-slope * (value - 4.5)))));
      expect(await told({ nodes, node4 })).toEqual([]);
    }
  }
  const random = createRandom(4, "noise");
  const level = Array.from({ length: ROWS }, () => random.normal());
  expect(await told({ level, ill: level.map((value) => Number(value + 0.1 * random.normal() > 0.3)) })).toEqual([]);
});
