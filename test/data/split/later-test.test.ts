import { expect, test } from "vitest";
import { besideLaterTest, timeOfLaterTest } from "../../../src/data/split/later-test.ts";
import { proposeSplit } from "../../../src/data/split/split-proposal.ts";
import { coin, contextOf } from "../checks/context.ts";

const [ROWS, TEST] = [400, 100];
const day = (row: number) => Date.UTC(2024, 0, 1) + 86_400_000 * row;

function contexts(dayOf: (row: number) => number) {
  const days = Array.from({ length: ROWS }, (_, row) => day(dayOf(row)));
  const y = coin(ROWS);
  const known = { target: "y", dates: ["day"], roles: { time: "day", declared: [] } };
  const train = ROWS - TEST;
  return {
    training: contextOf({ ...known, columns: { day: days.slice(0, train), y: y.slice(0, train) } }),
    whole: contextOf({ ...known, columns: { day: days, y }, testRows: TEST }),
  };
}

test("where the given test rows are later, the rows that judge within the training rows are later ones too", () => {
  const { training, whole } = contexts((row) => row);
  const laterTest = timeOfLaterTest(training, whole, {});
  expect(laterTest).toBe("day");
  expect(proposeSplit(training, [], { laterTest })).toMatchObject({ split: { policy: "time", by: "day" }, by: ["day"] });
  expect(proposeSplit(training, [], { laterTest }).why).toContain("the given test rows are later by day");
  expect(timeOfLaterTest(training, whole, { "time-leak:day": "any" })).toBeNull();
});

test("a test of any time, or none, says nothing of it", () => {
  const { training, whole } = contexts((row) => (row * 7) % ROWS);
  expect(timeOfLaterTest(training, whole, {})).toBeNull();
  expect(timeOfLaterTest(training, null, {})).toBeNull();
});

test("whether later rows come is not asked where the test answers it", () => {
  const asked = { trap: "time-leak", fix: { action: "split" }, columns: ["day"], question: "Later?", why: "Because." };
  expect(besideLaterTest(asked as never, "day")).toMatchObject({ question: null, why: expect.stringContaining("later by `day`") });
  expect(besideLaterTest(asked as never, null)).toMatchObject({ question: "Later?" });
});
