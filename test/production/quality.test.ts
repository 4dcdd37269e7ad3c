import { expect, test } from "vitest";
import { createRandom, type Random } from "../../src/core/random.ts";
import type { Task } from "../../src/core/task.ts";
import { intervalOfGroups } from "../../src/lab/index.ts";
import { intervalOf, metricNamed } from "../../src/metrics/index.ts";
import { watchedQuality } from "../../src/production/index.ts";

const CHURN: Task = { kind: "binary", classes: ["no", "yes"] };
const AMOUNT: Task = { kind: "regression" };

/** Rows of two classes whose answers lie so far apart, in standard deviations. */
function classes(random: Random, rows: number, apart: number) {
  const truth = Float64Array.from({ length: rows }, () => random.integer(2));
  const outputs = truth.map((label) => 1 / (1 + Math.exp(-(apart * (label - 0.5) + random.normal()))));
  return { task: CHURN, truth, outputs, weight: null };
}

const honestOf = (judged: ReturnType<typeof classes>) => intervalOf(metricNamed("auc"), judged, { level: 0.95, seed: 1 });

test("the difference and its interval are those of square-and-add", () => {
  const random = createRandom(1, "quality");
  const honest = { value: 0.8, low: 0.7, high: 0.84, level: 0.95, method: "given", experiments: ["e1"] };
  const { score, difference } = watchedQuality("auc", classes(random, 300, 1), 0, honest, 1);
  expect(difference.value).toBe(score.value - 0.8);
  expect(difference.low).toBeCloseTo(difference.value - Math.hypot(score.value - score.low, 0.04), 12);
  expect(difference.high).toBeCloseTo(difference.value + Math.hypot(score.high - score.value, 0.1), 12);
});

test("of 400 pairs of samples without a change about one in twenty is called one", () => {
  const random = createRandom(2, "quality");
  const verdicts = Array.from(
    { length: 400 },
    () => watchedQuality("auc", classes(random, 150, 1.2), 0, honestOf(classes(random, 250, 1.2)), 1).verdict,
  );
  const changed = verdicts.filter((verdict) => verdict !== "no-change-shown").length;
  // Binomial, 1 in 1,000 on either side.
  expect(changed).toBeGreaterThanOrEqual(8);
  expect(changed).toBeLessThanOrEqual(35);
});

test("worse and better follow the metric, and a loss turns them round", () => {
  const random = createRandom(3, "quality");
  const honest = honestOf(classes(random, 2000, 1));
  expect(watchedQuality("auc", classes(random, 2000, 0.2), 0, honest, 1).verdict).toBe("worse");
  expect(watchedQuality("auc", classes(random, 2000, 2.5), 0, honest, 1).verdict).toBe("better");
  const truth = Float64Array.from({ length: 500 }, () => random.normal());
  const off = (by: number) => ({ task: AMOUNT, truth, outputs: truth.map((y) => y + by * random.normal()), weight: null });
  const mae = { ...honest, ...{ value: 0.8, low: 0.75, high: 0.85 } };
  expect(watchedQuality("mae", off(2), 0, mae, 1).verdict).toBe("worse");
  expect(watchedQuality("mae", off(0.1), 0, mae, 1).verdict).toBe("better");
});

test("one class only: not judged, and said", () => {
  const random = createRandom(4, "quality");
  const judged = classes(random, 50, 1);
  const { verdict, why } = watchedQuality("auc", { ...judged, truth: judged.truth.fill(1) }, 3, honestOf(classes(random, 50, 1)), 1);
  expect(verdict).toBe("unknown");
  expect(why).toBe("ROC AUC cannot be judged on 50 rows with a label. 3 rows had none that the model knows.");
});

test("rows of one law in groups are rarely called a change when whole groups are resampled, and often when they are not", () => {
  const random = createRandom(5, "quality");
  const [count, each] = [30, 20];
  const of = Int32Array.from({ length: count * each }, (_, row) => row % count);
  const shops = () => {
    const effects = Float64Array.from({ length: count }, () => 1.5 * random.normal());
    const outputs = Float64Array.from(of, (shop) => effects[shop]! + random.normal());
    return { task: AMOUNT, truth: new Float64Array(of.length), outputs, weight: null };
  };
  const verdictsOf = (groups: Int32Array | null) =>
    Array.from({ length: 200 }, () => {
      const honest = intervalOfGroups(metricNamed("mae"), shops(), of, 0.95, 1);
      const known = { by: ["shop"], of: groups };
      const beside = groups === null ? intervalOf(metricNamed("mae"), shops(), { level: 0.95, seed: 1 }) : honest;
      return watchedQuality("mae", shops(), 0, beside, 1, known).verdict;
    });
  const changes = (verdicts: readonly string[]) => verdicts.filter((verdict) => verdict !== "no-change-shown").length;
  // Binomial at 5 %: 21 or more of 200 once in 1,000.
  expect(changes(verdictsOf(of))).toBeLessThan(21);
  expect(changes(verdictsOf(null))).toBeGreaterThan(60);
});

test("it is said which groups were resampled, that one shows no spread, and that rows without the column count as independent", () => {
  const judged = classes(createRandom(6, "quality"), 200, 1);
  const whyOf = (of: Int32Array | null, by = ["shop"]) => watchedQuality("auc", judged, 0, honestOf(judged), 1, { by, of }).why;
  const ten = Int32Array.from({ length: 200 }, (_, row) => row % 10);
  expect(whyOf(ten)).toMatch(/ Whole groups of shop were resampled: 10\.$/);
  expect(whyOf(ten.map((shop) => shop - 1))).toMatch(/ resampled: 29\.$/);
  expect(whyOf(new Int32Array(200))).toMatch(
    /No change is shown\. ROC AUC 0\.\d+ \[0\.?0*, 1\.?0*\].* resampled: 1, which shows no spread\.$/,
  );
  expect(whyOf(null)).toContain("Rows are taken as independent, since the column shop is not in the file");
  expect(whyOf(null, ["shop", "till"])).toContain("since not all of the columns shop, till are in the file");
  expect(watchedQuality("auc", judged, 0, honestOf(judged), 1).why).not.toMatch(/groups|independent/);
});
