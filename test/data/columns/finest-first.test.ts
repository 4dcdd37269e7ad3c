import { expect, test } from "vitest";
import { finestFirst } from "../../../src/data/columns/finest-first.ts";

test("by different values, then by name, whatever the order of the file", () => {
  const columns = ["b", "a", "d", "c"].map((name) => ({ name, distinct: name === "d" ? 9 : 3 }));
  for (const given of [columns, columns.toReversed()])
    expect(finestFirst(given, ({ distinct }) => distinct).map(({ name }) => name)).toEqual(["d", "a", "b", "c"]);
});
