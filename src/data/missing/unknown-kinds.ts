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

/** Words in a row, two of them with a capital beside the first: "Unknown Worlds Entertainment" is who made it, unless its second word comes elsewhere too. */
function isName(level: string): boolean {
  const words = level.trim().split(/\s+/);
  return words.every((word) => /^\p{L}+$/u.test(word)) && words.slice(1).filter((word) => /^\p{Lu}/u.test(word)).length >= 2;
}

function wordsOf(level: string): readonly string[] {
  return fold(level).split(/[^\p{L}]+/u);
}

/** Levels that name a kind and say that it is not known which: neither missing nor one kind. */
export function unknownKinds(context: AuditContext): Suspicion[] {
  return levelFeatures(context).flatMap((column) => (column.type === "text" ? [] : ofColumn(context, column)));
}

function ofColumn(context: AuditContext, column: LevelColumn): Suspicion[] {
  const counts = levelCounts(context, column);
  const begun = column.levels.flatMap((level, code) =>
    (counts[code] ?? 0) > 0 && UNKNOWN.test(fold(level)) && nullConfidence(level, []) === 0 ? [code] : [],
  );
  const named = new Set(begun.filter((code) => isName(column.levels[code] ?? "")));
  const elsewhere = new Set(named.size === 0 ? [] : column.levels.flatMap((level, code) => (named.has(code) ? [] : wordsOf(level))));
  const codes = begun.filter((code) => !named.has(code) || elsewhere.has(wordsOf(column.levels[code] ?? "")[1] ?? ""));
  if (codes.length === 0) return [];
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
