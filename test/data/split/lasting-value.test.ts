import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { timeLeak } from "../../../src/data/checks/time-leak.ts";
import { lastingValueOf } from "../../../src/data/split/lasting-value.ts";
import { contextOf } from "../checks/context.ts";

/** Recordings of eight rows, each with a rate of its own, of which many come back; nothing names a recording. */
function recordings(rows: number, shuffled = false) {
  const random = createRandom(6, "recordings");
  const things = Array.from({ length: Math.ceil(rows / 8) }, () => ({
    rate: 110 + random.integer(40),
    mood: random.normal(),
    size: random.normal(),
  }));
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  const thing = Array.from(shuffled ? random.shuffle(order) : order, (row) => things[Math.floor(row / 8)]!);
  return contextOf({
    columns: {
      rate: thing.map(({ rate }) => rate),
      size: thing.map(({ size }) => size + 0.1 * random.normal()),
      noise: thing.map(() => random.integer(40)),
      y: thing.map(({ mood }) => (mood + 0.4 * random.normal() > 0 ? "ill" : "well")),
    },
    target: "y",
  });
}

test("a value that goes on from row to row and comes back later: several rows of one thing, which nothing names", async () => {
  const context = recordings(1600);
  const found = lastingValueOf(context);
  expect(found).toMatchObject({ column: "rate", held: expect.closeTo(0.88, 1), byChance: expect.closeTo(0.03, 1) });
  const [told] = await timeLeak.inspect(context);
  expect(told).toMatchObject({
    columns: [],
    evidence: { lasting: "rate" },
    question: expect.stringContaining("rows of one thing"),
  });
  expect(told!.why).toMatch(/`rate` is that of the row before in 8\d\.?\d? % of them \(by chance 2\.\d %\)/);
});

test("not where the rows stand in no order, nor in a sample, nor where each value has one stretch", () => {
  expect(lastingValueOf(recordings(1600, true))).toBe(null);
  const context = recordings(1600);
  const sample = { ...context.frame, rowNumbers: Int32Array.from({ length: 1600 }, (_, row) => 2 * row) };
  expect(lastingValueOf({ ...context, frame: sample })).toBe(null);
  const own = Array.from({ length: 400 }, (_, row) => Math.floor(row / 8));
  expect(lastingValueOf(contextOf({ columns: { own, y: own.map((value) => value % 2) }, target: "y" }))).toBe(null);
});
