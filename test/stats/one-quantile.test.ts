import fc from "fast-check";
import { expect, test } from "vitest";
import { quantile, quantiles } from "../../src/stats/index.ts";

test("one quantile, found without sorting, is that of the sorted values", () => {
  const numbers = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noDefaultInfinity: true }));
  fc.assert(
    fc.property(fc.array(numbers, { maxLength: 60 }), fc.double({ min: -0.1, max: 1.1, noNaN: true }), (values, q) => {
      const given = [...values];
      expect(quantile(values, q) + 0).toBe((quantiles(values, [q])[0] ?? 0) + 0);
      expect(values).toEqual(given);
    }),
  );
});
