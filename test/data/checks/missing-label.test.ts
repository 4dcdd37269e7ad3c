import { expect, test } from "vitest";
import { missingLabel } from "../../../src/data/checks/missing-label.ts";
import { cells, coin, contextOf } from "./context.ts";

const ROWS = 500;

const noise = (label: string, rows = ROWS) => cells(rows, 9, label, (random) => random.normal());

test("rows without a label are left out, not filled", async () => {
  const y = coin(ROWS).map((label, row) => (row % 10 === 0 ? null : label));
  const [found] = await missingLabel.inspect(contextOf({ columns: { a: noise("a"), y }, target: "y" }));
  expect(found).toMatchObject({ rows: { count: 50 }, severity: "costly", fix: { steps: [{ op: "drop-unlabelled-rows", target: "y" }] } });
  expect(found!.question).toMatch(/empty in 10 %/);
});

test("of classes it is asked whether an empty one is a class, of amounts whether there is one at all", async () => {
  const without = <T>(values: readonly T[]) => values.map((value, row) => (row % 4 === 0 ? null : value));
  const [ofClass] = await missingLabel.inspect(contextOf({ columns: { a: noise("a"), y: without(coin(ROWS)) }, target: "y" }));
  expect(ofClass).toMatchObject({ choices: ["unknown", "negative"], ifRejected: { severity: "blocker", fix: { action: "advice" } } });
  expect(ofClass!.ifRejected!.why).toContain("left out as long as they are empty");
  const [ofAmount] = await missingLabel.inspect(contextOf({ columns: { a: noise("a"), y: without(noise("y")) }, target: "y" }));
  expect(ofAmount!.question).not.toContain("not the case");
  expect(ofAmount).toMatchObject({ choices: ["unknown", "none"], ifRejected: { severity: "costly", fix: ofAmount!.fix } });
});

test("what was counted over all rows is not told as counted in a sample", async () => {
  const y = coin(ROWS).map((label, row) => (row % 10 === 0 ? null : label));
  const context = contextOf({ columns: { a: noise("a"), y }, target: "y" });
  const sampled = { ...context, frame: { ...context.frame, rowNumbers: Int32Array.from({ length: ROWS }, (_, row) => row) } };
  const [found] = await missingLabel.inspect(sampled);
  expect(found!.rows.estimated).toBeUndefined();
});
