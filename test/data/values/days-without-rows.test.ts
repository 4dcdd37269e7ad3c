import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { irregularTime } from "../../../src/data/checks/irregular-time.ts";
import { daysWithoutRows } from "../../../src/data/values/days-without-rows.ts";
import { coin, contextOf } from "../checks/context.ts";

const DAY = 86_400_000;
const START = Date.UTC(2023, 2, 1);

/** Twelve rows a day at times of their own; none on the days that are left out. */
function times(days: number, leaves: (day: number) => boolean, each = 12): number[] {
  const random = createRandom(5, "days");
  return Array.from({ length: days }, (_, day) => day)
    .filter((day) => !leaves(day))
    .flatMap((day) => Array.from({ length: each }, () => START + day * DAY + Math.floor(random.next() * DAY)))
    .sort((a, b) => a - b);
}

const found = (own: readonly number[]) => daysWithoutRows(Float64Array.from(own));

test("two days in a row without a row, where every other day has some, are told with their date", async () => {
  const own = times(120, (day) => day === 40 || day === 41 || day === 90);
  expect(found(own)).toEqual({ stretches: [{ from: START + 40 * DAY, days: 2 }], daysWithRows: 117, usual: 12, few: 12 });
  const context = contextOf({ columns: { seen: own, y: coin(own.length) }, dates: ["seen"], target: "y" });
  const told = await irregularTime.inspect(context);
  expect(told).toMatchObject([
    { columns: ["seen"], severity: "cosmetic", evidence: { daysWithout: 2, stretches: [{ from: "2023-04-10", days: 2 }] } },
  ]);
  // Rows that stand in another order have times all the same.
  const mixed = own.map((_, row) => own[(row * 7919) % own.length]!);
  const shuffled = contextOf({
    columns: { place: mixed.map((_, row) => `p${row % 9}`), seen: mixed, y: coin(own.length) },
    dates: ["seen"],
    target: "y",
  });
  expect(await irregularTime.inspect(shuffled)).toMatchObject([{ columns: ["seen"], evidence: { daysWithout: 2 } }]);
  expect(told[0]?.why).toContain("1 stretch of days has no row, beginning with 2023-04-10 (2 days)");
});

test("weekends, single days, few rows a day, too many days and the turn of the year are none", () => {
  const isWeekend = (day: number) => [0, 6].includes(new Date(START + day * DAY).getUTCDay());
  expect(found(times(120, isWeekend))).toBeNull();
  // A Friday and the Monday after it.
  expect(found(times(120, (day) => isWeekend(day) || day === 44 || day === 47))).toBeNull();
  expect(found(times(120, (day) => isWeekend(day) || (day >= 40 && day <= 44)))?.stretches).toEqual([{ from: START + 40 * DAY, days: 5 }]);
  expect(found(times(120, (day) => day % 30 === 7))).toBeNull();
  expect(found(times(120, (day) => day === 40 || day === 41, 3))).toBeNull();
  expect(found(times(120, (day) => day % 10 < 2))).toBeNull();
  const turn = (day: number) => START + day * DAY >= Date.UTC(2023, 11, 24) && START + day * DAY <= Date.UTC(2024, 0, 2);
  expect(found(times(400, turn))).toBeNull();
});
