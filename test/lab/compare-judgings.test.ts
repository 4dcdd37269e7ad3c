import { describe, expect, test } from "vitest";
import { compareJudgings, estimateOf, groundOf, judgedRows } from "../../src/lab/index.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { correctedT } from "../../src/stats/index.ts";
import { experiment, labWith, POLICIES, table } from "./tables.ts";

const rmse = metricNamed("rmse");
const mae = metricNamed("mae");

async function outcomeOf(split: (typeof POLICIES)[number]) {
  const lab = labWith();
  const outcome = await lab.run(experiment({ split, metrics: ["rmse"] }));
  const ground = groundOf(table(120), outcome.experiment);
  return { outcome, ground, folds: lab.folds(outcome.experiment), judged: judgedRows(outcome, ground) };
}

describe.each(POLICIES.map((split) => [split.policy, split] as const))("under %s", (_, split) => {
  test("each side is the score that the outcome has, and the difference that of its folds", async () => {
    const { outcome, ground, folds, judged } = await outcomeOf(split);
    const { a, b, difference } = compareJudgings(
      outcome,
      [
        { metric: rmse, judged },
        { metric: mae, judged },
      ],
      folds,
      ground,
      0.95,
    );
    expect(a.value).toBeCloseTo(outcome.scores.rmse!, 12);
    expect(difference.value).toBeCloseTo(b.value - a.value, 12);
    expect(difference.high - difference.low).toBeGreaterThan(0);
    if (split.policy === "given") return;
    const alone = estimateOf(outcome, "rmse", 0.95, ground);
    expect([a.low, a.high, a.method]).toEqual([expect.closeTo(alone.low, 10), expect.closeTo(alone.high, 10), alone.method]);
  });

  test("nothing differs from itself", async () => {
    const { outcome, ground, folds, judged } = await outcomeOf(split);
    const same = { metric: rmse, judged };
    const { difference, p } = compareJudgings(outcome, [same, same], folds, ground, 0.95);
    expect([difference.value, difference.low, difference.high, p]).toEqual([0, 0, 0, 1]);
  });
});

test("rows of weight 0 are out of the score of their fold", async () => {
  const { outcome, ground, folds, judged } = await outcomeOf({ policy: "random", folds: 4, repeats: 2 });
  const isOut = (row: number) => row % 3 === 0;
  const weight = Float64Array.from(outcome.outOfFold.rows, (row) => (isOut(row) ? 0 : 1));
  const { difference } = compareJudgings(
    outcome,
    [
      { metric: mae, judged },
      { metric: mae, judged: { ...judged, weight } },
    ],
    folds,
    ground,
    0.95,
  );
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const seen = new Map<number, number>();
  const each = outcome.outOfFold.rows.length / 2;
  const perFold = folds.map(({ test }) => {
    const errors = Array.from(test, (row) => {
      const repeat = seen.get(row) ?? 0;
      seen.set(row, repeat + 1);
      const place = repeat * each + outcome.outOfFold.rows.subarray(0, each).indexOf(row);
      return { row, error: Math.abs(judged.truth[place]! - judged.outputs[place]!) };
    });
    const kept = errors.filter(({ row }) => !isOut(row));
    return mean(kept.map(({ error }) => error)) - mean(errors.map(({ error }) => error));
  });
  const wanted = correctedT(perFold, folds[0]!.test.length / folds[0]!.train.length, 0.95);
  expect(difference.value).toBeCloseTo(wanted.mean, 12);
  expect(difference.low).toBeCloseTo(wanted.low, 10);
  expect(difference.high).toBeCloseTo(wanted.high, 10);
});
