import { type Column, isMissing } from "../../core/column.ts";
import { int32Where, placesUpTo } from "../../core/typed-from.ts";
import type { AuditContext } from "../check.ts";
import { textAt } from "../columns/column-facts.ts";
import { nameWords } from "../meaning/name-words.ts";

/** Rows that are looked at, and the share of them in which a subject stands in the text beside it. */
const [LOOKED_AT, REPEATED] = [2000, 0.5];

/** Columns that hold what somebody wrote, whatever their texts look like. */
const OF_MESSAGES: readonly string[] = ["body", "text", "message", "mail", "email", "ticket", "nachricht", "mensaje", "messaggio"];

/** Whether a subject is what a message is about, and no subject of a study: its values are written as headings are, or a text of the row says it again. */
export function isHeading(column: Column, { frame, roles }: AuditContext): boolean {
  if (!("codes" in column) || !nameWords(column.name).includes("subject")) return false;
  const others = frame.columns.filter(({ name }) => name !== column.name);
  const texts = others.filter(({ name }) => roles.meanings[name]?.type === "text");
  const isOfMessages = texts.length > 0 || others.some(({ name }) => nameWords(name).some((word) => OF_MESSAGES.includes(word)));
  if (isOfMessages && areHeadings(heldLevels(column, frame.rows))) return true;
  const rows = placesUpTo(Math.min(frame.rows, LOOKED_AT));
  return texts.some((text) => {
    const both = int32Where(rows, (row) => textAt(column, row) !== null && textAt(text, row) !== null);
    const repeated = both.filter((row) => standsIn(textAt(column, row) ?? "", textAt(text, row) ?? ""));
    return both.length > 0 && repeated.length >= REPEATED * both.length;
  });
}

function heldLevels(column: Extract<Column, { readonly codes: Int32Array }>, rows: number): readonly string[] {
  const held = new Set<number>();
  for (let row = 0; row < rows; row++) if (!isMissing(column, row)) held.add(column.codes[row] ?? -1);
  return column.levels.filter((_, code) => held.has(code));
}

/** An answer, a message that was sent on, or what a program wrote in front of it. */
const OF_MAIL = /^\s*(?:(?:re|fwd?|aw|wg|sv|vs|tr|rv|res|enc|rif|odp)\s*:|\[[^\]]+\]\s*\S)/iu;

/** Of the values, so many have a mark of mail, or are phrases. */
const [MARKED, PHRASES] = [0.05, 0.5];

/** People have names of several words too, but each begins with a capital; codes have digits. */
function areHeadings(levels: readonly string[]): boolean {
  const share = (is: (level: string) => boolean) => levels.filter(is).length / Math.max(1, levels.length);
  if (share((level) => OF_MAIL.test(level)) >= MARKED) return true;
  return share((level) => /\d/.test(level)) < 0.5 && share((level) => /\S\s+\p{Ll}{2,}/u.test(level.trim())) >= PHRASES;
}

/** Two words at least, as words of their own: the letter A of a person stands in any text, and a surname in what is written of him. */
function standsIn(heading: string, text: string): boolean {
  const words = (one: string) =>
    ` ${
      one
        .toLowerCase()
        .match(/[\p{L}\p{N}]+/gu)
        ?.join(" ") ?? ""
    } `;
  const own = words(heading);
  return own.trim().includes(" ") && words(text).includes(own);
}
