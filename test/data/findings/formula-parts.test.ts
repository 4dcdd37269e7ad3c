import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { audit, CHECKS } from "../../../src/data/index.ts";
import { contextOf, numbers, tableOf } from "../table.ts";
import { tinyLab } from "../tiny-lab.ts";

test("a target that is an exact sum of two columns is asked about once, with its formula", async () => {
  const random = createRandom(2, "sum");
  const net = numbers(300, () => Math.round(100 * (20 + 500 * random.next())) / 100);
  const tax = net.map((value) => Math.round(100 * value * (random.next() < 0.5 ? 0.07 : 0.19)) / 100);
  const table = tableOf([
    ["net", net],
    ["tax", tax],
    ["noise", numbers(300, () => random.normal())],
    ["total", net.map((value, i) => Math.round(100 * (value + tax[i]!)) / 100)],
  ]);
  const context = contextOf(table, "total", { task: { task: "regression" } });
  const { lab, experimentFor } = tinyLab(context, "rmse");
  const { findings } = await audit(context, CHECKS, lab, experimentFor);
  const asked = findings.filter(({ question }) => question !== null);
  expect(asked.map(({ trap, columns }) => [trap, [...columns].sort()])).toEqual([["combination-leak", ["net", "tax"]]]);
  expect(`${asked[0]!.why} ${asked[0]!.question}`).toMatch(/net.{1,5}\+.{1,5}tax/);
});
