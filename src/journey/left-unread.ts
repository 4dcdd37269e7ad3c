import { digits } from "../core/digits.ts";
import type { Finding, FindingsFile } from "../core/finding.ts";

/** Columns of sentences, which no model here reads: what they tell of the target is not known. */
export function unreadTexts({ dataset: { roles } }: FindingsFile): readonly string[] {
  if (roles === null || typeof roles !== "object" || Array.isArray(roles)) return [];
  const { ids, meanings } = roles as { ids?: unknown; meanings?: unknown };
  if (!Array.isArray(ids) || meanings === null || typeof meanings !== "object") return [];
  const known = new Map(Object.entries(meanings as Record<string, { readonly type?: unknown } | null>));
  return ids.filter((name): name is string => typeof name === "string" && known.get(name)?.type === "text");
}

/** Open findings that are shown to cost score, and that a person can mend. The dearest first. */
export function costlyOpen({ findings }: FindingsFile): readonly Finding[] {
  const worth = ({ harm }: Finding) => (harm === null ? 0 : Math.abs(harm.delta));
  return findings
    .filter(({ state, severity, harm, fix }) => state === "open" && severity === "costly" && harm !== null && fix.action === "advice")
    .sort((a, b) => worth(b) - worth(a));
}

/** One sentence where there are such columns. */
export function unreadTextReasons(file: FindingsFile): readonly string[] {
  const texts = unreadTexts(file);
  if (texts.length === 0) return [];
  const names = texts.map((name) => `"${name}"`).join(", ");
  return [`${names} ${texts.length === 1 ? "was" : "were"} not read: free text, which no model here reads yet.`];
}

/** What a verdict without a model does not speak of; empty when all columns were read as well as they can be. */
export function leftUnread(file: FindingsFile): readonly string[] {
  return [
    ...unreadTextReasons(file),
    ...costlyOpen(file).flatMap(({ columns, harm }) =>
      harm === null || columns.length === 0
        ? []
        : [
            `As ${columns.map((name) => `"${name}"`).join(", ")} ${columns.length === 1 ? "is" : "are"} written, a quick model has ${digits(harm.claimed)}; mended it has ${digits(harm.honest)}.`,
          ],
    ),
  ];
}

/** How it is mended, the most promising first. */
export function readSteps(file: FindingsFile): readonly string[] {
  return [
    ...costlyOpen(file).flatMap(({ fix }) => (fix.action === "advice" ? [fix.text] : [])),
    ...unreadTexts(file).map(
      (name) => `Make columns of "${name}" that a model can read, such as a category or whether a word is there, and run again.`,
    ),
  ];
}
