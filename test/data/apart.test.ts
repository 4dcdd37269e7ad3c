import { describe, expect, test } from "vitest";
import { NO_TIME } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import { beginApart, expectChecks } from "../../src/data/apart.ts";
import { CHECKS } from "../../src/data/checks/index.ts";
import { inspectAll } from "../../src/data/inspect.ts";
import { contextOf, numbers, tableOf } from "./table.ts";

const ROWS = 1200;

/** Rows twice but for a little noise, inches among centimetres, another source from row 900 on, and made rows between those of the rarer class. */
function troubled() {
  const random = createRandom(1, "apart");
  const own = Array.from({ length: 4 }, () => numbers(ROWS, () => 10 * random.normal()));
  const near = (values: number[]) => values.map((value, row) => (row >= 600 && row < 700 ? values[row - 600]! + 1e-7 : value));
  const [a, b, c, d] = own.map((values, place) => near(values).map((value, row) => value + (row >= 900 ? 12 * (place + 1) : 0)));
  return tableOf([
    ["a", a!],
    ["b", b!],
    ["c", c!],
    ["d", d!],
    ["height_cm", numbers(ROWS, () => (random.next() < 0.2 ? 1 / 2.54 : 1) * (170 + 8 * random.normal()))],
    ["source", numbers(ROWS, () => random.integer(4)).map((code) => "pqrs"[code] ?? "")],
    ["y", numbers(ROWS, () => random.integer(2)).map((code) => ["no", "yes"][code] ?? "")],
  ]);
}

/** Weights with their unit, and a town in two spellings. */
function written() {
  const random = createRandom(2, "apart");
  const town = () => ["Paris", "paris", "Rome", "Rome", "Rome"][random.integer(5)] ?? "";
  return tableOf([
    ["weight", numbers(ROWS, () => 10 + 5 * random.next()).map((weight) => `${weight.toFixed(1)} kg`)],
    ["town", numbers(ROWS, () => 0).map(town)],
    ["y", numbers(ROWS, () => random.integer(2)).map((code) => ["no", "yes"][code] ?? "")],
  ]);
}

describe("checks in a thread of their own", () => {
  test("find in texts what they find in this one", async () => {
    const begun = beginApart(contextOf(written(), "y"), CHECKS, { threads: 2, leftMs: Number.POSITIVE_INFINITY, least: 0 });
    const looked = await begun!.found;
    expect(looked).toEqual(await Promise.all(begun!.checks.map((check) => inspectAll(contextOf(written(), "y"), [check], {}))));
    const traps = new Set(looked.flatMap((one) => one!.found.map(({ trap }) => trap)));
    expect([...traps].sort()).toEqual(["spelling-variant", "text-number"]);
    await begun!.stop();
  });

  test("find what they find in this one, in their order", async () => {
    const begun = beginApart(contextOf(troubled(), "y"), CHECKS, { threads: 2, leftMs: Number.POSITIVE_INFINITY, least: 0 });
    const looked = await begun!.found;
    const here = await Promise.all(begun!.checks.map((check) => inspectAll(contextOf(troubled(), "y"), [check], {})));
    expect(looked).toEqual(here);
    expect(looked.flatMap((one) => one!.found.map(({ trap }) => trap))).toEqual(["near-duplicate", "unit-mix", "appended-rows"]);
    expect(looked.flatMap((one) => one!.unchecked)).toEqual([]);
    await begun!.stop();
  });

  test("may be taken from it before it begins them: each is made once, also by a thread that had waited for them", async () => {
    expectChecks(3e6, 2, 2);
    const begun = beginApart(contextOf(troubled(), "y"), CHECKS, { threads: 2, leftMs: Number.POSITIVE_INFINITY, least: 0 });
    const last = begun!.checks.length - 1;
    expect([begun!.take(last), begun!.take(last)]).toEqual([true, false]);
    const looked = await begun!.found;
    expect(looked.map((one) => one === null)).toEqual(begun!.checks.map((_, place) => place === last));
    expect(begun!.take(0)).toBe(false);
    await begun!.stop();
  });

  test("ask nothing of the database: of a sample they find the same", async () => {
    const { dataset, frame } = troubled();
    const rowNumbers = Int32Array.from({ length: ROWS }, (_, row) => 3 * row);
    const context = contextOf({ dataset: { ...dataset, rows: 3 * ROWS }, frame: { ...frame, rowNumbers } }, "y");
    const begun = beginApart(context, CHECKS, { threads: 2, leftMs: Number.POSITIVE_INFINITY, least: 0 });
    const looked = await begun!.found;
    expect(looked.flatMap((one) => one!.unchecked)).toEqual([]);
    expect(looked).toEqual(await Promise.all(begun!.checks.map((check) => inspectAll(context, [check], {}))));
  });

  test("without time left they are unchecked; stopped they never answer; without a second thread, or with few cells, they are not begun", async () => {
    const context = contextOf(troubled(), "y");
    const late = beginApart(context, CHECKS, { threads: 2, leftMs: 0.001, least: 0 });
    const [first] = await late!.found;
    expect(first).toEqual({ found: [], unchecked: [{ trap: late!.checks[0]!.trap, why: NO_TIME }] });
    const stopped = beginApart(context, CHECKS, { threads: 2, leftMs: 1e6, least: 0 });
    await stopped!.stop();
    await expect(stopped!.found).rejects.toThrow("the thread of the checks ended");
    expect(beginApart(context, CHECKS, { threads: 1, leftMs: 1e6, least: 0 })).toBeNull();
    expect(beginApart(context, CHECKS, { threads: 2, leftMs: 1e6 })).toBeNull();
  });

  test("of two threads more cells are asked than of three", async () => {
    const context = contextOf(troubled(), "y");
    const cells = (count: number) => ({ ...context, frame: { ...context.frame, rows: Math.ceil(count / context.frame.columns.length) } });
    const begun = async (count: number, threads: number) => {
      const apart = beginApart(cells(count), CHECKS, { threads, leftMs: 1e6 });
      await apart?.stop();
      return apart !== null;
    };
    expect(await Promise.all([begun(1e6, 2), begun(5e6, 2), begun(4e5, 3), begun(1e6, 3)])).toEqual([false, true, false, true]);
  });
});
