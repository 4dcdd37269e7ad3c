import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { reportHtml } from "../../src/report/index.ts";
import { bank } from "./fixture.ts";
import { ODD } from "./odd.ts";

const FIXTURES: Readonly<Record<string, () => JourneyResult>> = { bank, ...ODD };

/** Heads, names and how it was measured; what a drawing shows stands in the table beside it. */
const NO_RESULT = "figure, caption, thead, th, h2, h3, h4, small, code";
/** Scores and shares; times are measured without an experiment, and the bound of a p value is a convention. */
const RESULT = /(?<!\d)\d[\d,]*\.\d+(?!\d)(?! (?:ms|s|min|h)\b| after Holm)|\d+(?:\.\d+)?\s%(?! (?:sure|interval))/g;

interface Node {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
  matches(selector: string): boolean;
}

/** Measured numbers below a node that lead to no experiment. */
function unlinked(node: Node): string[] {
  if (node.nodeType === 3) return [...(node.textContent ?? "").matchAll(RESULT)].map(([shown]) => `${shown} in "${node.textContent}"`);
  return node.matches(`a.x, ${NO_RESULT}`) ? [] : [...node.childNodes].flatMap(unlinked);
}

describe.each(Object.keys(FIXTURES))("%s: every measured number leads to its experiment", (name) => {
  const { document } = parseHTML(reportHtml(FIXTURES[name]!()));
  const all = (selector: string) => [...document.querySelectorAll(selector)] as unknown as Node[];

  test.each(["model", "calibration", "importance", "more-data", "gates"])("in the section %s", (id) => {
    expect(all(`section#${id}`).flatMap(unlinked)).toEqual([]);
  });

  test("of the harm of each finding", () => {
    const harms = all("article.finding dl.facts-inline > div:first-child dd").filter((one) => !one.textContent?.startsWith("not measured"));
    expect(harms.flatMap(unlinked)).toEqual([]);
  });
});

test("a number without its link is seen", () => {
  const { document } = parseHTML(reportHtml(bank()));
  const [first] = document.querySelectorAll("section#calibration td a.x");
  first!.replaceWith(first!.textContent ?? "");
  expect([...document.querySelectorAll("section#calibration")].flatMap((one) => unlinked(one as unknown as Node))).toHaveLength(1);
});

test("each number of a gate leads to its own experiment, and what is left to those that the gate rests on", () => {
  const { document } = parseHTML(reportHtml(bank()));
  const rowOf = (title: string) => [...document.querySelectorAll("section#gates tbody tr")].find((row) => row.textContent?.includes(title));
  const linksOf = (title: string) =>
    [...(rowOf(title)?.querySelectorAll("a.x") ?? [])].map((one) => [one.textContent, one.getAttribute("title")?.split(" ")[1]]);
  const of = (name: string) => bank().comparison!.candidates.find((one) => one.name === name)!.score.experiments[0];
  expect(linksOf("Answers when values are missing")).toEqual([
    ["10", of("boosting")],
    ["0.771", of("linear")],
    ["0.702", of("one-column-rule")],
    ["0.069 [0.040, 0.098]", of("boosting")],
  ]);
  expect(
    linksOf("Probabilities are calibrated")
      .slice(0, 3)
      .map(([, id]) => id),
  ).toEqual([1, 2, 3].map(() => of("boosting")));
  expect(linksOf("Serving gives what training gave")).toEqual([]);
});

test("what a check would have found leads to the experiment whose answers were used, what was planted does not", () => {
  const result = bank();
  const [id] = result.comparison!.candidates.find(({ name }) => name === "boosting")!.score.experiments;
  const planted = { trap: "wrong-label", planted: "labels changed at random", rate: 0.05, draws: 7 } as const;
  const reach = [{ ...planted, found: 0.104, ranked: 0.51, silent: 6, experiments: [id!] }];
  const { document } = parseHTML(reportHtml({ ...result, findings: { ...result.findings, reach } }));
  const note = [...document.querySelectorAll("section#findings p.note")].find((one) => one.textContent?.startsWith("Were 5"));
  const links = [...note!.querySelectorAll("a.x")].map((one) => [one.textContent, one.getAttribute("title")?.split(" ")[1]]);
  expect(links).toEqual([
    ["10", id],
    ["50", id],
  ]);
});
