import { expect, test } from "vitest";
import { quantityIn } from "../../../src/data/meaning/quantity.ts";

test("a day beside a month is one of its days; alone it may count days", () => {
  expect(quantityIn("day", ["year", "Month", "day"])).toMatchObject({ low: 0, high: 31 });
  expect(quantityIn("Tag", ["Monat", "Tag"])).toMatchObject({ high: 31 });
  expect(quantityIn("day", ["day", "monthly_rate"])).toBeNull();
  expect(quantityIn("humidity", ["humidity", "month"])).toMatchObject({ high: 110 });
});
