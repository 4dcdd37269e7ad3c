import { expect, test } from "vitest";
import { createRandom } from "../../../src/core/random.ts";
import { siblingTarget } from "../../../src/data/checks/sibling-target.ts";
import { otherFormOf } from "../../../src/data/meaning/other-form.ts";
import { inspect, numbers, tableOf } from "../table.ts";

test.each([
  ["CVD Risk Score", "CVD Risk Level", "score"],
  ["depression_score", "depression_class", "score"],
  ["RNAcens", "RNA", "mark"],
  ["censored_rna", "rna", "mark"],
  ["away_score", "home_score", "side"],
  ["loserPoints", "winnerPoints", "side"],
  ["SE", "Rate", "error"],
  ["rate_standard_error", "rate", "error"],
  ["margin of error", "estimate", "error"],
  ["Se", "Y", "error"],
])("%s is another form of %s", (name, target, how) => {
  expect(otherFormOf(name, target)?.how).toBe(how);
});

test.each([
  ["credit_score", "risk_level"],
  ["score", "level"],
  ["rna", "RNA"],
  ["censored", "age"],
  ["away_team", "home_score"],
  ["home", "away"],
  ["petal_length", "sepal_length"],
  ["error", "rate"],
  ["other_se", "rate"],
  ["Se", "Ni"],
])("%s says nothing of %s", (name, target) => {
  expect(otherFormOf(name, target)).toBeNull();
});

test("it is asked about whatever the values tell", async () => {
  const random = createRandom(2, "forms");
  const table = tableOf([
    ["away_score", numbers(300, () => random.integer(40))],
    ["weight", numbers(300, () => random.normal())],
    ["home_score", numbers(300, () => random.integer(40))],
  ]);
  expect(await inspect(siblingTarget, table, "home_score", { task: { task: "regression" } })).toMatchObject([
    { columns: ["away_score"], evidence: { form: "side", sharedStem: "score" } },
  ]);
});
