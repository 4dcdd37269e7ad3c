import { type CountedText, readAmounts } from "../../core/amount-reading.ts";
import { isKnownUnit } from "../../core/amount-units.ts";
import type { ColumnInfo } from "../../core/dataset.ts";
import type { Suspicion } from "../../core/finding.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { type Between, splitNumbersOf } from "../../core/split-numbers.ts";
import { type SteppedAmounts, steppedAmounts } from "../../core/stepped-amounts.ts";
import { type AmountWriting, amountOf, isInUnits } from "../../core/written-amount.ts";
import type { CountedNote } from "../../core/written-notes.ts";
import { wilson } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, namedColumns, percent, quoted } from "../findings/phrase.ts";
import { fractionNumbers } from "../meaning/fractions.ts";
import { wordNumbers } from "../meaning/number-words.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { isSeries, type WrittenNumber, writtenNumber } from "../meaning/written-number.ts";
import { areZeroLedCodes } from "../meaning/zero-led-codes.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { textDatesOf } from "../values/date-columns.ts";
import { type NumberLists, numberLists } from "../values/number-lists.ts";
import { shownForms } from "../values/shown-forms.ts";
import { splitOf } from "../values/split-numbers.ts";

const NEARLY_ALL = 0.95;
/** Fewer different numbers may well be names of classes. */
const LEAST_NUMBERS = 10;
/** A dictionary of more spellings is no step of a recipe any more. */
const MOST_MAPPED = 2000;

/** Numbers that are kept as text, plain, dressed with a unit, a currency or thousands marks, or several in one text. */
export const textNumber: Check = {
  trap: "text-number",
  title: "Numbers are kept as text",
  apart: 1,
  inspect: (context) => [
    ...context.labels.filter(({ trap }) => trap === "text-number"),
    ...context.dataset.columns.flatMap((info) => readAlready(context, info)),
    // A number of a telephone is no amount.
    ...levelFeatures(context).flatMap((column) => (meaningIn(context, column) === "phone" ? [] : inspectColumn(context, column))),
    ...ofSteps(context),
  ],
};

function meaningIn({ roles }: AuditContext, column: LevelColumn): string {
  return (roles.meanings[column.name] ?? semanticType(column)).type;
}

/** What a note says of its row (below what can be measured, provisional, passed) stands in no other column. */
function lostNotes(noted: readonly CountedNote[]): string {
  if (noted.length === 0) return "";
  const each = noted.map(({ text, rows }) => `${quoted(text)} in ${counted(rows, "cell")}`).join(", ");
  return ` What the notes say of their rows is not kept: ${each}. If that is known in time and may tell something, make a column of it at the source.`;
}

/** The reader has taken the texts for the numbers that they write. */
function readAlready(context: AuditContext, { name, amount: writing, why, missing, distinct, noted = [] }: ColumnInfo): Suspicion[] {
  const { features, target } = context.roles;
  if (writing === undefined || isInUnits(writing) || !(name === target || features.includes(name))) return [];
  const present = context.dataset.rows - missing;
  const { decimal, thousands, units, notes = [] } = writing;
  const limit = notes.find(({ text, before }) => before && /[<>≤≥]/.test(text));
  return [
    {
      trap: "text-number",
      columns: [name],
      rows: { count: present, sample: [] },
      severity: name === target ? "harmful" : "costly",
      confidence: 0.97,
      evidence: {
        numberCells: present,
        distinct,
        decimal,
        thousands: [...thousands],
        units: units.map(({ text }) => text),
        notes: notes.map(({ text }) => text),
        ...(noted.length === 0
          ? {}
          : { noteCells: Object.fromEntries(noted.map(({ text, before, rows }) => [before ? `${text}…` : `…${text}`, rows])) }),
      },
      fix: { action: "reading", text: `\`${name}\` is read as numbers, here and wherever the model is used.` },
      ...(name === target || units.every(({ text }) => isKnownUnit(text)) ? { question: null } : doubt(name)),
      ...(name === target
        ? { counterfactual: null, unmeasured: OTHER_QUESTION }
        : {
            counterfactual: {
              change: "undo" as const,
              features: [],
              steps: [{ op: "to-category" as const, column: name }],
              flatters: false,
            },
          }),
      why: `\`${name}\`: ${why}. As names they would lose their order.${limit === undefined ? "" : ` What lies beyond a limit (${quoted(`${limit.text}5`)}) is read as the limit.`}${lostNotes(noted)}`,
    },
  ];
}

/** The letters behind the digits may be part of a name. */
function doubt(name: string): Pick<Suspicion, "question" | "choices" | "ifRejected"> {
  return {
    question: `Does \`${name}\` hold amounts, or names that begin with a number?`,
    choices: ["amounts", "names"],
    ifRejected: { severity: "cosmetic", fix: { action: "steps", steps: [{ op: "to-category", column: name }] } },
  };
}

const OTHER_QUESTION = "Without this reading each amount would be a class of its own: scores of two readings answer different questions.";

/** "4 or less hours", "5 hours", "10 or more hours", in one finding: a survey has many such columns. */
function ofSteps(context: AuditContext): Suspicion[] {
  const found = levelFeatures(context).flatMap((column) => {
    const texts = presentTexts(context, column);
    const stepped = steppedAmounts(texts.map(({ text }) => text));
    return stepped === null || inspectColumn(context, column).length > 0 ? [] : [{ column, ...stepped }];
  });
  const isWhole = ({ others }: SteppedAmounts) => others.length === 0;
  return [found.filter(isWhole), found.filter((one) => !isWhole(one))].flatMap((some) => steppedFinding(context, some));
}

/** A new row may be written without the blanks that the file has around its values. */
function withoutBlanksToo(numbers: ReadonlyMap<string, number>): Record<string, string> {
  return Object.fromEntries([...numbers].flatMap(([text, value]) => [...new Set([text, text.trim()])].map((key) => [key, String(value)])));
}

function steppedFinding(context: AuditContext, found: readonly (SteppedAmounts & { readonly column: LevelColumn })[]): Suspicion[] {
  const [first] = found;
  if (first === undefined) return [];
  const names = found.map(({ column }) => column.name);
  const steps = found.flatMap(({ column: { name }, numbers }): RecipeStep[] => [
    { op: "map", column: name, mapping: withoutBlanksToo(numbers) },
    { op: "to-number", column: name },
  ]);
  const [other] = first.others;
  const shown = [...first.numbers.keys()].filter((_, place, all) => place < 2 || place === all.length - 1);
  const example = `\`${first.column.name}\` (${shown.map(quoted).join(", ")})`;
  const rest = found.length === 1 ? "" : `; so ${found.length === 2 ? "does" : "do"} ${namedColumns(names.slice(1))}`;
  return [
    {
      trap: "text-number",
      columns: names,
      rows: affectedRows(context, (row) => found.some(({ column }) => (column.codes[row] ?? -1) >= 0)),
      severity: "cosmetic",
      confidence: 0.9,
      evidence: { steps: Object.fromEntries(found.map(({ column, numbers }) => [column.name, [...numbers.values()]])) },
      fix:
        other === undefined
          ? { action: "steps", steps }
          : { action: "advice", text: `Make a number of each and, of what is none (${quoted(other)}), a column of 0 and 1.` },
      counterfactual: other === undefined ? { change: "steps", steps, flatters: false } : null,
      ...(other === undefined ? {} : { unmeasured: "What the other answers are as a number the texts do not say." }),
      question: null,
      why: `${example} writes steps of an amount in words${other === undefined ? "" : `, beside ${quoted(other)}`}${rest}: as names they lose their order. A range is read as its middle, one without an end as the end that it has.`,
    },
  ];
}

function inspectColumn(context: AuditContext, column: LevelColumn): Suspicion[] {
  if (areZeroLedCodes(column.levels)) return [];
  const texts = presentTexts(context, column);
  const written = ofWriting(context, column, texts);
  if (written !== null) return written;
  const between = splitOf(texts);
  // 2022年8月27日
  if (between !== null && textDatesOf(context, column) === null) return [severalNumbers(context, column, texts, between)];
  const words = ofWords(context, column, texts);
  if (words !== null) return words;
  const lists = numberLists(texts);
  if (lists !== null) return [ofLists(context, column, lists)];
  const key = keyLikeness(context, column);
  const sampled = column.levels.slice(0, 50).filter((level) => writtenNumber(level) !== null).length;
  if (column.levels.length < LEAST_NUMBERS || sampled < 0.5 * Math.min(50, column.levels.length)) return [];
  const counts = levelCounts(context, column);
  const read = column.levels.map((level) => (nullConfidence(level, ["1"]) >= 0.5 ? undefined : writtenNumber(level)));
  const rowsWhere = (test: (one: WrittenNumber | null | undefined) => boolean) =>
    read.reduce((sum, one, code) => sum + (test(one) ? (counts[code] ?? 0) : 0), 0);
  const numeric = rowsWhere((one) => one !== null && one !== undefined);
  const other = rowsWhere((one) => one === null);
  if (numeric < NEARLY_ALL * (numeric + other) || numeric === 0) return [];
  const units = new Set(read.flatMap((one) => (one == null || one.unit === "" ? [] : [one.unit])));
  const plain = read.every((one) => one == null || one.style === "plain");
  if (units.size > 1 || [...units].some(isSeries) || (plain && (key !== null || isCode(column.levels)))) return [];
  return [suspicion(context, column, read, { numeric, other, plain, units: [...units] })];
}

/** Its texts with their rows, but for words that mean "no value". */
function presentTexts(context: AuditContext, column: LevelColumn): CountedText[] {
  const counts = levelCounts(context, column);
  return column.levels.flatMap((text, code) => {
    const rows = counts[code] ?? 0;
    return rows === 0 || nullConfidence(text, ["1"]) >= 0.5 ? [] : [{ text, rows }];
  });
}

function severalNumbers(context: AuditContext, column: LevelColumn, texts: readonly CountedText[], between: Between): Suspicion {
  const cells = (some: readonly CountedText[]) => some.reduce((sum, { rows }) => sum + rows, 0);
  const read = texts.filter(({ text }) => splitNumbersOf(text, between) !== null);
  const steps: RecipeStep[] = [{ op: "split-numbers", column: column.name, between }];
  const shown = read
    .slice(0, 3)
    .map(({ text }) => quoted(text))
    .join(", ");
  return {
    trap: "text-number",
    columns: [column.name],
    rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
    severity: "costly",
    confidence: wilson(cells(read), cells(texts), 0.95).low,
    evidence: {
      numberCells: cells(read),
      otherCells: cells(texts) - cells(read),
      distinct: read.length,
      numbers: between.length - 1,
      between: [...between],
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: `${percent(cells(read) / cells(texts))} of the cells of \`${column.name}\` hold ${between.length - 1} numbers in one text (${shown}; ${amount(read.length)} different): as names they lose their order.`,
  };
}

/** Two words are a yes and a no, whatever they count. */
const LEAST_WORDS = 3;

/** "two", "four", "six"; "1/2", "1", "3/2". */
function ofWords(context: AuditContext, column: LevelColumn, texts: readonly CountedText[]): Suspicion[] | null {
  if (texts.length < LEAST_WORDS || texts.length > MOST_MAPPED) return null;
  const written = texts.map(({ text }) => text);
  const words = wordNumbers(written);
  const numbers = words ?? fractionNumbers(written);
  if (numbers === null) return null;
  const mapping = Object.fromEntries(texts.map(({ text }, place) => [text, String(numbers[place])]));
  const steps: RecipeStep[] = [
    { op: "map", column: column.name, mapping },
    { op: "to-number", column: column.name },
  ];
  const shown = texts
    .slice(0, 3)
    .map(({ text }) => quoted(text))
    .join(", ");
  return [
    {
      trap: "text-number",
      columns: [column.name],
      rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
      severity: "costly",
      confidence: 0.9,
      evidence: { numberCells: texts.reduce((sum, { rows }) => sum + rows, 0), distinct: texts.length, words: words !== null },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      why: `All ${amount(texts.length)} values of \`${column.name}\` are numbers written as ${words === null ? "fractions" : "words"} (${shown}): as names they have no order and no distance.`,
    },
  ];
}

/** "80; 94; 112", "75/85", "90": as many as there are. */
function ofLists(context: AuditContext, column: LevelColumn, { rows, several, longest, different }: NumberLists): Suspicion {
  const present = levelCounts(context, column).reduce((sum, count) => sum + count, 0);
  const shown = column.levels
    .filter((level) => /\d[^\d]+\d/.test(level))
    .slice(0, 3)
    .map(quoted)
    .join(", ");
  return {
    trap: "text-number",
    columns: [column.name],
    rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
    severity: "costly",
    confidence: 0.7,
    evidence: { numberCells: rows, severalNumbers: several, longest, different, lists: true },
    fix: {
      action: "advice",
      text: `Write what \`${column.name}\` says as columns of numbers: how many there are, the least, the mean and the largest; or, if they are codes, a column of 0 and 1 for each of the frequent ones.`,
    },
    counterfactual: null,
    unmeasured: "How many numbers a cell holds differs, so no step of a recipe takes them apart.",
    question: null,
    why: `${percent(rows / present)} of the cells of \`${column.name}\` are lists of 1 to ${amount(longest)} numbers in one text (${shown}; ${amount(different)} different numbers), ${percent(several / present)} hold two or more: as names they lose their order, and each list is a name of its own.`,
  };
}

/** Texts that the reader left as names because they can be read in two ways; or, in a table that came without a reader, in one. */
function ofWriting(context: AuditContext, column: LevelColumn, texts: readonly CountedText[]): Suspicion[] | null {
  const reading = readAmounts(texts, { least: LEAST_NUMBERS, decimal: null, powers: true });
  if (reading === null) return null;
  const step = (writing: AmountWriting): RecipeStep => ({ op: "to-number", column: column.name, amount: writing });
  const writing = reading.kind === "read" ? reading.writing : reading.thousands;
  // What is asked about has the mark in question.
  const sign = reading.kind === "open" ? reading.decimals.decimal : "";
  const shown = column.levels
    .filter((level) => level.includes(sign))
    .slice(0, 3)
    .map(quoted)
    .join(", ");
  const numeric = texts.filter(({ text }) => amountOf(text, writing) !== null).reduce((sum, { rows }) => sum + rows, 0);
  const all = texts.reduce((sum, { rows }) => sum + rows, 0);
  if (isInUnits(writing)) return [];
  const steps = [step(writing)];
  return [
    {
      trap: "text-number",
      columns: [column.name],
      rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
      severity: "costly",
      confidence: reading.kind === "read" ? 0.9 : 0.4,
      evidence: {
        numberCells: numeric,
        otherCells: all - numeric,
        distinct: column.levels.length,
        decimal: writing.decimal,
        units: writing.units.map(({ text }) => text),
        open: reading.kind === "open",
      },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      ...(reading.kind === "read"
        ? { question: null }
        : {
            question: `Is ${shown} in \`${column.name}\` a number of thousands, or does it have three decimals?`,
            choices: ["thousands", "decimals"] as const,
            ifRejected: {
              severity: "costly" as const,
              fix: { action: "steps" as const, steps: [step(reading.decimals)] },
              counterfactual: { change: "steps" as const, steps: [step(reading.decimals)], flatters: false },
            },
          }),
      why: `${percent(numeric / all)} of the cells of \`${column.name}\` are numbers written as text (${shown}; ${amount(column.levels.length)} different): as names they lose their order.${reading.kind === "open" ? ` Whether ${quoted(sign)} stands between thousands or before decimals, no cell tells: until that is answered they stay names.` : ""}`,
    },
  ];
}

/** Whole numbers of one length are numbers of something: phone, postcode, article. */
function isCode(levels: readonly string[]): boolean {
  const lengths = new Set(levels.map((level) => level.trim().length));
  return lengths.size === 1 && levels.every((level) => /^\d{4,}$/.test(level.trim()));
}

interface Found {
  readonly numeric: number;
  readonly other: number;
  readonly plain: boolean;
  readonly units: readonly string[];
}

function suspicion(
  context: AuditContext,
  column: LevelColumn,
  read: readonly (WrittenNumber | null | undefined)[],
  found: Found,
): Suspicion {
  const { numeric, other, plain, units } = found;
  const mapping = Object.fromEntries(
    read.flatMap((one, code) => (one == null || one.style === "plain" ? [] : [[column.levels[code] ?? "", String(one.value)]])),
  );
  const toNumber: RecipeStep = { op: "to-number", column: column.name };
  const steps: RecipeStep[] = plain ? [toNumber] : [{ op: "map", column: column.name, mapping }, toNumber];
  const priced = Object.keys(mapping).length <= MOST_MAPPED;
  const shown = shownForms(column.levels).map(quoted).join(", ");
  return {
    trap: "text-number",
    columns: [column.name],
    rows: affectedRows(context, (row) => (column.codes[row] ?? -1) >= 0),
    severity: "costly",
    confidence: plain ? 0.8 : 0.9,
    evidence: { numberCells: numeric, otherCells: other, distinct: column.levels.length, units: [...units], plain },
    fix: plain
      ? { action: "steps", steps }
      : { action: "advice", text: `Write \`${column.name}\` as plain numbers at its source (${shown} are read as names).` },
    counterfactual: priced ? { change: "steps", steps, flatters: false } : null,
    question: null,
    why: `${percent(numeric / (numeric + other))} of the cells of \`${column.name}\` are numbers written as text (${shown}; ${amount(column.levels.length)} different): as names they lose their order.`,
  };
}
