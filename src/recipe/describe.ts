import { contentHash } from "../core/json.ts";
import type { StepLine } from "../core/mended-data.ts";
import type { Recipe, RecipeStep } from "../core/recipe.ts";
import { shownValue } from "../core/shown-value.ts";
import type { AmountWriting } from "../core/written-amount.ts";

/** What each step does, in plain words. */
export function describeRecipe(recipe: Recipe): StepLine[] {
  return recipe.map(describeStep);
}

export function describeStep(step: RecipeStep): StepLine {
  return { step: step.op, columns: columnsOf(step), what: whatOf(step) };
}

function columnsOf(step: RecipeStep): string {
  if ("columns" in step) return listed(step.columns);
  if ("column" in step) return step.column;
  return "target" in step ? step.target : "all rows";
}

function whatOf(step: RecipeStep): string {
  switch (step.op) {
    case "drop":
      return "leave out";
    case "null-out":
      return `read ${listed(step.values.map((value) => shownValue(value, step.dates)))} as missing`;
    case "map":
      return `rename ${listed(Object.entries(step.mapping).map(([from, to]) => `${JSON.stringify(from)} to ${JSON.stringify(to)}`))}`;
    case "to-number":
      return `read as numbers${step.amount === undefined ? "" : ` written ${writingOf(step.amount)}`}; what is no number becomes missing`;
    case "split-numbers":
      return `replace the text by its ${step.between.length - 1} numbers; a text that holds others is missing`;
    case "to-category":
      return "read as a category: the numbers are codes";
    case "to-date":
      return `read as dates written ${listed(step.formats)}; what is none becomes missing`;
    case "convert-unit":
      return `values ${"by" in step ? `where ${step.by.column} is ${listed(step.by.levels.map((level) => JSON.stringify(level)))}` : `${step.where} ${step.limit}`}: times ${step.factor}${step.offset === 0 ? "" : `, plus ${step.offset}`}`;
    case "fill":
      return `missing becomes ${JSON.stringify(step.value)}`;
    case "date-parts":
      return `replace the date by its ${step.parts.map((part) => (part === "days" ? "days since 1970" : part)).join(", ")}`;
    case "days-between":
      return "add the days from each date to the ones behind it";
    case "text":
      return `replace the text by how it is written and what its words tell of the target, each row's own left out; words and pairs of words that stand in ${step.minTexts} different texts count`;
    case "missing-indicator":
      return "add a column that says whether the value is missing";
    case "impute":
      return `fill missing values with the ${step.strategy === "most-frequent" ? "most frequent value" : step.strategy} of the training rows`;
    case "encode":
      return encodingOf(step);
    case "scale":
      return "subtract the mean of the training rows and divide by their standard deviation";
    case "clip":
      return `what lies outside the middle ${100 - 200 * step.share} % of the training rows becomes their nearest value`;
    case "log":
      return "take the logarithm of 1 + the size in units of a small value of the training rows, with its sign";
    case "drop-duplicate-rows":
      return `keep equal rows once${step.ignoring.length === 0 ? "" : `, not comparing ${listed(step.ignoring)}`}`;
    case "drop-unlabelled-rows":
      return "leave out rows without a target";
    case "read-labels":
      return readingOf(step);
    case "correct-labels":
      return correctionOf(step);
    default:
      return step satisfies never;
  }
}

function encodingOf({ method, minCount }: Extract<RecipeStep, { op: "encode" }>): string {
  const rare = minCount > 1 ? `; levels with fewer than ${minCount} training rows count as one` : "";
  if (method === "codes") return `number the levels${rare}`;
  if (method === "one-hot") return `one 0/1 column per level${rare}`;
  return `replace each level by the mean target of its training rows, each row's own left out${rare}`;
}

function readingOf({ spelt, unknown, amount, unrecorded = [] }: Extract<RecipeStep, { op: "read-labels" }>): string {
  const renamed = Object.entries(spelt).map(([from, to]) => `${JSON.stringify(from)} as ${JSON.stringify(to)}`);
  const missing = unknown.map((value) => `${JSON.stringify(value)} as no label`);
  if (amount !== undefined) return `read the texts as amounts, with ${JSON.stringify(amount.decimal)} before the decimals`;
  const parts = unrecorded.map(
    ({ label, column, values, from, until, by }) =>
      `${label === undefined ? "any" : JSON.stringify(label)} as no label where "${column}" is ${listed(values.map((value) => JSON.stringify(value)))}${by === undefined ? "" : ` and "${by}" ${until === undefined ? `at least ${from}` : `at most ${until}`}`}`,
  );
  return `read ${listed([...renamed, ...missing, ...parts])}`;
}

/** With a hash of the corrections: two sets of them are two recipes. */
function correctionOf({ labels }: Extract<RecipeStep, { op: "correct-labels" }>): string {
  const count = labels.reduce((sum, { rows }) => sum + rows.length, 0);
  return `train with ${count.toLocaleString("en")} corrected labels that nobody has checked, and judge by the labels as delivered (corrections ${contentHash(labels, 8)})`;
}

/** "with "." between thousands, "," before decimals, "kg" as the unit". */
export function writingOf({ decimal, thousands, units, magnitudes = [], notes = [], uncertain, either }: AmountWriting): string {
  const quoted = (texts: readonly string[]) => texts.map((text) => JSON.stringify(text)).join(" or ");
  return [
    ...(thousands.length === 0 ? [] : [`with ${quoted(thousands)} between thousands`]),
    `with ${quoted(either === true ? [".", ","] : [decimal])} before decimals`,
    ...units.map(({ text, factor, offset }) =>
      factor === 1 && offset === 0 ? `with ${quoted([text])}` : `${quoted([text])} times ${factor}${offset === 0 ? "" : ` plus ${offset}`}`,
    ),
    ...magnitudes.map(({ text, power }) => `${quoted([text])} times ${10 ** power}`),
    ...(notes.length === 0 ? [] : [`without the notes ${quoted(notes.map(({ text }) => text))}`]),
    ...(uncertain === true ? ["without the uncertainty of the last digits in brackets"] : []),
  ].join(", ");
}

/** At most 8 of them. */
function listed(items: readonly string[]): string {
  const names = items.slice(0, 8).join(", ");
  return items.length > 8 ? `${names} and ${items.length - 8} more` : names;
}
