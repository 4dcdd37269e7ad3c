import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { reportHtml } from "../../src/report/index.ts";
import { bank } from "./fixture.ts";
import { ODD } from "./odd.ts";
import { allOf, type Node, unlinked, VERDICT } from "./unlinked.ts";

function bankWithRule(): JourneyResult {
  const result = bank();
  const { candidates, ...comparison } = result.comparison!;
  const rule = {
    column: "nr.employed",
    feature: "nr.employed",
    says: "P(yes)",
    lines: [
      { when: "<= 5088", answer: "0.43", rows: 820 },
      { when: "else", answer: "0.06", rows: 3299 },
    ],
    text: "nr.employed <= 5088 -> 0.43; else 0.06 (P(yes))",
    isChosen: false,
    experiments: candidates.find(({ name }) => name === "one-column-rule")!.score.experiments,
  };
  return { ...result, comparison: { ...comparison, candidates, rule } };
}

const FIXTURES: Readonly<Record<string, () => JourneyResult>> = { bank, bankWithRule, ...ODD };

describe.each(Object.keys(FIXTURES))("%s: every measured number leads to its experiment", (name) => {
  const { document } = parseHTML(reportHtml(FIXTURES[name]!()));
  const all = allOf(document);

  test.each(["model", "calibration", "importance", "more-data", "gates"])("in the section %s", (id) => {
    expect(all(`section#${id}`).flatMap(unlinked)).toEqual([]);
  });

  test("of the harm of each finding", () => {
    const harms = all("article.finding dl.facts-inline > div:first-child dd").filter((one) => !one.textContent?.startsWith("not measured"));
    expect(harms.flatMap(unlinked)).toEqual([]);
  });
});

test.each([bank, bankWithRule])("every measured number in headline, reasons and steps of the verdict leads to its experiment", (made) => {
  const all = allOf(parseHTML(reportHtml(made())).document);
  expect(all(VERDICT)).toHaveLength(3);
  expect(all(VERDICT).flatMap(unlinked)).toEqual([]);
});

test("what counts as a gain is declared: it leads nowhere", () => {
  const result = bank();
  const why = [
    "Not settled: one against another is 0.02 [0.00, 0.04] ROC AUC. Both no gain and one that counts (0.02) are possible. What counts: 0.02 ROC AUC.",
  ];
  const blindChoice = { ...result.comparison!.blindChoice!, value: 0.02 };
  const { document } = parseHTML(reportHtml({ ...result, comparison: { ...result.comparison!, blindChoice, why } }));
  const texts = [...document.querySelectorAll("section#model > ul a.x")].map((one) => one.textContent);
  expect(texts.filter((text) => text === "0.02")).toEqual([]);
});

test("numbers that look alike when rounded are told apart by their intervals", () => {
  const result = bank();
  const { candidates, chosen, blindChoice, toDecide, ...comparison } = result.comparison!;
  const best = candidates.find(({ name }) => name !== chosen && name !== "constant")!;
  const ahead = { ...best.score, value: 0.01954, low: 0.0021, high: 0.0371 };
  const blind = { ...blindChoice!, value: 0.0195028, low: -0.0029, high: 0.0419 };
  const why = [
    "Chosen blind it gains 0.020 [-0.003, 0.042]; alone it would be ahead by 0.020 [0.002, 0.037]. As large as the one seen (0.0195).",
  ];
  const judged = candidates.map((one) =>
    one === best ? { ...one, overBaseline: ahead } : one.name === chosen ? { ...one, againstBest: { ...ahead, value: -0.01954 } } : one,
  );
  const likely = { needed: 9000, gain: 0.0195028 };
  const open = { label: "one", against: "another", gain: ahead };
  const undecided = toDecide ?? { units: "rows", have: 4119, needed: null, sampleOf: null, open };
  const made = { ...comparison, candidates: judged, chosen, blindChoice: blind, toDecide: { ...undecided, likely }, why };
  const { document } = parseHTML(reportHtml({ ...result, comparison: made } as JourneyResult));
  const links = [...document.querySelectorAll("section#model > ul a.x")].map((one) => [one.textContent, one.getAttribute("href")]);
  const to = (text: string) => links.find(([shown]) => shown?.startsWith(text))?.[1];
  expect(links).toHaveLength(3);
  expect(to("0.0195")).toBe(to("0.020 [−0.003"));
  expect(to("0.020 [0.002")).not.toBe(to("0.0195"));
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
  const note = [...document.querySelectorAll("section#findings p.note")].find((one) => one.textContent?.startsWith("What the check"));
  const links = [...note!.querySelectorAll("a.x")].map((one) => [one.textContent, one.getAttribute("title")?.split(" ")[1]]);
  expect(links).toEqual([
    ["10", id],
    ["50", id],
  ]);
});
