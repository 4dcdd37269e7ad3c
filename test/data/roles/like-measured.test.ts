import { expect, test } from "vitest";
import { likeMeasured } from "../../../src/data/roles/like-measured.ts";
import { cells, contextOf } from "../checks/context.ts";

const ROWS = 200;

test("each of many long columns is ranked once, and the order of the columns decides nothing", () => {
  const common = cells(ROWS, 1, "s", (random) => random.normal());
  const columns = Object.fromEntries(
    Array.from({ length: 70 }, (_, i) => [
      `v${String(i).padStart(2, "0")}`,
      cells(ROWS, 2 + i, "v", (random, row) => Math.round(4e8 + 3e7 * (random.normal() + (i === 0 || i === 69 ? 2 * common[row]! : 0)))),
    ]),
  );
  const made: string[] = [];
  const answers = (entries: readonly (readonly [string, readonly number[]])[]) => {
    const plain = contextOf({ columns: Object.fromEntries(entries), target: "v00" });
    const shared = <T>(key: string, make: () => T) =>
      plain.shared(key, () => {
        made.push(key);
        return make();
      });
    const context = { ...plain, shared };
    return Object.fromEntries(entries.map(([name, values]) => [name, likeMeasured(context, name, Float64Array.from(values))]));
  };
  const forward = answers(Object.entries(columns));
  expect(made.filter((key) => key.startsWith("ranks of ")).length).toBe(70);
  expect(forward.v69?.related).toBe(true);
  expect(answers(Object.entries(columns).reverse())).toEqual(forward);
});
