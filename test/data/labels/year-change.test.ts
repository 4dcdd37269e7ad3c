import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { labelShiftInTime } from "../../../src/data/checks/label-shift-in-time.ts";
import { contextOf, numbers, tableOf } from "../table.ts";

const [DAYS, DAY] = [1095, 86_400_000];

interface Made {
  /** What the visits of a day are times, by the day from 0 on. */
  readonly times?: (day: number) => number;
  readonly season?: number;
  readonly groups?: number;
  /** The second half of the groups begins on this day. */
  readonly opened?: number;
  readonly days?: number;
  /** Categories of chance that stand before the pool. */
  readonly chance?: number;
}

async function asked({ times = () => 1, season = 0.9, groups = 3, opened = 0, days = DAYS, chance = 0 }: Made) {
  const random = createRandom(3, "years");
  const rows = Array.from({ length: days * groups }, (_, i) => ({ day: Math.floor(i / groups), group: i % groups })).filter(
    ({ day, group }) => day >= opened || 2 * group < groups,
  );
  const visits = rows.map(({ day, group }) =>
    Math.round(
      200 * (2 * group >= groups ? 4 : 1) * times(day) * Math.exp(season * Math.sin((2 * Math.PI * day) / 365.25) + 0.3 * random.normal()),
    ),
  );
  const table = tableOf([
    ["day", rows.map(({ day }) => new Date(Date.UTC(2021, 0, 1) + day * DAY))],
    ...Array.from({ length: chance }, (_, i): [string, string[]] => [`c${i}`, rows.map(() => `l${random.integer(3)}`)]),
    ["pool", rows.map(({ group }) => `p${group}`)],
    ["staff", numbers(rows.length, () => random.integer(20))],
    ["visits", visits],
  ]);
  return labelShiftInTime.inspect(contextOf(table, "visits", { roles: { time: "day" }, task: { task: "regression" } }));
}

test.each<[string, number]>([
  ["doubled", 2],
  ["halved", 0.5],
])("what is %s from a date on within a season is asked about with that date", async (_, factor) => {
  const [found, ...more] = await asked({ times: (day) => (day < 638 ? 1 : factor) });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ columns: ["visits", "day"], choices: ["no", "yes"], evidence: { overYears: true } });
  expect(found!.confidence).toBeLessThan(0.5);
  expect(found!.evidence).toHaveProperty("ratio", expect.closeTo(factor, 1));
  expect(found!.evidence).toHaveProperty("usual", expect.closeTo(1, 1));
  const at = (Date.parse(String(found!.evidence.at)) - Date.UTC(2021, 0, 1)) / DAY;
  expect(Math.abs(at - 638)).toBeLessThan(3);
});

test.each<[string, Made]>([
  ["of a season alone", {}],
  ["of growth, year for year", { times: (day) => 1.5 ** (day / 365) }],
  ["of growth that sets in slowly", { times: (day) => 1 + Math.max(0, day - 500) / 300 }],
  ["of one year that did not fall as the others do", { times: (day) => 0.4 ** Math.floor(day / 365) * (day < 638 ? 1 : 2.4), days: 1460 }],
  ["of a step of the size of the growth", { times: (day) => 1.6 ** Math.floor(day / 365) * (day < 638 ? 1 : 1.9), days: 1460 }],
  ["of half a year that was poor", { times: (day) => (day > 450 && day < 640 ? 0.4 : 1) }],
  ["where other pools open, behind five other categories", { groups: 4, opened: 638, chance: 5 }],
  ["where other pools open", { groups: 4, opened: 638 }],
  ["of less than a year and a half", { times: (day) => (day < 300 ? 1 : 2), days: 480 }],
])("silent %s", async (_, made) => {
  expect((await asked(made)).filter(({ evidence }) => evidence.overYears === true)).toEqual([]);
});
