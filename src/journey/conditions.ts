import { askedWords, quotedNames } from "../core/asked-words.ts";
import type { Comparison } from "../core/comparison.ts";
import { digits, rangeText } from "../core/digits.ts";
import type { Finding, FindingsFile, Harm } from "../core/finding.ts";
import { decidingQuestions, isPriced, openFlatterers } from "../core/open-question.ts";

/** What a score hangs on, a sentence for each question and set of columns, whatever made them suspect: nobody has answered it. */
export function conditions({ findings }: FindingsFile, comparison: Comparison): string[] {
  const decides = decidingQuestions(findings, comparison).length > 0;
  const less = decides ? "" : `, by less than what counts (${digits(comparison.worthwhile.gain)})`;
  const what = comparison.verdict === "model" ? "That score holds" : "This holds";
  const perColumns = new Map<string, Finding>();
  for (const finding of openFlatterers(findings, comparison)) {
    const key = JSON.stringify([askedWords(finding).of, finding.columns.toSorted()]);
    const first = perColumns.get(key);
    if (first === undefined || (!isPriced(first.harm, comparison) && isPriced(finding.harm, comparison))) perColumns.set(key, finding);
  }
  return [...perColumns.values()].map((finding) => {
    const { harm } = finding;
    const { holdsIf, left } = askedWords(finding);
    const known = `${what} if ${holdsIf}`;
    if (!isPriced(harm, comparison)) return `${known}; what is left ${left} was not measured.`;
    const honest = { value: harm.honest, low: harm.honestLow, high: harm.honestHigh };
    return `${known}; ${left} a quick model falls from ${claimText(harm)} to ${rangeText(honest)}${less}${neitherHas(harm)}${atMostConstant(honest.value, comparison)}.`;
  });
}

/** A model that is no better than the same answer for every row is none. */
function atMostConstant(honest: number, { candidates, better }: Comparison): string {
  const constant = candidates.find(({ estimator, score }) => estimator === "constant" && Number.isFinite(score.value));
  if (constant === undefined || (better === "higher" ? honest > constant.score.value : honest < constant.score.value)) return "";
  return `, no better than ${constant.label} (${digits(constant.score.value, constant.score)})`;
}

/** Whether there is no answer before somebody has given one. */
export function hangsOnQuestion({ findings }: FindingsFile, comparison: Comparison): boolean {
  return decidingQuestions(findings, comparison).length > 0;
}

/** The claimed score of a harm, with its interval where it has one. */
export function claimText({ claimed, claimedLow, claimedHigh, honestLow, honestHigh }: Harm): string {
  if (Number.isFinite(claimedHigh - claimedLow)) return rangeText({ value: claimed, low: claimedLow, high: claimedHigh });
  return digits(claimed, { low: honestLow, high: honestHigh });
}

/** What other leaks keep out on both sides. */
export function neitherHas({ bothWithout = [] }: Harm): string {
  return bothWithout.length === 0 ? "" : ` (both without ${quotedNames(bothWithout)})`;
}
