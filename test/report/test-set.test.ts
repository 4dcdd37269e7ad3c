import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import type { Comparison } from "../../src/core/comparison.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { comparisonText, reportHtml, reportMarkdown, reportText } from "../../src/report/index.ts";
import { bank } from "./fixture.ts";
import { PLAIN } from "./plain-paint.ts";

const on = (value: number, id: string) => ({
  value,
  low: value - 0.0311,
  high: value + 0.0311,
  level: 0.95,
  method: "DeLong",
  experiments: [id],
});

function withParts(parts: Partial<Comparison>): JourneyResult {
  const whole = bank();
  return { ...whole, comparison: { ...whole.comparison!, ...parts } };
}

const judgement = {
  rows: 1234,
  score: on(0.7123, "test-chosen"),
  overBaseline: on(0.0432, "test-gain"),
  beside: [{ name: "rule", label: "rule on one column", score: on(0.6691, "test-rule") }],
  gap: on(-0.0101, "test-gap"),
};
const rule = {
  column: "poutcome",
  feature: "poutcome",
  says: "P(yes)",
  lines: [
    { when: "= success", answer: "0.65", rows: 142 },
    { when: "= none", answer: "0.09", rows: 3977 },
  ],
  text: "poutcome = success -> 0.65; poutcome = none -> 0.09 (P(yes))",
  isChosen: true,
  experiments: [],
};
const options = { colours: PLAIN, folder: "out" };

test("a given test set is the headline, and the table says that it holds the folds", () => {
  const result = withParts({ test: judgement });
  for (const text of [reportText(result, options), comparisonText(result, options)]) {
    expect(text).toContain("in folds within the training rows");
    expect(text).toContain("On 1234 given test rows, judged once in this run");
    expect(text).toContain("rule on one column 0.669");
  }
  const { document } = parseHTML(reportHtml(result));
  expect(document.querySelector(".facts")!.textContent).toContain("0.712");
  expect(document.querySelector("#model")!.textContent).toContain("On 1,234 given test rows");
  expect(reportMarkdown(result)).toContain("0.712");
});

test("the rule on one column is told in words, on the terminal and on the page", () => {
  const result = withParts({ rule });
  expect(reportText(result, options).replace(/\s+/g, " ")).toContain(`Rule on one column: ${rule.text}`);
  const { document } = parseHTML(reportHtml(result));
  expect(document.querySelector("#model")!.textContent).toContain(rule.text.replaceAll("->", "\u2192"));
  expect(document.querySelector("#model details")!.textContent).toContain("3,977");
});
