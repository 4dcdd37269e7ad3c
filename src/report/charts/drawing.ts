import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { cleanText } from "../../core/clean-text.ts";

/** A drawing in two widths: one for desks and paper, one for phones, so that letters keep their size. */
export interface Chart {
  readonly name: string;
  /** The message, in words and with its number. */
  readonly title: string;
  /** How to read it. */
  readonly note: string;
  /** For those who cannot see it: what is drawn, with the numbers. */
  readonly text: string;
  readonly wide: string;
  readonly narrow: string;
}

export interface Sheet {
  readonly width: number;
  readonly isNarrow: boolean;
}

export const COLOURS = {
  ink: "var(--ink)",
  muted: "var(--muted)",
  line: "var(--line)",
  accent: "var(--accent)",
  band: "var(--band)",
  alarm: "var(--alarm)",
} as const;

const WIDE: Sheet = { width: 720, isNarrow: false };
const NARROW: Sheet = { width: 328, isNarrow: true };

const { document } = parseHTML("<!doctype html><html><body></body></html>");

export function drawChart(words: Omit<Chart, "wide" | "narrow">, options: (sheet: Sheet) => Plot.PlotOptions): Chart {
  const svg = (sheet: Sheet) => svgText({ ...options(sheet), width: sheet.width, document, style: { fontSize: "13px" } });
  return { ...words, wide: svg(WIDE), narrow: svg(NARROW) };
}

/** The drawing without Plot's own style sheet (the page has it once) and with coordinates of a hundredth of a pixel. */
function svgText(options: Plot.PlotOptions): string {
  const svg = Plot.plot(options);
  for (const style of svg.querySelectorAll("style")) style.remove();
  for (const labelled of svg.querySelectorAll("[aria-label]")) labelled.removeAttribute("aria-label");
  svg.removeAttribute("class");
  svg.removeAttribute("font-family");
  const text: string = svg.outerHTML;
  return text.replace(/<[^>]+>/g, (tag) => tag.replace(/-?\d+\.\d{3,}/g, (number) => String(Math.round(Number(number) * 100) / 100)));
}

/** Pixels that 13 px letters take in a wide font, so that no system's font is cut. */
export function textPx(text: string, isBold = false): number {
  let px = 0;
  for (const letter of text) px += letterPx(letter);
  return isBold ? px * 1.1 : px;
}

function letterPx(letter: string): number {
  if ((letter.codePointAt(0) ?? 0) > 0x2e7f) return 13.5;
  if (/[ .,:;ijlftrI|!'[\]()]/.test(letter)) return 5.2;
  if (/[mwMW%→@<>+=~#&…]/.test(letter)) return 12;
  return /\p{Lu}/u.test(letter) ? 9.6 : 8.3;
}

/** A user's text cut to `px`. */
export function fitText(text: string, px: number, isBold = false): string {
  const clean = cleanText(text);
  if (textPx(clean, isBold) <= px) return clean;
  let kept = "";
  for (const character of clean) {
    if (textPx(`${kept}${character}…`, isBold) > px) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A user's text cut to `px` in its middle: both ends are seen. */
export function cutMiddle(text: string, px: number, isBold = false): string {
  if (textPx(text, isBold) <= px) return text;
  const letters = [...text];
  for (let kept = letters.length - 1; kept > 1; kept--) {
    const end = Math.floor(kept / 2);
    const cut = `${letters
      .slice(0, kept - end)
      .join("")
      .trimEnd()}…${letters
      .slice(letters.length - end)
      .join("")
      .trimStart()}`;
    if (textPx(cut, isBold) <= px) return cut;
  }
  return "…";
}

/** From the least to the greatest finite value, with some room on both sides. */
export function paddedDomain(values: readonly number[], pad = 0.06): [number, number] {
  const known = values.filter(Number.isFinite);
  if (known.length === 0) return [0, 1];
  const [low, high] = known.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const room = high > low ? (high - low) * pad : Math.max(Math.abs(high) * pad, 1e-6);
  return [low - room, high + room];
}
