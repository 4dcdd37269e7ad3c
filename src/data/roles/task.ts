import type { Column, Frame } from "../../core/column.ts";
import { columnOf } from "../../core/column.ts";
import type { Dataset } from "../../core/dataset.ts";
import { OldhandError } from "../../core/error.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { readLabels, targetValues } from "../../core/target.ts";
import type { LabelReading, Task } from "../../core/task.ts";
import { periodFormat, periodFormatOf, writePeriod } from "../../core/written-period.ts";
import { textAt } from "../columns/column-facts.ts";
import { MARK_WORDS, NO_LEVELS, YES_LEVELS } from "../meaning/lexicon.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { hasPhrase, nameWords } from "../meaning/name-words.ts";
import { unknownColumn } from "./roles.ts";

export interface GivenTask {
  readonly task?: Task["kind"] | null;
  /** Binary: the class that is predicted. */
  readonly positive?: string | null;
  /** How labels are read; it becomes part of the task. Absent = as they stand. */
  readonly labels?: LabelReading | undefined;
}

export interface InferredTask {
  readonly task: Task;
  /** Class index or value per frame row; NaN where the label is missing. */
  readonly target: Float64Array;
  readonly why: string;
}

interface Level {
  readonly name: string;
  readonly count: number;
}

/** Whole numbers beyond this many different values are an amount, whatever their name. */
const MOST_CODES = 20;
/** Marks have no room for more, and each more than a row. */
const [MOST_MARKS, LARGEST_MARK] = [10, 99];

/**
 * Reads the task from the target's values. Two values: binary. Names: multiclass. Numbers with more than two values: regression, except
 * codes: whole numbers from 0 or 1 without gaps, at most 20 of them, whose name says class (label, type ...), or whose counts do not rise
 * to one peak and fall again as those of ratings do; and up to ten whole numbers whose name says that they are marks (status, choice), with gaps or without.
 * Up to 20 weeks, months or quarters that were written as text are names.
 * @throws OldhandError unknown-column, target-empty, target-constant, target-scale, class-too-small, bad-option.
 */
export function inferTask(dataset: Dataset, frame: Frame, target: string, given: GivenTask): InferredTask {
  const names = dataset.columns.map(({ name }) => name);
  if (!names.includes(target)) throw unknownColumn("--target", target, names);
  const read = readLabels(columnOf(frame, target), given.labels, frame.columns);
  const format = dataset.columns.find(({ name }) => name === target)?.dateFormat ?? null;
  const column = given.task === "regression" ? read : (periodNames(read, format) ?? read);
  const reading = given.labels === undefined ? {} : { labels: given.labels };
  const levels = levelsOf(column, frame.rows);
  checkLevels(column, levels, frame.rows);
  const kept = column === read ? "" : "; few different periods written as text, kept as classes (as an amount with --task regression)";
  const { kind, why: said } = kindOf(column, levels, given.task ?? null);
  const why = `${said}${kept}`;
  if (given.positive != null && kind !== "binary") {
    throw new OldhandError("bad-option", {
      what: "Only a target with two classes has a positive one.",
      where: "--positive",
      got: `${target} is ${kind}`,
    });
  }
  const inferred = (task: Task, reason: string): InferredTask => ({ task, target: targetValues(frame, target, task), why: reason });
  if (kind === "regression") {
    checkScale(target, levels);
    return inferred({ kind, ...reading }, why);
  }
  checkClasses(target, levels);
  if (kind === "binary") {
    const { classes, reason } = orderClasses(target, levels, given.positive ?? null);
    return inferred({ kind, classes, ...reading }, `${why}; ${reason}`);
  }
  const classes = levels.map(({ name }) => name).sort(compareNames);
  return inferred({ kind, classes, ...reading }, why);
}

/** Weeks, months and quarters of a column of dates as names; null where there are many, which are moments. */
function periodNames(column: Column, format: string | null): Column | null {
  if (column.type !== "date" || !("values" in column) || format === null || periodFormat(format) === null) return null;
  const moments = [...new Set(column.values)].filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
  const levels = moments.slice(0, MOST_CODES + 1).map((ms) => writePeriod(ms, format));
  if (moments.length > MOST_CODES || levels.some((name) => periodFormatOf(name) === null)) return null;
  const codes = new Map(moments.map((ms, code) => [ms, code]));
  return { name: column.name, type: "category", levels, codes: Int32Array.from(column.values, (ms) => codes.get(ms) ?? -1) };
}

function levelsOf(column: Column, rows: number): readonly Level[] {
  const counts = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const text = textAt(column, row);
    if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([name, count]) => ({ name, count }));
}

function checkLevels({ name: target, type }: Pick<Column, "name" | "type">, levels: readonly Level[], rows: number): void {
  if (levels.length === 0) {
    throw new OldhandError("target-empty", {
      what: `The target "${target}" has no value in any of ${rows} rows.`,
      fix: "choose another target with --target",
    });
  }
  const [only, other] = levels;
  if (only !== undefined && other === undefined) {
    const shown = type === "date" ? new Date(Number(only.name)).toISOString().replace("T00:00:00.000Z", "") : only.name;
    throw new OldhandError("target-constant", {
      what: `The target "${target}" has one value only: ${JSON.stringify(shown)}.`,
      expected: "at least two different values",
      fix: "choose another target, or add rows with other outcomes",
    });
  }
}

/** So many classes, and as large a share of the rows alone in theirs: no model learns a name that it has not seen. */
const [MANY_CLASSES, MOSTLY_ALONE] = [50, 0.5];

/** "02:55:10", "$ 1,234.50", "12.5 km": amounts that the audit tells how to read. */
function mayMeasure({ name }: Level): boolean {
  return /^\P{L}{0,3}[\d.,:'\s]*\d[.,:]\d[\d.,:'\s]*\p{L}{0,5}\P{L}{0,2}$/u.test(name);
}

/** Texts and keys are no classes: hardly any row has the answer of another. Said before anything is trained. */
function checkClasses(target: string, levels: readonly Level[]): void {
  const rows = levels.reduce((sum, { count }) => sum + count, 0);
  const alone = levels.filter(({ count }) => count === 1).length;
  const isAll = alone === rows;
  if (!isAll && (levels.length < MANY_CLASSES || alone < MOSTLY_ALONE * rows || 2 * levels.filter(mayMeasure).length > levels.length))
    return;
  const spoken = levels.filter(({ name }) => /\p{L}\s+\p{L}/u.test(name)).length;
  const what = 2 * spoken > levels.length ? "free text" : "a key";
  throw new OldhandError("class-too-small", {
    what: `${isAll ? `Every class of "${target}" has one row only` : `Most rows are alone in their class of "${target}"`}: it is ${what}, no set of classes.`,
    expected: "several rows of each class",
    got: `${levels.length} classes in ${rows} rows`,
    fix: `choose another target, or --task regression if it is an amount${what === "free text" ? "; of a text, make a column of what is asked about it" : ""}`,
  });
}

/** Errors are squared, and moments take squares of squares: beyond this a number of 64 bits is infinite, and below one by this nothing. */
const LARGEST = 1e75;
const SMALLEST = 1e-75;

function checkScale(target: string, levels: readonly Level[]): void {
  const values = levels.map(({ name }) => Number(name)).filter(Number.isFinite);
  const [low, high] = values.reduce(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity]);
  const isHuge = Math.max(-low, high) > LARGEST;
  if (!isHuge && !(high - low < SMALLEST)) return;
  throw new OldhandError("target-scale", {
    what: `The numbers of the target "${target}" are too ${isHuge ? "large" : "close together"} to reckon with: their squares do not fit into a number of 64 bits.`,
    expected: isHuge ? `numbers up to ${LARGEST}` : `numbers that lie at least ${SMALLEST} apart`,
    got: `${low} to ${high}`,
    fix: isHuge
      ? "divide the target by a power of ten, or leave out values that stand for a missing one"
      : "multiply the target by a power of ten",
  });
}

function kindOf(column: Column, levels: readonly Level[], given: Task["kind"] | null): { kind: Task["kind"]; why: string } {
  const numeric = "values" in column;
  if (given !== null) {
    const wrong = given === "regression" ? !numeric : given === "binary" && levels.length !== 2;
    if (wrong) {
      throw new OldhandError("bad-option", {
        what: `The target "${column.name}" cannot be read as ${given}.`,
        where: "--task",
        expected: given === "regression" ? "numbers" : "two values",
        got: `${levels.length} different ${numeric ? "numbers" : "names"}`,
        ...(given === "regression"
          ? { fix: "write the target in plain numbers, all with the same decimal mark and unit, e.g. 2210.00" }
          : {}),
      });
    }
    return { kind: given, why: "given" };
  }
  if (levels.length === 2) return { kind: "binary", why: "two different values" };
  if (!numeric) return { kind: "multiclass", why: `${levels.length} different names` };
  return numberKind(column.name, levels);
}

function numberKind(name: string, levels: readonly Level[]): { kind: Task["kind"]; why: string } {
  const sorted = levels.map((level) => ({ value: Number(level.name), count: level.count })).sort((a, b) => a.value - b.value);
  const first = sorted[0]?.value ?? Number.NaN;
  const codes = sorted.length <= MOST_CODES && (first === 0 || first === 1) && sorted.every(({ value }, place) => value === first + place);
  const amount = { kind: "regression", why: `${levels.length} different numbers, read as an amount` } as const;
  const meaning = meaningOf(name);
  const isMark = MARK_WORDS.some((word) => hasPhrase(nameWords(name), word));
  const areMarks = sorted.every(({ value, count }) => Number.isInteger(value) && Math.abs(value) <= LARGEST_MARK && count > 1);
  if (isMark && !meaning.ordered && areMarks && sorted.length <= MOST_MARKS)
    return { kind: "multiclass", why: `${levels.length} different whole numbers, and the name says that they are marks` };
  if (!codes || meaning.ordered) return amount;
  const range = `whole numbers ${first} to ${first + sorted.length - 1} without a gap`;
  if (meaning.classLike) return { kind: "multiclass", why: `${range}, and the name says class` };
  if (sorted.length > 10 || onePeak(sorted.map(({ count }) => count))) return amount;
  return { kind: "multiclass", why: `${range}, whose counts do not rise to one peak and fall as those of ratings do` };
}

/** Three counts have one peak in four of six orders by chance, so they say nothing: only a peak in the middle counts there. */
function onePeak(counts: readonly number[]): boolean {
  const top = counts.indexOf(Math.max(...counts));
  const rises = counts.slice(0, top).every((count, i) => count <= (counts[i + 1] ?? 0));
  const falls = counts.slice(top + 1).every((count, i) => count <= (counts[top + i] ?? 0));
  return counts.length > 3 && rises && falls;
}

function orderClasses(target: string, levels: readonly Level[], positive: string | null): { classes: [string, string]; reason: string } {
  const [a, b] = levels;
  if (a === undefined || b === undefined) throw new RangeError("two levels expected");
  const ordered = (yes: Level, reason: string): { classes: [string, string]; reason: string } => ({
    classes: [(yes === a ? b : a).name, yes.name],
    reason,
  });
  if (positive !== null) {
    const found = levels.find(({ name }) => name === positive) ?? levels.find(({ name }) => plain(name) === plain(positive));
    if (found !== undefined) return ordered(found, "positive class given");
    const nearest = nearestName(positive, [a.name, b.name]);
    throw new OldhandError("bad-option", {
      what: `"${positive}" is not a class of "${target}".${nearest === null ? "" : ` Did you mean "${nearest}"?`}`,
      where: "--positive",
      expected: `${a.name} or ${b.name}`,
      got: positive,
    });
  }
  const yes = yesOf(a, b) ?? yesOf(b, a);
  if (yes !== null) return ordered(yes, `"${yes.name}" is positive, by its name`);
  const rarer = a.count < b.count || (a.count === b.count && compareNames(a.name, b.name) > 0) ? a : b;
  return ordered(rarer, `"${rarer.name}" is positive, as the rarer one`);
}

/** `a` if its name means yes, or `b`'s means no. A single letter or digit means it only against its opposite (1 and 2 say nothing). */
function yesOf(a: Level, b: Level): Level | null {
  const [first, second] = [plain(a.name), plain(b.name)];
  const yes = YES_LEVELS.includes(first);
  const no = NO_LEVELS.includes(second);
  if (yes && no) return a;
  return (yes && first.length > 1) || (no && second.length > 1 && second !== "-1") ? a : null;
}

function plain(name: string): string {
  return name
    .normalize("NFD")
    .replace(/\p{M}+/gu, "")
    .trim()
    .toLowerCase()
    .replace(/\.0*$/, "");
}

function compareNames(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (!Number.isNaN(difference) && difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
