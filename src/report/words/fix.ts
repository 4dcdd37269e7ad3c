import type { Fix } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { shownValue } from "../../core/shown-value.ts";
import type { SplitPolicy } from "../../core/split.ts";
import { capital, listText } from "../plain.ts";
import { metricWords } from "./metric.ts";

/** What mends a finding, as a sentence; names stand between backticks. */
export function fixText(fix: Fix): string {
  switch (fix.action) {
    case "steps":
      return fix.steps.length === 0 ? "Nothing to do." : `${capital(listText(fix.steps.map(stepText), 4))}.`;
    case "split":
      return `Judge with ${splitText(fix.split)}.`;
    case "metric":
      return `Judge by ${metricWords(fix.metric).label}.`;
    case "reading":
    case "advice":
      return fix.text;
    default:
      return fix satisfies never;
  }
}

/** "a split by time", "a split by `customer`: no group on both sides". */
function splitText(split: SplitPolicy): string {
  switch (split.policy) {
    case "random":
      return "a random split";
    case "stratified":
      return "a random split with equal class shares";
    case "group":
      return `a split by ${names(split.by)}: no group on both sides`;
    case "time":
      return `a split by time (${split.by === null ? "order of the rows" : named(split.by)}): past trains, future judges`;
    case "blocks":
      return `a split into blocks of neighbouring rows${split.by === null ? "" : ` by ${named(split.by)}`}`;
    case "given":
      return "the given test rows";
    default:
      return split satisfies never;
  }
}

function stepText(step: RecipeStep): string {
  switch (step.op) {
    case "drop":
      return `leave out ${names(step.columns)}`;
    case "null-out":
      return `read ${listText(step.values.map((value) => shownValue(value, step.dates)))} of ${named(step.column)} as missing`;
    case "map":
      return `write each value of ${named(step.column)} in one way`;
    case "to-number":
      return `read ${named(step.column)} as numbers${step.amount === undefined ? "" : `, with ${JSON.stringify(step.amount.decimal)} before the decimals`}`;
    case "split-numbers":
      return `read ${named(step.column)} as ${step.between.length - 1} numbers`;
    case "to-category":
      return `read ${named(step.column)} as a category`;
    case "to-date":
      return `read ${named(step.column)} as dates`;
    case "convert-unit":
      return `bring the values of ${named(step.column)} ${"by" in step ? `where ${named(step.by.column)} is ${listText(step.by.levels, 4)}` : `${step.where} ${digits(step.limit)}`} to the unit of the others (times ${digits(step.factor)}${step.offset === 0 ? "" : `, plus ${digits(step.offset)}`})`;
    case "fill":
      return `write ${JSON.stringify(step.value)} where ${named(step.column)} is missing`;
    case "date-parts":
      return step.parts.join() === "year"
        ? `give models of ${named(step.column)} the year alone`
        : `give models the parts of the date ${named(step.column)}`;
    case "days-between":
      return `count the days between ${names(step.columns)}`;
    case "text":
      return `read the words of ${named(step.column)}`;
    case "missing-indicator":
      return `mark where ${names(step.columns)} ${step.columns.length === 1 ? "is" : "are"} missing`;
    case "impute":
      return `fill missing values of ${names(step.columns)} from the training rows`;
    case "encode":
      return `encode ${names(step.columns)} as numbers`;
    case "scale":
      return `scale ${names(step.columns)}`;
    case "clip":
      return `cut off the extremes of ${names(step.columns)}`;
    case "log":
      return `take the logarithm of ${names(step.columns)}`;
    case "drop-duplicate-rows":
      return step.ignoring.length === 0 ? "keep equal rows once" : `keep equal rows once, not comparing ${names(step.ignoring)}`;
    case "drop-unlabelled-rows":
      return "leave out rows without an answer";
    case "read-labels":
      return readingText(step);
    case "correct-labels":
      return "train with the corrected labels, judge by those delivered";
    default:
      return step satisfies never;
  }
}

/** Four significant digits. */
function digits(value: number): string {
  return String(Number(value.toPrecision(4)));
}

function readingText({ target, spelt, unknown, amount, unrecorded = [] }: Extract<RecipeStep, { op: "read-labels" }>): string {
  const renamed = Object.entries(spelt).map(([from, to]) => `${JSON.stringify(from)} as ${JSON.stringify(to)}`);
  const missing = unknown.map((value) => `${JSON.stringify(value)} as no answer`);
  const parts = unrecorded.map(
    ({ label, column, values, by, until }) =>
      `${label === undefined ? "whatever stands there" : JSON.stringify(label)} as no answer where ${named(column)} is ${listText(
        values.map((value) => JSON.stringify(value)),
        4,
      )}${by === undefined ? "" : until === undefined ? ` from a time of ${named(by)} on` : ` up to a time of ${named(by)}`}`,
  );
  if (amount !== undefined)
    return `read the texts in ${named(target)} as amounts, with ${JSON.stringify(amount.decimal)} before the decimals`;
  return `read in ${named(target)} ${listText([...renamed, ...missing, ...parts], 6)}`;
}

function names(columns: readonly string[]): string {
  return listText(columns.map(named));
}

/** Between backticks, so that printers know it for a name. */
function named(column: string): string {
  return `\`${column.replaceAll("`", "'")}\``;
}
