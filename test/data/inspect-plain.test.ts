import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { partialLeak } from "../../src/data/checks/partial-leak.ts";
import { targetLeak } from "../../src/data/checks/target-leak.ts";
import { inspectFirst } from "../../src/data/inspect.ts";
import { besidePlainTarget } from "../../src/data/inspect-plain.ts";
import { plainTarget } from "../../src/data/labels/plain-target.ts";
import { type ContextOptions, contextOf, numbers, tableOf } from "./table.ts";

const ROWS = 3_000;
const REGRESSION: ContextOptions = { task: { task: "regression" } };

/** Loans that were paid or not; `open`: share of those that nobody knows of yet, of which the days late tell nothing. */
function loans(open: number, { leak = true, third = "open" } = {}) {
  const random = createRandom(5, "loans");
  const income = numbers(ROWS, () => random.normal());
  const isLate = income.map((value) => value + random.normal() > 1.4);
  const isOpen = income.map(() => random.next() < open);
  return contextOf(
    tableOf([
      ["income", income],
      ["age", numbers(ROWS, () => 20 + random.integer(50))],
      [
        "days_late",
        isLate.map((late, i) => (isOpen[i]! || !leak ? random.integer(200) : late ? 60 + random.integer(140) : random.integer(65))),
      ],
      [
        "restructured",
        isLate.map((late, i) =>
          leak && ((late && !isOpen[i]!) || (isOpen[i]! && random.next() < 0.5)) && random.next() < 0.3 ? "yes" : "no",
        ),
      ],
      ["outcome", isLate.map((late, i) => (isOpen[i]! ? third : late ? "default" : "paid"))],
    ]),
    "outcome",
  );
}

async function seen(context: ReturnType<typeof contextOf>) {
  const checks = [targetLeak, partialLeak];
  const first = await inspectFirst(context, checks, {});
  const { found } = await besidePlainTarget(context, checks, first, {});
  return { first: first.found, found, added: found.filter(({ evidence }) => evidence.seenWithout !== undefined) };
}

test("what a rare third class hides is found, and says which classes are left", async () => {
  const { first, found, added } = await seen(loans(0.09));
  expect(first).toEqual([]);
  expect(found).toEqual(added);
  expect(added.map(({ trap, columns }) => [trap, columns])).toEqual([
    ["target-leak", ["days_late"]],
    ["partial-leak", ["restructured"]],
  ]);
  const [leak] = added;
  expect(leak!.evidence.seenWithout).toEqual({ what: "rare classes", rows: expect.any(Number) });
  expect(leak!.why).toMatch(
    /Seen in the rows of "paid" and "default" alone, 9\d(\.\d)? % of all\. Whether the other classes are the point is not known here\.$/,
  );
  // Whether they are the point statistics cannot say.
  for (const one of added) {
    expect(one.confidence).toBeLessThan(0.5);
    expect(one.question).not.toBeNull();
  }
});

test("a table without a leak has none without its rare class either, and two classes are looked at once", async () => {
  expect((await seen(loans(0.06, { leak: false }))).found).toEqual([]);
  const two = loans(0);
  expect(plainTarget(two)).toBeNull();
  const { first, found } = await seen(two);
  expect(found).toEqual(first);
});

test("a large class and several rare ones are no two: each may be the point", async () => {
  const random = createRandom(8, "faults");
  const kinds = numbers(ROWS, () => random.next()).map((at) =>
    at < 0.92 ? "normal" : at < 0.953 ? "overheat" : at < 0.981 ? "leak" : "jam",
  );
  const table = tableOf([
    ["temp", kinds.map((kind) => 60 + 3 * random.normal() + (kind === "overheat" ? 30 : 0))],
    ["flow", kinds.map((kind) => 20 + random.normal() - (kind === "leak" ? 9 : 0))],
    ["state", kinds],
  ]);
  expect(plainTarget(contextOf(table, "state"))).toBeNull();
});

test("three classes that are all frequent are no two", () => {
  expect(plainTarget(loans(0.15))).toBeNull();
  expect(plainTarget(loans(0.08))?.rows).toBeGreaterThan(150);
});

test("what is found with the rare class as well stands as it was found", async () => {
  const { first, found, added } = await seen(loans(0.003));
  expect(first.map(({ columns }) => columns)).toContainEqual(["days_late"]);
  expect(found.filter(({ columns }) => columns[0] === "days_late")).toHaveLength(1);
  expect(added.filter(({ columns }) => columns[0] === "days_late")).toEqual([]);
});

/** Delays, with placeholders far from them all. */
function delays(far: number, tail = 1) {
  const random = createRandom(6, "delays");
  const late = numbers(ROWS, () => Math.exp(tail * random.normal()));
  return contextOf(
    tableOf([
      ["riders", numbers(ROWS, () => random.integer(180))],
      ["delay", late.map((value) => (random.next() < far ? 99_999 : Math.round(100 * value) / 100))],
    ]),
    "delay",
    REGRESSION,
  );
}

test("numbers far from all others are left out, and neither a long tail nor what is no slip any more", () => {
  const plain = plainTarget(delays(0.02))!;
  expect(plain.rows).toBeGreaterThan(30);
  expect(plain.context.target.filter((value) => Number.isNaN(value))).toHaveLength(plain.rows);
  expect(plain.said).toMatch(
    /^Seen without the \d+ rows whose `delay` lies far out, beyond 10 times the distance from the median to where nine tenths of the rows end\.$/,
  );
  expect(plainTarget(delays(0))).toBeNull();
  expect(plainTarget(delays(0.07))).toBeNull();
  const bothSides = (row: number) => (row % 25 === 0 ? 99_999 : row % 25 === 1 ? -99_999 : row % 7);
  const many = tableOf([
    ["x", numbers(ROWS, (row) => row % 5)],
    ["y", numbers(ROWS, bothSides)],
  ]);
  expect(plainTarget(contextOf(many, "y", REGRESSION))).toBeNull();
  const equal = tableOf([
    ["x", numbers(ROWS, (row) => row % 5)],
    ["y", numbers(ROWS, (row) => (row % 30 === 0 ? row : 7))],
  ]);
  expect(plainTarget(contextOf(equal, "y", REGRESSION))).toBeNull();
});

test("only what tells of the target, and asks, is looked for again", async () => {
  const context = loans(0.09);
  const first = { found: [], unchecked: [] };
  const { found } = await besidePlainTarget(context, [targetLeak], first, {});
  expect(found.map(({ trap }) => trap)).toEqual(["target-leak"]);
  const { hiddenByLabels: _, ...ofValues } = targetLeak;
  const told = { ...targetLeak, inspect: () => found.map((one) => ({ ...one, question: null })) };
  for (const check of [ofValues, told]) expect((await besidePlainTarget(context, [check], first, {})).found).toEqual([]);
  expect((await besidePlainTarget(context, [targetLeak], { found, unchecked: [] }, {})).found).toEqual(found);
  const other = found.map((one) => ({ ...one, trap: "sentinel" as const }));
  expect((await besidePlainTarget(context, [targetLeak], { found: other, unchecked: [] }, {})).found).toHaveLength(2);
});

test("of a budget that has ended nothing more is asked", async () => {
  const context = loans(0.06);
  const first = await inspectFirst(context, [targetLeak], {});
  expect(await besidePlainTarget(context, [targetLeak], first, { leftMs: () => 0 })).toBe(first);
});
