import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { numberFeatures } from "../../../src/data/columns/features.ts";
import { sharedLevels } from "../../../src/data/missing/shared-levels.ts";
import { coin, contextOf } from "../checks/context.ts";
import { numbers } from "../table.ts";

const ROWS = 600;
const random = createRandom(17, "shared levels");
const notAsked = numbers(ROWS, () => random.next()).map((draw) => draw < 0.4);
const answers = (share: number, code = 2) => notAsked.map((skipped) => (skipped ? code : Number(random.next() < share)));

const found = (columns: Record<string, number[]>) => {
  const context = contextOf({ columns: { ...columns, y: coin(ROWS) }, target: "y" });
  return sharedLevels(context, numberFeatures(context), []).map(({ column, values, rows }) => [column.name, values, rows]);
};

test("a third level in the same rows of three questions is no answer", () => {
  const rows = notAsked.reduce((sum, one) => sum + Number(one), 0);
  expect(found({ asthma: answers(0.1), diabetes: answers(0.3), pica: answers(0.2) })).toEqual([
    ["asthma", [2], rows],
    ["diabetes", [2], rows],
    ["pica", [2], rows],
  ]);
});

test("not in two, not where the rows differ in one, not of nothing, and not where all say the same", () => {
  const [a, b, c] = [answers(0.1), answers(0.3), answers(0.2)];
  expect(found({ a, b })).toEqual([]);
  expect(found({ a, b, c: c.map((value, row) => (row === notAsked.indexOf(true) ? 1 : value)) })).toEqual([]);
  const zero = (values: typeof a) => values.map((value) => (value === 2 ? 0 : value + 1));
  expect(found({ a: zero(a), b: zero(b), c: zero(c) })).toEqual([]);
  expect(found({ a, b: a.slice(), c: a.slice() })).toEqual([]);
});

test("traits of a few things go together and are no answers", () => {
  const thing = numbers(ROWS, () => random.integer(4));
  const trait = (own: readonly number[]) => thing.map((one) => own[one] ?? 0);
  expect(found({ doors: trait([2, 4, 5, 4]), seats: trait([2, 5, 5, 4]), gears: trait([2, 5, 6, 5]) })).toEqual([]);
});
