import type { Suspicion } from "../../core/finding.ts";
import { normalCdf } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { equalEnds } from "../leaks/equal-ends.ts";
import { writtenByChange } from "../leaks/flag-of-change.ts";
import { endOfStudy, followedUntil } from "../leaks/followed-until.ts";
import { givenExactly } from "../leaks/given-exactly.ts";
import { writtenLater } from "../leaks/later-twins.ts";
import { type OneSided, oneSided } from "../leaks/one-sided.ts";
import { writtenAsOwnWindows } from "../leaks/own-windows.ts";
import { writtenAsRanks } from "../leaks/ranks-within.ts";
import { givenByLeaks, rebuiltLeaks } from "../leaks/rebuilt.ts";
import { runningTotals, writtenAsTotals } from "../leaks/running-totals.ts";
import { type TextAnswers, textAnswers } from "../leaks/text-answers.ts";
import { towers } from "../leaks/towering.ts";
import { TIME_WORDS } from "../meaning/lexicon.ts";
import type { Meaning } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { type Association, associationsOf, zThreshold } from "../signal/associations.ts";
import { answerFor, featureThreshold, fromLogit, knownQuestion, logit, NEAR_PERFECT, standsOutOfHonest } from "../signal/leak-odds.ts";
import { isTimeOfFate, mayBeFollowed, meaningIn } from "../signal/named-after.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";

/** Below this a column tells too little to matter, and the question would be noise. A time until the outcome is no matter of degree. */
const LEAST_SCORE = 0.6;

/** Below this probability no question is asked. */
const LEAST_CONFIDENCE = 0.3;

/** The most where the name rather does not say so: the strongest honest column stands out too, so it is asked about and not taken out. */
const MOST_IF_ONLY_STRONG = 0.45;

/** Pairs in the right order of two classes 0.8 standard deviations apart, which is called a large effect (Cohen 1988): honest causes of less are common. */
const LARGE_EFFECT = normalCdf(0.8 / Math.SQRT2);

/** Standard errors of a difference that chance seldom makes (one in twenty). */
const BEYOND_CHANCE = 1.96;

/** Nothing but its strength speaks: it is asked about and never acted on. */
const TOWERING = 0.3;
/** A value that only one class has, and hardly any other column comes near: it is asked about. */
const ONE_SIDED = 0.4;
/** Values that end as times of follow-up do: seniority of a customer does so too, so it is asked about. */
const FOLLOWED = 0.4;
/** A text may name the target because somebody knew it, or because the target was read from it: it is asked about. */
const SAID = 0.45;
/** Only the two names say so: a time at risk may be known, and no value shows what it is. */
const NAMED_FOLLOWED = 0.3;

/**
 * A column that is written during or after the outcome: its name suggests so and it tells much, more than honest columns do. What the user
 * says is only known afterwards is found whatever it tells, and what towers over all other columns is asked about whatever its name.
 */
export const postOutcome: Check = {
  trap: "post-outcome",
  title: "A column is only known after the outcome",
  hiddenByLabels: true,
  inspect(context) {
    const associations = associationsOf(context);
    const threshold = featureThreshold(context);
    const dated = timesOfLeaks(context);
    const filled = oneSided(context).map(({ column }) => column);
    const single = context.roles.features.flatMap((name) => {
      if (dated.some(({ columns }) => columns[0] === name)) return [];
      const found = associations.get(name);
      const answer = answerFor(context, name);
      if (found === undefined || answer === "before" || (found.score >= NEAR_PERFECT && found.z > threshold)) return [];
      const said = answer === "after" ? undefined : textAnswers(context).find(({ column }) => column === name);
      if (said !== undefined) return [inWords(context, found, said)];
      const meaning = meaningIn(context, name);
      const { dominance, classIndex } = standsOutOfHonest(context, name, filled);
      // Which column it would be is said by its name, so no others were looked through.
      const isEnough = meaning.untilFate ? found.z > zThreshold(1) : found.score >= LEAST_SCORE && found.z > threshold;
      const told = isEnough && meaning.after > 0 && meaning.excusedBy.length === 0;
      const isShown = filled.includes(name) || scoreOfBest(found, classIndex) >= LARGE_EFFECT;
      const confidence = answer === "after" ? 1 : told ? confidenceOf(meaning, dominance, found, isShown) : 0;
      if (confidence >= LEAST_CONFIDENCE)
        return [withClass(context, found, suspicion(context, found, meaning, dominance, confidence), classIndex)];
      const kept = meaning.excusedBy.length > 0 ? null : keptUntilTheEnd(context, found, threshold);
      if (kept !== null)
        return [
          { ...suspicion(context, found, meaning, dominance, FOLLOWED), ...kept, evidence: { ...scoreEvidence(found), ...kept.evidence } },
        ];
      if (meaning.excusedBy.length === 0 && isTimeOfFate(context, name))
        return [{ ...suspicion(context, found, meaning, dominance, NAMED_FOLLOWED), why: pairReason(context, found) }];
      if (meaning.excusedBy.length > 0 || meaning.lasting || meaning.birth || found.z <= threshold) return [];
      const side = oneSided(context).find(({ column }) => column === name);
      if (side !== undefined) return [{ ...suspicion(context, found, meaning, dominance, ONE_SIDED), ...ofOneSide(context, found, side) }];
      return towers(context, found)
        ? [{ ...suspicion(context, found, meaning, dominance, TOWERING), why: toweringReason(context, found) }]
        : [];
    });
    // What is known before may be written down together with what it gives.
    const formulas = givenExactly(context).filter(({ columns }) => columns.some((name) => answerFor(context, name) !== "before"));
    const given = formulas.flatMap(({ columns }) => givenByLeaks(context, columns));
    return surestOfEach([
      ...single,
      ...dated,
      ...rebuiltLeaks(context),
      ...given,
      ...writtenByChange(context),
      ...writtenAsTotals(context),
      ...writtenAsRanks(context),
      ...writtenAsOwnWindows(context, new Set(runningTotals(context).map(({ column }) => column))),
      ...writtenLater(context),
    ]);
  },
};

/** Each column once, by the surest of what speaks against it; of equals by the first. */
function surestOfEach(found: readonly Suspicion[]): readonly Suspicion[] {
  const surest = new Map<string, Suspicion>();
  for (const one of found) {
    const name = one.columns.join("\n");
    const known = surest.get(name);
    if (known === undefined || one.confidence > known.confidence) surest.set(name, one);
  }
  return found.filter((one) => surest.get(one.columns.join("\n")) === one);
}

/** What gives the target was written when that was known, and its day says when. */
const WITH_A_LEAK = 0.75;

/** Columns that are called the time of one that gives the target: "reservation_status_date" beside "reservation_status". */
function timesOfLeaks(context: AuditContext): readonly Suspicion[] {
  const { roles, frame } = context;
  const [associations, threshold] = [associationsOf(context), featureThreshold(context)];
  const leaks = roles.features.filter((name) => {
    const found = associations.get(name);
    return found !== undefined && found.score >= NEAR_PERFECT && found.z > threshold && answerFor(context, name) !== "before";
  });
  return frame.columns.flatMap(({ name }) => {
    if (name === roles.target || roles.ignored.includes(name) || answerFor(context, name) === "before") return [];
    const leak = leaks.find((one) => isTimeOf(nameWords(name), nameWords(one)));
    return leak === undefined ? [] : [timeOfLeak(context, name, leak)];
  });
}

/** The words of the other and one or two of time behind or before them. */
function isTimeOf(words: readonly string[], other: readonly string[]): boolean {
  const [start, extra] = [words.join(" ").indexOf(other.join(" ")), words.length - other.length];
  const rest = words.filter((word) => !other.includes(word));
  return start >= 0 && (extra === 1 || extra === 2) && rest.length === extra && rest.every((word) => WHEN.includes(word));
}

const WHEN: readonly string[] = [...TIME_WORDS, "of", "on"];

function timeOfLeak(context: AuditContext, name: string, leak: string): Suspicion {
  const steps = [{ op: "drop" as const, columns: [name] }];
  const found = associationsOf(context).get(name);
  const isUsed = context.roles.features.includes(name);
  return {
    trap: "post-outcome",
    columns: [name],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: answerFor(context, name) === "after" ? 1 : WITH_A_LEAK,
    evidence: { ...(found === undefined ? {} : scoreEvidence(found)), timeOf: leak },
    fix: { action: "steps", steps },
    counterfactual: isUsed ? { change: "steps", steps, flatters: true } : null,
    ...(isUsed ? {} : { unmeasured: "It is no feature, so no score has it; as the time of the rows it is that of the outcome." }),
    question: knownQuestion(name),
    choices: KNOWN_AT,
    why: `\`${name}\` is called the time of \`${leak}\`, which nearly gives the target: it is written when the outcome is known, and beside other dates it tells it.`,
  };
}

/** Names the class that the column tells better than any honest one does, where that made it stand out. */
function withClass({ task }: AuditContext, { classScores }: Association, one: Suspicion, classIndex: number | null): Suspicion {
  if (classIndex === null || task.kind === "regression") return one;
  const [name, score] = [task.classes[classIndex] ?? "", classScores.get(classIndex) ?? Number.NaN];
  return {
    ...one,
    evidence: { ...one.evidence, class: name, classScore: score },
    why: `${one.why} Of ${quoted(name)} alone it tells AUC ${score.toFixed(3)}, more beside the others than any honest column.`,
  };
}

/** Words that name the answer. Nothing here reads them unless `unread-text` does, so no score can price them yet. */
function inWords(context: AuditContext, found: Association, said: TextAnswers): Suspicion {
  const { roles, task } = context;
  const { column, kind, named, byChance, texts, word, classIndex } = said;
  const label = quoted(task.kind === "regression" ? "" : (task.classes[classIndex] ?? ""));
  const counts = `${amount(named)} of ${amount(texts)} texts of \`${column}\``;
  const why = {
    number: `${counts} hold the very number of \`${roles.target}\` of their row (by chance ${amount(Math.round(byChance))} would)`,
    class: `${counts} call the class of their row by its name (by chance ${amount(Math.round(byChance))} would)`,
    word: `${counts} say ${quoted(word)} and have \`${roles.target}\` = ${label}, and hardly any says it and has another class (by chance ${amount(Math.round(byChance))} would have that class)`,
    nearly: `${counts} say ${quoted(word)} and have \`${roles.target}\` = ${label}, few say it and have another class, and no other word comes near that (by chance ${amount(Math.round(byChance))} would have that class)`,
    never: `${counts} say ${quoted(word)} and have another \`${roles.target}\` than ${label}, and hardly any says it and has that (by chance ${amount(Math.round(byChance))} would have another)`,
  }[kind];
  return {
    trap: "post-outcome",
    columns: [column],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: SAID,
    evidence: { ...scoreEvidence(found), kind: `text-${kind}`, named, byChance, texts },
    fix:
      kind === "nearly"
        ? { action: "advice", text: `Find out whether \`${column}\` is written before the prediction.` }
        : { action: "steps", steps: [{ op: "drop", columns: [column] }] },
    counterfactual: null,
    unmeasured: "The words of the text are not read, so no score has them yet.",
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `${why}: it may be written when the outcome is known. Its words are not read until that is answered.`,
  };
}

/** What time until an outcome, or until the end of a study where none came, leaves in the values, whatever the column is called; null where it does not. */
function keptUntilTheEnd(context: AuditContext, found: Association, threshold: number): Pick<Suspicion, "evidence" | "why"> | null {
  const { column } = found;
  const { target } = context.roles;
  const label = (index: number) => quoted(context.task.kind === "regression" ? "" : (context.task.classes[index] ?? ""));
  const until = found.z > threshold && mayBeFollowed(context, column) ? followedUntil(context, column) : null;
  if (until !== null)
    return {
      evidence: { ...until },
      why: `\`${column}\` may be how long somebody was followed, until \`${target}\` was known: ${percent(until.longest)} of the longest tenth are ${label(until.classIndex)}, of all rows ${percent(until.base)}, as where those without the event are followed to the end. If it is, a score with it is a lie.`,
    };
  const ends = equalEnds(context).find(({ columns }) => columns.includes(column));
  if (ends !== undefined)
    return {
      evidence: { ...ends },
      why: `${namedColumns(ends.columns)} are equal in ${percent(ends.equal)} of the rows with \`${target}\` = ${label(ends.classIndex)} and in ${percent(ends.equalElsewhere)} of the others: as times until two outcomes, both cut off by the same end where neither came. If they are, a score with them is a lie.`,
    };
  const end = endOfStudy(context, column);
  if (end === null) return null;
  return {
    evidence: { ...end },
    why: `All ${amount(end.rows)} rows with the last day of \`${column}\`, ${end.day}, are ${label(end.classIndex)} (of all rows ${percent(end.base)}), and no other day has nearly as many: as where a study ends on that day, and the others have the day of the outcome. If it is so, a score with it is a lie.`,
  };
}

function toweringReason(context: AuditContext, found: Association): string {
  return `\`${found.column}\` tells far more than ${isStrongest(context, found) ? "any other column" : "all columns that nothing else speaks against"}: ${scoreWords(found, context.task)}. Its name does not say when it is written; if that is after the outcome, a score with it is a lie.`;
}

function isStrongest(context: AuditContext, { column, score }: Association): boolean {
  return context.roles.features.every((name) => name === column || (associationsOf(context).get(name)?.score ?? 0) <= score);
}

function ofOneSide({ task }: AuditContext, found: Association, side: OneSided): Pick<Suspicion, "evidence" | "why"> {
  const { column, usual, classIndex, share, shareElsewhere, times } = side;
  const label = quoted(task.kind === "regression" ? "" : (task.classes[classIndex] ?? ""));
  return {
    evidence: { ...scoreEvidence(found), usual, class: label, share, shareElsewhere, timesAtLeast: times },
    why: `\`${column}\` is other than ${quoted(usual)} in ${percent(share)} of the rows of class ${label} and in ${percent(shareElsewhere)} of the others, at least ${Math.floor(times)} times as often, which no other column comes near but where it is filled in the same rows: as of what is written when the outcome comes. If it is, a score with it is a lie.`,
  };
}

function pairReason({ roles, task }: AuditContext, found: Association): string {
  return `\`${found.column}\` and the target \`${roles.target}\` are named as how long somebody was followed and what was seen at the end: ${scoreWords(found, task)}. If it is, nobody knows it when the prediction is made, whatever it tells.`;
}

/**
 * Standing out makes surer of what the name suggests; it does not replace it. A time until the outcome may tell less than honest columns do. A name that rather does not say so (a duration, a delay)
 * is asked about only where the column stands out by more than two equally good ones differ by chance. Where the values do not show it
 * (`isShown`), the name alone asks: "after" may be after something that comes before the outcome.
 */
function confidenceOf({ after, untilFate }: Meaning, dominance: number, { score, z }: Association, isShown: boolean): number {
  const error = (score - 0.5) / z / (score * (1 - score));
  if (after < 0.5 && !untilFate && dominance <= BEYOND_CHANCE * Math.SQRT2 * error) return 0;
  const confidence = fromLogit(logit(after) + 2 * (untilFate ? Math.max(0, dominance) : dominance));
  return after < 0.5 || !(isShown || untilFate) ? Math.min(MOST_IF_ONLY_STRONG, confidence) : confidence;
}

/** What the column tells, of all classes or of the one by which it stands out. */
function scoreOfBest({ score, classScores }: Association, classIndex: number | null): number {
  return Math.max(score, classScores.get(classIndex ?? -1) ?? 0);
}

function suspicion(context: AuditContext, found: Association, meaning: Meaning, dominance: number, confidence: number): Suspicion {
  const { column } = found;
  const steps = [{ op: "drop" as const, columns: [column] }];
  const reason = answerFor(context, column) === "after" ? "You said that it is written after the prediction is made." : reasonOf(meaning);
  return {
    trap: "post-outcome",
    columns: [column],
    rows: NO_ROWS,
    severity: confidence >= 0.5 ? "blocker" : "harmful",
    confidence,
    evidence: {
      ...scoreEvidence(found),
      standsOut: dominance,
      afterWeight: meaning.after,
      afterWords: meaning.afterWords,
      subject: meaning.subject,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    why: `\`${column}\` may only be known once the outcome is: ${scoreWords(found, context.task)}. ${reason}`,
  };
}

/** Only a suspicion, so it is put as one. */
function reasonOf({ after, afterWords, subject }: Meaning): string {
  const name = `${namedColumns(afterWords)}${subject.length === 0 ? "" : ` beside ${namedColumns(subject)}`}`;
  return after < 0.5
    ? `Its name (${name}) does not tell: such a value is often known before. If it is not, a score with it is a lie.`
    : `Its name (${name}) suggests so; if so, the score is a lie.`;
}
