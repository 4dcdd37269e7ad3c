import type { RuleWords } from "../core/comparison.ts";
import { digitsApart } from "../core/digits.ts";
import type { Json } from "../core/json.ts";
import type { Matrix } from "../core/matrix.ts";
import type { Task } from "../core/task.ts";
import { type Cells, cellOf } from "./estimators/cells.ts";
import { oneColumnRule, ruleTable } from "./estimators/one-column-rule.ts";

/** Levels that stand alone in the one-line text; the rest is "else". */
const MOST_NAMED = 3;

export interface RuleToTell {
  /** A saved model of the family one-column-rule. */
  readonly saved: Json;
  /** What it was trained on. */
  readonly matrix: Matrix;
  readonly task: Task;
  readonly target: string;
  /** The column of the data that a feature comes from, and the feature in words. */
  readonly nameOf: (feature: string) => Pick<RuleWords, "column" | "feature">;
  /** Raw text of a row's value in the column that a feature comes from; null when missing. */
  readonly textOf: (feature: string, row: number) => string | null;
}

type Line = RuleWords["lines"][number];

interface Cell {
  readonly place: number;
  readonly rows: readonly number[];
  readonly values: readonly number[];
  readonly answer: string;
}

/** Name of its estimator. */
export const ONE_COLUMN_RULE = oneColumnRule.name;

/** A fitted rule on one column as a person would say it. null when no column does better than the overall mean. */
export function ruleInWords({
  saved,
  matrix,
  task,
  target,
  nameOf,
  textOf,
}: RuleToTell): Omit<RuleWords, "isChosen" | "experiments"> | null {
  const { column: made, cells, answers, outputs } = ruleTable(saved);
  const feature = matrix.features.find(({ name }) => name === made);
  if (made === null || cells === null || feature === undefined) return null;
  const named = nameOf(made);
  const rowsOf = Array.from({ length: cells.count }, () => [] as number[]);
  for (let row = 0; row < matrix.rows; row++) rowsOf[cellOf(cells, feature, row)]?.push(row);
  const filled = rowsOf.flatMap((rows, place): Cell[] => {
    const values = [...answers.subarray(place * outputs, (place + 1) * outputs)];
    return rows.length === 0 ? [] : [{ place, rows, values, answer: answerText(values, task) }];
  });
  const says = task.kind === "regression" ? `mean of ${target}` : task.kind === "binary" ? `P(${task.classes[1]})` : "most likely class";
  const isNumeric = cells.kind === "numeric";
  const lines = isNumeric ? rangeLines(filled, cells) : filled.map((cell) => levelLine(cell, cells, (row) => textOf(made, row)));
  const text = isNumeric
    ? `${named.feature} ${lines.map(({ when, answer }) => `${when} -> ${answer}`).join("; ")}`
    : levelsText(named.feature, filled, lines, task);
  return { ...named, says, lines, text: `${text} (${says})` };
}

/** Neighbouring ranges with the same answer are one. */
function rangeLines(filled: readonly Cell[], { edges, count }: Extract<Cells, { kind: "numeric" }>): Line[] {
  const lines: Line[] = [];
  const texts = digitsApart(Array.from(edges), 4, shortest);
  for (let i = 0; i < filled.length; ) {
    const first = filled[i];
    let rows = 0;
    let last = first;
    for (; i < filled.length && filled[i]?.answer === first?.answer && isMissing(filled[i], count) === isMissing(first, count); i++) {
      last = filled[i];
      rows += last?.rows.length ?? 0;
    }
    if (first === undefined || last === undefined) break;
    const when = isMissing(first, count) ? "missing" : rangeText(texts[first.place - 1], texts[last.place]);
    lines.push({ when, answer: first.answer, rows });
  }
  return lines;
}

function isMissing(cell: Cell | undefined, count: number): boolean {
  return cell?.place === count - 1;
}

function rangeText(above: string | undefined, upTo: string | undefined): string {
  if (above === undefined) return upTo === undefined ? "present" : `<= ${upTo}`;
  return upTo === undefined ? `> ${above}` : `${above} to ${upTo}`;
}

function levelLine({ place, rows, answer }: Cell, { count }: Cells, textOf: (row: number) => string | null): Line {
  const levels = [...new Set(rows.map((row) => textOf(row) ?? ""))];
  const when = place === count - 1 ? "missing or rare" : `= ${levels.slice(0, MOST_NAMED).join(", ")}`;
  return { when, answer, rows: rows.length };
}

/** The levels that stand out most from the whole, by their distance and their rows; then the range of all others. */
function levelsText(column: string, cells: readonly Cell[], lines: readonly Line[], task: Task): string {
  const total = cells.reduce((sum, { rows }) => sum + rows.length, 0);
  const overall = (cells[0]?.values ?? []).map(
    (_, k) => cells.reduce((sum, { rows, values }) => sum + rows.length * (values[k] ?? 0), 0) / total,
  );
  const distance = ({ values, rows }: Cell) =>
    Math.sqrt(rows.length) * Math.max(...values.map((value, k) => Math.abs(value - (overall[k] ?? 0))));
  const ranked = [...cells.entries()].sort(([, a], [, b]) => distance(b) - distance(a));
  const named = ranked.length <= MOST_NAMED + 1 ? ranked : ranked.slice(0, MOST_NAMED);
  const said = named.map(([i, { answer }]) => `${column} ${lines[i]?.when ?? ""} -> ${answer}`);
  const rest = ranked.slice(named.length).map(([, cell]) => cell);
  return [...said, ...(rest.length === 0 ? [] : [`else ${restText(rest, task)}`])].join("; ");
}

function restText(rest: readonly Cell[], task: Task): string {
  if (task.kind === "multiclass") return [...new Set(rest.map(({ values }) => mostLikely(values, task.classes)))].join(" or ");
  const texts = [...new Set([...rest].sort((a, b) => (a.values[0] ?? 0) - (b.values[0] ?? 0)).map(({ answer }) => answer))];
  return texts.length === 1 ? (texts[0] ?? "") : `${texts[0]} to ${texts.at(-1)}`;
}

function answerText(values: readonly number[], task: Task): string {
  if (task.kind === "regression") return shortest(values[0] ?? Number.NaN);
  if (task.kind === "binary") return (values[0] ?? Number.NaN).toFixed(2);
  return `${mostLikely(values, task.classes)} (${Math.max(...values).toFixed(2)})`;
}

function mostLikely(values: readonly number[], classes: readonly string[]): string {
  return classes[values.indexOf(Math.max(...values))] ?? "";
}

function shortest(value: number): string {
  return Math.abs(value) >= 10_000 ? value.toFixed(0) : String(Number(value.toPrecision(4)));
}
