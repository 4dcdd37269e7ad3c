import { quotedNames } from "../core/asked-words.ts";
import {
  bestBaselineOf,
  type Candidate,
  type Comparison,
  headlineOf,
  modelsChosenAmong,
  neededWords,
  settlingSentence,
} from "../core/comparison.ts";
import { digits, rangeText } from "../core/digits.ts";
import type { Estimate } from "../core/estimate.ts";
import { type Finding, type FindingsFile, type Unchecked, uncheckedNames, uncheckedSentences } from "../core/finding.ts";
import { mayCount, openFlatterers } from "../core/open-question.ts";
import type { GateResult, Proof } from "../core/proof.ts";
import { differenceWords, directionOf, mirrored } from "../core/score-difference.ts";
import { timeOfRowsSentence } from "../core/time-of-rows.ts";
import type { Verdict } from "../core/verdict.ts";
import { claimText, conditions, hangsOnQuestion, neitherHas } from "./conditions.ts";
import { leftUnread, unreadTextReasons } from "./left-unread.ts";
import { nextSteps } from "./next-steps.ts";
import { unansweredDrops } from "./open-questions.ts";
import type { StageResults } from "./stage-results.ts";

/**
 * go only when nothing speaks against it; unknown when the budget ended before the model was judged, or when the rows are too few to tell whether a model is
 * worth it, or when the answer to an open question could change the answer (docs/journey.md), or when gates had no time or checks broke down.
 */
export function reachVerdict(results: StageResults): Verdict {
  const { comparison, file, until, budgetMs } = results;
  const blockers = file.findings.filter(({ severity, state }) => severity === "blocker" && state === "open");
  const next = nextSteps(results);
  if (comparison === null && blockers.length > 0)
    return {
      decision: "no-go",
      headline: `Do not go on with this data yet: ${blockers.length === 1 ? "a blocker is" : `${blockers.length} blockers are`} left open in it.`,
      reasons: [...blockers.map(openSentence), ...mendedReasons(file), ...uncheckedReasons(file.unchecked)],
      next,
    };
  if (comparison === null)
    return {
      decision: "unknown",
      headline:
        until === "data"
          ? "Only the data was looked at: no model was asked for."
          : `No answer yet: ${budgetMs === 0 ? "--budget 0s asks for no experiments, so no model was judged" : "the budget ended before a model was judged"}.`,
      reasons: [...mendedReasons(file), ...uncheckedReasons(file.unchecked)],
      next,
    };
  const chosen = headlineOf(comparison);
  if (chosen === null)
    return {
      decision: "unknown",
      headline: noAnswerHeadline(comparison),
      reasons: [...comparison.why, ...uncheckedReasons(file.unchecked)],
      next,
    };
  if (comparison.verdict !== "model") {
    const left = unansweredDrops(file);
    const unread = leftUnread(file, comparison);
    const hangs = hangsOnQuestion(file, comparison) || mayCount(left, comparison);
    const isOpen = comparison.verdict === "undecided" || hangs || unread.length > 0;
    const blocked = blockers.length === 0 ? "" : "Do not go on with this data yet: a blocker is left open in it. ";
    return {
      decision: blockers.length > 0 || !isOpen ? "no-go" : "unknown",
      headline: [
        `${blocked}${unreadWords(unread)}${withoutColumns(left, noModelHeadline(comparison, chosen))}`,
        ...conditions(file, comparison),
      ].join(" "),
      reasons: [...blockers.map(openSentence), ...reasonsOf(comparison), ...mendedReasons(file), ...uncheckedReasons(file.unchecked)],
      next,
    };
  }
  return modelVerdict(results, comparison, chosen, blockers, next);
}

/** A model was chosen: does anything speak against it, or is anything not proved? */
function modelVerdict(
  results: StageResults,
  comparison: Comparison,
  chosen: Headline,
  blockers: readonly Finding[],
  next: readonly string[],
): Verdict {
  const { proof, file, until } = results;
  const failed = proof?.gates.filter(({ status }) => status === "failed") ?? [];
  const unproved = unprovedParts(results);
  const against = [
    ...blockers.map(openSentence),
    ...lossOnTest(comparison, failed),
    ...failed.map(({ title, why }) => `Gate failed, ${title}: ${why}`),
  ];
  const held = conditions(file, comparison);
  const score = [scoreSentence(comparison, chosen, results.sampled), ...held].join(" ");
  const open = proof?.gates.filter(({ status }) => status === "undecided") ?? [];
  const supporting = [
    ...relabelledReasons(results),
    ...leftOpen(file, comparison).map(({ why }) => `Left open, harmful: ${why}`),
    ...undecidedReasons(open.filter(({ gate }) => gate !== "latency")),
    ...comparison.why,
    ...mendedReasons(file),
    ...unreadTextReasons(file),
    // It speaks of the machine before it speaks of the model.
    ...undecidedReasons(open.filter(({ gate }) => gate === "latency")),
  ];
  if (against.length > 0)
    return {
      decision: "no-go",
      headline: `Do not release it yet: ${against.length === 1 ? "one thing stands" : `${against.length} things stand`} in the way. ${score}`,
      reasons: [...against, ...uncheckedReasons(file.unchecked), ...supporting],
      next,
    };
  if (unproved.length > 0)
    return {
      decision: "unknown",
      headline: `Not proved yet: ${unproved.map(({ what }) => what).join("; ")}. ${score}`,
      reasons: [...unproved.flatMap(({ details }) => details), ...supporting],
      next,
    };
  if (proof === null) {
    const why = until === "production" ? "the budget ended before the gates ran" : "the gates were not asked for";
    return { decision: "unknown", headline: `Not proved yet: ${why}. ${score}`, reasons: supporting, next };
  }
  if (hangsOnQuestion(file, comparison))
    return {
      decision: "unknown",
      headline: `It hangs on an open question, the first step below: what it asks about is used, so the score holds for one of the answers only. ${score}`,
      reasons: supporting,
      next,
    };
  const left = leftOpen(file, comparison);
  const changed = relabelledReasons(results).length > 0 ? " The labels that judge were changed." : "";
  const said = `${goWord(file, held.length > 0)}${openWords(left)}${changed} ${score}`;
  return { decision: "go", headline: `${said}${skipWords(proof)}`, reasons: supporting, next };
}

/** A simple rule that is shown to be better on the given test rows is the one to use, whether or not the gate that says so has run. */
function lossOnTest({ test, metricLabel }: Comparison, failed: readonly GateResult[]): string[] {
  const gain = test?.overBaseline ?? null;
  if (gain === null || directionOf(gain) !== "worse" || failed.some(({ gate }) => gate === "beats-baseline")) return [];
  return [`On the given test rows it is ${differenceWords(gain, "the best simple rule", metricLabel)}: use the rule.`];
}

function undecidedReasons(open: readonly GateResult[]): string[] {
  return open.map(({ title, why }) => `Gate undecided, ${title}: ${why}`);
}

/** Only rows that a model doubted were looked at, so even right corrections lean to its side. */
function relabelledReasons({ relabelled }: StageResults): string[] {
  return relabelled == null
    ? []
    : [
        `${relabelled} They judge too, as somebody vouches for each in \`checked_by\`. Only rows that a model doubted were looked at: errors that it shares are left. --labels none judges by the labels as delivered.`,
      ];
}

/** Harmful findings that nothing has mended and nobody has answered, beside those that the conditions name. */
function leftOpen({ findings }: FindingsFile, comparison: Comparison): Finding[] {
  const named = new Set(openFlatterers(findings, comparison));
  return findings.filter(
    (finding) => finding.severity === "harmful" && finding.state === "open" && finding.answer === null && !named.has(finding),
  );
}

/** A go must not hide what is left open. */
function openWords(left: readonly Finding[]): string {
  if (left.length === 0) return "";
  const traps = [...new Set(left.map(({ trap }) => trap))];
  return ` Left open in the data: ${left.length === 1 ? "a harmful finding" : `${left.length} harmful findings`} (${traps.join(", ")}).`;
}

/** A repair that waits for an answer is part of what is said "go" to. */
function goWord(file: FindingsFile, isConditional: boolean): string {
  const left = unansweredDrops(file);
  if (left.length === 0) return isConditional ? "Go, whatever the answer to what is still asked." : "Go.";
  const names = quotedNames([...new Set(left.flatMap(({ columns }) => columns))]);
  const isOne = left.length === 1 && left[0]?.columns.length === 1;
  return `Go as mended: ${names} ${isOne ? "was" : "were"} left out, so this holds whatever the answer; answer the question${left.length === 1 ? "" : "s"} below to keep ${isOne ? "it" : "them"} if ${isOne ? "it is" : "they are"} known in time.`;
}

interface Unproved {
  readonly what: string;
  readonly details: readonly string[];
}

/** Gates without time and checks that did not finish: what they would have found is not known. */
function unprovedParts({ file: { unchecked }, proof }: StageResults): Unproved[] {
  const late = proof?.gates.filter(({ status }) => status === "not-run") ?? [];
  return [
    ...(late.length === 0
      ? []
      : [
          {
            what: `the budget left too little time for ${gateNames(late)}`,
            details: late.map(({ title, why }) => `Gate not run, ${title}: ${why}`),
          },
        ]),
    ...(unchecked.length === 0
      ? []
      : [
          {
            what: `${uncheckedNames(unchecked)} did not finish`,
            details: uncheckedReasons(unchecked),
          },
        ]),
  ];
}

function uncheckedReasons(unchecked: readonly Unchecked[]): string[] {
  return uncheckedSentences(unchecked);
}

/** What a go does not rest on. */
function skipWords({ gates }: Proof): string {
  const skipped = gates.filter(({ status }) => status === "skipped");
  const open = gates.filter(({ status }) => status === "undecided");
  return [
    skipped.length === 0 ? "" : ` Not tested: ${gateNames(skipped)}.`,
    open.length === 0 ? "" : ` Undecided: ${gateNames(open)}.`,
  ].join("");
}

function gateNames(gates: readonly GateResult[]): string {
  return `the gate${gates.length === 1 ? "" : "s"} ${gates.map(({ title }) => `"${title}"`).join(", ")}`;
}

/** A verdict on the columns that were read says first what was not. */
function unreadWords(unread: readonly string[]): string {
  return unread.length === 0 ? "" : `Not all was read that may tell: ${unread.join(" ")} By the rest: `;
}

/** "Without x, ...": nothing that was left out on suspicion may hide behind a verdict on what was left in. */
function withoutColumns(left: readonly Finding[], headline: string): string {
  if (left.length === 0) return headline;
  const names = [...new Set(left.flatMap(({ columns }) => columns))];
  return `Without ${quotedNames(names)}, which ${names.length === 1 ? "was" : "were"} left out on suspicion: ${headline.charAt(0).toLowerCase()}${headline.slice(1)}`;
}

function openSentence({ why }: Finding): string {
  return `Blocker left open: ${why}`;
}

type Headline = Pick<Candidate, "label" | "score" | "overBaseline">;

/** What failed is named: it is why there is no answer. */
function noAnswerHeadline({ candidates }: Comparison): string {
  const failed = candidates
    .filter(({ state }) => state === "failed")
    .map(({ label, note }) => `${label} failed (${note ?? "no reason given"})`);
  const isShort = candidates.some(({ state }) => state === "not-run");
  const open = [...failed, ...(isShort ? ["the budget ended before all candidates were judged"] : [])];
  return `No answer yet: ${open.length === 0 ? "no candidate could be judged" : open.join("; ")}.`;
}

/** Three answers that must not be mistaken for each other: not needed, not possible, not known. */
function noModelHeadline(comparison: Comparison, chosen: Headline): string {
  const { metricLabel, worthwhile, toDecide, rule, verdict } = comparison;
  const score = `${metricLabel} ${rangeText(chosen.score)}`;
  const gain = `${digits(worthwhile.gain)} ${metricLabel}`;
  const inWords = rule === null || !rule.isChosen || rule.text.length > SHORT ? "" : ` (${rule.text})`;
  if (verdict === "simple-rule" && worthwhile.gain === 0)
    return `You do not need machine learning here: ${chosen.label}${inWords} makes no mistake on the judged rows (${score}).`;
  // The chosen one is the best baseline here: what the intervals were taken against.
  if (verdict === "simple-rule")
    return `You do not need machine learning here: no model gains as much as ${gain} over ${chosen.label}${inWords} (${score}).`;
  if (verdict === "cannot-learn")
    return `This cannot be learned from this data: nothing gains as much as ${gain} over the same answer every time (${score}).`;
  const best = bestBaselineOf(comparison);
  const meanwhile =
    best === null || best.name === comparison.chosen
      ? `Until then the simpler side, ${chosen.label}${inWords}, is the one to use (${score}).`
      : `The best simple answer so far is ${best.label} (${metricLabel} ${rangeText(best.score)}), ${notYet(chosen)} ${chosen.label}, which is kept until then.`;
  const isSample = toDecide !== null && toDecide.sampleOf != null;
  if (toDecide === null) return `Not enough data to tell whether a model is worth it. ${meanwhile}`;
  if (neededWords(toDecide) === null)
    return `Whether a model is worth it cannot be told from these ${toDecide.have.toLocaleString("en")} ${toDecide.units}${isSample ? ", a sample" : ""}. ${meanwhile}`;
  return `${isSample ? "Too few rows were used" : "Not enough data"} to tell whether a model is worth it. ${meanwhile}`;
}

/** How many rows may settle it is a step of its own, so it is no reason as well. */
function reasonsOf({ why, toDecide }: Comparison): readonly string[] {
  return toDecide === null ? why : why.filter((sentence) => sentence !== settlingSentence(toDecide));
}

/** The one test of all candidates decides; the interval of one alone may say more, and stands in the table. */
function notYet({ overBaseline }: Headline): string {
  return overBaseline !== null && overBaseline.high < 0
    ? "better by its own interval, but not once it counts that it is the best of all that were tried; so it does not replace"
    : "not yet shown to be better than";
}

/** A rule that fits into a sentence. */
const SHORT = 90;

function scoreSentence(comparison: Comparison, chosen: Headline, sampled: StageResults["sampled"]): string {
  const gain = chosen.overBaseline;
  const better = gain === null ? "" : `, ${differenceWords(gain, "the best simple rule")}`;
  const rows = comparison.test?.rows.toLocaleString("en");
  const where = rows === undefined ? "rows it has not seen" : `${sampled == null ? "the" : "a sample of"} ${rows} given test rows`;
  return `${capital(chosen.label)} reaches ${comparison.metricLabel} ${rangeText(chosen.score)} on ${where}${better}${choiceWords(comparison)}.${foldsWords(comparison)}`;
}

/** Folds that promised what the test does not keep say that what was chosen by them, and every other figure of theirs, is of easier rows. */
function foldsWords({ test, better, chosen, candidates, metricLabel }: Comparison): string {
  const folds = candidates.find(({ name }) => name === chosen)?.score;
  if (test === null || folds === undefined) return "";
  const toFolds = better === "higher" ? test.gap : mirrored(test.gap);
  if (directionOf(toFolds) !== "worse") return "";
  return ` The folds promised ${metricLabel} ${rangeText(folds)}: the test is ${differenceWords(toFolds, "that")}, so do not go by what was measured within the training rows.`;
}

/** The two are corrected apart, so score less gain need not be the rule's score to the digit. */
function choiceWords(comparison: Comparison): string {
  const models = modelsChosenAmong(comparison);
  return comparison.test !== null || models === 0 ? "" : ` (each corrected for having chosen among ${models} models)`;
}

function mendedReasons(file: FindingsFile): string[] {
  const asked = new Set(unansweredDrops(file));
  const leaks = file.findings.filter(
    (finding) => asked.has(finding) || (finding.severity === "blocker" && finding.state === "mended" && finding.fix.action === "steps"),
  );
  const { gap, passedOver } = file.dataset.split;
  const time = timeOfRowsSentence(file);
  return [
    ...(time === null ? [] : [time]),
    ...(passedOver === null ? [] : [passedOver]),
    ...new Set(leaks.map((finding) => leakSentence(finding))),
    ...(gap !== null && differs(gap.random, gap.proposed)
      ? [
          `A random split would have claimed ${digits(gap.random.value, gap.random)}; split by ${file.dataset.split.policy} it is ${rangeText(gap.proposed)}.`,
        ]
      : []),
  ];
}

function leakSentence({ columns: named, fix, harm, why, answer, choices }: Finding): string {
  const dropped = fix.action !== "steps" ? [] : fix.steps.flatMap((step) => (step.op === "drop" ? step.columns : []));
  if (dropped.length === 0) return `Mended: ${why}`;
  // Some of them may have been said to be known before.
  const columns = named.some((name) => dropped.includes(name)) ? named.filter((name) => dropped.includes(name)) : named;
  const names = quotedNames(columns);
  const were = columns.length === 1 ? "was" : "were";
  if (harm === null) return `${names} ${were} left out: ${why}`;
  if (harm.low === 0 && harm.high === 0)
    return `${names} ${were} left out: the score is the same with ${columns.length === 1 ? "it" : "them"} and without (${digits(harm.honest)}), so nothing is lost by it, and nothing shows what ${columns.length === 1 ? "it tells" : "they tell"} beyond the other columns.`;
  if (harm.low <= 0 && harm.high >= 0)
    return `${names} ${were} left out: ${columns.length === 1 ? "it" : "they"} may flatter the score, and the data does not decide (difference ${rangeText({ value: harm.delta, low: harm.low, high: harm.high })}).`;
  const honest = { value: harm.honest, low: harm.honestLow, high: harm.honestHigh };
  const [it, is, they] = columns.length === 1 ? ["it", "is", "it"] : ["them", "are", "they"];
  // Nobody has said when they are known: each of the two scores is honest in one of the two cases.
  const condition = answer === null && choices?.includes("before") === true ? ` unless ${they} ${is} known when a prediction is made` : "";
  return `${names} ${were} left out: with ${it} a quick model would claim ${claimText(harm)}, honest is ${rangeText(honest)}${condition}${neitherHas(harm)}.`;
}

function differs(a: Estimate, b: Estimate): boolean {
  return a.low > b.high || b.low > a.high;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
