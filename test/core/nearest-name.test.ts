import { expect, test } from "vitest";
import { nearestName } from "../../src/core/nearest-name.ts";

test.each([
  ["chruned", ["age", "churned"], "churned"],
  ["churn", ["age", "has churned ?", "has churned ever?"], "has churned ?"],
  ["Left company", ["salary", "Left the company"], "Left the company"],
  ["c", ["a", "b"], null],
  ["x1", ["x2", "y"], "x2"],
  ["cat", ["dog", "concatenated"], null],
  ["id", ["id_of_the_customer"], null],
  ["anything", [], null],
  ["data", ["eta", "delta"], null],
  ["machines", ["maxBins"], null],
  ["topk", ["tol"], null],
  ["numThreds", ["numThreads", "numTrees"], "numThreads"],
] as const)("%s among %j means %s", (wanted, names, meant) => {
  expect(nearestName(wanted, names)).toBe(meant);
});
