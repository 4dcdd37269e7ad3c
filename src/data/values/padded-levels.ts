import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { counted, quoted } from "../findings/phrase.ts";
import { spellingGroups } from "./spelling-groups.ts";

const [LEAST_PADDED, PADDED_SHARE] = [2, 0.5];
/** More values are texts, and no list of a recipe. */
const MOST_RENAMED = 200;
/** Share of the columns of texts, of two at least, or number of them from which on the file is written so. */
const [OF_TEXTS, LEAST_COLUMNS, SEVERAL] = [0.5, 2, 3];

/**
 * Columns of which most values are filled up with blanks: a value that comes without them is another one to a model. Where they are filled up to one width, or where three columns or half of them are, the file is written so
 * (dialect); a single column beside others without is spelt otherwise than they are (spelling-variant).
 */
export function paddedLevels(context: AuditContext): Suspicion[] {
  const texts = context.frame.columns.filter((column): column is LevelColumn => "codes" in column);
  const found = texts.flatMap((column) => {
    const filled = column.levels.filter((level) => /^\s|\s$/.test(level));
    return filled.length < LEAST_PADDED || filled.length < PADDED_SHARE * column.levels.length ? [] : [{ column, filled }];
  });
  const isOfFile = found.length >= Math.min(SEVERAL, Math.max(LEAST_COLUMNS, OF_TEXTS * texts.length));
  return found.map(({ column, filled }) => suspicion(context, column, filled, isOfFile));
}

function suspicion(context: AuditContext, column: LevelColumn, filled: readonly string[], isOfFile: boolean): Suspicion {
  const { name, levels } = column;
  const [example = ""] = filled;
  const width = widthOf(filled);
  return {
    trap: isOfFile || width !== null ? "dialect" : "spelling-variant",
    columns: [name],
    rows: NO_ROWS,
    severity: "cosmetic",
    confidence: 0.9,
    evidence: { padded: filled.length, levels: levels.length, width },
    fix: isRenamed(context, column)
      ? {
          action: "steps",
          steps: [{ op: "map", column: name, mapping: Object.fromEntries(filled.map((level) => [level, level.trim()])) }],
        }
      : {
          action: "advice",
          text: `Cut the blanks off \`${name}\` at its source: a new row with ${quoted(example.trim())} would hold an unknown value.`,
        },
    counterfactual: null,
    unmeasured: "Within the file all values are written alike, so nothing is lost until other rows come.",
    question: null,
    why: `${counted(filled.length, "value")} of ${levels.length} in \`${name}\` ${filled.length === 1 ? "is" : "are"} filled up with blanks${width === null ? "" : ` to ${width} characters`}, such as ${quoted(example)}: joined with another table, or asked with a new row, they match nothing.`,
  };
}

/** The characters to which all are filled up; null where they differ, or have equally many without the blanks: " R" and " D" are not filled up to two. */
function widthOf(filled: readonly string[]): number | null {
  const [widths, bare] = [filled, filled.map((level) => level.trim())].map((some) => new Set(some.map(({ length }) => length))) as [
    Set<number>,
    Set<number>,
  ];
  return widths.size === 1 && bare.size > 1 ? ([...widths][0] ?? null) : null;
}

/** A feature of few names, none of which another repair renames (spelling-variant.ts): of two renames of one value the second finds nothing. */
function isRenamed(context: AuditContext, column: LevelColumn): boolean {
  const { roles } = context;
  if (column.type === "text" || column.levels.length > MOST_RENAMED || !roles.features.includes(column.name)) return false;
  return spellingGroups(column.levels, levelCounts(context, column), true).length === 0;
}
