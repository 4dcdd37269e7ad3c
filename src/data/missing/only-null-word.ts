import { nullConfidence } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";

/** From here on a word is hardly ever anything but "no value". */
const SURE = 0.9;

/** The word for "no value" that all cells of a column hold which are not empty; null: it holds something else. */
export function onlyNullWord({ dataset, frame }: AuditContext, name: string): string | null {
  const info = dataset.columns.find((one) => one.name === name);
  const column = info?.distinct === 1 ? frame.columns.find((one) => one.name === name) : undefined;
  if (column === undefined || !("codes" in column)) return null;
  const code = column.codes.find((one) => one >= 0) ?? -1;
  const word = column.levels[code];
  return word !== undefined && nullConfidence(word, []) >= SURE ? word : null;
}
