import { describe, expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { postOutcome } from "../../../src/data/checks/post-outcome.ts";
import { laterTwins } from "../../../src/data/leaks/later-twins.ts";
import { contextOf, inspect, numbers, tableOf } from "../table.ts";

const ROWS = 1500;

interface Made {
  readonly earlier?: string;
  readonly later?: string;
  /** What the outcome moves the later one by, in standard deviations of the first. */
  readonly moved: number;
  readonly error?: number;
  readonly factor?: number;
  readonly seed?: number;
  readonly cause?: number;
}

function scores({ earlier = "score", later = "score_current", moved, error = 0.4, factor = 1, seed = 1, cause = 1 }: Made) {
  const random = createRandom(seed, "scores");
  const latent = numbers(ROWS, () => random.normal());
  const y = latent.map((one) => Number(random.next() < 1 / (1 + Math.exp(2 + cause * one))));
  return tableOf([
    [earlier, latent.map((one) => 1000 + 100 * (one + error * random.normal()))],
    [later, latent.map((one, row) => factor * (1000 + 100 * (one + error * random.normal() - moved * y[row]!)))],
    ["x", numbers(ROWS, () => random.normal())],
    ["y", y.map((one) => (one === 1 ? "default" : "paid"))],
  ]);
}

const found = (made: Made) => laterTwins(contextOf(scores(made), "y"));

describe("one thing at two times", () => {
  test("is asked about where the outcome has moved the later one, whatever the word", async () => {
    expect(found({ moved: 1.2 })).toMatchObject([{ earlier: "score", later: "score_current", word: "current" }]);
    expect(found({ moved: 1.2, later: "score_b" })).toMatchObject([{ later: "score_b", word: null }]);
    expect(found({ moved: 1.2, later: "score_p1" })).toMatchObject([{ later: "score_p1", word: null }]);
    expect(found({ moved: 1.2, earlier: "score_b", later: "score" })).toMatchObject([{ earlier: "score_b", later: "score", word: null }]);
    const [asked, ...more] = (await inspect(postOutcome, scores({ moved: 1.2, later: "score_güncel" }), "y")).filter(
      ({ evidence }) => evidence.kind === "later-twin",
    );
    expect(more).toEqual([]);
    expect(asked).toMatchObject({ columns: ["score_güncel"], severity: "harmful", choices: ["after", "before"] });
    expect(asked!.confidence).toBeLessThan(0.5);
    const known = { knownAt: { score_current: "before" as const } };
    expect(
      (await inspect(postOutcome, scores({ moved: 1.2 }), "y", known)).filter(({ evidence }) => evidence.kind === "later-twin"),
    ).toEqual([]);
  });

  test("by its name alone where it tells of the target, which two measurements of one thing do as well", () => {
    expect(found({ moved: 0 })).toHaveLength(1);
    expect(found({ moved: 0, cause: 0 })).toEqual([]);
    expect(found({ moved: 0, later: "score_b" })).toEqual([]);
  });

  test("says what tells the target: the difference, or the later one alone", async () => {
    const why = async (made: Made) =>
      (await inspect(postOutcome, scores(made), "y")).find(({ evidence }) => evidence.kind === "later-twin")!;
    const moved = await why({ moved: 1.2 });
    expect(moved.why).toMatch(/; their difference tells the target: .* known no earlier, or what lies between them is a cause\.$/);
    expect(moved.evidence.of).toBe("difference");
    const honest = await why({ moved: 0 });
    expect(honest.why).toMatch(/; `score_current` tells the target: .* known no earlier\.$/);
    expect(honest.evidence).toMatchObject({ of: "later", direction: -1 });
  });

  test("is none where the one tells all that the two tell: the income of a household, of which a person's is a part", () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = createRandom(seed, "household");
      const income = numbers(3 * ROWS, () => 3000 + 700 * random.normal());
      const household = income.map((one) => one + 900 + 880 * random.normal());
      // In half of them who earns alone is a lower risk still.
      const odds = household.map((one, row) => 1 + (one - 3900) / 300 + (seed % 2) * ((income[row]! - 3000) / 1500));
      const y = odds.map((one) => (random.next() < 1 / (1 + Math.exp(one)) ? "default" : "paid"));
      const table = tableOf([
        ["income", income],
        ["income_household", household],
        ["y", y],
      ]);
      expect(laterTwins(contextOf(table, "y"))).toEqual([]);
    }
  });

  test("is none of other scales, unlike columns, other amounts of it, earlier ones, and names that differ in more than a word", () => {
    expect(found({ moved: 1.2, factor: 4 })).toEqual([]);
    expect(found({ moved: 1.2, factor: 1.3, later: "score_b" })).toEqual([]);
    expect(found({ moved: 1.2, error: 2 })).toEqual([]);
    expect(found({ moved: 1.2, later: "score_max" })).toEqual([]);
    expect(found({ moved: 1.2, later: "score_used" })).toEqual([]);
    expect(found({ moved: 1.2, later: "score_2" })).toEqual([]);
    expect(found({ moved: 1.2, later: "previous_score" })).toEqual([]);
    expect(found({ moved: 1.2, later: "rating_of_bureau" })).toEqual([]);
    expect(found({ moved: 1.2, later: "score_of_b" })).toEqual([]);
  });

  test("hardly ever by chance, where both are measurements of one cause", () => {
    for (let seed = 0; seed < 100; seed++)
      expect(found({ moved: 0, later: "score_b", seed, cause: seed % 3, error: 0.2 + 0.1 * (seed % 5) })).toEqual([]);
  });
});
