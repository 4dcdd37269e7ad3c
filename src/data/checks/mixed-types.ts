import { isMissing } from "../../core/column.ts";
import type { ColumnInfo } from "../../core/dataset.ts";
import type { Suspicion } from "../../core/finding.ts";
import { endsAsKey } from "../../core/key-words.ts";
import { nullConfidence } from "../../core/null-words.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext, Check } from "../check.ts";
import { columnsNamed } from "../columns/column-facts.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import { plainNumber } from "../meaning/written-number.ts";
import { areZeroLedCodes } from "../meaning/zero-led-codes.ts";
import { type GroupKey, groupKeys } from "../split/group-keys.ts";
import { spreadsheetDates } from "../values/spreadsheet-dates.ts";
import { serialAmong } from "../values/spreadsheet-serials.ts";

/** So many different numbers make a measure; fewer are codes among names. */
const LEAST_NUMBERS = 10;
/** From half of the cells on, the column is meant to hold numbers. */
const MOSTLY_NUMBERS = 0.5;
/** Text in more spellings than this is no mark but the other half of what the column says. */
const MOST_MARKS = 10;

/** Numbers and text in one column. */
export const mixedTypes: Check = {
  trap: "mixed-types",
  title: "Numbers and text in one column",
  inspect: (context) => [
    ...allLostCells(context),
    ...levelFeatures(context).flatMap((column) => {
      const ofCodes = numbersAmongCodes(context, column);
      return [
        ...numbersAmongLevels(context, column),
        ...daysAmongRanges(context, column),
        ...(ofCodes.length > 0 ? ofCodes : numbersAmongWords(context, column)),
      ];
    }),
  ],
};

/** Of a category more levels are names. */
const MOST_LEVELS = 200;

interface HeldLevel {
  /** As it stands in the cells. */
  readonly level: string;
  readonly text: string;
  readonly code: number;
  readonly rows: number;
}

function heldLevels(context: AuditContext, column: LevelColumn): readonly HeldLevel[] {
  const counts = levelCounts(context, column);
  return column.levels.map((level, code) => ({ level, text: level.trim(), code, rows: counts[code] ?? 0 })).filter(({ rows }) => rows > 0);
}

const rowsIn = (levels: readonly HeldLevel[]) => levels.reduce((sum, { rows }) => sum + rows, 0);

/** Levels of another kind than the others of their column. */
function strangers(
  context: AuditContext,
  column: LevelColumn,
  levels: readonly HeldLevel[],
  said: Pick<Suspicion, "confidence" | "evidence" | "why"> & Partial<Pick<Suspicion, "unmeasured">>,
  mended: { readonly steps: readonly RecipeStep[] } | { readonly advice: string },
): Suspicion {
  const codes = new Set(levels.map(({ code }) => code));
  const isMended = "steps" in mended;
  return {
    trap: "mixed-types",
    columns: [column.name],
    rows: affectedRows(context, (row) => codes.has(column.codes[row] ?? -1)),
    severity: "costly",
    fix: isMended ? { action: "steps", steps: mended.steps } : { action: "advice", text: mended.advice },
    counterfactual: isMended ? { change: "steps", steps: mended.steps, flatters: false } : null,
    question: null,
    ...said,
  };
}

/** "5-Mar" beside "6-8" and "9-11". */
function daysAmongRanges(context: AuditContext, column: LevelColumn): Suspicion[] {
  const found = column.levels.length > MOST_LEVELS ? null : spreadsheetDates(column.levels);
  if (found === null) return [];
  const { was, example } = found;
  const days = heldLevels(context, column).filter(({ level }) => was.has(level));
  const [[day, range] = ["", ""]] = [...was];
  const said = {
    confidence: 0.85,
    evidence: { days: [...was.keys()], ranges: [...was.values()] },
    why: `\`${column.name}\` holds ranges such as ${quoted(example)} and days such as ${quoted(day)}: a spreadsheet takes ${quoted(range)} for a day.`,
  };
  return [strangers(context, column, days, said, { steps: [{ op: "map", column: column.name, mapping: Object.fromEntries(was) }] })];
}

/** Different words, and rows with a number, where a few numbers stand among words. */
const [LEAST_WORDS, MOST_STRAY] = [3, 0.1];

/** A few numbers among words: "North", "South", "12". Steps of a scale ("1", "2", "many") are no strays. */
function numbersAmongWords(context: AuditContext, column: LevelColumn): Suspicion[] {
  if (column.type === "text" || column.levels.length > MOST_LEVELS) return [];
  const held = heldLevels(context, column);
  const numbers = held.filter(({ text }) => plainNumber(text) !== null);
  const words = held.filter(({ text }) => /\p{L}{2}/u.test(text) && !/\d/.test(text) && nullConfidence(text, ["1"]) === 0);
  if (numbers.length === 0 || words.length < LEAST_WORDS || numbers.length + words.length < held.length) return [];
  const [stray, usual] = [rowsIn(numbers), Math.min(...words.map(({ rows }) => rows))];
  // Levels as frequent as words are levels of their own.
  if (stray > MOST_STRAY * rowsIn(held) || numbers.some(({ rows }) => rows >= usual)) return [];
  const said = {
    confidence: 0.65,
    evidence: { numbers: numbers.length, words: words.length, strayCells: stray },
    why: `\`${column.name}\` holds words such as ${quoted(words[0]?.text ?? "")} and, in ${counted(stray, "cell")}, numbers such as ${quoted(numbers[0]?.text ?? "")}: each is read as a name that hardly any row has.`,
  };
  return [
    strangers(context, column, numbers, said, {
      steps: [{ op: "null-out", column: column.name, values: numbers.map(({ level }) => level) }],
    }),
  ];
}

/** Codes of letters, of which so many have one length, and codes of digits, which have one too and are no answers of one or two digits. */
const [LEAST_CODES, LEAST_DIGITS, FEWEST, MOST_NUMBERS] = [3, 3, 0.005, 0.5];

/** "ORD" and "LAX" beside "10397": two lists of names in one column. */
function numbersAmongCodes(context: AuditContext, column: LevelColumn): Suspicion[] {
  const held = heldLevels(context, column);
  const digits = held.filter(({ text }) => /^\d+$/.test(text));
  const letters = held.filter(({ text }) => /^\p{L}+$/u.test(text));
  const lengths = (some: readonly HeldLevel[]) => new Set(some.map(({ text }) => text.length)).size;
  if (digits.length < 2 || letters.length < LEAST_CODES || digits.length + letters.length < held.length) return [];
  if (lengths(digits) > 1 || lengths(letters) > 1 || (digits[0]?.text.length ?? 0) < LEAST_DIGITS) return [];
  const share = rowsIn(digits) / rowsIn(held);
  if (share < FEWEST || share > MOST_NUMBERS) return [];
  const said = {
    confidence: 0.7,
    evidence: { numbers: digits.length, codes: letters.length, share },
    unmeasured: "Which number is which code the cells do not say.",
    why: `\`${column.name}\` holds ${amount(letters.length)} codes of letters such as ${quoted(letters[0]?.text ?? "")} and ${amount(digits.length)} of digits such as ${quoted(digits[0]?.text ?? "")}, these in ${percent(share)} of the rows: two lists of names in one column.`,
  };
  return [
    strangers(context, column, digits, said, {
      advice: `Write \`${column.name}\` by one list of codes: the same thing may stand under two names.`,
    }),
  ];
}

interface LostCells {
  readonly info: ColumnInfo;
  /** Spellings that do not say "no value". */
  readonly strays: readonly string[];
  readonly cells: number;
}

/** Columns that hold text in the same rows alone, and the most such rows: a second line of header (units, names), a line of totals. */
const [LEAST_WITH_THEM, MOST_ODD_ROWS] = [3, 5];

function allLostCells(context: AuditContext): readonly Suspicion[] {
  const lost = context.dataset.columns.flatMap((info): readonly LostCells[] => {
    const strays = info.unparsed.filter(({ value }) => nullConfidence(value, ["1"]) < 0.5);
    const nulls = info.unparsed.filter((one) => !strays.includes(one)).reduce((sum, { count }) => sum + count, 0);
    // Cells of spellings beyond the kept ones are strays too: a word for "no value" is among the most frequent.
    return strays.length === 0 ? [] : [{ info, strays: strays.map(({ value }) => value), cells: info.unparsedCells - nulls }];
  });
  const together = inTheSameRows(context, lost);
  return [
    ...(together === null ? [] : [oddRows(context, together)]),
    ...lost.filter((one) => together?.lost.includes(one) !== true).map((one) => lostCells(context, one)),
  ];
}

interface OddRows {
  readonly lost: readonly LostCells[];
  readonly rows: readonly number[];
}

/** In three columns at least nothing but these cells is lost or missing, so it is known in which rows they are; the others lose as many cells and are missing there too. */
function inTheSameRows({ frame }: AuditContext, lost: readonly LostCells[]): OddRows | null {
  const few = lost.filter(({ cells }) => cells <= MOST_ODD_ROWS);
  const columns = new Map(few.map((one) => [one, columnsNamed(frame, [one.info.name])[0]]));
  const isLost = (one: LostCells, row: number) => {
    const column = columns.get(one);
    return column !== undefined && isMissing(column, row);
  };
  const sure = few.filter(({ info }) => info.missing > 0 && info.missing <= MOST_ODD_ROWS);
  if (sure.length < LEAST_WITH_THEM) return null;
  const rows = Array.from({ length: frame.rows }, (_, row) => row).filter((row) => sure.every((one) => isLost(one, row)));
  const held = few.filter((one) => one.cells <= rows.length && rows.every((row) => isLost(one, row)));
  const surelyHeld = held.filter(({ info }) => info.missing === rows.length);
  return rows.length === 0 || surelyHeld.length < LEAST_WITH_THEM ? null : { lost: held, rows };
}

function oddRows(context: AuditContext, { lost, rows }: OddRows): Suspicion {
  const places = new Set(rows);
  const shown = [...new Set(lost.flatMap(({ strays }) => strays))].slice(0, 3).map(quoted);
  const [are, they] = rows.length === 1 ? ["it is", "it"] : ["they are", "they"];
  return {
    trap: "mixed-types",
    columns: lost.map(({ info }) => info.name),
    rows: affectedRows(context, (row) => places.has(row)),
    severity: "cosmetic",
    confidence: 0.9,
    evidence: { oddRows: rows.length, columns: lost.length, strayCells: lost.reduce((sum, { cells }) => sum + cells, 0) },
    fix: { action: "advice", text: `Take ${rows.length === 1 ? "this row" : "these rows"} out of the file: ${are} no data.` },
    counterfactual: null,
    unmeasured: "No step leaves out single rows, so no score without them was taken.",
    question: null,
    why: `${counted(rows.length, "row")} ${rows.length === 1 ? "holds" : "hold"} text such as ${shown.join(", ")} in ${amount(lost.length)} columns of numbers or dates, and hardly any other row does: ${they} may be a second line of header (units, names) or a line of totals. The cells are read as missing.`,
  };
}

/** Cells of number and date columns that were no numbers or dates, and do not say "no value" either. */
function lostCells(context: AuditContext, { info, strays, cells }: LostCells): Suspicion {
  const present = context.dataset.rows - info.missing + cells;
  const share = cells / present;
  const [column] = columnsNamed(context.frame, [info.name]);
  const { sample } = affectedRows(context, (row) => column !== undefined && isMissing(column, row));
  const shown = strays.slice(0, 3).map(quoted);
  const serial = column?.type === "date" ? serialAmong(strays, column.values) : null;
  const read =
    serial === null ? "read as missing" : `spreadsheets keep days as such numbers (${serial.serial} is ${serial.day}); read as missing`;
  const advice =
    serial === null
      ? `Write ${shown.join(", ")} as ${info.type}s or leave the cells empty.`
      : `Have the spreadsheet write \`${info.name}\` as dates in all rows.`;
  return {
    trap: "mixed-types",
    columns: [info.name],
    rows: { count: cells, sample },
    severity: share >= 0.01 ? "costly" : "cosmetic",
    confidence: 0.9,
    evidence: { strayCells: cells, share, spellings: strays, ...(serial === null ? {} : { serial: serial.serial, day: serial.day }) },
    fix: { action: "advice", text: advice },
    counterfactual: { change: "cells", column: info.name, share },
    question: null,
    why: `${counted(cells, "cell")} of \`${info.name}\` (${percent(share)}) ${cells === 1 ? "is" : "are"} no ${info.type}, such as ${shown.join(", ")}; ${read}, so what ${cells === 1 ? "it says" : "they say"} is lost.`,
  };
}

/** What comes back in these ways is a thing, and its number a name, with a letter or without one. */
const THINGS: readonly GroupKey["from"][] = ["name", "members", "series", "panel", "things", "blocks"];

/** Numbers of things by the column's name; of one that comes back as things do by its other texts too, which are no words. */
function areNumbersOfThings(context: AuditContext, name: string, marks: readonly string[]): boolean {
  if (endsAsKey(name)) return true;
  const isCode = (mark: string) => /\p{L}/u.test(mark) && /\d/.test(mark);
  return (
    marks.every(isCode) && groupKeys(context).some(({ column, cut, from }) => column === name && cut === null && THINGS.includes(from))
  );
}

function numbersAmongLevels(context: AuditContext, column: LevelColumn): Suspicion[] {
  if (areZeroLedCodes(column.levels)) return [];
  const counts = levelCounts(context, column);
  let [numeric, text, numbers] = [0, 0, 0];
  const marks: string[] = [];
  column.levels.forEach((level, code) => {
    const rows = counts[code] ?? 0;
    if (rows === 0) return;
    if (plainNumber(level) !== null) {
      numeric += rows;
      numbers++;
    } else {
      text += rows;
      marks.push(level);
    }
  });
  const share = text / (numeric + text);
  if (text === 0 || numbers < LEAST_NUMBERS || marks.length > MOST_MARKS || 1 - share < MOSTLY_NUMBERS) return [];
  if (areNumbersOfThings(context, column.name, marks)) return [];
  const steps = [{ op: "to-number" as const, column: column.name }];
  const stray = new Set(marks.map((mark) => column.levels.indexOf(mark)));
  return [
    {
      trap: "mixed-types",
      columns: [column.name],
      rows: affectedRows(context, (row) => stray.has(column.codes[row] ?? -1)),
      severity: "costly",
      confidence: 0.8,
      evidence: { numberCells: numeric, textCells: text, share, spellings: marks },
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
      question: null,
      why: `\`${column.name}\` holds ${amount(numbers)} different numbers, and text such as ${marks.slice(0, 3).map(quoted).join(", ")} in ${percent(share)} of its cells: because of these all its numbers are read as names.`,
    },
  ];
}
