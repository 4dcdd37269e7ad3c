import { expect, test } from "vitest";
import type { Judged } from "../../src/core/metric.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Task } from "../../src/core/task.ts";
import { METRICS, scoreOfBlocks, takeJudged } from "../../src/metrics/index.ts";

const TASKS: readonly Task[] = [
  { kind: "binary", classes: ["no", "yes"] },
  { kind: "multiclass", classes: ["a", "b", "c"] },
  { kind: "regression" },
];

function judgedOf(task: Task, rows: number): Judged {
  const random = createRandom(2, task.kind);
  const classes = task.kind === "regression" ? 0 : task.classes.length;
  const truth = Float64Array.from({ length: rows }, () => (classes > 0 ? random.integer(classes) : 5 + random.normal()));
  const width = task.kind === "multiclass" ? 3 : 1;
  const outputs = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const raw = Array.from({ length: width }, (_, k) => Math.round(10 * (random.next() + (truth[row] === k ? 1 : 0.1))) / 10);
    const sum = raw.reduce((all, one) => all + one, 0);
    for (let k = 0; k < width; k++) outputs[row * width + k] = width > 1 ? raw[k]! / sum : Math.round(20 * random.next()) / 20.5 + 0.01;
  }
  return { task, truth, outputs, weight: null };
}

const BLOCKS = 6;
const ROWS = 90;
const starts = Int32Array.of(0, 10, 11, 40, 60, 80);
const times = Float64Array.of(2, 0, 1, 3, 0, 1);

test.each(METRICS.flatMap((metric) => TASKS.filter(({ kind }) => metric.tasks.includes(kind)).map((task) => ({ metric, task }))))(
  "$metric.name of $task.kind: a resample of blocks scores as its rows do, weighted or not",
  ({ metric, task }) => {
    const judged = judgedOf(task, ROWS);
    const repeated = Int32Array.from(
      Array.from({ length: BLOCKS }, (_, block) => block).flatMap((block) => {
        const rows = Array.from({ length: (starts[block + 1] ?? ROWS) - starts[block]! }, (_, i) => starts[block]! + i);
        return Array.from({ length: times[block]! }, () => rows).flat();
      }),
    );
    const weighted = { ...judged, weight: judged.truth.map((_, row) => 1 + (row % 4)) };
    for (const one of [judged, weighted]) {
      expect(scoreOfBlocks(metric, one, starts)(times)).toBeCloseTo(metric.score(takeJudged(one, repeated)), 10);
      expect(scoreOfBlocks(metric, one, starts)(times.map(() => 1))).toBeCloseTo(metric.score(one), 10);
    }
  },
);
