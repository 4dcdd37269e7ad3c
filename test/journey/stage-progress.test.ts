import { expect, test } from "vitest";
import { stageProgress } from "../../src/journey/stage-progress.ts";
import type { Progress } from "../../src/lab/index.ts";

function recorded(budgetLeft = () => Number.POSITIVE_INFINITY) {
  const seen: Progress[] = [];
  let clock = 0;
  const progress = stageProgress(
    "model",
    (one) => seen.push(one),
    budgetLeft,
    () => clock,
  );
  return { progress, last: () => seen.at(-1), wait: (ms: number) => (clock += ms) };
}

const ofLab: Progress = { stage: "experiments", done: 3, planned: 10, note: "boosting", unit: "trainings", leftMs: 700 };

test("what the lab counts is shown under what the stage says it does", () => {
  const { progress, last } = recorded();
  progress.ofStage("judging boosted trees");
  progress.ofLab(ofLab);
  expect(last()).toEqual({ ...ofLab, stage: "model", note: "judging boosted trees" });
});

test("a stage that counts itself is not interrupted by the lab, and the count of its last part gives the time left", () => {
  const { progress, last, wait } = recorded();
  const count = { planned: 4, unit: "traps", isLast: true };
  progress.ofStage("measuring", { done: 0, ...count });
  wait(1000);
  progress.ofStage("measuring", { done: 1, ...count });
  expect(last()).toEqual({ stage: "model", note: "measuring", done: 1, planned: 4, unit: "traps", leftMs: 3000 });
  progress.ofLab(ofLab);
  expect(last()).toEqual({ stage: "model", note: "measuring", done: 1, planned: 4, unit: "traps", leftMs: 3000 });
});

test("a part that others follow says nothing of the time left", () => {
  const { progress, last, wait } = recorded();
  progress.ofStage("looking", { done: 0, planned: 4, unit: "checks" });
  wait(1000);
  progress.ofStage("looking", { done: 1, planned: 4, unit: "checks" });
  expect(last()).toMatchObject({ done: 1, planned: 4, leftMs: null });
});

test("a new count starts a new clock", () => {
  const { progress, last, wait } = recorded();
  progress.ofStage("looking", { done: 39, planned: 40, unit: "checks" });
  wait(5000);
  progress.ofStage("measuring", { done: 0, planned: 10, unit: "traps", isLast: true });
  wait(100);
  progress.ofStage("measuring", { done: 1, planned: 10, unit: "traps", isLast: true });
  expect(last()?.leftMs).toBe(900);
});

test("the time left counts down; noise does not raise it, slower work does and says so", () => {
  const { progress, last, wait } = recorded();
  progress.ofLab({ ...ofLab, leftMs: 20_000 });
  wait(1000);
  progress.ofLab({ ...ofLab, leftMs: 21_000 });
  expect(last()).toMatchObject({ leftMs: 19_000 });
  expect(last()).not.toHaveProperty("slower");
  wait(1000);
  progress.ofLab({ ...ofLab, leftMs: 40_000 });
  expect(last()).toMatchObject({ leftMs: 40_000, slower: true });
  wait(1000);
  progress.ofLab({ ...ofLab, leftMs: 10_000 });
  expect(last()).toMatchObject({ leftMs: 10_000 });
});

test("no more is said to be left than the budget allows", () => {
  const { progress, last } = recorded(() => 5000);
  progress.ofLab({ ...ofLab, leftMs: 60_000 });
  expect(last()?.leftMs).toBe(5000);
});
