import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { placesUpTo } from "../../../src/core/typed-from.ts";
import { groupEvidence } from "../../../src/data/split/group-evidence.ts";
import { neighbourGap } from "../../../src/data/split/neighbour-probe.ts";
import { type Cells, contextOf } from "../checks/context.ts";

const [LOTS, EACH] = [30, 20];
const NAMES = ["a", "b", "c", "d"] as const;

interface Lots {
  /** Rows of each lot that are others of it with a little noise. */
  readonly copies: number;
  /** How much the rows of a lot have in common, in the features and in the target. */
  readonly shared: number;
}

function lots({ copies, shared }: Lots): Record<string, Cells> {
  const random = createRandom(3, "lots");
  const rows = Array.from({ length: LOTS }, (_, lot) => {
    const [levels, rate] = [NAMES.map(() => shared * random.normal()), shared * random.normal()];
    const own = Array.from({ length: EACH }, () => ({
      lot,
      values: levels.map((level) => level + random.normal()),
      y: Number(rate + random.normal() > 0),
    }));
    for (let i = 0; i < copies; i++) {
      const { values, y } = own[EACH - 1 - i]!;
      own[i] = { lot, y, values: values.map((value) => value + 0.002 * random.normal()) };
    }
    return own;
  }).flat();
  const values = NAMES.map((name, i) => [name, rows.map((row) => row.values[i]!)]);
  return { lot: rows.map(({ lot }) => `l${lot}`), ...Object.fromEntries(values), y: rows.map(({ y }) => y) };
}

function gapOf(given: Lots, leaveOutLone: boolean): number {
  const context = contextOf({ columns: lots(given), target: "y" });
  const lotOf = (row: number) => Math.floor(row / EACH);
  const near = (a: number, b: number) => lotOf(a) === lotOf(b);
  const pool = placesUpTo(LOTS * EACH);
  return neighbourGap(context, { pool, cluster: lotOf, near, leaveOutCopies: false, leaveOutLone, without: ["lot"], weights: "alike" }).z;
}

test("near copies within lots are no sign that a lot is recognised", () => {
  expect(gapOf({ copies: 5, shared: 0 }, false)).toBeGreaterThan(4);
  expect(gapOf({ copies: 5, shared: 0 }, true)).toBeLessThan(2);
});

test("what the rows of a lot have in common is, with and without copies", () => {
  for (const copies of [0, 5]) expect(gapOf({ copies, shared: 3 }, true)).toBeGreaterThan(4);
});

test("things of two rows are recognised by each other's only other row", () => {
  const random = createRandom(4, "pairs");
  const things = Array.from({ length: 300 }, () => ({ values: NAMES.map(() => random.normal()), y: random.normal() }));
  const rows = [...things, ...things].map(({ values, y }) => ({ values: values.map((value) => value + 0.01 * random.normal()), y }));
  const columns = Object.fromEntries(NAMES.map((name, i) => [name, rows.map((row) => row.values[i]!)]));
  const context = contextOf({
    columns: { thing_id: rows.map((_, row) => `t${row % 300}`), ...columns, y: rows.map(({ y }) => y) },
    target: "y",
  });
  expect(groupEvidence(context).map(({ key }) => key.column)).toEqual(["thing_id"]);
});
