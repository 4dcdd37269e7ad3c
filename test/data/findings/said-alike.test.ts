import { describe, expect, test } from "vitest";
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
  expect(togetherWhereAlike(found, ROWS)).toMatchObject([
    {
      trap: "text-date",
      columns: ["dep", "arr", "planned"],
      evidence: { others: ["arr", "planned"] },
      fix: { action: "advice", text: expect.stringContaining("Give a model `dep`, `arr` and `planned` as hours") },
      why: expect.stringMatching(
        /looks like 41\. So it is of `arr` \((.*different numbers in `arr` write a time of the day, such as )?\d+\) and `planned` \(.*\d+\)\.$/,
      ),
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
  const [found, ...others] = togetherWhereAlike([told("start"), told("stop")], ROWS);
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
  expect(togetherWhereAlike(apart, ROWS)).toEqual(apart);
});

describe("where columns are told alike in other numbers", () => {
  const residue = (name: string, value: string, rows: readonly number[], of = 400): Suspicion =>
    told(name, {
      trap: "impossible-value",
      rows: { count: rows.length, sample: rows.slice(0, 10) },
      fix: { action: "advice", text: "Write 0 there." },
      why: `\`${name}\` is ${value} in ${rows.length} rows (${(100 * rows.length) / of} %), and every other value is larger: a computation leaves that.`,
    });
  const upTo = (count: number, from = 0) => Array.from({ length: count }, (_, row) => from + row);

  test("the numbers of each are told, and their rows counted together", () => {
    const [found, ...others] = togetherWhereAlike([residue("a", "1e-14", upTo(10)), residue("b", "2e-14", upTo(100, 50))], ROWS);
    expect(others).toEqual([]);
    expect(found!.why).toMatch(/a computation leaves that\. So it is of `b` \(2e-14 in 100 rows \(25 %\)\)\.$/);
    expect(found!.rows).toEqual({ count: 110, sample: upTo(10) });
    const [same] = togetherWhereAlike([residue("a", "1e-14", upTo(10)), residue("b", "1e-14", upTo(10))], ROWS);
    expect([same!.why, same!.rows.count]).toEqual([expect.stringMatching(/So it is of `b`\.$/), 10]);
    const [named] = togetherWhereAlike([residue("x1", "1e-14", upTo(10)), residue("x3w", "1e-14", upTo(10))], ROWS);
    expect(named!.why).toMatch(/So it is of `x3w`\.$/);
  });

  test("no more rows than there are, and rows that are known once", () => {
    const rowsOf = (...found: Suspicion[]) => togetherWhereAlike(found, ROWS)[0]!.rows;
    expect(rowsOf(residue("a", "1e-14", upTo(300)), residue("b", "2e-14", upTo(200))).count).toBe(ROWS);
    expect(rowsOf(residue("a", "1e-14", upTo(6)), residue("b", "2e-14", upTo(6, 2)))).toEqual({ count: 8, sample: upTo(8) });
    const estimated = { rows: 100, of: 400 };
    const of = (one: Suspicion) => ({ ...one, rows: { ...one.rows, estimated } });
    expect(rowsOf(of(residue("a", "1e-14", upTo(40))), of(residue("b", "2e-14", upTo(80))))).toMatchObject({ count: 120, estimated });
  });

  test("three are shown, and the others counted", () => {
    const many = ["a", "b", "c", "d", "e", "f"].map((name, at) => residue(name, `${at + 1}e-14`, upTo(10)));
    expect(togetherWhereAlike(many, ROWS)[0]!.why).toMatch(
      /So it is of `b` \(2e-14\), `c` \(3e-14\), `d` \(4e-14\) and 2 more with numbers of their own\.$/,
    );
  });
});

const commas = (name: string, cells: number, more: Partial<Suspicion> = {}, decimal = ","): Suspicion => ({
  ...told(name),
  trap: "text-number",
  rows: { count: cells, sample: [] },
  severity: "costly",
  evidence: { decimal, thousands: ["."], units: [], notes: [] },
  fix: { action: "reading", text: `\`${name}\` is read as numbers, here and wherever the model is used.` },
  counterfactual: { change: "undo", features: [], steps: [{ op: "to-category", column: name }], flatters: false },
  why: `\`${name}\`: all ${cells} present cells are numbers written as text, "," before decimals. As names they would lose their order.`,
  ...more,
});

test("columns of numbers with one mark before decimals are one finding, priced and read together", () => {
  const [found, ...others] = togetherWhereAlike([commas("cost", 400), commas("price", 400), commas("fee", 380)], ROWS);
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    columns: ["cost", "price", "fee"],
    rows: { count: 400 },
    fix: { action: "reading", text: "`cost`, `price` and `fee` are read as numbers, here and wherever the model is used." },
    counterfactual: { change: "undo", steps: [{ column: "cost" }, { column: "price" }, { column: "fee" }] },
    why: expect.stringMatching(/order\. So it is of `price` and `fee`\.$/),
  });
});

test("another mark, a unit, a note, a question or the target stand alone", () => {
  const apart = [
    commas("cost", 400),
    commas("point", 400, {}, "."),
    commas("unit", 400, { evidence: { decimal: ",", thousands: [], units: ["kg"], notes: [] } }),
    commas("note", 400, { evidence: { decimal: ",", thousands: [], units: [], notes: ["*"] } }),
    commas("asked", 400, { question: "Amounts?" }),
    commas("target", 400, { counterfactual: null, severity: "harmful" }),
    commas("mended", 400, { fix: { action: "steps", steps: [] } }),
  ];
  expect(togetherWhereAlike(apart, ROWS)).toEqual(apart);
});
