import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { coin, contextOf } from "../checks/context.ts";

const ROWS = 400;
const columns = { day: Array.from({ length: ROWS }, (_, row) => (row * 7) % ROWS), y: coin(ROWS) };

test("a split by time needs a time, declared or found; the order of the rows is asked for as blocks", () => {
  const unknown = contextOf({ columns, target: "y" });
  expect(() => proposeSplit(unknown, [], { policy: "time" })).toThrow(/bad-option[\s\S]*--time COLUMN[\s\S]*--split blocks/);
  expect(proposeSplit(unknown, [], { policy: "blocks" })).toMatchObject({
    split: { policy: "blocks", by: null },
    why: "asked for, by the order of the rows",
  });
  const known = contextOf({ columns, target: "y", roles: { time: "day" } });
  expect(proposeSplit(known, [], { policy: "time" })).toMatchObject({
    split: { policy: "time", by: "day" },
    by: ["day"],
    why: "asked for, by day",
  });
});

test("where each time stands once for each of several things, whether labels last is seen within the things", () => {
  const [things, times] = [3, 20];
  const table = (rowsOf: (thing: number, time: number) => number) => {
    const all = Array.from({ length: things * times }, (_, row) => ({ thing: Math.floor(row / times), time: row % times }));
    return contextOf({
      columns: {
        year: all.map(({ time }) => 2001 + time),
        source: all.map(({ thing }) => ["coal", "wind", "water"][thing]!),
        amount: all.map(({ thing, time }) => rowsOf(thing, time)),
      },
      target: "amount",
      roles: { time: "year", declared: ["amount"] },
    });
  };
  // Rows of one year stand together: of three things that differ far more than their years do.
  const growing = table((thing, time) => 1000 * thing + (thing === 1 ? -time : time) + 0.3 * ((time * 7) % 5));
  const { split, why } = proposeSplit(growing, []);
  expect(split.policy).toBe("random");
  expect(why).toMatch(/within source labels persist along year \(z \d/);
  expect(why).not.toMatch(/no time|do not persist/);
  const restless = proposeSplit(
    table((thing, time) => 1000 * thing + ((time * 7919 + thing * 104729) % 101)),
    [],
  );
  expect(restless.why).toMatch(/no time[\s\S]*labels do not persist along year/);
});

test("what the user has answered is not said of the nearest rows", () => {
  const context = contextOf({ columns, target: "y" });
  const split = { policy: "group", by: ["sku"], folds: 5 };
  const answered = (trap: string, evidence: object) =>
    proposeSplit(context, [{ trap, columns: ["sku"], confidence: 1, fix: { action: "split", split }, evidence } as unknown as Suspicion]);
  const measured = { openError: 0.2, closedError: 0.3 };
  expect(answered("group-leak", { icc: 0.3 })).toMatchObject({ why: "you said that new sku will come", split });
  expect(answered("group-leak", { icc: 0.3 }).byNearestRows).toBeUndefined();
  expect(answered("group-leak", measured)).toMatchObject({ byNearestRows: true, why: expect.stringContaining("nearest rows") });
  const cut = {
    trap: "group-leak",
    columns: ["sku"],
    confidence: 1,
    fix: { action: "split", split: { ...split, cut: "^(.)" } },
    evidence: {},
  };
  expect(proposeSplit(context, [cut as unknown as Suspicion]).why).toBe("you said that new front parts of sku will come");
  const ofFile = (evidence: object) =>
    proposeSplit(context, [
      {
        trap: "time-leak",
        columns: [],
        confidence: 1,
        fix: { action: "split", split: { policy: "blocks", by: null, folds: 5 } },
        evidence,
      } as unknown as Suspicion,
    ]);
  expect(ofFile({ shown: false }).why).toBe("you said that the rows stand as they were collected, and that new cases come later");
  expect(ofFile(measured)).toMatchObject({ byNearestRows: true });
});
