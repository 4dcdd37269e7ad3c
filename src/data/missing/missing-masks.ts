import type { Column } from "../../core/column.ts";
import { isMissing } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { featuresOf } from "../columns/features.ts";
import { LIKELY } from "../harm/ground.ts";
import { nullLevels } from "./null-levels.ts";

/** Features that are missing in the same rows. */
export interface MissingMask {
  readonly columns: readonly Column[];
  /** 1 where they are missing. */
  readonly flags: Uint8Array;
  readonly missing: number;
}

/** Tells for a column in which rows nothing stands, or a word that likely means so ("NA"). */
export function gapsOf(context: AuditContext, column: Column): (row: number) => boolean {
  const codes = likelyNulls(context).get(column.name);
  if (codes === undefined || "values" in column) return (row) => isMissing(column, row);
  return (row) => isMissing(column, row) || codes.has(column.codes[row] ?? -1);
}

function likelyNulls(context: AuditContext): ReadonlyMap<string, ReadonlySet<number>> {
  return context.shared("likely-null-codes", () => {
    const found = new Map<string, Set<number>>();
    for (const { column, code, confidence } of nullLevels(context)) {
      if (confidence < LIKELY) continue;
      const known = found.get(column.name);
      if (known === undefined) found.set(column.name, new Set([code]));
      else known.add(code);
    }
    return found;
  });
}

/** Most columns have none, as their counts say. */
function mayHaveGaps(context: AuditContext, column: Column): boolean {
  return factsOf(column, context.frame.rows).present < context.frame.rows || likelyNulls(context).has(column.name);
}

/** Columns that are missing in at least `least` rows and present in as many, by the rows in which they are missing. */
export function missingMasks(context: AuditContext, least: number): readonly MissingMask[] {
  const { rows } = context.frame;
  const masks = new Map<string, MissingMask & { columns: Column[] }>();
  for (const column of featuresOf(context)) {
    if (!mayHaveGaps(context, column) && least > 0) continue;
    const flags = new Uint8Array(rows);
    const isGap = gapsOf(context, column);
    let [missing, a, b] = [0, 0x811c9dc5, 0x9e3779b9];
    for (let row = 0; row < rows; row++) {
      if (!isGap(row)) continue;
      flags[row] = 1;
      missing++;
      a = Math.imul(a ^ row, 0x01000193);
      b = Math.imul(b + row, 0x85ebca6b) ^ (b >>> 13);
    }
    if (missing < least || rows - missing < least) continue;
    const key = `${missing} ${a} ${b}`;
    const known = masks.get(key);
    if (known === undefined) masks.set(key, { columns: [column], flags, missing });
    else known.columns.push(column);
  }
  return [...masks.values()];
}
