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
