import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Column } from "../../src/core/column.ts";
import { type ScoredRows, type Sink, scoreStream, unreadWarning, unseenWarning } from "../../src/production/index.ts";
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
  expect(await scoreStream(path, scorer, sink, { ...limits, keep: ["key", "key"] })).toEqual({
    rows: ROWS,
    leftOut: [],
    absent: [],
    shifted: { moved: [], overfull: null },
    unread: [],
    unseen: [],
  });
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

test("cells that are not of the type of training are counted; a column without one that can be read is refused", async () => {
  const header = "age,income,noise,since,job";
  const file = (name: string, rows: readonly string[]) => {
    writeFileSync(join(folder, name), [header, ...rows].join("\n"));
    return join(folder, name);
  };
  const rows = ['30,"29,85",1,2020-01-01,nurse', "n/k,12,2,,", " ,13,3,soon,", 'n/k,"1,5",4,2020-02-01,7'];
  const sink = keeping();
  const { unread, unseen } = await scoreStream(file("strays.csv", rows), scorer, sink, { ...limits, keep: [] });
  expect(unread).toEqual([
    { column: "age", type: "number", count: 2, read: 1, example: "n/k", row: 2 },
    { column: "income", type: "number", count: 2, read: 2, example: "29,85", row: 1 },
    { column: "since", type: "date", count: 1, read: 2, example: "soon", row: 3 },
  ]);
  expect(unreadWarning(unread[1]!)).toBe(
    'Column "income": 2 cells are no number and were taken as missing, e.g. "29,85" in row 1. Write decimals with a point (29.85), and leave the cell empty where the value is not known.',
  );
  expect(unseen).toEqual([{ column: "job", rows: 1, examples: ["7"] }]);
  expect(unseenWarning({ column: "job", rows: 1200, examples: ["7", "x"] })).toBe(
    'Column "job": 1,200 rows hold categories that training never saw, e.g. "7", "x".',
  );
  const none = keeping();
  const lost = file("lost.csv", ["n/k,12,1,2020-01-01,nurse", ",13,2,2020-01-01,nurse"]);
  const refusal = {
    code: "schema-mismatch",
    parts: { where: lost, expected: '"age" (number)', got: '1 cell in "age", e.g. "n/k" in row 1' },
  };
  await expect(scoreStream(lost, scorer, none, { ...limits, keep: [] })).rejects.toMatchObject(refusal);
  expect([none.batches.length, none.ends]).toEqual([0, ["aborted"]]);
  const empty = file("empty.csv", [",12,1,2020-01-01,nurse", ",13,2,2020-01-01,nurse"]);
  expect((await scoreStream(empty, scorer, keeping(), { ...limits, keep: [] })).unread).toEqual([]);
  const known = { ...scorer, columns: scorer.columns.map((one) => ({ ...one, unparsed: [{ value: "n/k", count: 3 }] })) };
  expect((await scoreStream(lost, known, keeping(), { ...limits, keep: [] })).unread).toEqual([]);
});
