import { type Comparison, growthWords, headlineOf, neededWords, settlingSentence, type ToDecide } from "../core/comparison.ts";
import { digits, rangeText } from "../core/digits.ts";
import { answerKey, asksOfEach, type Finding } from "../core/finding.ts";
import { decidingQuestions, isSettled } from "../core/open-question.ts";
import type { GateResult } from "../core/proof.ts";
import { shellWord } from "../core/shell-word.ts";
import { readSteps } from "./left-unread.ts";
import type { StageResults } from "./stage-results.ts";

/** What is known of how much data settles an undecided comparison, and what more time may do. */
function toSettle({ comparison, sampled }: StageResults): string[] {
  if (comparison?.verdict !== "undecided") return [];
  const { toDecide } = comparison;
  // Without an answer the time is what lacks: `moreTime` says it.
  if (headlineOf(comparison) === null) return [];
  if (toDecide === null) return moreRepeats(comparison, "Give");
  const repeats = moreRepeats(comparison, "Or give");
  const words = neededWords(toDecide);
  if (words !== null && sampled == null) return [`Collect more and run again: there are ${words}.`, ...repeats];
  if (words !== null && sampled != null) return [`${useRows(sampled)}. ${mayBeThere(toDecide, sampled)}`, ...repeats];
  const { label, against, gain } = toDecide.open;
  const range = Number.isFinite(gain.high - gain.low) ? rangeText(gain) : digits(gain.value);
  return [
    `No number of rows is known to settle whether a model is worth it (${label} against ${against}: ${range}). ${settlingSentence(toDecide)}`,
    ...repeats,
  ];
}

/** Fewer repeats of the folds make wider intervals. */
function moreRepeats({ cutRepeats }: Comparison, give: "Give" | "Or give"): string[] {
  if (cutRepeats === undefined) return [];
  return [
    `${give} more time (\`--budget\`): there was ${roomText(cutRepeats)}; more make the intervals narrower, which may settle it, but need not.`,
  ];
}

function roomText({ ran, wanted }: NonNullable<Comparison["cutRepeats"]>): string {
  return `room for ${ran === 1 ? "1 run" : `${ran} repeats`} of the folds, not ${wanted}`;
}

/** What to do next, the most pressing first, eight at most. */
export function nextSteps(results: StageResults): string[] {
  const { file, comparison, plan, proof, dossier } = results;
  // That a simple rule does not beat itself is no defect.
  const isSimple = comparison !== null && comparison.verdict !== "model";
  const deciding = comparison === null ? [] : decidingQuestions(file.findings, comparison);
  const asked = [...deciding, ...file.findings].filter(
    (finding) => finding.question !== null && finding.answer === null && !isSettled(finding, file.findings),
  );
  const questions = eachActionOnce(asked).map((finding) => `Answer: ${finding.question ?? ""}${answerPlace(finding)}`);
  const open = file.findings
    // What is asked about is a step already.
    .filter(({ state, severity, fix, question, answer }) => {
      const isAsked = question !== null && answer === null;
      return state === "open" && severity !== "cosmetic" && fix.action === "advice" && !isAsked;
    })
    .map(({ fix }) => (fix.action === "advice" ? fix.text : ""));
  const gates =
    proof?.gates
      .filter(({ gate, status }) => status === "failed" && !(gate === "beats-baseline" && isSimple))
      .map(({ title }) => `Mend what the gate "${title}" found, then run prove again.`) ?? [];
  const undecided = settleGates(proof?.gates ?? [], dossier);
  const settling = toSettle(results);
  // More rows are one step, whatever they are for.
  const curve =
    plan === null || plan.curve.verdict !== "more-data-helps" || settling.length > 0
      ? []
      : [`${moreRows(plan.curve.units, results.sampled)}: ${plan.curve.why}`];
  // Without a model, what was not read comes before more of the same.
  const unread = comparison === null ? [] : readSteps(file, comparison);
  const [first, later] = isSimple ? [unread, []] : [[], unread];
  const steps = [...questions, ...first, ...settling, ...gates, ...moreTime(results), ...open, ...later, ...undecided, ...curve];
  return [...new Set(steps)].slice(0, 8);
}

/** Two findings about one column can be answered by one word in one place. */
function eachActionOnce(asked: readonly Finding[]): Finding[] {
  const places = asked.map(({ question, choices, ...rest }) =>
    choices === null ? (question ?? "") : `${answerKey({ choices, ...rest })} ${choices.join()}`,
  );
  return asked.filter((_, i) => places.indexOf(places[i] ?? "") === i);
}

/** What can settle gates whose interval holds both answers, those that the same settles together; one that hangs on a question is settled by the answer, which is a step already. */
function settleGates(gates: readonly GateResult[], dossier: string): string[] {
  const open = gates.filter(({ gate, status }) => status === "undecided" && gate !== "no-open-blocker");
  const step = (of: readonly GateResult[], how: string) => {
    const titles = of.map(({ title }) => `"${title}"`).join(" and ");
    return of.length === 0 ? [] : [`To settle the undecided gate${of.length === 1 ? "" : "s"} ${titles}: ${how}.`];
  };
  const byRows = open.filter(({ gate }) => gate !== "latency");
  return [
    ...step(byRows, `more rows narrow ${byRows.length === 1 ? "its interval" : "their intervals"}`),
    ...step(
      open.filter(({ gate }) => gate === "latency"),
      `run \`oldhand prove ${shellWord(dossier)}\` when the machine has nothing else to do`,
    ),
  ];
}

/** Rows that are there already need not be collected. */
function moreRows(units: string, sampled: StageResults["sampled"]): string {
  return sampled == null ? `Collect more ${units}` : useRows(sampled);
}

function useRows({ rows, of, limit }: NonNullable<StageResults["sampled"]>): string {
  const sample = `a sample of ${rows.toLocaleString("en")} of the ${of.toLocaleString("en")} rows was used`;
  if (limit === "most") return `Do not collect more yet: ${sample}, the most that experiments take`;
  const more = limit === "memory" ? "memory (`--memory`)" : "time (`--budget`)";
  return `Use the rows that are there first: give more ${more}, since ${sample}`;
}

/** Whether the rows that are there may be enough. */
function mayBeThere(toDecide: ToDecide, { of }: NonNullable<StageResults["sampled"]>): string {
  const { units, needed } = toDecide;
  if (needed === null) return "";
  const words = `Of ${units} ${growthWords(toDecide)}`;
  return units === "rows" && needed > of ? `${words}: more than there are.` : `${words}.`;
}

/** What the budget left undone can be done later. */
function moreTime({ comparison, proof, until, dossier }: StageResults): string[] {
  if (until === "data") return [];
  if (comparison === null) return ["Run again with more time (`--budget`): no model was judged."];
  if (headlineOf(comparison) === null) return unjudged(comparison);
  const isLate = proof === null ? until === "production" : proof.gates.some(({ status }) => status === "not-run");
  return isLate ? [`Give more time (\`--budget\`), or run \`oldhand prove ${shellWord(dossier)}\`: not all gates have run.`] : [];
}

/** One step, whatever the time was too short for. */
function unjudged({ candidates, cutRepeats }: Comparison): string[] {
  if (!candidates.some(({ state }) => state === "not-run")) return [];
  const again = "Run again with more time (`--budget`):";
  if (candidates.every(({ state }) => state === "not-run")) return [`${again} no candidate was judged.`];
  const room = cutRepeats === undefined ? "" : `, and for those that were there was ${roomText(cutRepeats)}`;
  return [`${again} not all candidates were judged${room}.`];
}

/** How the answer is given on the command line. */
function answerPlace({ choices, ...finding }: Finding): string {
  if (choices === null) return "";
  const meaning = (word: string) => (choices.includes("before") && word === "before" ? " (known by then)" : "");
  const key = JSON.stringify(answerKey({ choices, ...finding }));
  const answers = choices.map((word) => `{${key}: ${JSON.stringify(word)}}${meaning(word)}`).join(" or ");
  const each = asksOfEach({ choices, ...finding })
    ? ` Where the columns differ, answer each by its name (${eachWords(finding.columns)}).`
    : "";
  return ` Put ${answers} into a file and run again with --known-at FILE.${each}`;
}

/** {"a": "after", "b": "before"} */
function eachWords(columns: readonly string[]): string {
  const [a, b] = columns.map((name) => JSON.stringify(name));
  return `{${a}: "after", ${b}: "before"${columns.length > 2 ? ", ..." : ""}}`;
}
