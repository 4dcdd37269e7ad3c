import type { Suspicion } from "../../core/finding.ts";
import { fold, nullConfidence } from "../../core/null-words.ts";
import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";

/** What begins with one of these is known in part ("Unknown bird - small"); alone they are words for "no value". */
const UNKNOWN =
  /^(unknown|unidentified|undetermined|unspecified|unbekannt\p{L}*|inconnue?s?|desconocid[oa]s?|sconosciut[oaie]|onbekend\p{L}*|nieznan\p{L}*|okand\p{L}*)[\s,:/_(-]+\p{L}/u;

/** Fewer rows are a matter of a few, and of fewer values a kind has no others beside it. */
const [LEAST_ROWS, LEAST_LEVELS] = [5, 5];

/** Levels that name a kind and say that it is not known which: neither missing nor one kind. */
export function unknownKinds(context: AuditContext): Suspicion[] {
  return levelFeatures(context).flatMap((column) => (column.type === "text" ? [] : ofColumn(context, column)));
}

function ofColumn(context: AuditContext, column: LevelColumn): Suspicion[] {
  const counts = levelCounts(context, column);
  const codes = column.levels.flatMap((level, code) =>
    (counts[code] ?? 0) > 0 && UNKNOWN.test(fold(level)) && nullConfidence(level, []) === 0 ? [code] : [],
  );
  const held = new Set(codes);
  const rows = affectedRows(context, (row) => held.has(column.codes[row] ?? -1));
  if (rows.count < LEAST_ROWS || column.levels.length < LEAST_LEVELS || codes.length === column.levels.length) return [];
  const shown = codes.toSorted((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).map((code) => quoted(column.levels[code] ?? ""));
  return [
    {
      trap: "null-spelling",
      columns: [column.name],
      rows,
      severity: "cosmetic",
      confidence: 0.8,
      evidence: { spellings: codes.slice(0, 20).map((code) => column.levels[code] ?? ""), rowShare: rows.count / context.dataset.rows },
      fix: {
        action: "advice",
        text: `Take these values of \`${column.name}\` for groups of what was not told apart, and not for kinds of their own.`,
      },
      counterfactual: null,
      unmeasured: "What they say in part (a size, a family) is lost where they become missing.",
      question: null,
      why: `${counted(codes.length, "value")} of \`${column.name}\` (${shown.slice(0, 3).join(", ")}${shown.length > 3 ? ", ..." : ""}) ${codes.length === 1 ? "says" : "say"} that the kind is not known, in ${amount(rows.count)} rows (${percent(rows.count / context.dataset.rows)}): each may hold any of the others.`,
    },
  ];
}
