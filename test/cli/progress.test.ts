import { describe, expect, test } from "vitest";
import { fewLines, progressLine, progressText } from "../../src/cli/progress.ts";
import type { Progress } from "../../src/lab/index.ts";

const of = (stage: string, note: string, parts: Partial<Progress> = {}): Progress => ({ stage, note, done: 0, planned: 0, ...parts });

describe("the words of a progress", () => {
  test("what is done, how much of it, how long it still takes", () => {
    const judging = of("model", "judging random forest", { done: 31, planned: 50, unit: "trainings", leftMs: 3100 });
    expect(progressText(judging)).toBe("model: judging random forest, 31 of 50 trainings, this stage about 3 s more");
    expect(progressText(of("data", "looking whether values are missing", { done: 2, planned: 40, unit: "checks" }))).toBe(
      "data: looking whether values are missing, 2 of 40 checks",
    );
    expect(progressText({ ...judging, slower: true })).toMatch(/about 3 s more \(slower than foreseen\)$/);
    expect(progressText(of("production", "running the gates"))).toBe("production: running the gates");
  });

  test("time left in the unit that fits, none when all is done", () => {
    const left = (leftMs: number) => progressText(of("model", "", { done: 1, planned: 2, leftMs })).split(", ")[1];
    expect([10, 89_000, 600_000, 7_200_000].map(left)).toEqual([
      "this stage about 1 s more",
      "this stage about 89 s more",
      "this stage about 10 min more",
      "this stage about 2 h more",
    ]);
    expect(progressText(of("model", "", { done: 2, planned: 2, leftMs: 0 }))).toBe("model: 2 of 2");
  });
});

describe("in a log", () => {
  function logged(minutes: number, everyMs: number) {
    const lines: string[] = [];
    let clock = 0;
    const line = fewLines(
      (text) => lines.push(text),
      () => clock,
    );
    for (; clock < minutes * 60_000; clock += everyMs) {
      line.update(of(["data", "model", "scale", "production"][Math.floor((4 * clock) / (minutes * 60_000))]!, `step at ${clock}`));
    }
    return lines;
  }

  test("a line as each stage begins, and at most fifteen in a minute", () => {
    const lines = logged(1, 50);
    expect(lines.filter((line) => /step at (0|15000|30000|45000)$/.test(line))).toHaveLength(4);
    expect(lines.length).toBeGreaterThan(6);
    expect(lines.length).toBeLessThanOrEqual(15);
  });

  test("an hour is not sixty times as long", () => {
    expect(logged(60, 1000).length).toBeLessThan(60);
  });

  test("what has no words is not written", () => {
    const lines: string[] = [];
    fewLines((text) => lines.push(text)).update(of("data", ""));
    expect(lines).toEqual([]);
  });
});

describe("on a terminal", () => {
  function terminal(isTTY: boolean) {
    let text = "";
    const stream = { isTTY, columns: 40, write: (part: string) => (text += part) } as unknown as NodeJS.WriteStream;
    return { stream, text: () => text };
  }

  test("one line is written over, cut to the width, and gone at the end", () => {
    const { stream, text } = terminal(true);
    const line = progressLine(stream, false);
    line.update(of("model", "judging a model with a name that is much longer than the terminal is wide"));
    line.update(of("model", "next"));
    line.end();
    expect(text()).not.toContain("\n");
    expect(text().endsWith("\r\u001b[2K")).toBe(true);
    const shown = text().split("\r\u001b[2K");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
    expect(shown.every((part) => part.replace(/\u001b\[\d+m/g, "").length < 40)).toBe(true);
  });

  test("quiet writes nothing, a pipe no control characters", () => {
    const quiet = terminal(true);
    progressLine(quiet.stream, true).update(of("data", "x"));
    expect(quiet.text()).toBe("");
    const pipe = terminal(false);
    const line = progressLine(pipe.stream, false);
    line.update(of("data", "x"));
    line.end();
    expect(pipe.text()).toBe("data: x\n");
  });
});
