import fc from "fast-check";
import { parseHTML } from "linkedom";
import { describe, expect, test } from "vitest";
import { cleanText } from "../../src/core/clean-text.ts";
import { html, nameMarkup, proseMarkup } from "../../src/report/markup.ts";

const contentOf = (markup: string): string =>
  parseHTML(`<!doctype html><html><body><p>${markup}</p></body></html>`).document.querySelector("p")?.textContent ?? "";

describe("markup", () => {
  test("whatever a user's text holds, it is read back as text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."<>&\"'/=;`ab! -\u202e\u0000") }), (text) => {
        const { markup } = html`${text}`;
        expect(markup).not.toMatch(/[<>"']/);
        expect(contentOf(markup)).toBe(cleanText(text));
      }),
    );
  });

  test("parts that are markup are kept, lists are joined, null is nothing", () => {
    expect(html`<p>${html`<b>${"<"}</b>`}${null}${["a", html`<i></i>`]}${3}</p>`.markup).toBe("<p><b>&lt;</b>a<i></i>3</p>");
  });

  test("an attribute cannot be left", () => {
    const { document } = parseHTML(`<!doctype html><html><body>${html`<p title="${'" onclick="x'}">a</p>`.markup}</body></html>`);
    expect(document.querySelector("p")?.getAttribute("onclick")).toBeNull();
    expect(document.querySelector("p")?.getAttribute("title")).toBe('" onclick="x');
  });

  test("long names are cut and whole in the tooltip; blank ones are quoted", () => {
    expect(nameMarkup("x".repeat(300)).markup).toBe(`<code dir="auto" title="${"x".repeat(300)}">${"x".repeat(59)}…</code>`);
    expect(nameMarkup("  ").markup).toContain("&quot;  &quot;");
  });

  test("names between backticks are set as names, also when one backtick is left over", () => {
    expect(proseMarkup("a `b` c -> d").markup).toBe('a <code dir="auto">b</code> c → d');
    expect(contentOf(proseMarkup("a `b").markup)).toBe("a `b");
  });
});
