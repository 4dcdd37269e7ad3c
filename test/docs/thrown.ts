import { ERROR_CODES } from "../../src/core/error.ts";
import type { Source } from "../architecture/sources.ts";

/** One place in the source that makes an OldhandError. */
export interface Thrown {
  readonly path: string;
  readonly codes: readonly string[];
  /** What the parts may read; null where the source builds them from something else than one literal. */
  readonly what: RegExp | null;
  readonly fix: RegExp | null;
}

const CALL = /new OldhandError\(\s*(?:"([a-z-]+)"|([\w.]+))\s*,/g;

/** Where the code is a variable, every code that the file writes as text counts. Errors that are only passed on (`user.code`) do not. */
export function thrownErrors(sources: readonly Source[]): Thrown[] {
  return sources
    .filter(({ path }) => path !== "core/error.ts")
    .flatMap(({ path, text }) =>
      [...text.matchAll(CALL)].flatMap((call) => {
        const [, literal, variable] = call;
        if (variable?.includes(".")) return [];
        const codes = literal === undefined ? ERROR_CODES.filter((code) => text.includes(`"${code}"`)) : [literal];
        const next = text.indexOf("new OldhandError(", call.index + 1);
        const parts = text.slice(call.index, Math.min(next < 0 ? text.length : next, call.index + 1500));
        return [{ path, codes, what: partOf(parts, "what"), fix: partOf(parts, "fix") }];
      }),
    );
}

function partOf(parts: string, name: string): RegExp | null {
  const found = new RegExp(`\\b${name}:\\s*`).exec(parts);
  return found === null ? null : literalAt(parts, found.index + found[0].length);
}

/** A text or template as an expression: `${...}` stands for anything. Null when no literal begins there. */
export function literalAt(text: string, start: number): RegExp | null {
  const quote = text[start];
  if (quote !== '"' && quote !== "'" && quote !== "`") return null;
  let pattern = "";
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === quote) return new RegExp(`^${pattern}$`);
    if (quote === "`" && text.startsWith("${", at)) {
      at = endOfHole(text, at + 2);
      pattern += ".*";
    } else {
      if (text[at] === "\\") at++;
      pattern += (text[at] ?? "").replace(/[.*+?^${}()|[\]\\/]/, "\\$&");
    }
  }
  return null;
}

/** Place of the brace that closes a template's hole. */
function endOfHole(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "`") at = endOfTemplate(text, at + 1);
    else if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}

function endOfTemplate(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === "`") return at;
    else if (text.startsWith("${", at)) at = endOfHole(text, at + 2);
  }
  return text.length;
}
