import { expect, test } from "vitest";
import { leansOnSentence } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import { leansOn } from "../../src/data/leans-on.ts";
import { contextOf, numbers, tableOf } from "./table.ts";

function members() {
  const random = createRandom(5, "members");
  const y = numbers(1200, () => Number(random.next() < 0.3));
  return tableOf([
    ["reminders", y.map((one) => Math.floor(4 * random.next() ** (one === 1 ? 0.5 : 3)))],
    ["visits", y.map((one) => 10 - 3 * one + 4 * random.normal())],
    ["height", numbers(1200, () => 170 + 10 * random.normal())],
    ["quit", y.map((one) => (one === 1 ? "yes" : "no"))],
  ]);
}

test("the columns that tell most are named, the strongest first, unless a finding asks about them or they are answered for", () => {
  const context = contextOf(members(), "quit");
  const { roles } = context;
  const told = leansOn(context, { roles, findings: [] });
  expect(told.map(({ column }) => column)).toEqual(["reminders", "visits"]);
  expect(told[0]!.score).toBeGreaterThan(0.8);
  expect(leansOnSentence({ leansOn: told })).toMatch(
    /`reminders` \(0\.8\d\d of the pairs of rows in order\), `visits` \(0\.\d+\)\. Is each known when/,
  );
  const answered = { ...context, knownAt: { reminders: "before" as const } };
  expect(leansOn(answered, { roles, findings: [] }).map(({ column }) => column)).toEqual(["visits"]);
  const asking = (choices: readonly string[], trap = "post-outcome") =>
    [{ question: "Is it?", answer: null, columns: ["visits"], choices, trap }] as never;
  expect(leansOn(context, { roles, findings: asking(["yes", "no"], "impossible-value") })).toHaveLength(2);
  expect(leansOn(context, { roles, findings: asking(["new", "same"], "group-leak") })).toHaveLength(1);
  const rest = leansOn(context, { roles, findings: asking(["before", "after"]) });
  expect(rest.map(({ column }) => column)).toEqual(["reminders"]);
  expect(leansOnSentence({ leansOn: rest })).toMatch(/^What tells most alone: `reminders` .*Is it known when/);
  expect(leansOnSentence({})).toBeNull();
});
