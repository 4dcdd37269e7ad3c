import { expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import type { Evidence, Measured } from "../../src/model/evidence.ts";
import type { Judged } from "../../src/model/judge.ts";
import type { Selection } from "../../src/model/select.ts";
import { toDecide } from "../../src/model/to-decide.ts";

const HAVE = 100;
const outcome = { id: "e", experiment: { split: { policy: "random" } }, outOfFold: { rows: new Int32Array(HAVE), repeats: 1 } };
const judged = [
  { outcome, plan: { label: "forest" } },
  { outcome, plan: { label: "rule" } },
] as unknown as Judged[];
const wide: Measured = { value: 0.1, se: 0.08, low: -0.1, high: 0.3, p: 0.2 };
const rowsFor = (blind: Measured | null) => {
  const selection = { open: { candidate: 0, against: 1, gain: wide, blind }, worthwhile: 0.02 } as unknown as Selection;
  return toDecide(selection, judged, { level: 0.95, method: "t" } as unknown as Evidence, {} as Frame);
};

test("rows that settle whatever the gain is make the interval as short as what counts", () => {
  expect(rowsFor(null)).toMatchObject({ have: HAVE, needed: 40_000, likely: null });
});

test("rows that show a gain as large as the blind choice's: half an interval and 0.84 standard errors below it", () => {
  const blind = { value: 0.1, se: 0.05, low: -0.02, high: 0.22, p: 0.1 };
  expect(rowsFor(blind)?.likely).toEqual({ needed: Math.ceil((HAVE * 1.6208 ** 2) / 10) * 10, gain: 0.1 });
});

test("none where the blind choice gains nothing, nothing is known of its spread, or it takes as many", () => {
  const blind = { value: 0.1, se: 0.05, low: -0.02, high: 0.22, p: 0.1 };
  for (const other of [{ value: -0.01 }, { se: Number.NaN }, { value: 0.005 }]) expect(rowsFor({ ...blind, ...other })?.likely).toBeNull();
});
