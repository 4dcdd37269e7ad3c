import { columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { Json } from "../../core/json.ts";
import type { AuditContext, Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, percent } from "../findings/phrase.ts";
import { type FlagOfTarget, flagOfTarget } from "../leaks/flag-of-target.ts";
import { type KindOfEvent, kindOfEvent } from "../leaks/kind-of-event.ts";
import { type PartOfTarget, partOfTarget, wholeOfTarget } from "../leaks/part-of-target.ts";
import { kinshipIn, SAME_VALUES, type SameForm, sameForms, sharedValues } from "../leaks/same-form.ts";
import { isOfDayBefore } from "../meaning/day-words.ts";
import { isOfYear, type Kinship, kinshipOf } from "../meaning/kindred-names.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { type OtherForm, otherFormOf } from "../meaning/other-form.ts";
import { type Association, associationsOf } from "../signal/associations.ts";
import { answerFor, featureThreshold, knownQuestion, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";

const LEAST_SCORE = 0.65;
/** What a name must tell that holds the target's whole name, and one that shares hardly more than its letters. */
const LEAST_INSIDE = 0.55;
const LEAST_BY_LETTERS = 0.75;

/**
 * Another outcome kept as a feature: it shares the target's name and its values or its signal, or it is a part of the target's amount, or says exactly where that is 0. Only a person knows which came first. Names that the reader gave to a
 * file without a header say nothing.
 */
export const siblingTarget: Check = {
  trap: "sibling-target",
  title: "Another form of the target is used as a feature",
  hiddenByLabels: true,
  inspect(context) {
    if (context.dataset.source.dialect?.header === false) return [];
    const associations = associationsOf(context);
    const threshold = featureThreshold(context);
    return context.roles.features.flatMap((name) => {
      const found = associations.get(name);
      if (found === undefined || answerFor(context, name) !== null) return [];
      const flag = flagOfTarget(context, columnOf(context.frame, name));
      if (flag !== null) return [flagSuspicion(context, found, flag)];
      const twin = sameForms(context).get(name);
      if (twin !== undefined) return [twinSuspicion(context, twin)];
      const form = found.score >= NEAR_PERFECT ? null : otherFormOf(name, context.roles.target);
      const isOfEstimate = context.task.kind === "regression" && found.z > threshold;
      if (form !== null && (form.how !== "error" || isOfEstimate)) return [formSuspicion(context, found, form)];
      if (found.score >= NEAR_PERFECT || found.z <= threshold || isEarlierByName(name, context.roles.target)) return [];
      const column = columnOf(context.frame, name);
      const kin = kinshipIn(context, name);
      const isAlike = kin !== null && found.score >= leastScore(kin);
      if (!isAlike && found.score < LEAST_SCORE) return kindSuspicions(context, found, kindOfEvent(context, column));
      const part = "values" in column ? partOfTarget(context, column) : null;
      if (part !== null) return [partSuspicion(context, found, part)];
      const whole = "values" in column ? wholeOfTarget(context, column) : null;
      if (whole !== null) return [wholeSuspicion(context, found, whole)];
      if (!isAlike) return [];
      const same = sharedValues(context, name);
      const isShort = kin.by === "whole" || kin.by === "number" || (kin.by === "word" && kin.stem.length < 3);
      return isShort && !isOfYear(name, context.roles.target) && same < SAME_VALUES ? [] : [suspicion(context, found, kin.stem, same)];
    });
  },
};

function isEarlierByName(name: string, target: string): boolean {
  return meaningOf(name).excusedBy.length > 0 || isOfDayBefore(name, target);
}

/** A change of the target ("ctrmgpa" of "trmgpa") tells less of it than an earlier value does. */
function leastScore({ by }: Kinship): number {
  if (by === "inside") return LEAST_INSIDE;
  return by === "short" || by === "letter" || by === "number" ? LEAST_BY_LETTERS : LEAST_SCORE;
}

function suspicion(context: AuditContext, found: Association, stem: string, same: number): Suspicion {
  return {
    ...sibling(found, { sharedStem: stem, sharedValues: same }),
    confidence: same >= SAME_VALUES ? 0.45 : 0.35,
    why: `\`${found.column}\` shares its name with the target \`${context.roles.target}\` ("${stem}"): ${scoreWords(found, context.task)}. It may be an earlier measurement, which is honest, or the same outcome, which is not.`,
  };
}

/** No honest column is named like the target, holds its classes and nearly gives it: it is left out unless somebody says that it is known before. */
function twinSuspicion(context: AuditContext, { association, stem, same }: SameForm): Suspicion {
  const { column } = association;
  return {
    ...sibling(association, { sharedStem: stem, sharedValues: same, form: "same" }),
    severity: "blocker",
    confidence: 0.9,
    fix: { action: "steps", steps: [{ op: "drop", columns: [column] }] },
    why: `\`${column}\` shares its name with the target \`${context.roles.target}\` ("${stem}") and its values, and nearly gives it: ${scoreWords(association, context.task)}. It is the same outcome once more, unless somebody decides by it.`,
  };
}

function partSuspicion(context: AuditContext, found: Association, part: PartOfTarget): Suspicion {
  const { column } = found;
  const { target } = context.roles;
  return {
    ...sibling(found, { ...part }),
    // A limit that is set before, such as an opening bid, behaves the same.
    confidence: 0.45,
    why: `\`${column}\` is never larger than the target \`${target}\`, and where it is not 0 it is the whole of it in ${percent(part.whole)} of the rows (by chance ${percent(part.wholeByChance)}). It may be a part of the same outcome, which is known no earlier, or a limit set before, which is honest.`,
  };
}

function wholeSuspicion(context: AuditContext, found: Association, part: PartOfTarget): Suspicion {
  const { column } = found;
  const { target } = context.roles;
  return {
    ...sibling(found, { ...part, targetIsPart: true }),
    confidence: 0.4,
    why: `\`${target}\` is never larger than \`${column}\`, and is the whole of it in ${percent(part.whole)} of the rows (by chance ${percent(part.wholeByChance)}). \`${column}\` may be a limit or a price set before, which is honest, or of the same moment, which is not.`,
  };
}

function flagSuspicion(context: AuditContext, found: Association, flag: FlagOfTarget): Suspicion {
  const { column } = found;
  const { target } = context.roles;
  return {
    ...sibling(found, { ...flag }),
    confidence: 0.45,
    why: `\`${column}\` says exactly where \`${target}\` is ${flag.smallest} (${amount(flag.at)} rows) and where it is more (${amount(flag.above)} rows). It may be the same outcome in short, which is known no earlier, or a condition known before, which is honest.`,
  };
}

const SAID: Readonly<Record<OtherForm["how"], string>> = {
  score: "as the number whose cuts are the classes is named. If they are made of it, it is known no earlier",
  mark: "as a mark of values that were not measured, such as those below a limit of detection, is named. Nobody has it before the measurement",
  error: "as the error of an estimate is named. It is computed with the estimate, and grows with it as a rule",
  side: "as the other side of one event is named. The two are known together",
};

/** What the name says holds whatever the values tell. */
function formSuspicion(context: AuditContext, found: Association, { how, stem }: OtherForm): Suspicion {
  return {
    ...sibling(found, { sharedStem: stem, form: how }),
    confidence: 0.45,
    why: `\`${found.column}\` is named beside the target \`${context.roles.target}\` ${SAID[how]}: ${scoreWords(found, context.task)}.`,
  };
}

/** A kind of the event is there only where the event is, so it tells little of all rows, and everything of its own. */
function kindSuspicions(context: AuditContext, found: Association, kind: KindOfEvent | null): readonly Suspicion[] {
  const { column } = found;
  const { target } = context.roles;
  const kin = kind === null ? null : kinshipOf(column, target);
  if (
    kind === null ||
    kin === null ||
    kin.by === "whole" ||
    kin.by === "short" ||
    kin.by === "letter" ||
    kin.by === "number" ||
    kin.stem.length < 3
  )
    return [];
  const { stem } = kin;
  return [
    {
      ...sibling(found, { sharedStem: stem, ...kind }),
      confidence: 0.4,
      why: `\`${column}\` shares its name with the target \`${target}\` ("${stem}"), and the ${amount(kind.kindRows)} rows of its rarer value have one class in ${percent(kind.ofClass)} (all rows in ${percent(kind.base)}). It may be a kind of the same outcome, which is known no earlier.`,
    },
  ];
}

function sibling(found: Association, evidence: Readonly<Record<string, Json>>): Omit<Suspicion, "confidence" | "why"> {
  const { column } = found;
  return {
    trap: "sibling-target",
    columns: [column],
    rows: NO_ROWS,
    severity: "harmful",
    evidence: { ...scoreEvidence(found), ...evidence },
    fix: { action: "advice", text: `Say with --known-at whether "${column}" is known before the prediction; if not, it is left out.` },
    counterfactual: { change: "steps", steps: [{ op: "drop", columns: [column] }], flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
  };
}
