import { describe, expect, test } from "vitest";
import type { Frame } from "../../src/core/column.ts";
import { createRandom } from "../../src/core/random.ts";
import { outputsOf, type Task } from "../../src/core/task.ts";
import { spreadOfTruth, type WatchReport, watch } from "../../src/production/index.ts";
import { BINARY, customers, MULTICLASS, REGRESSION, type World, world } from "./world.ts";

const ROWS = 450;
const TASKS = [BINARY, MULTICLASS, REGRESSION];
const ESTIMATORS = ["constant", "one-column-rule", "linear", "forest", "boosting"];
const WORLDS = TASKS.flatMap((task) => ESTIMATORS.map((estimator) => ({ task, estimator, kind: task.kind })));

/** The same rows with a target that nothing foretells. */
function noise(task: Task): Float64Array {
  const random = createRandom(11, "noise");
  return Float64Array.from({ length: ROWS }, () =>
    task.kind === "regression" ? random.normal() : random.integer(outputsOf(task) === 1 ? 2 : 3),
  );
}

/** Honest answers of the last two thirds, as a split by time gives them: of folds that lack the first rows. */
function later({ honest: { task, truth, outputs } }: World) {
  const first = ROWS / 3;
  return { task, truth: truth.subarray(first), outputs: outputs.subarray(first * outputsOf(task)) };
}

/** Answers to the rows of each world: they are asked for at every watch. */
const fitted = new WeakMap<World, Float64Array>();
function fittedOf(made: World): Float64Array {
  const answers = fitted.get(made) ?? made.scorer.score(made.frame);
  fitted.set(made, answers);
  return answers;
}

/** `inputs`: none where only the answers are looked at. */
function watched(
  made: World,
  current: Frame,
  honest: Pick<World["honest"], "task" | "truth" | "outputs">,
  inputs: World["scorer"]["inputs"] = made.scorer.inputs,
): WatchReport {
  const { scorer, frame } = made;
  const spread = [...spreadOfTruth(honest.task, honest.truth)];
  const predictions = {
    task: honest.task,
    fitted: fittedOf(made),
    honest: honest.outputs,
    honestGroups: new Int32Array(honest.truth.length).fill(-1),
    current: current === frame ? fittedOf(made) : scorer.score(current),
    spread,
  };
  return watch({ reference: frame, current, inputs, predictions, seed: 1 });
}

const standing = ({ columns, predictions }: WatchReport) => [...columns, ...predictions].filter(({ standsOut }) => standsOut);

describe.each(WORLDS)("answers of $estimator, $kind", ({ task, estimator }) => {
  const signal = world(task, ROWS, 7, estimator);
  const nothing = world(task, ROWS, 7, estimator, undefined, noise(task));

  test("the training rows have not drifted, whether or not there is something to learn, with folds by chance and by time", () => {
    for (const made of [signal, nothing])
      for (const honest of [made.honest, later(made)]) {
        const report = watched(made, made.frame, honest);
        expect(standing(report)).toEqual([]);
        expect(report.verdict).not.toBe("drift");
      }
  });

  test("nor have the answers to new rows like them", () => {
    for (const made of [signal, nothing])
      for (const seed of [101, 102, 103])
        expect(watched(made, customers(600, seed), made.honest, []).predictions.filter(({ standsOut }) => standsOut)).toEqual([]);
  });

  test("those to rows on the other side have, where the model reads the column", () => {
    const frame = customers(600, 104);
    const older: Frame = {
      ...frame,
      columns: frame.columns.map((one) =>
        "values" in one && one.name === "age"
          ? { ...one, values: one.values.map((value) => Math.min(78, value + 30)) }
          : "values" in one && one.name === "income"
            ? { ...one, values: one.values.map((value) => 3 * value) }
            : one,
      ),
    };
    const report = watched(signal, older, signal.honest);
    expect(report.predictions.some(({ drifted }) => drifted)).toBe(estimator !== "constant");
    expect(report.verdict).toBe("drift");
  });
});
