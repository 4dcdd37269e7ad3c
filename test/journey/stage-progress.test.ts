import { expect, test } from "vitest";
import { stageProgress } from "../../src/journey/stage-progress.ts";
import type { Progress } from "../../src/lab/index.ts";

function recorded() {
  const seen: Progress[] = [];
  let clock = 0;
  const progress = stageProgress(
    "model",
    (one) => seen.push(one),
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

test("a stage that counts itself is not interrupted by the lab, and its own count gives the time left", () => {
  const { progress, last, wait } = recorded();
  progress.ofStage("measuring", 0, 4);
  wait(1000);
  progress.ofStage("measuring", 1, 4);
  expect(last()).toEqual({ stage: "model", note: "measuring", done: 1, planned: 4, leftMs: 3000 });
  progress.ofLab(ofLab);
  expect(last()).toEqual({ stage: "model", note: "measuring", done: 1, planned: 4, leftMs: 3000 });
});

test("a new count starts a new clock", () => {
  const { progress, last, wait } = recorded();
  progress.ofStage("looking", 39, 40);
  wait(5000);
  progress.ofStage("measuring", 0, 10);
  wait(100);
  progress.ofStage("measuring", 1, 10);
  expect(last()?.leftMs).toBe(900);
});
