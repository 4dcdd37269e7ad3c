import { describe, expect, it, test } from "vitest";
import { createLoss, type LossName } from "../../../../src/engine/trees/losses/index.ts";
import { queriesOf, rankingLoss } from "../../../../src/engine/trees/ranking.ts";
import { recordedLosses as recorded } from "../recorded-losses.ts";
import { gradientsOf } from "./rows.ts";

const count = recorded.query.length;
const rows = Int32Array.from({ length: count }, (_, row) => row);
const query = Int32Array.from(recorded.query);

function sampleOf(target: string, weighted: boolean) {
  const weight = weighted ? Float64Array.from(recorded.weight) : null;
  return { target: Float64Array.from(recorded.targets[target]!), weight, rows, count, query };
}

/**
 * LightGBM reads the sigmoid of its lambdas from a table whose steps are 50 / 2^20 wide: at most 1.2e-5 off. Values of inner nodes, which
 * stand in where leaves are renewed, have six digits. All else is rounded to 32 bits.
 */
const TOLERANCES: Partial<Record<LossName["loss"], number>> = { lambdarank: 5e-5, absolute: 1e-5, quantile: 1e-5 };
const toleranceOf = ({ loss }: LossName) => TOLERANCES[loss] ?? 1e-6;

/** Where LightGBM's base is not the best constant: it takes the mean for Huber, other quantiles between values, and leaves class weights out. */
const OTHER_BASE = new Set(["huber", "absolute", "quantile"]);

describe.each(recorded.cases)("LightGBM's $name", ({ loss, target, weighted, nodes, base }) => {
  const sample = sampleOf(target, weighted);
  const created = createLoss(loss, sample);

  it("gradients and hessians", () => {
    const scores = recorded.scores.slice(0, created.outputs).map((score) => Float64Array.from(score));
    const { gradients, hessians } = gradientsOf(loss, { sample, scores });
    expect(nodes.length).toBeGreaterThan(15);
    for (const node of nodes) {
      const sum = (values: Float64Array) => node.rows.reduce((total, row) => total + values[row]!, 0);
      const size = node.rows.reduce((total, row) => total + Math.abs(gradients[node.output]![row]!), 0);
      expect(Math.abs(sum(gradients[node.output]!) - node.gradient)).toBeLessThan(toleranceOf(loss) * Math.max(1, size));
      expect(Math.abs(sum(hessians[node.output]!) - node.hessian)).toBeLessThan(toleranceOf(loss) * Math.max(1, node.hessian));
    }
  });

  it("base score", () => {
    const ours = created.base(sample);
    const isOther = OTHER_BASE.has(loss.loss) || (loss.loss === "logistic" && loss.positiveWeight !== undefined);
    const meanAt = (constants: readonly number[]) =>
      created.mean(
        constants.map((constant) => new Float64Array(count).fill(constant)),
        sample,
      );
    expect(meanAt(ours)).toBeLessThanOrEqual(meanAt(base) + 1e-12);
    if (!isOther) for (const [k, value] of ours.entries()) expect(Math.abs(value - base[k]!)).toBeLessThan(1e-6);
  });
});

test.each(recorded.ndcg)("scikit-learn's NDCG@$k of rows $begin to $end, with equal scores", ({ begin, end, k, value }) => {
  const inside = rows.slice(begin, end);
  const sample = { ...sampleOf("label", false), rows: inside, count: inside.length };
  const loss = rankingLoss(queriesOf(sample, null), 0, Float64Array.from(recorded.scores[0]!), k);
  // scikit-learn gives 0 to a query where nothing is relevant, LightGBM and we 1.
  const nothing = inside.every((row) => sample.target[row] === 0);
  expect(loss).toBeCloseTo(nothing ? 0 : 1 - value, 10);
});
