import type { Suspicion } from "../../core/finding.ts";
import { int32Where } from "../../core/typed-from.ts";
import type { AuditContext, Check } from "../check.ts";
import { affectedRows, NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { amount, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { type GivenBesideChange, givenBesideChange } from "../leaks/beside-a-change.ts";
import { type CutOfColumn, cutsOfColumns } from "../leaks/cut-of-column.ts";
import { type FewSteps, fewSteps } from "../leaks/few-steps.ts";
import { type GivenInMost, givenInMost } from "../leaks/given-in-most.ts";
import { type MostlyStretch, mostlyStretches } from "../leaks/mostly-stretches.ts";
import { type OneOfCauses, oneOfCauses } from "../leaks/one-of-causes.ts";
import { type PartOfValue, partsOfValues } from "../leaks/parts-of-values.ts";
import { type RoundedMultiple, roundedMultiples } from "../leaks/rounded-multiples.ts";
import { kinshipIn, sameForms } from "../leaks/same-form.ts";
import { type TargetStretch, targetStretches } from "../leaks/target-stretches.ts";
import { type WrittenTarget, writtenTargets } from "../leaks/written-targets.ts";
import { type Association, associationsOf, viewOf } from "../signal/associations.ts";
import { coarserCopies } from "../signal/coarser-copies.ts";
import { answerFor, featureThreshold, fromLogit, knownQuestion, logit, NEAR_PERFECT, standsOut } from "../signal/leak-odds.ts";
import { meaningIn } from "../signal/named-after.ts";
import { scoreEvidence, scoreWords } from "../signal/score-words.ts";
import { easyTasks } from "../signal/strong-together.ts";
import { entityStructure } from "../split/entity-structure.ts";
import type { GroupKey } from "../split/group-keys.ts";
import { judgedGroup } from "../split/group-or-time.ts";
import { targetUnits } from "../values/target-units.ts";

/** A name or the design of the file says that they are things. */
const OF_THINGS_BY_DESIGN: readonly GroupKey["from"][] = ["name", "members", "series", "panel", "things"];

/** Score from which a column is the target in other clothes. */
const DETERMINISTIC = 0.9995;

/**
 * One column nearly gives the target. Several that each tell something of their own are asked about together: they are the columns of an easy task, or leaks
 * that hide each other. Columns whose being missing gives it are the business of missingness-leak.
 */
export const targetLeak: Check = {
  trap: "target-leak",
  title: "One column nearly gives the target",
  hiddenByLabels: true,
  inspect(context) {
    const associations = associationsOf(context);
    const threshold = featureThreshold(context);
    const written = writtenTargets(context).filter(({ column }) => answerFor(context, column) !== "before");
    const multiples = roundedMultiples(context);
    const cuts = cutsOfColumns(context);
    const told = new Set([...written, ...multiples, ...cuts].map(({ column }) => column));
    const strong = context.roles.features
      .filter((name) => !told.has(name))
      .map((name) => associations.get(name))
      .filter((found): found is Association => found !== undefined && found.score >= NEAR_PERFECT && found.z > threshold)
      .filter(({ column }) => !sameForms(context).has(column) && !isJudgedThing(context, column))
      .filter(({ score, missingScore }) => missingScore < score - 0.02);
    // Known leaks excuse no other column.
    const unknown = strong.filter(({ column }) => answerFor(context, column) !== "after");
    const easy = easyTasks(context, unknown)
      .map((task) => task.filter((found) => answerFor(context, found.column) === null && oddsOf(context, found, true) < 0))
      .filter((task) => task.length > 0);
    const asked = new Set(easy.flat());
    // What says the unit of the target is mended with it, not left out.
    const inUnits = new Set(targetUnits(context).map(({ by }) => by.name));
    const stretches = targetStretches(context).filter(({ column }) => !inUnits.has(column));
    const isTold = (column: string) => told.has(column) || strong.some((found) => found.column === column);
    return [
      ...written.map((one) => writtenOnce(context, one)),
      ...multiples.map((one) => inLargerSteps(context, one)),
      ...cuts.map((one) => cutAt(context, one)),
      ...strong.filter((found) => answerFor(context, found.column) !== "before" && !asked.has(found)).map((found) => alone(context, found)),
      ...easy.map((task) => together(context, task)),
      ...fewSteps(context)
        .filter(({ column }) => !told.has(column) && !strong.some((found) => found.column === column))
        .map((one) => inFewSteps(context, one)),
      // What a leak gives is told with it.
      ...stretches
        .filter(({ column }) => !strong.some((found) => found.column === column || coarserCopies(context, found.column).includes(column)))
        .map((one) => inStretches(context, one)),
      ...givenInMost(context)
        .filter(({ column }) => !isTold(column))
        .map((one) => inMost(context, one)),
      ...mostlyStretches(context)
        .filter(({ column }) => !isTold(column) && !inUnits.has(column) && !stretches.some((one) => one.column === column))
        .map((one) => inMostStretches(context, one)),
      ...givenBesideChange(context)
        .filter(({ column }) => !isTold(column))
        .map((one) => besideChange(context, one)),
      ...partsOfValues(context).map((one) => inPart(context, one)),
    ];
  },
};

/** Things whose rows share a label are told as such (`group-leak`), and what names them is no feature then: not by its strength, which is the same fact, a second time. A block of equal values alone may be made from the target. */
function isJudgedThing(context: AuditContext, column: string): boolean {
  if (context.roles.group !== null || answerFor(context, column) !== null || meaningIn(context, column).after > 0) return false;
  const judged = judgedGroup(context);
  if (judged === null || judged.confidence < LIKELY) return false;
  const { key } = judged;
  if (key.column !== column || key.cut !== null || key.together !== undefined) return false;
  return OF_THINGS_BY_DESIGN.includes(key.from) || entityStructure(context, key).isOfThings;
}

function alone(context: AuditContext, found: Association): Suspicion {
  const given = `\`${found.column}\` nearly gives the target: ${scoreWords(found, context.task)}.`;
  const odds = oddsOf(context, found, false);
  const cause = mayBeCause(context, found.column, found.score);
  if (cause !== null)
    return suspicion(
      context,
      [found.column],
      found,
      Math.min(CAUSE, fromLogit(odds)),
      `${given} ${causeWords(context, found.column, cause)}`,
    );
  const confidence = answerFor(context, found.column) === "after" ? 1 : fromLogit(odds);
  return suspicion(context, [found.column], found, confidence, `${given} Columns that good are seldom known beforehand.`);
}

/** No statistic tells a cause that is measured in the same hour from what is written with the target: it asks. */
const CAUSE = 0.45;

/** Not what gives the target all but exactly, nor what an answer or its name calls late. rows: see `oneOfCauses`. */
function mayBeCause(context: AuditContext, column: string, score: number, rows?: Int32Array): OneOfCauses | null {
  if (score >= DETERMINISTIC || answerFor(context, column) !== null || meaningIn(context, column).after > 0) return null;
  return oneOfCauses(context, column, rows);
}

function causeWords({ roles }: AuditContext, column: string, { by, share }: OneOfCauses): string {
  return `Where \`${roles.target}\` is about the same, \`${by}\` still says ${percent(share)} of \`${column}\`: so it is with one cause among others, and not with a copy; it may have been written with the target all the same.`;
}

/** One column that is made from the target, or may be: a blocker that is left out and asked about. */
function leftOut(column: string, said: Pick<Suspicion, "confidence" | "evidence" | "why">): Suspicion {
  const steps = [{ op: "drop" as const, columns: [column] }];
  return {
    trap: "target-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: "blocker",
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(column),
    choices: KNOWN_AT,
    ...said,
  };
}

function writtenOnce(context: AuditContext, { column, as, share, rows }: WrittenTarget): Suspicion {
  const { target } = context.roles;
  return leftOut(column, {
    confidence: 0.97,
    evidence: { sameNumber: share, rows },
    why:
      as === "number"
        ? `\`${column}\` is equal to \`${target}\` in ${percent(share)} of the ${amount(rows)} rows that hold both and more than the most frequent value: it is the target under another name.`
        : `\`${column}\` holds the value of \`${target}\` as text in ${percent(share)} of the rows: it is the target, as it was first written.`,
  });
}

const SAID_ROUNDED: Readonly<Record<RoundedMultiple["rounded"], string>> = {
  up: "rounded up to whole steps",
  down: "rounded down to whole steps",
  nearest: "rounded to the nearest step",
};

function inLargerSteps(context: AuditContext, { column, constant, step, rounded, share, rows }: RoundedMultiple): Suspicion {
  return leftOut(column, {
    confidence: 0.97,
    evidence: { constant, step, rounded, share, rows },
    why: `${amount(constant)} x \`${column}\` is \`${context.roles.target}\` ${SAID_ROUNDED[rounded]} of ${amount(step)}, in ${percent(share)} of the ${amount(rows)} rows with more than one step: it is the target in a larger unit.`,
  });
}

function cutAt(context: AuditContext, { column, below, above, classBelow, rows, held, nearby }: CutOfColumn): Suspicion {
  const { task } = context;
  const name = quoted((task.kind === "binary" ? task.classes[classBelow] : undefined) ?? String(classBelow));
  return leftOut(column, {
    confidence: 0.95,
    evidence: { below, above, share: held / rows, rows, wrongNearby: nearby, certain: true },
    why: `\`${context.roles.target}\` is ${name} where \`${column}\` is ${amount(below)} or less, and the other class where it is ${amount(above)} or more, in ${percent(held / rows)} of the ${amount(rows)} rows that hold both, and no less surely beside that cut: the target seems to be made from it.`,
  });
}

/** Yesterday's level is a step away as well, and honest: it asks. */
const IN_FEW_STEPS = 0.45;

function inFewSteps(context: AuditContext, { column, steps, share, byChance }: FewSteps): Suspicion {
  const shown = steps.map((step) => amount(step)).join(", ");
  return leftOut(column, {
    confidence: IN_FEW_STEPS,
    evidence: { steps: [...steps], share, byChance },
    why: `\`${context.roles.target}\` less \`${column}\` is ${shown} in ${percent(share)} of the rows (${percent(byChance)} if the two had nothing to do with each other): one seems to be written with the other.`,
  });
}

/** Hardly anything that is known before cuts the target at single values; but what sorts things (the region of a shop) may, and kinds that lie apart do. */
const CUT = 0.97;
const OF_THINGS = 0.45;

function inStretches(context: AuditContext, { column, kinds, rows, held, shown, ofThings, liesApart }: TargetStretch): Suspicion {
  const { target } = context.roles;
  const said = shown.map(({ kind, from, to }) => `${quoted(kind)} ${amount(from)} to ${amount(to)}`).join(", ");
  return leftOut(column, {
    confidence: ofThings || liesApart ? OF_THINGS : CUT,
    evidence: {
      kinds,
      rows,
      held,
      stretches: shown.map(({ kind, from, to }) => ({ kind, from, to })),
      ...(ofThings || liesApart ? { ofThings, liesApart } : { certain: true }),
    },
    why: `Each of the ${kinds} values of \`${column}\` holds one stretch of \`${target}\` (${said}${kinds > shown.length ? ", and so on" : ""}) in ${percent(held / rows)} of the rows: ${ofThings ? "each of the things that come back here has one of them, so it may say what they are; or it was made from the target." : liesApart ? "between them the target has gaps, as between kinds of things that differ; or it was made from the target." : "it cuts the target at single values, as what is made from it does."}`,
  });
}

/** The rows that lie elsewhere hide a column that nearly gives the others: a little less sure than without them. */
const IN_MOST = 0.8;

function inMost(context: AuditContext, { column, scoreOfAll, score, rows, elsewhere }: GivenInMost): Suspicion {
  const { target } = context.roles;
  const hit = new Set(elsewhere);
  const found = associationsOf(context).get(column);
  // What is named like the target may be an earlier value of it, and only a person knows.
  const odds = found === undefined ? 0 : fromLogit(oddsOf(context, { ...found, score }, false));
  const cause = mayBeCause(
    context,
    column,
    score,
    int32Where(viewOf(context).rows, (row) => !hit.has(row)),
  );
  const strength = Math.min(cause === null ? IN_MOST : CAUSE, odds);
  const confidence = kinshipIn(context, column) === null ? strength : OF_THINGS;
  const affected = affectedRows(context, (row) => hit.has(row));
  return {
    ...leftOut(column, {
      confidence,
      evidence: { score, scoreOfAll, rows, elsewhere: elsewhere.length },
      why: `In ${percent(1 - elsewhere.length / rows)} of the rows \`${column}\` nearly gives the target: there it puts a share of ${score.toFixed(3)} of all pairs of rows in the right order. In the other ${amount(elsewhere.length)} the two lie quite apart (of all rows together it is ${scoreOfAll.toFixed(3)}): \`${target}\` or \`${column}\` seems to be wrong in them, or in another unit.${cause === null ? "" : ` ${causeWords(context, column, cause)}`}`,
    }),
    rows: affected,
  };
}

/** The change hides it: as sure as of a column that gives the rows on each side. */
function besideChange(context: AuditContext, { column, overall, by, when, before, after }: GivenBesideChange): Suspicion {
  const found = associationsOf(context).get(column);
  const odds = found === undefined ? 0 : fromLogit(oddsOf(context, { ...found, score: Math.min(before, after) }, false));
  return leftOut(column, {
    confidence: kinshipIn(context, column) === null ? Math.min(IN_MOST, odds) : OF_THINGS,
    evidence: { scoreBefore: before, scoreAfter: after, scoreOfAll: overall, changesAt: when },
    why: `\`${column}\` nearly gives the target before and after ${when} (\`${by}\`), where that changes its meaning: a score of ${before.toFixed(3)} and ${after.toFixed(3)}, of all rows together ${overall.toFixed(3)}. It seems to be made from it by another cut on either side.`,
  });
}

function inMostStretches(context: AuditContext, found: MostlyStretch): Suspicion {
  const { column, kinds, rows, held, cuts, strays, besideCuts } = found;
  const { target } = context.roles;
  const isHonest = found.ofThings || found.liesApart || found.strayNear;
  const hit = new Set(strays);
  return {
    ...leftOut(column, {
      confidence: isHonest ? OF_THINGS : IN_MOST,
      evidence: {
        kinds,
        rows,
        held,
        cuts: [...cuts],
        besideCuts,
        ofThings: found.ofThings,
        liesApart: found.liesApart,
        strayNear: found.strayNear,
      },
      why: `The ${kinds} values of \`${column}\` cut \`${target}\` at ${namedNumbers(cuts)}: ${percent(held / rows)} of the rows lie between the cuts of their value, and right beside the cuts ${percent(besideCuts)} at least. ${isHonest ? "Kinds of things that differ may lie so;" : "What honestly differs overlaps there;"} ${isHonest ? "or it was made from the target" : `it seems to be made from the target, and one of the two to be wrong in the other ${amount(rows - held)} rows`}.`,
    }),
    rows: affectedRows(context, (row) => hit.has(row)),
  };
}

const MOST_CUTS = 4;

function namedNumbers(numbers: readonly number[]): string {
  const shown = numbers.slice(0, MOST_CUTS).map((one) => amount(Number(one.toPrecision(6))));
  return `${shown.join(", ")}${numbers.length > MOST_CUTS ? " and so on" : ""}`;
}

/** The hour may decide, so it is a little less sure than what stands in the column itself. */
const IN_PART = 0.8;

function inPart(context: AuditContext, { column, part, found }: PartOfValue): Suspicion {
  const drop = [{ op: "drop" as const, columns: [column] }];
  const isUsed = context.roles.features.includes(column);
  const where =
    part.kind === "date"
      ? `The ${part.name} of \`${column}\``
      : `Part ${part.place} of the text of \`${column}\` (as in ${quoted(part.example)})`;
  const reason =
    part.kind === "date"
      ? "Times that were written when the outcome was known often differ so (whole days, nights of a batch)."
      : isUsed
        ? "It seems to be named after the outcome."
        : "It is left out as a key; whoever reads its text, or loads the files by it, has the answer.";
  return {
    trap: "target-leak",
    columns: [column],
    rows: NO_ROWS,
    severity: isUsed ? "blocker" : "cosmetic",
    confidence: IN_PART,
    evidence: { ...scoreEvidence(found), part: part.kind === "date" ? part.name : part.place },
    fix: isUsed
      ? { action: "steps", steps: drop }
      : { action: "advice", text: `Keep \`${column}\` out of whatever reads the rows or their files.` },
    ...(isUsed
      ? { counterfactual: { change: "steps" as const, steps: drop, flatters: true } }
      : { counterfactual: null, unmeasured: "It is no feature, so no score has it." }),
    question: isUsed ? knownQuestion(column) : null,
    choices: KNOWN_AT,
    why: `${where} nearly gives the target: ${scoreWords(found, context.task)}. ${reason}`,
  };
}

/** found: the strongest first. */
function together(context: AuditContext, found: readonly Association[]): Suspicion {
  const [best] = found;
  if (best === undefined) throw new RangeError("no column");
  const columns = found.map(({ column }) => column).sort();
  const confidence = Math.max(...found.map((one) => fromLogit(oddsOf(context, one, true))));
  const named = `${namedColumns(columns)} ${found.length === 1 ? "nearly gives" : "each nearly give"} the target`;
  const why = `${named} (\`${best.column}\`: ${scoreWords(best, context.task)}). Several such columns, each telling something of its own, are those of an easy task, or leaks that hide each other: strength alone does not say which.`;
  return suspicion(context, columns, best, confidence, why);
}

function suspicion(context: AuditContext, columns: readonly string[], found: Association, confidence: number, why: string): Suspicion {
  const steps = [{ op: "drop" as const, columns }];
  const meaning = meaningIn(context, found.column);
  return {
    trap: "target-leak",
    columns,
    rows: NO_ROWS,
    severity: "blocker",
    confidence: confidence === 1 ? 1 : Math.min(0.99, confidence),
    evidence: {
      ...scoreEvidence(found),
      standsOut: standsOut(context, found.column),
      afterWeight: meaning.after,
      afterWords: meaning.afterWords,
      byStrengthAlone: meaning.after === 0,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question:
      columns.length === 1
        ? knownQuestion(found.column)
        : `At the moment of prediction, are the values of ${namedColumns(columns)} already written?`,
    choices: KNOWN_AT,
    why,
  };
}

/** Log odds of a strong column beside others that tell something of their own: less likely than not, so it asks. */
const SHARED_STRENGTH = logit(0.4);

/**
 * Log odds of a leak: even at 0.97 when no better than others, more for what stands out, for the name, for near certainty. Where others are as good
 * on their own, strength speaks for no leak.
 */
function oddsOf(context: AuditContext, { column, score }: Association, isShared: boolean): number {
  const { after, excusedBy } = meaningIn(context, column);
  const named = after > 0 ? Math.max(0, logit(after) + 1) : 0;
  const own = 20 * (score - 0.97) + 0.4 * standsOut(context, column);
  const strength = isShared ? Math.min(own, SHARED_STRENGTH) : own;
  return strength + named - (excusedBy.length > 0 ? 1.5 : 0) + (score >= DETERMINISTIC ? 2 : 0);
}
