import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { reportHtml } from "../../src/report/index.ts";
import { bank } from "./fixture.ts";
import { idOf } from "./fixture-parts.ts";
import { huge, ODD } from "./odd.ts";

const FIXTURES: Readonly<Record<string, () => JourneyResult>> = { bank, ...ODD };
const pageOf = (result: JourneyResult) => parseHTML(reportHtml(result)).document;
const pages = new Map<string, { readonly text: string; readonly document: ReturnType<typeof pageOf> }>();

/** The page of a fixture, made once. */
function pageNamed(name: string) {
  const known = pages.get(name);
  if (known !== undefined) return known;
  const text = reportHtml(FIXTURES[name]!());
  const page = { text, document: parseHTML(text).document };
  pages.set(name, page);
  return page;
}

const textOf = (name: string, selector: string) =>
  pageNamed(name).document.querySelector(selector)?.textContent?.replace(/\s+/g, " ").trim() ?? "";

/** Freezes all the way down, so that a change would throw. */
function frozen<T>(value: T): T {
  if (value !== null && typeof value === "object") for (const item of Object.values(value)) frozen(item);
  return Object.freeze(value);
}

describe("the page", () => {
  test.each(Object.keys(FIXTURES))("%s: one file, small, with nothing to load and every link in place", (name) => {
    const { text, document } = pageNamed(name);
    expect(Buffer.byteLength(text)).toBeLessThan(400_000);
    expect(text).not.toMatch(/(?:src|href)="(?!#|data:,")/);
    expect(text).not.toMatch(/url\(|@import|<iframe|<object|<img|<form/);
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const broken = [...document.querySelectorAll("a")]
      .map((link) => link.getAttribute("href")?.slice(1) ?? "")
      .filter((id) => !ids.includes(id));
    expect(broken).toEqual([]);
    expect([...document.querySelectorAll("script")].length).toBe(1);
    expect(document.querySelectorAll("[onclick], [onerror], [onload]").length).toBe(0);
  });

  test.each(Object.keys(FIXTURES))("%s: headings go down by one, tables have heads, drawings have a text", (name) => {
    const document = pageNamed(name).document;
    const levels = [...document.querySelectorAll("h1, h2, h3, h4")].map(({ tagName }) => Number(tagName.slice(1)));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1).length).toBe(1);
    levels.slice(1).forEach((level, i) => {
      expect(level - levels[i]!).toBeLessThanOrEqual(1);
    });
    for (const table of document.querySelectorAll("table"))
      expect(table.querySelectorAll("caption, th[scope=col], th[scope=row]").length).toBeGreaterThan(2);
    for (const drawing of document.querySelectorAll("svg"))
      expect(drawing.parentElement?.getAttribute("aria-label")?.length).toBeGreaterThan(20);
  });

  test("never larger than 1.5 MB, whatever the result", () => {
    expect(Buffer.byteLength(reportHtml(huge()))).toBeLessThan(1.5e6);
  });

  test("the same result gives the same page and is not changed", () => {
    const result = frozen(bank());
    expect(reportHtml(result)).toBe(pageNamed("bank").text);
  });

  test("verdict first, in words", () => {
    const document = pageNamed("bank").document;
    expect(document.querySelector("main")?.firstElementChild?.id).toBe("verdict");
    expect(textOf("bank", ".badge")).toBe("Go");
    expect(textOf("bank", ".headline")).toMatch(
      /^Boosted trees, 12 leaves reaches ROC AUC 0\.790 \[0\.773, 0\.807\] on rows it has not seen/,
    );
    expect(textOf("budgetEnded", ".badge")).toBe("No answer yet");
    expect(textOf("budgetEnded", "#model .missing")).toContain("No model was judged");
  });

  test("every number from an experiment leads to its line in the ledger", () => {
    const document = pageNamed("bank").document;
    const hrefOf = (selector: string, text: string) =>
      [...document.querySelectorAll(`${selector} a.x`)].find((link) => link.textContent?.includes(text))?.getAttribute("href");
    expect(hrefOf(".headline", "0.790")).toBe(`#x-${idOf("boosting")}`);
    expect(hrefOf(".finding.blocker", "0.941")).toBe(`#x-${idOf("duration claimed")}`);
    expect(hrefOf(".finding.blocker", "0.790")).toBe(`#x-${idOf("chosen")}`);
    expect(hrefOf("#model", "0.785")).toBe(`#x-${idOf("forest")}`);
    expect(hrefOf("#more-data", "0.794")).toBe(`#x-${idOf("curve 206")}`);
    for (const cell of document.querySelectorAll("#model td .n, #importance td .n, #more-data td .n"))
      expect(cell.closest("a.x")).not.toBeNull();
    const line = document.querySelector(`#x-${idOf("boosting")}`);
    expect(line?.textContent).toContain(`oldhand replay ${idOf("boosting")}`);
    expect(line?.textContent).toContain("boosting on");
  });

  test("a number in a sentence is linked only when it is certain which is meant", () => {
    const result = bank();
    const said = (reason: string) =>
      pageOf({ ...result, verdict: { ...result.verdict, reasons: [reason] } })
        .querySelector("#verdict ul")
        ?.querySelector("a")
        ?.getAttribute("href") ?? null;
    expect(said("Without `duration` it is 0.790.")).toBe(`#x-${idOf("chosen")}`);
    expect(said("In all it is 0.790.")).toBe(`#x-${idOf("boosting")}`);
    expect(said("In all it is 0.941.")).toBeNull();
    expect(said("Better by 0.0613 [0.04, 0.082].")).toBeNull();
    expect(said("Better by 0.061 [0.04, 0.082].")).toBe(`#x-${idOf("boosting")}`);
    expect(said("There are 4119 rows and 0.123 of something.")).toBeNull();
  });

  test("findings stand by severity, and as the audit ordered them", () => {
    const heads = [...pageNamed("bank").document.querySelectorAll(".finding")].map((card) => card.querySelector(".tag")?.textContent);
    expect(heads).toEqual([...Array(2).fill("blocker"), "harmful", ...Array(7).fill("costly"), ...Array(10).fill("cosmetic")]);
    const first = textOf("bank", ".finding");
    for (const part of [
      "Only known after the outcome: duration",
      "mended in this run",
      "claimed 0.941 [0.930, 0.952], honest 0.790 [0.773, 0.807]",
      "−0.151 [−0.170, −0.132]",
      "Leave out duration.",
      "oldhand prepare DOSSIER --undo post-outcome:duration",
      "is the value of duration already written?",
    ])
      expect(first).toContain(part);
  });

  test("no difference is called no difference, undecided what stands, and what was not measured says why", () => {
    const cards = [...pageNamed("bank").document.querySelectorAll(".finding")].map((one) => one.textContent ?? "");
    expect(cards.find((text) => text.includes("The largest value of campaign"))).toContain("no difference:");
    expect(cards.find((text) => text.includes("Missing values spelt as words"))).toContain("undecided:");
    expect(cards.find((text) => text.includes("1,400 times larger"))).toContain("not measured: It could not be measured: made.");
  });

  test("names within sentences are set as names, and no mark around them is left", () => {
    const result = structuredClone(bank()) as { findings: { findings: { harm: { compares: string } | null }[] } } & JourneyResult;
    for (const { harm } of result.findings.findings)
      if (harm !== null) harm.compares = "judged by the naive split against the proposed one, which leaves `item no` out";
    const { body } = pageOf(result);
    for (const one of body.querySelectorAll("script, style")) one.remove();
    expect(body.textContent).not.toContain("`");
    expect([...body.querySelectorAll("code")].some(({ textContent }) => textContent === "item no")).toBe(true);
  });

  test("a command says what the name of its folder stands for", () => {
    const text = pageNamed("bank").document.body.textContent;
    expect(text).toContain("DOSSIER in a command is the folder that holds this page");
    expect(text).toMatch(/oldhand prepare DOSSIER --undo/);
  });

  test("names that are markup are shown, not obeyed", () => {
    const document = pageNamed("hostile").document;
    expect(document.querySelector(".finding code")?.textContent).toBe("<script>alert(1)</script>");
    expect(document.querySelector("main")?.textContent).toContain("</style></title>");
    expect(document.title).toContain("<script>");
    expect(document.querySelectorAll("img").length).toBe(0);
    expect(document.querySelector("main")?.textContent?.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(document.querySelectorAll("code[dir=auto]").length).toBeGreaterThan(20);
  });

  test("a result that was read back from JSON gives a page, with what is unknown called so", () => {
    const document = pageNamed("reread").document;
    expect(document.querySelector(".finding")?.textContent).toContain("interval unknown");
    expect(document.querySelector("main")?.textContent).not.toMatch(/NaN|undefined|\bnull(?!-)/);
  });

  test.each(Object.keys(FIXTURES))("%s: no NaN, undefined or object is printed", (name) => {
    expect(pageNamed(name).document.querySelector("main")?.textContent).not.toMatch(/NaN|undefined|\[object|Infinity/);
  });
});
