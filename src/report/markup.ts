import { cleanText } from "../core/clean-text.ts";
import { cutText } from "./plain.ts";

/** Markup that is safe to print. Only `html` and `raw` make it: everything else is escaped on its way in. */
export interface Markup {
  readonly markup: string;
}

export type Part = string | number | Markup | null | readonly Part[];

export const NOTHING: Markup = { markup: "" };

/** Template of markup: parts are escaped unless they are markup themselves; null prints nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: strings.map((text, i) => (i === 0 ? "" : printed(parts[i - 1] ?? null)) + text).join("") };
}

/** Markup that this room wrote itself (styles, drawings). Never a user's text. */
export function raw(markup: string): Markup {
  return { markup };
}

function printed(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return escapeText(String(part));
  return "markup" in part ? part.markup : part.map(printed).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

function escapeText(text: string): string {
  return cleanText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}

const NAME_LENGTH = 60;
const PROSE_LENGTH = 3000;

/** A user's name for something: its own reading direction; cut when long, then whole in the tooltip. */
export function nameMarkup(name: string): Markup {
  const shown = name.trim() === "" ? `"${name}"` : cutText(name, NAME_LENGTH);
  const whole = shown === name ? NOTHING : html` title="${name}"`;
  return html`<code dir="auto"${whole}>${shown}</code>`;
}

/** The first names and how many more there are. */
export function namesMarkup(names: readonly string[], most = 6): Markup {
  const shown = names.slice(0, most).map((name, i) => html`${i === 0 ? "" : ", "}${nameMarkup(name)}`);
  return html`${shown}${names.length > most ? ` and ${names.length - most} more` : ""}`;
}

/** A per cent sign stays on the line of its number. */
export function unbroken(text: string): string {
  return text.replace(/(\d) %/g, "$1\u00a0%");
}

/** A sentence in which names stand between backticks. `text` prints what is between them. */
export function proseMarkup(sentence: string, text: (plain: string) => Markup = (plain) => html`${plain}`): Markup {
  const parts = cutText(sentence, PROSE_LENGTH).split(/`([^`]*)`/);
  return html`${parts.map((part, i) => (i % 2 === 1 ? (part === "" ? NOTHING : nameMarkup(part)) : text(unbroken(part.replaceAll(" -> ", " → ")))))}`;
}
