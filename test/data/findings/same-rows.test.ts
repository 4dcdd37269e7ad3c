import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { oneFindingPerRows } from "../../../src/data/findings/same-rows.ts";
import { cells, coin, contextOf } from "../checks/context.ts";

const ROWS = 600;
const shares = (label: string, broken: readonly number[], value: number) =>
  cells(ROWS, 7, label, (random, row) => (broken.includes(row) ? value + row / 100 : 0.3 + 0.03 * random.normal()));

test("columns that are wrong in the same few rows are one finding; one that is wrong elsewhere is its own", async () => {
  const columns = {
    csh_c: shares("c", [20, 21, 22], -9),
    csh_g: shares("g", [20, 22], 14),
    csh_i: shares("i", [20, 21, 22], -5),
    other: shares("o", [300, 301], 7),
    y: coin(ROWS),
  };
  const [one, other, ...more] = await impossibleValue.inspect(contextOf({ columns, target: "y" }));
  expect(more).toEqual([]);
  expect(one!.columns.toSorted()).toEqual(["csh_c", "csh_g", "csh_i"]);
  expect(one!.rows).toEqual({ count: 3, sample: [20, 21, 22] });
  expect(one!.fix.action === "steps" && one!.fix.steps.map((step) => "column" in step && step.column).sort()).toEqual([
    "csh_c",
    "csh_g",
    "csh_i",
  ]);
  expect(one!.question).toMatch(/^Are these values of `csh_.`, `csh_.` and `csh_.` mistakes\?$/);
  expect(one!.why).toMatch(/In nearly the same rows `csh_.` is [^;]+; `csh_.` is [^;]+\.$/);
  expect(one!.held).toHaveLength(3);
  expect(other!.columns).toEqual(["other"]);
});

const ofThing = (column: string, thing: string, more: Partial<Suspicion> = {}) =>
  ({
    trap: "impossible-value",
    columns: [column],
    rows: { count: 40, sample: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] },
    severity: "cosmetic",
    confidence: 0.45,
    evidence: { values: [9], thingsIn: "country", things: [thing] },
    fix: { action: "advice", text: `Find out what \`${column}\` is where \`country\` is "${thing}".` },
    counterfactual: null,
    question: `Is \`${column}\` in another unit, or wrong, where \`country\` is "${thing}"?`,
    why: `${column}.`,
    ...more,
  }) as Suspicion;

test("so are columns that are otherwise for one thing", () => {
  const found = oneFindingPerRows([ofThing("a", "Bermuda"), ofThing("b", "Zaire"), ofThing("c", "Bermuda")]);
  expect(found.map(({ columns }) => columns)).toEqual([["a", "c"], ["b"]]);
  expect(found[0]).toMatchObject({
    question: 'Are `a` and `c` in another unit, or wrong, where `country` is "Bermuda"?',
    rows: { count: 40 },
  });
});

test("what is sure and what is asked are apart, and rows that are not all known say nothing", () => {
  const few = { evidence: {}, rows: { count: 1, sample: [3] }, fix: { action: "steps", steps: [] } } as unknown as Partial<Suspicion>;
  const unknown = { ...few, rows: { count: 11, sample: [3] } };
  expect(oneFindingPerRows([ofThing("a", "", few), ofThing("b", "", { ...few, question: null })])).toHaveLength(2);
  expect(oneFindingPerRows([ofThing("a", "", unknown), ofThing("b", "", unknown)])).toHaveLength(2);
  expect(oneFindingPerRows([ofThing("a", "", few), ofThing("b", "", few)])).toHaveLength(1);
});
