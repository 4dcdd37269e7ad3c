import { expect, test } from "vitest";
import { askQuestions } from "../../src/cli/questions.ts";
import type { Finding } from "../../src/core/finding.ts";

const asking = (id: string, choices: Finding["choices"]): Finding => ({
  id,
  trap: "sentinel",
  columns: ["x"],
  rows: { count: 0, sample: [] },
  severity: "harmful",
  confidence: 0.5,
  strength: 0.4,
  stance: "asks",
  evidence: {},
  fix: { action: "advice", text: "" },
  question: `What is ${id}?`,
  choices,
  why: "because",
  harm: null,
  unmeasured: "made",
  state: "open",
  answer: null,
});

const plain = [asking("a", ["missing", "value"]), asking("b", ["after", "before"]), asking("c", ["yes", "no"])];

async function talk(heard: readonly (string | null)[], questions = plain) {
  const said: string[] = [];
  const lines = [...heard];
  const answers = await askQuestions(questions, { say: (text) => said.push(text), hear: async () => lines.shift() ?? null });
  return { answers, said, left: lines.length };
}

test("answers go by the id of the finding; first letters do, an empty line leaves it open", async () => {
  expect((await talk(["missing", "", "N"])).answers).toEqual({ a: "missing", c: "no" });
  expect((await talk(["v", "aft", "yes"])).answers).toEqual({ a: "value", b: "after", c: "yes" });
});

test("what is no choice is asked again, three times at most", async () => {
  const { answers, said } = await talk(["what", "value", "x", "y", "z", "yes"]);
  expect(answers).toEqual({ a: "value", c: "yes" });
  expect(said.filter((text) => text.startsWith("Please answer"))).toHaveLength(4);
});

test("when nobody answers any more, what was said counts", async () => {
  expect((await talk(["missing", null])).answers).toEqual({ a: "missing" });
});

test("an answer that contradicts one before is not taken, and what is settled is not asked", async () => {
  const dated = (id: string, columns: readonly string[]): Finding => ({
    ...asking(id, ["after", "before"]),
    trap: "post-outcome",
    columns,
  });
  const about = [dated("pair", ["u", "v"]), dated("u", ["u"]), dated("wide", ["u", "w"])];
  const { answers, said } = await talk(["after", "before", "after"], about);
  expect(answers).toEqual({ pair: "after", wide: "after" });
  expect(said.filter((text) => text.startsWith("That contradicts"))).toEqual([
    'That contradicts what you said of "u": after. Answer the same, or press Enter.',
  ]);
});

test("one question about several columns may be answered for each of them", async () => {
  const about: Finding = { ...asking("pair", ["after", "before"]), trap: "combination-leak", columns: ["dep", "planned"] };
  const { answers, said } = await talk(["each", "what", "after", "b"], [about]);
  expect(answers).toEqual({ dep: "after", planned: "before" });
  expect(said.at(-1)).toBe("Please answer after or before, or press Enter.");
  // What was said of one is not asked again, and one may be left open.
  const one: Finding = { ...asking("dep", ["after", "before"]), columns: ["dep"] };
  expect((await talk(["after", "e", ""], [one, about])).answers).toEqual({ dep: "after" });
  expect((await talk(["e", "after", null], [about])).answers).toEqual({ dep: "after" });
});

test("a question about one column, or about gaps, offers no answer for each", async () => {
  const gaps: Finding = { ...asking("gaps", ["after", "before"]), trap: "missingness-leak", columns: ["u", "v"] };
  expect((await talk(["each", "after"], [gaps])).answers).toEqual({ gaps: "after" });
});
