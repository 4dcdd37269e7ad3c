import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { createRandom } from "../../../src/core/random.ts";
import { textDate } from "../../../src/data/checks/text-date.ts";
import { togetherWhereAlike } from "../../../src/data/findings/said-alike.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 400;
const random = createRandom(2, "clocks");
const clock = () => numbers(ROWS, () => 100 * random.integer(24) + random.integer(60));

test("columns of which the same is only told are one finding", async () => {
  const table = tableOf([
    ["dep", clock()],
    ["arr", clock()],
    ["planned", clock()],
    ["x", numbers(ROWS, () => random.normal())],
    ["late", numbers(ROWS, () => random.integer(2))],
  ]);
  const found = await textDate.inspect(contextOf(table, "late"));
  expect(found).toHaveLength(3);
  expect(togetherWhereAlike(found)).toMatchObject([
    {
      trap: "text-date",
      columns: ["dep", "arr", "planned"],
      evidence: { others: ["arr", "planned"] },
      fix: { action: "advice", text: expect.stringContaining("Give a model `dep`, `arr` and `planned` as hours") },
      why: expect.stringContaining("looks like 41. So it is of `arr` and `planned`."),
    },
  ]);
});

const told = (name: string, more: Partial<Suspicion> = {}): Suspicion => ({
  trap: "text-date",
  columns: [name],
  rows: { count: 3, sample: [] },
  severity: "cosmetic",
  confidence: 0.9,
  evidence: {},
  fix: { action: "reading", text: `\`${name}\` is read month first.` },
  counterfactual: null,
  question: null,
  why: `\`${name}\` writes dates as %m/%d/%Y: 12 cells.`,
  ...more,
});

test("how columns were read is said of all of them", () => {
  const [found, ...others] = togetherWhereAlike([told("start"), told("stop")]);
  expect(others).toEqual([]);
  expect(found!.fix).toEqual({ action: "reading", text: "`start` and `stop` are read month first." });
});

test("other words, another trap, a question or a price stand alone", () => {
  const apart = [
    told("a"),
    told("b", { why: "`b` writes dates as %d/%m/%Y: 12 cells." }),
    told("c", { trap: "identifier" }),
    told("d", { question: "Which?" }),
    told("e", { counterfactual: { change: "half" } }),
  ];
  expect(togetherWhereAlike(apart)).toEqual(apart);
});
