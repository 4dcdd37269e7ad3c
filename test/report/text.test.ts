import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import type { Harm } from "../../src/core/finding.ts";
import {
  comparisonText,
  findingsText,
  planText,
  proofText,
  reportHtml,
  reportMarkdown,
  reportText,
  type TextOptions,
} from "../../src/report/index.ts";
import { displayWidth } from "../../src/report/plain.ts";
import { bank } from "./fixture.ts";
import { ODD } from "./odd.ts";
import { PLAIN } from "./plain-paint.ts";

const PRINTERS = { run: reportText, audit: findingsText, choose: comparisonText, plan: planText, prove: proofText } as const;
const options: TextOptions = { colours: PLAIN, folder: "oldhand-bank-additional" };
const FIXTURES = { bank, ...ODD };

describe("text for the terminal", () => {
  test.each(Object.keys(PRINTERS) as (keyof typeof PRINTERS)[])("%s: as recorded", async (command) => {
    await expect(PRINTERS[command](bank(), options)).toMatchFileSnapshot(`../output/report-${command}.txt`);
  });

  test.each(["regression", "nothingBeats", "budgetEnded"])("run, %s: as recorded", async (name) => {
    await expect(reportText(ODD[name]!(), options)).toMatchFileSnapshot(`../output/report-run-${name}.txt`);
  });

  test("rates of a threshold that are 0 / 0 are unknown, with the reason", () => {
    const calling = (precision: number, recall: number) => {
      const result = bank();
      const { comparison } = result;
      const threshold = { value: 0.9, why: "best F1", precision, recall };
      const read = JSON.parse(JSON.stringify({ ...result, comparison: comparison && { ...comparison, threshold } })) as typeof result;
      return [comparisonText(read, options), reportHtml(read).replace(/<[^>]+>/g, "")].map((text) => text.replace(/\s+/g, " "));
    };
    const [text, page] = calling(Number.NaN, 0);
    expect(text).toContain("precision unknown (no row is called positive), recall 0 %.");
    expect(page).toContain("then precision is unknown, since no row is called positive, and 0 % of the positive rows are found (recall).");
    const [, other] = calling(0, Number.NaN);
    expect(other).toContain("0 % of the calls are right (precision) and recall is unknown, since no row is positive.");
  });

  test("what a silent check would have found of a planted trap is said by terminal and page", () => {
    const result = bank();
    const planted = { trap: "wrong-label", planted: "labels changed at random", rate: 0.05, draws: 7 } as const;
    const reach = [{ ...planted, found: 0, ranked: 0.44, silent: 7, experiments: [] }];
    const told = { ...result, findings: { ...result.findings, reach } };
    for (const text of [reportText(told, options), findingsText(told, options), reportHtml(told).replace(/<[^>]+>/g, "")])
      expect(text.replace(/\s+/g, " ")).toContain(
        "What the check for wrong-label can see here was tried 7 times, with 5 % of the labels changed at random. It found none of them.",
      );
  });

  test("what two scores are of is said where the head of the list does not say it", () => {
    const result = bank();
    const first = result.findings.findings.find(({ harm }) => harm !== null && harm.q < 0.05 && harm.low * harm.high > 0);
    const withHarm = (parts: Partial<Harm>) => {
      const findings = result.findings.findings.map((one) =>
        one === first && one.harm !== null ? { ...one, harm: { ...one.harm, ...parts } } : one,
      );
      return reportText({ ...result, findings: { ...result.findings, findings } }, options).replace(/\s+/g, " ");
    };
    expect(withHarm({})).not.toContain("The two scores:");
    expect(withHarm({ compares: "trained on half of the rows against all of them" })).toContain(
      "The two scores: trained on half of the rows against all of them.",
    );
    expect(withHarm({ bothWithout: ["a", "b"] })).toContain("The two scores: both without a and b.");
    expect(withHarm({ quickTrees: 0.91 })).toContain("The two scores: quick trees with all columns reach 0.91.");
  });

  test("a run fits on two screens, the verdict is its first word", () => {
    const lines = reportText(bank(), options).trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(80);
    expect(lines[0]).toBe("GO  bank-additional.csv, predicting y");
    expect(lines.at(-1)).toContain("oldhand-bank-additional");
  });

  test.each(Object.keys(FIXTURES))("%s: every command prints, within 100 columns, and nothing acts on the terminal", (name) => {
    for (const print of Object.values(PRINTERS)) {
      const text = print(FIXTURES[name as keyof typeof FIXTURES]!(), options);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is tested
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f\u202a-\u202e]|NaN|undefined|\[object|\+-/);
      expect(Math.max(...text.split("\n").map(displayWidth))).toBeLessThanOrEqual(name === "hostile" || name === "regression" ? 112 : 100);
    }
  });

  test("the size of the model, what it added and the memory of the process are told apart", () => {
    const said =
      "The whole process had 455 MB, with the data of this run, which a server does not hold: one of this model takes about 152 MB.";
    for (const text of [planText(bank(), options), reportHtml(bank()).replace(/<[^>]+>/g, " ")])
      for (const part of [said, /[Mm]odel file/, /[Aa]dded memory/]) expect(text.replace(/\s+/g, " ")).toMatch(part);
    const { plan, ...rest } = bank();
    const throughput = plan!.throughput.map(({ processBytes: _, ...one }) => one);
    expect(planText({ ...rest, plan: { ...plan!, throughput } }, options)).not.toContain("whole process");
  });

  test("where a trap makes the score worse, it costs and claims nothing", () => {
    const said = (traps: readonly string[]) => {
      const result = bank();
      const findings = result.findings.findings.filter(({ trap }) => traps.includes(trap));
      return reportText({ ...result, findings: { ...result.findings, findings } }, options);
    };
    const flatters = said(["post-outcome"]);
    expect(flatters).toContain("claimed with it -> honest without");
    expect(flatters).not.toContain("costs 0");
    const both = said(["post-outcome", "sentinel"]);
    expect(both).toContain("with it -> honest without it");
    expect(both).not.toContain("claimed with it");
    expect(both).toMatch(/duration +0\.941 /);
    expect(both).toMatch(/pdays +costs 0\.784 |pdays\n +costs 0\.784 /);
  });

  test("cosmetic findings name up to three columns of each kind", () => {
    const result = bank();
    const first = result.findings.findings.find(({ severity }) => severity === "cosmetic")!;
    const of = (columns: readonly string[]) => ({ ...first, trap: "sentinel" as const, columns });
    const summary = (findings: readonly (typeof first)[]) =>
      reportText({ ...result, findings: { ...result.findings, findings } }, options).replace(/\s+/g, " ");
    expect(summary([of(["a"]), of(["b"]), of(["a", "c"])])).toContain("cosmetic A number stands for a missing value: a, b and c ");
    expect(summary([of(["a", "b"]), of(["c", "d", "e"])])).toContain("missing value: a, b and 3 more ");
  });

  test("what was judged on how many rows and why is one sentence on the terminal, the page and in markdown", () => {
    const said =
      "of a uniform sample of 100,000 of the 1,204,640 rows, since more were not expected to fit a budget of 60 s; the model that ships was trained on 600,000.";
    const result = ODD.regression!();
    const printed = [reportText(result, options), reportHtml(result).replace(/<[^>]+>/g, ""), reportMarkdown(result)];
    for (const text of printed) expect(text.replace(/\s+/g, " ").split(said)).toHaveLength(2);
    expect(reportText(bank(), options)).not.toContain("sample");
    const early = { ...result, plan: null, proof: null, training: null };
    const looked = (rows: number) => {
      const all = { ...early, comparison: null, dataset: { ...early.dataset, sample: { ...early.dataset.sample!, looked: rows } } };
      return reportText(all, options).replace(/\s+/g, " ");
    };
    expect(looked(1_204_640)).toContain(
      "What traps cost and which labels look wrong are of a uniform sample of 100,000 of the 1,204,640 rows",
    );
    expect(looked(1_204_640)).toContain("budget of 60 s. Findings with their counts are of all rows.");
    expect(looked(200_000)).toContain("Findings with their counts are of 200,000 rows.");
    expect(reportText(result, options)).toContain("Findings with their counts, scores, the forecast and the gates are of");
    expect(reportText(early, options)).toContain("Findings with their counts and scores are of");
  });

  test("words that a model reads are named on the terminal and the page", () => {
    const result = bank();
    const words = [{ column: "note", of: "yes", more: ["delicious"], less: ["bad", "<b>"] }];
    const told = { ...result, training: { ...result.training!, words } };
    const said = "Words of note that speak for yes: delicious; against it: bad, <b>";
    expect(reportText(told, options).replace(/\s+/g, " ")).toContain(said);
    expect(reportHtml(told)).toContain(said.replace("<b>", "&lt;b&gt;"));
  });

  test("colours change nothing but colours", () => {
    const coloured = reportText(bank(), { ...options, colours: createColors(true) });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape codes are what is taken off
    expect(coloured.replace(/\u001b\[\d+m/g, "")).toBe(reportText(bank(), options));
    expect(coloured).not.toBe(reportText(bank(), options));
  });

  test("what did not run is said", () => {
    const ended = ODD.budgetEnded!();
    expect(comparisonText(ended, options)).toContain("No model was judged");
    expect(planText(ended, options)).toContain("No plan was made");
    expect(proofText(ended, options)).toContain("No gate has run");
    expect(reportText(ended, options)).toContain("NO ANSWER YET");
  });
});

describe("markdown", () => {
  test("as recorded", async () => {
    await expect(reportMarkdown(bank())).toMatchFileSnapshot("../output/report.md");
  });

  test.each(Object.keys(FIXTURES))("%s: short, every row of a table has its cells", (name) => {
    const text = reportMarkdown(FIXTURES[name as keyof typeof FIXTURES]!());
    expect(text.split("\n").length).toBeLessThanOrEqual(60);
    for (const line of text.split("\n").filter((row) => row.startsWith("|")))
      expect([5, 7]).toContain(line.replaceAll("\\|", "").split("|").length);
    expect(text).not.toMatch(/NaN|undefined/);
  });

  test("names cannot become markup, links or mentions", () => {
    const text = reportMarkdown(ODD.hostile!()).replace(/`[^`]*`/g, "");
    expect(text).not.toMatch(/<(?!\/?sub>)|\]\(|@everyone/);
  });
});
