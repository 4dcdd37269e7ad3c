import { expect, test } from "vitest";
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
