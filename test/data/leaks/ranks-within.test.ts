import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { ranksWithin, writtenAsRanks } from "../../../src/data/leaks/ranks-within.ts";
import { contextOf } from "../checks/context.ts";

const RACES = 40;

interface Runner {
  readonly race: number;
  readonly time: number;
  readonly place: number;
  readonly day: number;
}

/** Runners of each race, in the order of the file as they are sorted. */
function runners(sorted: boolean): readonly Runner[] {
  const random = createRandom(1, "races");
  const all = Array.from({ length: RACES }, (_, race) => race).flatMap((race) => {
    const times = Array.from({ length: 4 + random.integer(5) }, () => Math.round(1000 * (50 + 3 * random.normal())) / 1000);
    return times.map((time) => ({ race, time, place: 1 + times.filter((other) => other < time).length, day: Date.UTC(2024, 0, race) }));
  });
  const order = sorted
    ? all.toSorted((a, b) => a.race - b.race || a.place - b.place)
    : [...createRandom(2, "order").shuffle(Int32Array.from(all.keys()))].map((row) => all[row]!);
  return order;
}

function given(all: readonly Runner[], days: (one: Runner) => number = ({ day }) => day) {
  const random = createRandom(3, "weights");
  return contextOf({
    columns: {
      race_id: all.map(({ race }) => `r${race}`),
      day: all.map(days),
      weight: all.map(() => 60 + 8 * random.normal()),
      finished: all.map(({ place }) => place),
      seconds: all.map(({ time }) => time),
    },
    dates: ["day"],
    target: "seconds",
  });
}

test("the place by the target among the rows of a thing is left out, and asked about", () => {
  expect(ranksWithin(given(runners(false)))).toMatchObject([
    { column: "finished", within: "race_id", share: 1, rises: true, asInFile: false },
  ]);
  expect(writtenAsRanks(given(runners(false)))).toMatchObject([
    { severity: "blocker", confidence: 0.95, columns: ["finished"], choices: ["after", "before"] },
  ]);
});

test.each([
  ["a place", (one: Runner, row: number) => (row % 11 === 0 ? { ...one, place: Number.NaN } : one)],
  ["a time", (one: Runner, row: number) => (row % 11 === 0 ? { ...one, time: Number.NaN } : one)],
])("races are looked at in which no runner lacks %s", (_, without) => {
  expect(writtenAsRanks(given(runners(false).map(without)))).toMatchObject([{ columns: ["finished"], confidence: 0.95 }]);
});

test("who gave up has neither a place nor a time", () => {
  const all = runners(false);
  const isLast = ({ race, place }: Runner) => all.every((other) => other.race !== race || other.place <= place);
  const found = writtenAsRanks(given(all.map((one) => (isLast(one) ? { ...one, place: Number.NaN, time: Number.NaN } : one))));
  expect(found).toMatchObject([{ columns: ["finished"], confidence: 0.95, evidence: { things: RACES } }]);
});

test("it only asks where the file stands in that order too", () => {
  expect(writtenAsRanks(given(runners(true)))).toMatchObject([{ columns: ["finished"], confidence: 0.45 }]);
});

test("what grows from visit to visit is in the order of the visits, which a date tells", () => {
  expect(ranksWithin(given(runners(false), ({ day, place }) => day + 86_400_000 * place))).toEqual([]);
});

test("a numbering that the target does not follow is none", () => {
  const random = createRandom(5, "noise");
  expect(ranksWithin(given(runners(false).map((one) => ({ ...one, time: one.time + 3 * random.normal() }))))).toEqual([]);
});

test.each([
  ["a height from visit to visit", 1, (_: number, step: number) => step],
  ["a price from tier to tier, of dear things and cheap ones", 4, (thing: number, step: number) => Math.exp(thing / 8) * step],
])("it only asks where hardly a step is small: %s", (_, first, grown) => {
  const random = createRandom(6, "growth");
  const all = Array.from({ length: RACES }, (__, race) => race).flatMap((race) => {
    let time = first * random.next();
    return Array.from({ length: 5 }, (___, visit) => {
      time += grown(race, 3 + 0.8 * random.normal());
      return { race, time, place: 1 + visit, day: Date.UTC(2024, 0, race) };
    });
  });
  const order = [...createRandom(2, "order").shuffle(Int32Array.from(all.keys()))].map((row) => all[row]!);
  expect(writtenAsRanks(given(order))).toMatchObject([{ columns: ["finished"], confidence: 0.45 }]);
});
