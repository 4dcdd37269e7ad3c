import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Column } from "../../src/core/column.ts";
import { type ScoredRows, type Sink, scoreStream } from "../../src/production/index.ts";
import { REGRESSION, world } from "./world.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-score-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { scorer, frame } = world(REGRESSION, 300);
const ROWS = 25;
const path = join(folder, "new.csv");
const numbersOf = (name: string) =>
  (frame.columns.find((column) => column.name === name) as Extract<Column, { values: Float64Array }>).values;
const jobs = frame.columns.find(({ name }) => name === "job") as Extract<Column, { levels: readonly string[] }>;
const text = (value: number) => (Number.isNaN(value) ? "" : String(value));
const line = (row: number) => {
  const since = new Date(numbersOf("since")[row]!).toISOString().slice(0, 10);
  const job = jobs.levels[jobs.codes[row]!] ?? "";
  const numbers = ["age", "income", "noise"].map((name) => text(numbersOf(name)[row]!));
  return [`k${row}`, row, ...numbers, since, job].join(",");
};
writeFileSync(path, ["key,prediction,age,income,noise,since,job", ...Array.from({ length: ROWS }, (_, row) => line(row))].join("\n"));

function keeping(): Sink & { readonly batches: ScoredRows[]; readonly ends: string[] } {
  const [batches, ends]: [ScoredRows[], string[]] = [[], []];
  return {
    batches,
    ends,
    write: (batch) => void batches.push(batch),
    close: () => void ends.push("closed"),
    abort: () => void ends.push("aborted"),
  };
}

const limits = { batchRows: 10, memoryBytes: 256e6, threads: 1 };

test("rows come in their order, batch by batch: the kept columns, then the answers of the model", async () => {
  const sink = keeping();
  expect(await scoreStream(path, scorer, sink, { ...limits, keep: ["key", "key"] })).toBe(ROWS);
  expect(sink.batches.map(({ rows }) => rows)).toEqual([10, 10, 5]);
  expect(sink.ends).toEqual(["closed"]);
  const [first] = sink.batches;
  expect(first!.columns.map(({ name }) => name)).toEqual(["key", "prediction"]);
  const answers = sink.batches.flatMap(({ columns }) => [...(columns[1] as Extract<Column, { values: Float64Array }>).values]);
  const wanted = scorer.score(frame).subarray(0, ROWS);
  answers.forEach((answer, row) => {
    expect(answer).toBeCloseTo(wanted[row]!, 9);
  });
});

test("a kept column named like an answer is refused, and the sink is told to leave nothing", async () => {
  const sink = keeping();
  await expect(scoreStream(path, scorer, sink, { ...limits, keep: ["prediction"] })).rejects.toMatchObject({ code: "bad-option" });
  expect([sink.batches.length, sink.ends]).toEqual([0, ["aborted"]]);
});
