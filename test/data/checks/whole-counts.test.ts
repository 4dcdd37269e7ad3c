import { describe, expect, test } from "vitest";
import { type Frame, takeRows } from "../../../src/core/column.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { AuditContext, Check } from "../../../src/data/check.ts";
import { conflictingLabel } from "../../../src/data/checks/conflicting-label.ts";
import { imbalance } from "../../../src/data/checks/imbalance.ts";
import { impossibleValue } from "../../../src/data/checks/impossible-value.ts";
import { nearConstant } from "../../../src/data/checks/near-constant.ts";
import { nullSpelling } from "../../../src/data/checks/null-spelling.ts";
import { sentinel } from "../../../src/data/checks/sentinel.ts";
import { inspectFirst } from "../../../src/data/inspect.ts";
import { readTrainingLabels } from "../../../src/data/labels/label-reading.ts";
import { frameCounts } from "../frame-counts.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 3000;
const random = createRandom(4, "sampled");
const levels = numbers(ROWS, () => random.integer(15));
const age = levels.map((level) => (random.next() < 0.06 ? -999 : 20 + 3 * level));
const table = tableOf([
  ["age", age],
  ["income", levels.map((level) => (random.next() < 0.04 ? -999 : 1000 + 17 * level + random.integer(3)))],
  ["code", numbers(ROWS, () => random.integer(9))],
  ["bought", levels.map((level) => (random.next() < 0.2 + 0.04 * level ? "yes" : "no"))],
  ["paid", levels.map((level) => level + random.integer(3))],
]);

/** Every fifth row is loaded. */
function sampled(target: string): { whole: AuditContext; sample: AuditContext } {
  const whole = contextOf(table, target);
  const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
  const frame: Frame = { ...takeRows(table.frame, rowNumbers), rowNumbers };
  const sample = contextOf({ dataset: table.dataset, frame }, target);
  return { whole, sample: { ...sample, whole: frameCounts(table.frame) } };
}

const look = async (check: Check, context: AuditContext) => (await check.inspect(context)).filter(({ trap }) => trap === check.trap);

describe("of a sample", () => {
  test("a code for missing is counted over the whole table: rows, shares and sentence are those of all rows", async () => {
    const { whole, sample } = sampled("bought");
    const [all, seen] = [await look(sentinel, whole), await look(sentinel, sample)];
    expect(seen).toHaveLength(1);
    expect(seen[0]!.rows.count).toBe(all[0]!.rows.count);
    expect(seen[0]!.rows).not.toHaveProperty("estimated");
    expect(seen[0]!.rows.sample.every((row) => row % 5 === 0)).toBe(true);
    expect(seen[0]!.evidence.largestShare).toBe(all[0]!.evidence.largestShare);
    expect(seen[0]!.why.split(" of its rows")[0]).toBe(all[0]!.why.split(" of its rows")[0]);
  });

  test("what the audit says of values is counted over the whole table: spellings of missing, a strange value of a flag, labels", async () => {
    const flags = levels.map((level, row) => ([5, 7, 1005].includes(row) ? 12 : Number(level > 7)));
    const answers = levels.map((level, row) => (row % 10 === 3 || row % 50 === 0 ? "?" : level > 7 ? "yes" : "no"));
    const words = levels.map((level, row) => (row % 10 === 4 || row % 50 === 0 ? "unknown" : `k${level % 4}`));
    const all = tableOf([
      ["flag", flags],
      ["kind", words],
      ["answer", answers],
    ]);
    const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
    const frame: Frame = { ...takeRows(all.frame, rowNumbers), rowNumbers };
    const { suspicions } = readTrainingLabels({ dataset: all.dataset, frame }, "answer", {});
    const sample = { ...contextOf({ dataset: all.dataset, frame }, "answer"), whole: frameCounts(all.frame), labels: suspicions };
    const { found } = await inspectFirst(sample, [impossibleValue, nullSpelling], {});
    const told = found.map(({ columns, rows }) => [columns.join(), rows]);
    const isIn = (name: string) => found.find(({ columns }) => columns.join() === name)!;
    expect(told).toHaveLength(3);
    expect(isIn("flag").rows).toEqual({ count: 3, sample: expect.anything() });
    expect(isIn("kind").rows.count).toBe(360);
    expect(isIn("answer").rows.count).toBe(360);
    expect(isIn("flag").why).toContain("is 12 in 3 rows (0.1 %)");
    expect(isIn("flag").why).not.toContain("Counted in a sample");
    expect(isIn("kind").why).toContain(" Counted in a sample of 600 of the 3,000 rows; 360 in all.");
  });

  test("strange numbers have their share of all rows, and no figure of the sample", async () => {
    const flags = levels.map((level, row) => ([5, 7, 1005, 2007].includes(row) ? 12 : Number(level > 7)));
    const wind = numbers(ROWS, () => Math.round(100 * Math.abs(10 + 4 * random.normal())) / 100).with(1003, 1e6);
    const line = [6, 55, 149, 168, 115, 60, 26, 12, 5, 4].flatMap((rows, value) => Array<number>(rows).fill(value));
    const kids = numbers(ROWS, (row) => (row === 1004 || row === 2000 ? 57 : line[Math.floor(row / 5)]!));
    const all = tableOf([
      ["flag", flags],
      ["wind", wind],
      ["kids", kids],
      ["answer", levels.map((level) => (level > 7 ? "yes" : "no"))],
    ]);
    const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
    const frame: Frame = { ...takeRows(all.frame, rowNumbers), rowNumbers };
    const sample = { ...contextOf({ dataset: all.dataset, frame }, "answer"), whole: frameCounts(all.frame) };
    const { found } = await inspectFirst(sample, [impossibleValue], {});
    const whyOf = (name: string) => found.find(({ columns }) => columns.join() === name)?.why;
    expect(whyOf("flag")).toContain("`flag` is 12 in 4 rows (0.1 %)");
    expect(whyOf("wind")).toContain("`wind` is 1,000,000 in 1 row (0.03 %)");
    expect(whyOf("kids")).toContain("`kids` is 57 in 2 rows (0.07 %)");
    for (const { why, rows } of found) expect([why, rows.estimated]).toEqual([expect.not.stringContaining("sample"), undefined]);
  });

  test("the rows without the one value of a column are counted over the whole table where the sample holds all other values", async () => {
    const flag = numbers(ROWS, (row) => (row % 500 === 5 || row % 600 === 7 ? 1 : 0));
    const look = async (flags: readonly number[]) => {
      const all = tableOf([
        ["flag", flags],
        ["level", levels],
        ["answer", levels.map((level) => (level > 7 ? "yes" : "no"))],
      ]);
      const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
      const frame: Frame = { ...takeRows(all.frame, rowNumbers), rowNumbers };
      const sample = { ...contextOf({ dataset: all.dataset, frame }, "answer"), whole: frameCounts(all.frame) };
      return (await inspectFirst(sample, [nearConstant], {})).found[0]!;
    };
    expect(await look(flag)).toMatchObject({ rows: { count: 11 }, why: expect.stringContaining("of the 3,000 rows; 11 in all.") });
    // What else there is the sample does not say.
    expect((await look(flag.with(8, 2))).rows.estimated).toBeDefined();
  });

  test.each([
    ["no", "yes"],
    [0, 1],
  ])("rows of the rarer class are counted over the whole table: %s, %s", async (no, yes) => {
    const all = tableOf([
      ["level", levels],
      ["answer", levels.map((_, row) => (row % 100 === 5 || row === 7 ? yes : no))],
    ]);
    const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
    const frame: Frame = { ...takeRows(all.frame, rowNumbers), rowNumbers };
    const sample = { ...contextOf({ dataset: all.dataset, frame }, "answer"), whole: frameCounts(all.frame) };
    const { found } = await inspectFirst(sample, [imbalance], {});
    expect(found).toMatchObject([{ rows: { count: 31 }, why: expect.stringContaining("of the 3,000 rows; 31 in all") }]);
  });

  test("values that cannot be are found in rows that no sample holds", async () => {
    const wrong = tableOf([
      ["age", age.map((value, row) => (row % 1000 === 3 ? 455 : value))],
      ["bought", levels.map((level) => (level > 7 ? "yes" : "no"))],
    ]);
    const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
    const frame: Frame = { ...takeRows(wrong.frame, rowNumbers), rowNumbers };
    const sample = { ...contextOf({ dataset: wrong.dataset, frame }, "bought"), whole: frameCounts(wrong.frame) };
    const [found] = await look(impossibleValue, sample);
    expect(found).toMatchObject({ columns: ["age"], rows: { count: 3, sample: [] }, fix: { steps: [{ op: "null-out", values: [455] }] } });
  });

  test("a value that no tail reaches is asked about where no sample holds it, and ordinary extremes are not", async () => {
    const wind = numbers(ROWS, () => Math.round(100 * Math.abs(10 + 4 * random.normal())) / 100);
    const asked = async (values: readonly number[]) => {
      const all = tableOf([
        ["wind", values],
        ["bought", levels.map((level) => (level > 7 ? "yes" : "no"))],
      ]);
      const rowNumbers = Int32Array.from({ length: ROWS / 5 }, (_, row) => 5 * row);
      const frame: Frame = { ...takeRows(all.frame, rowNumbers), rowNumbers };
      return look(impossibleValue, { ...contextOf({ dataset: all.dataset, frame }, "bought"), whole: frameCounts(all.frame) });
    };
    expect(await asked(wind)).toEqual([]);
    const [found] = await asked(wind.with(1003, 1e6));
    expect(found).toMatchObject({ columns: ["wind"], rows: { count: 1 }, evidence: { values: [1e6] } });
  });

  test.each(["bought", "paid"])("conflicting labels are those of the whole table, and so is the bound: %s", async (target) => {
    const { whole, sample } = sampled(target);
    const [all, seen] = [await look(conflictingLabel, whole), await look(conflictingLabel, sample)];
    expect(seen).toHaveLength(1);
    expect(seen[0]!.rows.count).toBe(all[0]!.rows.count);
    expect(seen[0]!.rows).not.toHaveProperty("estimated");
    for (const name of ["conflictingRows", "share", "groups"] as const) expect(seen[0]!.evidence[name]).toBe(all[0]!.evidence[name]);
    for (const name of ["bestAccuracy", "bestAuc", "bestR2"] as const) {
      const [mine, theirs] = [seen[0]!.evidence[name], all[0]!.evidence[name]];
      if (typeof theirs === "number") expect(mine).toBeCloseTo(theirs, 10);
      else expect(mine).toBe(theirs);
    }
  });
});
