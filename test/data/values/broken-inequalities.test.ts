import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { countValues } from "../../../src/data/columns/counts.ts";
import { brokenInequalities } from "../../../src/data/values/broken-inequalities.ts";
import { numbers } from "../table.ts";

const ROWS = 400;
const random = createRandom(6, "broken inequalities");
const column = (name: string, make: (row: number) => number) => ({
  name,
  type: "number" as const,
  values: Float64Array.from(numbers(ROWS, make)),
});

test("a part far above its whole is found behind many columns of fewer values", () => {
  const few = Array.from({ length: 70 }, (_, i) => column(`few ${i}`, () => random.integer(4)));
  const whole = column("ordered", () => 100 + random.integer(1000));
  const part = column("returned", (row) => (row % 90 === 7 ? 5000 + row : Math.floor(random.next() * (whole.values[row] ?? 0))));
  const found = brokenInequalities(
    [...few, whole, part],
    () => false,
    ({ values }) => countValues(values),
  );
  expect(found).toMatchObject([{ part: { name: "returned" }, whole: { name: "ordered" }, broken: 5 }]);
});
