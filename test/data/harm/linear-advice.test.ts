import { expect, test } from "vitest";
import type { Finding } from "../../../src/core/finding.ts";
import type { Roles } from "../../../src/core/role.ts";
import { skewed } from "../../../src/data/checks/skewed.ts";
import { adviceForFeatures, concernsNoFeature } from "../../../src/data/harm/linear-advice.ts";
import { contextWith, normals } from "../checks/linear-table.ts";

const factors = (seed: number) => normals(seed).map((value) => Math.exp(2.2 * value));
const [a, b] = [factors(1), factors(4)];
const roles = (features: string[]) => ({ target: "y", features }) as unknown as Roles;

const found = async () =>
  (await skewed.inspect(contextWith({ a, b })))
    .filter(({ columns }) => columns.join() === "a,b")
    .map((one) => ({ ...one, state: "open" }) as unknown as Finding);

test("logarithms are advised of the columns that are left, and not at all where none is", async () => {
  const findings = await found();
  expect(findings.length).toBeGreaterThan(0);
  expect(adviceForFeatures(findings, roles(["a", "b"]))).toEqual(findings);
  expect(adviceForFeatures(findings, roles(["c"]))).toEqual([]);
  for (const one of adviceForFeatures(findings, roles(["b", "c"]))) {
    expect(one.columns).toEqual(["b"]);
    expect(JSON.stringify([one.why, one.fix, one.evidence])).not.toMatch(/`a`|"a"/);
    expect(one.why).toContain("`b`");
  }
});

test("both kinds of sentences are of the columns that are left", () => {
  const lines = { kind: "straight-in-logs", told: { a: 0.1, b: 0.2 }, toldByLogs: { a: 0.9, b: 0.4 } };
  const finding = (evidence: object) =>
    ({ trap: "skewed", columns: ["a", "b"], state: "open", evidence, fix: { action: "advice", text: "" }, why: "" }) as unknown as Finding;
  const [line, tail] = adviceForFeatures([finding(lines), finding({ ofSquares: { a: 0.9, b: 0.6 } })], roles(["b"]));
  expect(line?.why).toMatch(/line in `b` tells 20 % .* 40 %:/);
  expect(tail?.why).toMatch(/up to 60 % .* `b`/);
});

test("what a linear model suffers from in columns that are out is not measured; of the target it is", () => {
  const of = (trap: Finding["trap"], ...columns: string[]) => concernsNoFeature({ trap, columns }, ["a"], "y");
  expect([of("outlier", "b"), of("multicollinear", "a", "b"), of("scale", "b", "c")]).toEqual([true, true, true]);
  expect([of("outlier", "a", "b"), of("skewed", "y"), of("sentinel", "b")]).toEqual([false, false, false]);
});
