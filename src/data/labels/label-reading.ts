import type { Answers } from "../../core/answers.ts";
import type { Frame } from "../../core/column.ts";
import type { Dataset } from "../../core/dataset.ts";
import type { Suspicion } from "../../core/finding.ts";
import { fold, isSign, nullConfidence, saysNone } from "../../core/null-words.ts";
import { readLabels } from "../../core/target.ts";
import type { LabelReading, Task } from "../../core/task.ts";
import { quantile } from "../../stats/index.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { countCodes, countValues, type LevelColumn, type NumberColumn, type ValueCounts } from "../columns/counts.ts";
import { affectedRows, countInFrame } from "../findings/affected-rows.ts";
import { answerTo, confirmed } from "../findings/answers.ts";
import { counted, percent, quoted, quotedApart } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { ANSWERS } from "../meaning/lexicon.ts";
import { sentinelCodes, standsOut } from "../missing/sentinels.ts";
import { findTypos } from "../values/typos.ts";
import { writtenAmounts } from "./label-amounts.ts";
import { plainAnswers, type Sameness, sameLabel } from "./label-spelling.ts";
import { nameRows, nameRowsWords } from "./name-rows.ts";
import { type PlaceholderLabel, placeholderLabels, placeholderZero } from "./placeholder-labels.ts";
import { emptiedRows, totalRows } from "./total-rows.ts";

/** What is found in the labels themselves, before there is a task, and how the target is read because of it. */
export interface FoundLabels {
  /** Absent when labels are read as they stand. */
  readonly reading: LabelReading | undefined;
  readonly suspicions: readonly Suspicion[];
  /** Frame rows that are totals of the others: they are no cases, and checks see nothing in them. Absent = none. */
  readonly totals?: readonly number[];
}

export interface Rows {
  readonly dataset: Dataset;
  readonly frame: Frame;
  /** Rows of the given test set in the whole table; absent = those of the frame. */
  readonly testSetRows?: number;
}

/** Scores are compared on the same labels only. */
export const OTHER_QUESTION =
  "How labels are read decides what is predicted: scores of two readings answer different questions, and no experiment compares them.";

/** A code in a target is nulled from here on only: rows that are taken out of the question on a guess are worse than a question. */
const SURE_CODE = 0.8;
/** What is less sure is asked. */
const ASKED = 0.45;

/** What is in the labels of the cases, once rows that are totals of them are known. `task`: as asked for, null if not. */
export function readTrainingLabels(rows: Rows, target: string, answers: Answers, task: Task["kind"] | null = null): FoundLabels {
  const found = totalRows(rows, target);
  if (found === null) return readLabelsOf(rows, target, answers, task);
  const told = decided(found.suspicion, answers);
  const totals = told.confidence >= LIKELY ? found.rows : [];
  const { suspicions } = readLabelsOf({ ...rows, frame: emptiedRows(rows.frame, totals) }, target, answers, task);
  const all = [told, ...suspicions];
  return { reading: readingOf(all), suspicions: all, ...(totals.length === 0 ? {} : { totals }) };
}

/** Amounts that are written as texts, spellings of one class, and values that stand for "not known", in the labels of the training rows. `task`: as asked for, null if not. */
function readLabelsOf(rows: Rows, target: string, answers: Answers, task: Task["kind"] | null): FoundLabels {
  const [column] = columnsNamed(rows.frame, [target]);
  if (column === undefined) return { reading: undefined, suspicions: [] };
  const amounts = "codes" in column && (task === null || task === "regression") ? writtenAmounts(rows, column, task) : null;
  if (amounts !== null) return { reading: readingOf([asAnswered(amounts, answers)]), suspicions: [amounts] };
  const unknown = "values" in column ? codesOf(rows, column, answers) : [...namesOf(rows, column), ...wordsOf(rows, column, answers)];
  const first = readingOf(unknown);
  const spelt = "codes" in column ? spellingsOf(rows, readLabels(column, first) as LevelColumn, answers) : [];
  const suspicions = [...unknown, ...spelt];
  return { reading: readingOf(suspicions), suspicions };
}

/** The union of what is mended. */
export function readingOf(suspicions: readonly Suspicion[]): LabelReading | undefined {
  const steps = suspicions.flatMap(({ fix, confidence }) =>
    confidence >= LIKELY && fix.action === "steps" ? fix.steps.flatMap((step) => (step.op === "read-labels" ? [step] : [])) : [],
  );
  if (steps.length === 0) return undefined;
  return {
    spelt: Object.fromEntries(steps.flatMap(({ spelt }) => Object.entries(spelt))),
    unknown: [...new Set(steps.flatMap(({ unknown }) => unknown))],
    ...steps.reduce((found, { amount }) => (amount === undefined ? found : { amount }), {}),
    ...(steps.some(({ unrecorded }) => unrecorded !== undefined) ? { unrecorded: steps.flatMap(({ unrecorded = [] }) => unrecorded) } : {}),
  };
}

/** With the user's answer: confirmed ones are certain, rejected ones are not mended. */
function decided(suspicion: Suspicion, answers: Answers): Suspicion {
  const answer = answerTo(suspicion, answers);
  return answer === null ? suspicion : answer.confirms ? confirmed(suspicion) : { ...suspicion, confidence: 0 };
}

/** With the fix that the user's answer chooses. */
function asAnswered(suspicion: Suspicion, answers: Answers): Suspicion {
  return answerTo(suspicion, answers)?.confirms === false ? { ...suspicion, ...suspicion.ifRejected } : suspicion;
}

function codesOf(rows: Rows, column: NumberColumn, answers: Answers): Suspicion[] {
  if (column.type !== "number") return [];
  const counts = countValues(column.values);
  const { clear } = sentinelCodes(column, counts);
  const coded = clear.map((code) => {
    const shown = code.values.map(String).join(" or ");
    const sure = code.confidence >= SURE_CODE;
    return unknownNumbers(rows, column, code.values, {
      confidence: sure ? code.confidence : Math.min(code.confidence, ASKED),
      evidence: { codes: [...code.values], share: code.rows / code.present, ...code.evidence },
      why: `The target \`${column.name}\` is ${shown} in ${counted(code.rows, "row")} (${percent(code.rows / code.present)})${standsOut(code, String)}: ${shown} ${sure ? "stands" : "may stand"} for "not known", and a model would learn to predict it.`,
    });
  });
  const known = new Set(clear.flatMap(({ values }) => values));
  const apart = placeholderLabels(counts).filter(({ values }) => !values.some((value) => known.has(value)));
  return [...coded, ...apart.map((one) => placeholder(rows, column, one, counts.present)), ...zero(rows, column, counts, known)].map(
    (one) => decided(one, answers),
  );
}

/** Far above all others it is surely none of them; far below it may be a bargain. */
function placeholder(rows: Rows, column: NumberColumn, found: PlaceholderLabel, present: number): Suspicion {
  const shown = found.values.map(String).join(" or ");
  const sure = "gapToRange" in found.evidence && found.evidence.gapToRange >= SURE_RANGES;
  return unknownNumbers(rows, column, found.values, {
    confidence: sure ? SURE_CODE : ASKED,
    evidence: { codes: [...found.values], share: found.rows / present, ...found.evidence },
    why: `The target \`${column.name}\` is ${shown} in ${counted(found.rows, "row")} (${percent(found.rows / present)}), apart from nearly all others, which lie between ${found.low} and ${found.high}: ${shown} ${sure ? "stands" : "may stand"} for "not known", as what is typed where a field must not be empty, and a model would learn to predict it.`,
  });
}

/** Ranges of the others from which a placeholder is sure. */
const SURE_RANGES = 3;

/** A 0 apart from all amounts: cancelled, given away, or not filled in. */
function zero(rows: Rows, column: NumberColumn, counts: ValueCounts, known: ReadonlySet<number>): Suspicion[] {
  const found = known.has(0) ? null : placeholderZero(rows.frame, column.name, column.values, counts);
  if (found === null) return [];
  const beside = "largeBeside" in found.evidence ? ", and what goes with it is as large in these rows as in others" : "";
  return [
    {
      ...unknownNumbers(rows, column, found.values, {
        confidence: ASKED,
        evidence: { codes: [0], share: found.rows / counts.present, ...found.evidence },
        why: `The target \`${column.name}\` is 0 in ${counted(found.rows, "row")} (${percent(found.rows / counts.present)}) while all other values lie between ${found.low} and ${found.high}${beside}: 0 may say that the case was cancelled or not filled in, and then these rows have no label.`,
      }),
      question: `Does 0 in the target \`${column.name}\` say that there is no label (cancelled, not filled in), or is it an amount like the others?`,
    },
  ];
}

function unknownNumbers(
  rows: Rows,
  { name, values: cells }: NumberColumn,
  values: readonly number[],
  said: Pick<Suspicion, "confidence" | "evidence" | "why">,
): Suspicion {
  return unknownLabels(rows, name, "sentinel", values.map(String), (row) => values.includes(cells[row] ?? Number.NaN), said);
}

/** Beside yes and no: nobody knows yet. */
const OPEN: ReadonlySet<string> = new Set(
  "open,pending,in progress,ongoing,waiting,offen,ausstehend,laufend,in bearbeitung,en cours,en attente,pendiente,en curso,pendente,em aberto,em andamento,in corso,aperto,in attesa,lopend,in behandeling,w toku".split(
    ",",
  ),
);

function saysNothing(level: string): boolean {
  return nullConfidence(level, []) > 0 || OPEN.has(fold(level));
}

/**
 * Words and signs for "not known" among classes. With two classes left there is no doubt that a third one is none; but a sign such as "-" that has as many rows as a
 * usual class may well say "nothing found", and leaving so many rows out on a guess is worse than a question.
 */
function wordsOf(rows: Rows, column: LevelColumn, answers: Answers): Suspicion[] {
  const counts = countCodes(column.codes, column.levels.length);
  const levels = column.levels.filter((_, code) => (counts[code] ?? 0) > 0);
  return levels.flatMap((level) => {
    // Beside others a word says no more than alone; nearly all labels say nothing of the kind, and need no others.
    if (!saysNothing(level)) return [];
    const others = levels.filter((other) => fold(other) !== fold(level));
    // A failure of the kind "none" is an outcome; beside yes and no it is neither.
    const outcomes = others.filter((other) => !saysNothing(other));
    const areAnswers = outcomes.length > 0 && outcomes.every((other) => ANSWERS.has(fold(other)));
    const isOutcome = saysNone(level) && !areAnswers;
    const isOpen = OPEN.has(fold(level)) && areAnswers;
    const confidence = others.length < 2 || level.length > 24 || isOutcome ? 0 : isOpen ? ASKED : nullConfidence(level, others);
    if (confidence === 0) return [];
    const code = column.levels.indexOf(level);
    const count = counts[code] ?? 0;
    const usual = quantile(
      others.map((other) => counts[column.levels.indexOf(other)] ?? 0),
      0.5,
    );
    const sure = confidence >= SURE_CODE && !(isSign(level) && count >= usual);
    return [
      decided(
        unknownLabels(rows, column.name, "null-spelling", [level], (row) => column.codes[row] === code, {
          confidence: sure ? confidence : Math.min(confidence, ASKED),
          evidence: { spellings: [level], cells: count },
          why: `The target \`${column.name}\` is ${quoted(level)} in ${counted(count, "row")}: that ${sure ? "says" : "may say"} that the outcome is not known, rather than being a class.`,
        }),
        answers,
      ),
    ];
  });
}

/** Classes that are the name of the target, in rows that say the names of other columns too: a line of names among the rows is no case. */
function namesOf(rows: Rows, column: LevelColumn): Suspicion[] {
  const named = nameRows(rows.frame);
  const codes = named?.columns.find((one) => one.column === column)?.codes ?? new Set();
  if (named === null || codes.size === 0) return [];
  const held = new Set(named.rows);
  if (column.codes.some((code, row) => codes.has(code) && !held.has(row))) return [];
  const values = column.levels.filter((_, code) => codes.has(code));
  const found = unknownLabels(rows, column.name, "null-spelling", values, (row) => held.has(row), {
    confidence: 0.95,
    evidence: { columns: rows.dataset.columns.length, namesAmongRows: named.rows.length },
    why: `${nameRowsWords(named)}: files were put one behind the other. ${values.map(quoted).join(" and ")} is the name of the target and no class, and these rows are left out.`,
  });
  const { choices: _, ...told } = found;
  return [
    {
      ...told,
      trap: "missing-header",
      columns: named.columns.slice(0, 20).map((one) => one.column.name),
      severity: "costly",
      question: null,
    },
  ];
}

function unknownLabels(
  rows: Rows,
  target: string,
  trap: "sentinel" | "null-spelling",
  values: readonly string[],
  isUnknown: (row: number) => boolean,
  said: Pick<Suspicion, "confidence" | "evidence" | "why">,
): Suspicion {
  const shown = values.map((value) => (trap === "sentinel" ? value : quoted(value))).join(" or ");
  return {
    ...said,
    trap,
    columns: [target],
    rows: affectedRows(rows, isUnknown),
    held: [{ column: target, values: trap === "sentinel" ? values.map(Number) : values }],
    severity: said.confidence >= LIKELY ? "blocker" : "harmful",
    fix: {
      action: "steps",
      steps: [
        { op: "read-labels", target, spelt: {}, unknown: values },
        { op: "drop-unlabelled-rows", target },
      ],
    },
    counterfactual: null,
    unmeasured: OTHER_QUESTION,
    question: `Does ${shown} in the target \`${target}\` stand for "not known", or is it an outcome like the others?`,
    choices: ["missing", "value"],
  };
}

/** Each label is held against all others. Of so many most are texts or keys, which are refused as classes. */
export const MOST_SPELT = 500;

/** Groups of labels that are one class: sure ones are one finding that is mended, the others one that is asked. */
function spellingsOf(rows: Rows, column: LevelColumn, answers: Answers): Suspicion[] {
  if (column.levels.length > MOST_SPELT) return [];
  const counts = countCodes(column.codes, column.levels.length);
  const levels = column.levels.filter((_, code) => (counts[code] ?? 0) > 0).sort((a, b) => countOf(b) - countOf(a) || (a < b ? -1 : 1));
  function countOf(level: string): number {
    return counts[column.levels.indexOf(level)] ?? 0;
  }
  const [sure, likely]: [Record<string, string>, Record<string, string>] = [{}, {}];
  levels.forEach((level, place) => {
    const [found] = matches(
      level,
      levels.slice(0, place).filter((other) => !Object.hasOwn(sure, other)),
    );
    if (found !== undefined) define(found.same === "sure" ? sure : likely, level, found.known);
  });
  if (levels.length - Object.keys(sure).length < 2) return [];
  const kept = levels.filter((level) => !Object.hasOwn(sure, level));
  for (const [level, answer] of plainAnswers(kept, saysNothing)) {
    define(sure, level, answer);
    delete likely[level];
  }
  for (const { rare, frequent } of slips(kept, (level) => levels.filter((other) => other === level || sure[other] === level).map(countOf)))
    if (!Object.hasOwn(sure, rare) && !Object.hasOwn(likely, rare)) define(likely, rare, frequent);
  return [
    ...(Object.keys(sure).length === 0 ? [] : [spelling(rows, column, sure, 0.97)]),
    ...(Object.keys(likely).length === 0 ? [] : [decided(spelling(rows, column, likely, ASKED), answers)]),
  ];
}

/** Rare classes that are one letter away from a frequent one: "Biling" beside "Billing". countsOf: rows of each spelling of a class. */
function slips(
  levels: readonly string[],
  countsOf: (level: string) => readonly number[],
): readonly { readonly rare: string; readonly frequent: string }[] {
  const counts = levels.map((level) => countsOf(level).reduce((sum, count) => sum + count, 0));
  return findTypos(levels.map(fold), counts).map(({ rare, frequent }) => ({ rare: levels[rare] ?? "", frequent: levels[frequent] ?? "" }));
}

/** Known labels of which `label` is a spelling, the surest first. */
export function matches(label: string, known: readonly string[]): { readonly known: string; readonly same: NonNullable<Sameness> }[] {
  const found = known.flatMap((one) => {
    const same = sameLabel(label, one);
    return same === null ? [] : [{ known: one, same }];
  });
  return [...found.filter(({ same }) => same === "sure"), ...found.filter(({ same }) => same === "likely")];
}

/** Labels may be called "__proto__". */
export function define(mapping: Record<string, string>, label: string, value: string): void {
  Object.defineProperty(mapping, label, { value, enumerable: true, writable: true, configurable: true });
}

function spelling(rows: Rows, column: LevelColumn, spelt: Readonly<Record<string, string>>, confidence: number): Suspicion {
  const pairs = Object.entries(spelt);
  const codes = new Set(pairs.map(([level]) => column.levels.indexOf(level)));
  const affected = affectedRows(rows, (row) => codes.has(column.codes[row] ?? -1));
  const shown = pairs.slice(0, 3).map(([level, kept]) => quotedApart([kept, level]).join(" and "));
  const sure = confidence >= LIKELY;
  return {
    trap: "spelling-variant",
    columns: [column.name],
    rows: affected,
    held: [{ column: column.name, values: Object.keys(spelt) }],
    severity: "harmful",
    confidence,
    evidence: { variants: pairs.length, mapping: spelt },
    fix: { action: "steps", steps: [{ op: "read-labels", target: column.name, spelt, unknown: [] }] },
    counterfactual: null,
    unmeasured: OTHER_QUESTION,
    question: sure ? null : `Do ${shown.join("; ")} in the target \`${column.name}\` mean the same class?`,
    choices: ["same", "different"],
    why: `The target \`${column.name}\` writes ${counted(new Set(Object.values(spelt)).size, "class", "classes")} in several ways (${shown.join("; ")}), ${counted(countInFrame(affected), "row")} not in the usual one: ${sure ? "they are read as one class" : "if they are one class, a model would be taught a difference that is none"}.`,
  };
}
