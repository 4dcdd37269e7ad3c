import { columnOf } from "../../core/column.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";
import { infoOf } from "../columns/features.ts";

/** From here on a word is hardly ever anything but "no value". */
const SURE = 0.9;
/** Ways to write it: with one blank, with two. */
const MOST_SPELLINGS = 5;

/** The word for "no value" that all cells of a column hold which are not empty, its blanks taken away; null: it holds something else. */
export function onlyNullWord(context: AuditContext, name: string): string | null {
  const info = infoOf(context, name);
  if (info.missing === context.dataset.rows || info.distinct > MOST_SPELLINGS) return null;
  const column = columnOf(context.frame, name);
  // A sample need not hold all texts of the column.
  if (!("codes" in column) || info.distinct > column.levels.length) return null;
  const held = column.levels.filter((_, code) => column.codes.includes(code));
  const [word = null, ...others] = new Set(held.map((level) => level.trim()));
  return word !== null && others.length === 0 && (word === "" || nullConfidence(word, []) >= SURE) ? word : null;
}
