import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { scoresOfItems } from "../../../src/data/copies/scores-of-items.ts";
import { contextOf } from "../checks/context.ts";

const random = createRandom(5, "items");
const ROWS = 4_000;

/** Answers of 1 to 5 to questions on one thing, some of them not given. */
const trait = Array.from({ length: ROWS }, () => random.normal());
const answers = (gaps = 0) =>
  trait.map((own) => (random.next() < gaps ? Number.NaN : Math.min(5, Math.max(1, Math.round(3 + own + 0.8 * random.normal())))));
const [q1, q2, q3, q4] = [answers(), answers(0.05), answers(), answers()];
const x = trait.map(() => random.normal());
const number = (name: string, values: readonly number[]) => ({ name, type: "number" as const, values: Float64Array.from(values) });
const items = [number("q1", q1), number("q2", q2), number("q3", q3), number("q4", q4), number("x", x)];

/** No sum of the answers: each tells less the farther out it lies, and a missing one is the mean. */
const score = q1.map((one, row) => {
  const [b, c] = [Number.isNaN(q2[row]!) ? 3 : q2[row]!, q3[row]!];
  return Math.tanh((one - 3) / 3) + 0.7 * Math.tanh((b - 3) / 2) + 0.5 * (c - 3) ** 3 * 0.1 + 0.05 * (one - 3) * (b - 3);
});

const found = (values: readonly number[]) =>
  scoresOfItems([number("score", values)], items, ROWS).map((one) => one.items.map(({ name }) => name).sort());

test("a score is given by its items, and by no other", async () => {
  expect(found(score)).toEqual([["q1", "q2", "q3"]]);
  expect(found(q1.map((one, row) => Math.sqrt(one) + 2.1 * q3[row]! + 0.2 * one * q3[row]!))).toEqual([["q1", "q3"]]);
  const columns = {
    q1,
    q2: q2.map((value) => (Number.isNaN(value) ? null : value)),
    q3,
    q4,
    score,
    x,
    y: x.map((value) => (value > 0 ? "a" : "b")),
  };
  const told = (await derivedColumn.inspect(contextOf({ columns, target: "y" }))).filter(
    ({ evidence }) => evidence.kind === "score-of-items",
  );
  expect(told).toMatchObject([{ severity: "cosmetic", fix: { action: "advice" } }]);
  expect([told[0]!.columns[0], ...told[0]!.columns.slice(1).toSorted()]).toEqual(["score", "q1", "q2", "q3"]);
  expect(told[0]!.why).toContain("It is a score of them, and tells nothing that they do not.");
});

test("with an error of its own it is none, nor what traits of a thing merely name together", () => {
  expect(found(score.map((value) => value + 0.01 * random.normal()))).toEqual([]);
  // Forty things with traits of their own, and a number that each has.
  const things = Array.from({ length: 40 }, () => ({ traits: [0, 1, 2, 3].map(() => random.integer(5)), own: random.normal() }));
  const of = Array.from({ length: ROWS }, () => things[random.integer(40)]!);
  const traits = [0, 1, 2, 3].map((k) =>
    number(
      `t${k}`,
      of.map((thing) => thing.traits[k]!),
    ),
  );
  expect(
    scoresOfItems(
      [
        number(
          "own",
          of.map(({ own }) => own),
        ),
      ],
      traits,
      ROWS,
    ),
  ).toEqual([]);
});
