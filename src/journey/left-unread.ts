import type { Comparison } from "../core/comparison.ts";
import { digits } from "../core/digits.ts";
import { AS_IT_STANDS, type Finding, type FindingsFile, type Harm, WITH_AND_WITHOUT } from "../core/finding.ts";

/** By what a gain counts. */
type Judging = Pick<Comparison, "better" | "worthwhile">;

/** Columns of short texts that each row has of its own, which no model here reads: what they tell of the target is not known. */
export function unreadTexts({ dataset: { roles } }: FindingsFile): readonly string[] {
  if (roles === null || typeof roles !== "object" || Array.isArray(roles)) return [];
  const { ids, meanings } = roles as { ids?: unknown; meanings?: unknown };
  if (!Array.isArray(ids) || meanings === null || typeof meanings !== "object") return [];
  const known = new Map(Object.entries(meanings as Record<string, { readonly type?: unknown } | null>));
  return ids.filter((name): name is string => typeof name === "string" && known.get(name)?.type === "text");
}

type Priced = Finding & { readonly harm: Harm };

/** The two scores are those of a model before its data is mended and after: shares of two kinds of rows, or of two ways to judge, are no such pair. */
const MENDS: readonly string[] = [AS_IT_STANDS, WITH_AND_WITHOUT];

/** Open findings that are shown to cost score, and that a person can mend. The dearest first. */
function costlyOpen({ findings }: FindingsFile, { better }: Pick<Judging, "better">): readonly Priced[] {
  const gain = ({ delta }: Harm) => (better === "higher" ? delta : -delta);
  return findings
    .filter((one): one is Priced => one.harm !== null && MENDS.includes(one.harm.compares) && gain(one.harm) > 0)
    .filter(({ state, severity, fix }) => state === "open" && severity === "costly" && fix.action === "advice")
    .sort((a, b) => gain(b.harm) - gain(a.harm));
}

function costText({ columns, harm }: Priced): string {
  const names = columns.map((name) => `"${name}"`).join(", ");
  return harm.compares === WITH_AND_WITHOUT
    ? `With ${names} a quick model has ${digits(harm.claimed)}; without ${columns.length === 1 ? "it" : "them"} it has ${digits(harm.honest)}.`
    : `As ${names} ${columns.length === 1 ? "is" : "are"} written, a quick model has ${digits(harm.claimed)}; mended it has ${digits(harm.honest)}.`;
}

/** Columns of free text whose words nobody has tried: the budget ended before. */
function untriedTexts({ findings }: FindingsFile): readonly string[] {
  return findings.flatMap(({ trap, state, harm, columns }) => (trap === "unread-text" && state === "open" && harm === null ? columns : []));
}

/** One sentence for each kind of such columns. */
export function unreadTextReasons(file: FindingsFile): readonly string[] {
  return [
    ...notRead(unreadTexts(file), "short texts that each row has of its own, which no model here reads yet"),
    ...notRead(untriedTexts(file), "what the words tell was not measured in the time that there was"),
  ];
}

function notRead(texts: readonly string[], why: string): string[] {
  const names = texts.map((name) => `"${name}"`).join(", ");
  return texts.length === 0 ? [] : [`${names} ${texts.length === 1 ? "was" : "were"} not read: ${why}.`];
}

/** Texts whose words were tried without a gain, and may bring what counts all the same, as far as the interval knows. */
function undecidedTexts({ findings }: FindingsFile, { better, worthwhile }: Judging): readonly Finding[] {
  return findings.filter(({ trap, state, harm }) => {
    if (trap !== "unread-text" || state !== "kept" || harm === null) return false;
    const most = better === "higher" ? harm.high : -harm.low;
    return !Number.isFinite(most) || (most > 0 && most >= worthwhile.gain);
  });
}

/** What a verdict without a model does not speak of; empty when all columns were read as well as they can be. */
export function leftUnread(file: FindingsFile, judging: Judging): readonly string[] {
  return [
    ...unreadTextReasons(file),
    ...undecidedTexts(file, judging).map(
      ({ columns }) =>
        `Whether the words of ${columns.map((name) => `"${name}"`).join(", ")} bring what counts is neither shown nor excluded.`,
    ),
    ...costlyOpen(file, judging).flatMap((one) => (one.columns.length === 0 ? [] : [costText(one)])),
  ];
}

/** How it is mended, the most promising first. */
export function readSteps(file: FindingsFile, judging: Judging): readonly string[] {
  return [
    ...costlyOpen(file, judging).flatMap(({ fix }) => (fix.action === "advice" ? [fix.text] : [])),
    ...untriedTexts(file).map((name) => `Give a larger --budget, so that it is measured what the words of "${name}" tell.`),
    ...undecidedTexts(file, judging).map(
      ({ columns }) => `Collect more rows: they tell whether the words of "${columns[0] ?? ""}" are worth reading.`,
    ),
    ...unreadTexts(file).map(
      (name) => `Make columns of "${name}" that a model can read, such as a category or whether a word is there, and run again.`,
    ),
  ];
}
