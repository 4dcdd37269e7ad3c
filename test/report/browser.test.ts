import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { reportHtml } from "../../src/report/index.ts";
import { findChromium } from "./find-chromium.ts";
import { bank } from "./fixture.ts";
import { ODD } from "./odd.ts";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const FIXTURES: Readonly<Record<string, () => JourneyResult>> = { bank, fast, ...ODD };

/** Speeds whose intervals take the most room. */
function fast(): JourneyResult {
  const { plan, ...rest } = bank();
  const speed = { value: 1_660_000, low: 1_380_000, high: 12_310_000, level: 0.95, method: "median of 25 batches", experiments: [] };
  const timed = plan!.throughput.map((one) => ({ ...one, rowsPerSecond: speed, singleRow: { ...one.singleRow, p50Ms: 0.0482 } }));
  return { ...rest, plan: { ...plan!, throughput: timed } };
}

const LEAST_CONTRAST = 4.5;
/** Of these every letter of the drawings must have its size, stay inside and meet no other. */
const WITH_DRAWINGS = ["bank", "regression", "multiclass", "hostile"];

const found = findChromium(process.env);
if ("skipped" in found) console.warn(`The report is not tried in a browser: ${found.skipped}.`);

interface Opened {
  readonly page: Page;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
}

/** The origin of every page; its path is the name of a fixture. */
const SITE = "http://report.test";

describe.skipIf("skipped" in found)(`the page in a browser${"skipped" in found ? ` (${found.skipped})` : ""}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ ...("path" in found ? { executablePath: found.path } : {}), args: FLAGS });
  });
  afterAll(async () => {
    await browser.close();
  });

  const bodies = new Map<string, string>();
  function bodyOf(name: string): string {
    const body = bodies.get(name) ?? reportHtml(FIXTURES[name]!());
    bodies.set(name, body);
    return body;
  }

  /** One page for all that run scripts, and one for all that do not: a new one costs as much as loading a report. */
  const opened = new Map<boolean, Promise<Opened & { requests: string[]; complaints: string[] }>>();
  async function newPage(javaScriptEnabled: boolean) {
    const page = await (await browser.newContext({ javaScriptEnabled, baseURL: SITE })).newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("dialog", (dialog) => {
      complaints.push(dialog.message());
      void dialog.dismiss();
    });
    await page.route("**/*", (route) => {
      const name = route
        .request()
        .url()
        .slice(SITE.length + 1);
      return name in FIXTURES ? route.fulfill({ body: bodyOf(name), contentType: "text/html" }) : route.abort();
    });
    return { page, requests, complaints };
  }

  /** The report, newly loaded, with nothing left of what was done on the page before. */
  async function open(name: string, width: number, colorScheme: "light" | "dark", javaScriptEnabled = true): Promise<Opened> {
    const made = opened.get(javaScriptEnabled) ?? newPage(javaScriptEnabled);
    opened.set(javaScriptEnabled, made);
    const { page, requests, complaints } = await made;
    if (page.url().startsWith(SITE)) await page.evaluate("localStorage.clear()");
    await page.goto("about:blank");
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, media: null });
    for (const list of [requests, complaints]) list.length = 0;
    await page.goto(`/${name}`);
    return { page, requests, complaints };
  }

  test.each(Object.keys(FIXTURES))("%s: asks for nothing, complains of nothing, and fits on a phone and a wide screen", async (name) => {
    const { page, requests, complaints } = await open(name, 360, "light");
    for (const [width, colorScheme] of [
      [360, "light"],
      [1280, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      if (WITH_DRAWINGS.includes(name)) expect(await page.evaluate(BAD_LABELS)).toEqual([]);
      if (WITH_DRAWINGS.includes(name)) expect(await page.evaluate(CROSSED_LABELS)).toEqual([]);
      await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
      expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
      expect(await page.evaluate(OUTSIDE)).toEqual([]);
      expect(await page.evaluate(LOW_CONTRAST(LEAST_CONTRAST))).toEqual([]);
      expect(await page.evaluate(DEAD_LINKS)).toEqual([]);
    }
    expect(requests.filter((url) => url !== `${SITE}/${name}` && !url.startsWith("data:"))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test("a number leads to its experiment, which is then marked", async () => {
    const { page } = await open("bank", 1280, "light");
    await page.click(".headline a.x");
    expect(await page.evaluate("document.querySelector('.ledger li:target')?.textContent.includes('oldhand replay')")).toBe(true);
  });

  test("the theme follows the system, and the button turns it round and back", async () => {
    const { page } = await open("bank", 1280, "dark");
    const paper = () => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const dark = await paper();
    await page.click("#theme");
    const light = await paper();
    expect(light).not.toBe(dark);
    expect(await page.textContent("#theme")).toBe("Dark theme");
    await page.reload();
    expect(await paper()).toBe(light);
    await page.click("#theme");
    expect(await paper()).toBe(dark);
  });

  test("without JavaScript everything is there but the button", async () => {
    const { page } = await open("bank", 1280, "light", false);
    expect(await page.isVisible("#theme")).toBe(false);
    expect(await page.isVisible(".headline")).toBe(true);
    expect(await page.locator("figure").count()).toBeGreaterThan(7);
    await page.click("summary >> nth=0");
    expect(await page.isVisible(".finding .evidence >> nth=0")).toBe(true);
  });

  test("by keyboard: the first stop skips to the verdict, tables can be scrolled", async () => {
    const { page } = await open("bank", 360, "light");
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.className")).toBe("skip");
    expect(await page.evaluate("[...document.querySelectorAll('.scroll')].every((table) => table.tabIndex === 0)")).toBe(true);
  });

  test("on a phone no table has to be scrolled, and every value stands beside the head of its column", async () => {
    const { page } = await open("bank", 390, "light");
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    expect(
      await page.evaluate("[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth + 1).length"),
    ).toBe(0);
    const beside = await page.evaluate(
      "getComputedStyle(document.querySelector('#model .stack td'), '::before').content.replaceAll('\"', '')",
    );
    expect(beside).toBe("ROC AUC");
    expect(await page.getByRole("rowheader", { name: "logistic regression" }).count()).toBeGreaterThan(0);
  });

  test.each(["bank", "fast"])("%s: on a wide page no table is wider than its border", async (name) => {
    const { page } = await open(name, 1280, "light");
    await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");
    expect(await page.evaluate(WIDE_TABLES)).toEqual([]);
  });

  test("the longest name of a candidate is not cut on a wide page", async () => {
    const { page } = await open("bank", 1200, "light");
    const labels = (await page.evaluate("document.querySelector('#chart-candidates .wide').textContent")) as string;
    expect(labels).not.toContain("…");
  });

  test("on paper it is light, whole and without buttons", async () => {
    const { page } = await open("bank", 800, "dark");
    await page.emulateMedia({ media: "print" });
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.isVisible("#theme")).toBe(false);
    expect(await page.isVisible(".contents")).toBe(false);
    expect(await page.isVisible("figure .wide >> nth=0")).toBe(true);
    expect((await page.pdf({ format: "A4" })).length).toBeGreaterThan(50_000);
  });
});

/** Links whose target is not on the page. */
const DEAD_LINKS = `[...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((href) => !href.startsWith("#") || !document.getElementById(href.slice(1)))`;

/** Parts that reach out of the screen and are not inside something that scrolls. */
const OUTSIDE = `[...document.querySelectorAll("main *, header *, footer *")]
  .filter((part) => !part.closest(".scroll, svg") && part.getClientRects().length > 0 && part.getBoundingClientRect().right > innerWidth + 1)
  .map((part) => part.outerHTML.slice(0, 120))`;

/** Texts whose contrast with what is behind them is too low (WCAG 2.2, 1.4.3). */
const LOW_CONTRAST = (least: number): string => `(() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const papers = new Map([[null, 1]]);
  const behind = (part) => {
    if (papers.has(part)) return papers.get(part);
    const colour = parse(getComputedStyle(part).backgroundColor);
    const paper = colour.length === 3 || colour[3] > 0 ? light(colour) : behind(part.parentElement);
    papers.set(part, paper);
    return paper;
  };
  const low = [];
  for (const part of document.querySelectorAll("body *")) {
    if (part.getClientRects().length === 0 || ![...part.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "")) continue;
    const style = getComputedStyle(part);
    const ink = light(parse(part.closest("svg") ? style.fill : style.color));
    const paper = behind(part.closest("svg")?.parentElement ?? part);
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (!(contrast >= ${least})) low.push(part.outerHTML.slice(0, 100) + " " + contrast.toFixed(2));
  }
  return low;
})()`;

/** Names and numbers in drawings that an upright line goes through. */
const CROSSED_LABELS = `(() => {
  const bad = [];
  for (const svg of document.querySelectorAll("svg")) {
    if (svg.getClientRects().length === 0) continue;
    const texts = [...svg.querySelectorAll("text")].filter((text) => text.textContent.trim() !== "").map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
    const lines = [...svg.querySelectorAll("line, path")].map((line) => line.getBoundingClientRect()).filter(({ width, height }) => width < 2 && height > 4);
    for (const { text, box } of texts)
      if (lines.some((line) => line.left > box.left + 2 && line.right < box.right - 2 && Math.min(line.bottom, box.bottom) - Math.max(line.top, box.top) > 3)) bad.push(svg.closest("figure").id + ": " + text);
  }
  return bad;
})()`;

/** Tables that are wider than their border. */
const WIDE_TABLES = `[...document.querySelectorAll(".scroll")].filter((one) => one.getClientRects().length > 0 && one.scrollWidth > one.clientWidth + 1).map((one) => one.getAttribute("aria-label"))`;

/** Letters of drawings that are small, cut off, or lie on others. */
const BAD_LABELS = `(() => {
  const bad = [];
  for (const svg of document.querySelectorAll("svg")) {
    if (svg.getClientRects().length === 0) continue;
    const edge = svg.getBoundingClientRect();
    const name = svg.closest("figure").id;
    const scale = edge.width / svg.viewBox.baseVal.width;
    if (scale * 13 < 11.5) bad.push(name + ": letters of " + (scale * 13).toFixed(1) + " px");
    const texts = [...svg.querySelectorAll("text")].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() })).filter(({ text }) => text.trim() !== "");
    for (const { text, box } of texts) if (box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1) bad.push(name + ": cut " + text);
    texts.forEach((a, i) => { for (const b of texts.slice(i + 1)) if (Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left) > 1 && Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top) > 3) bad.push(name + ": " + a.text + " lies on " + b.text); });
  }
  return bad;
})()`;
