import { expect, test, vi } from "vitest";
import { likeMeasured } from "../../../src/data/roles/like-measured.ts";
import * as stats from "../../../src/stats/index.ts";
import { cells, contextOf } from "../checks/context.ts";

vi.mock("../../../src/stats/index.ts", { spy: true });

const ROWS = 200;

test("each of many long columns is ranked once, and the order of the columns decides nothing", () => {
  const shared = cells(ROWS, 1, "s", (random) => random.normal());
  const columns = Object.fromEntries(
    Array.from({ length: 70 }, (_, i) => [
      `v${String(i).padStart(2, "0")}`,
      cells(ROWS, 2 + i, "v", (random, row) => Math.round(4e8 + 3e7 * (random.normal() + (i === 0 || i === 69 ? 2 * shared[row]! : 0)))),
    ]),
  );
  const answers = (entries: readonly (readonly [string, readonly number[]])[]) => {
    const context = contextOf({ columns: Object.fromEntries(entries), target: "v00" });
    return Object.fromEntries(entries.map(([name, values]) => [name, likeMeasured(context, name, Float64Array.from(values))]));
  };
  const forward = answers(Object.entries(columns));
  expect(vi.mocked(stats.ranks)).toHaveBeenCalledTimes(70);
  expect(forward.v69?.related).toBe(true);
  expect(answers(Object.entries(columns).reverse())).toEqual(forward);
});
