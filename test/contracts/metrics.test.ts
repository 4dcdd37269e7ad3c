import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Judged, Metric } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import { outputsOf, type Task } from "../../src/core/task.ts";
import { METRICS, metricNamed } from "../../src/metrics/index.ts";

const TASKS: Readonly<Record<Task["kind"], Task>> = {
  binary: { kind: "binary", classes: ["no", "yes"] },
  multiclass: { kind: "multiclass", classes: ["a", "b", "c"] },
  regression: { kind: "regression" },
};

/** Few different values, so that ties, extreme probabilities, wrong decisions and absent classes are common. */
function judgedRows(task: Task): fc.Arbitrary<Judged> {
  const share: fc.Arbitrary<number> = fc.constantFrom(...[0, 0.1, 0.25, 0.5, 0.75, 1]);
  const label = fc.integer({ min: 0, max: task.kind === "multiclass" ? 2 : 1 });
  const value = fc.integer({ min: -3, max: 3 });
  const three = fc.tuple(share, share, share).map((raw) => {
    const sum = raw.reduce((total, one) => total + one, 0);
    return raw.map((one) => (sum === 0 ? 1 / 3 : one / sum));
  });
  const one: fc.Arbitrary<number[]> = task.kind === "regression" ? value.map((output) => [output]) : share.map((output) => [output]);
  const outputs: fc.Arbitrary<number[]> = task.kind === "multiclass" ? three : one;
  const row = fc.record({ truth: task.kind === "regression" ? value : label, outputs });
  return fc.array(row, { minLength: 1, maxLength: 25 }).map((rows) => ({
    task,
    truth: Float64Array.from(rows, (one) => one.truth),
    outputs: Float64Array.from(rows.flatMap((one) => one.outputs)),
    weight: null,
  }));
}

function takeRows(judged: Judged, rows: readonly number[]): Judged {
  const width = outputsOf(judged.task);
  return {
    task: judged.task,
    truth: Float64Array.from(rows, (row) => judged.truth[row]!),
    outputs: Float64Array.from(rows.flatMap((row) => [...judged.outputs.subarray(row * width, (row + 1) * width)])),
    weight: judged.weight === null ? null : Float64Array.from(rows, (row) => judged.weight![row]!),
  };
}

function perfect(judged: Judged): Judged {
  if (judged.task.kind !== "multiclass") return { ...judged, outputs: judged.truth.slice() };
  const outputs = new Float64Array(judged.outputs.length);
  judged.truth.forEach((label, row) => {
    outputs[row * 3 + label] = 1;
  });
  return { ...judged, outputs };
}

function same(got: number, want: number): void {
  if (Number.isNaN(want)) expect(got).toBeNaN();
  else expect(Math.abs(got - want), `got ${got}, want ${want}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(want)));
}

const everyMetric: readonly Metric[] = [...METRICS, metricNamed("pinball-0.9")];
const cases = everyMetric.flatMap((metric) => metric.tasks.map((kind) => ({ metric, kind, name: metric.name })));

describe.each(cases)("$name, $kind", ({ metric, kind }) => {
  const rows = judgedRows(TASKS[kind]);
  const holds = (law: (judged: Judged, seed: number) => void) =>
    fc.assert(fc.property(rows, fc.integer({ min: 0, max: 1e6 }), law), { numRuns: 60, seed: 1 });

  test("does not depend on the order of the rows", () => {
    holds((judged, seed) => {
      const order = createRandom(seed).shuffle(Array.from(judged.truth, (_, row) => row));
      same(metric.score(takeRows(judged, order)), metric.score(judged));
    });
  });

  test("weight 1, or any equal weight, is no weight", () => {
    holds((judged) => {
      const size = judged.truth.length;
      same(metric.score({ ...judged, weight: new Float64Array(size).fill(1) }), metric.score(judged));
      same(metric.score({ ...judged, weight: new Float64Array(size).fill(0.375) }), metric.score(judged));
    });
  });

  test("a whole weight repeats the row, 0 removes it", () => {
    holds((judged, seed) => {
      const random = createRandom(seed);
      const weight = judged.truth.map(() => random.integer(4));
      const repeated = Array.from(weight).flatMap((times, row) => Array.from({ length: times }, () => row));
      same(metric.score({ ...judged, weight }), metric.score(takeRows(judged, repeated)));
    });
  });

  test("perfect predictions reach the best score, others stay between worst and best", () => {
    let reached = 0;
    holds((judged) => {
      const best = metric.score(perfect(judged));
      if (!Number.isNaN(best)) {
        reached++;
        same(best, metric.best);
      }
      const score = metric.score(judged);
      if (Number.isNaN(score)) return;
      expect(score).toBeGreaterThanOrEqual(Math.min(metric.best, metric.worst) - 1e-12);
      expect(score).toBeLessThanOrEqual(Math.max(metric.best, metric.worst) + 1e-12);
    });
    expect(reached).toBeGreaterThan(20);
  });

  test("inputs are untouched", () => {
    holds((judged) => {
      const weighted = { ...judged, weight: judged.truth.map((_, row) => row % 3) };
      const before = structuredClone(weighted);
      metric.score(weighted);
      metric.score(judged);
      expect(weighted).toEqual(before);
    });
  });

  test("what is constant about it is stated right", () => {
    expect(metric.better).toBe(metric.best > metric.worst ? "higher" : "lower");
    if (metric.chance !== null) {
      expect(metric.chance).toBeGreaterThan(metric.better === "higher" ? metric.worst : metric.best);
    }
  });
});
