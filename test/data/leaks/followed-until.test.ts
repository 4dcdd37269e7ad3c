import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { endOfStudy, followedUntil } from "../../../src/data/leaks/followed-until.ts";
import { contextOf } from "../checks/context.ts";

const DAY = 86_400_000;
const random = createRandom(1, "followed");
/** Entered on one of 700 days, followed until the 1,000th or until the event. */
const people = Array.from({ length: 400 }, () => {
  const entry = random.integer(700);
  const event = entry + Math.ceil(-600 * Math.log(1 - random.next()));
  return { entry, left: Math.min(1_000, event), died: event < 1_000 ? "yes" : "no" };
});

const table = (columns: Record<string, number[]>, dates: string[] = []) =>
  contextOf({ columns: { ...columns, dc: people.map(({ died }) => died) }, dates, target: "dc" });

test("the longest times are those of rows without the event", () => {
  const found = followedUntil(table({ t: people.map(({ entry, left }) => left - entry) }), "t");
  expect(found?.classIndex).toBe(0);
  expect(found!.longest).toBeGreaterThan(found!.base + 0.2);
});

test("lengths that tell nothing have no such end", () => {
  expect(followedUntil(table({ noise: people.map(() => random.integer(1_000)) }), "noise")).toBeNull();
});

test("the day on which a study ended is the last of many rows, none of them with the event", () => {
  const exits = { exit: people.map(({ left }) => left * DAY) };
  expect(endOfStudy(table(exits, ["exit"]), "exit")).toMatchObject({ day: "1972-09-27", classIndex: 0 });
  expect(endOfStudy(table(exits), "exit")).toBeNull();
  const mixed = { exit: people.map(({ left }, row) => (row % 3 === 0 ? 1_000 : left) * DAY) };
  expect(endOfStudy(table(mixed, ["exit"]), "exit")).toBeNull();
  expect(endOfStudy(table({ entry: people.map(({ entry }) => entry * DAY) }, ["entry"]), "entry")).toBeNull();
});
