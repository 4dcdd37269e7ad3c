import { byText } from "./levels.ts";
import { applyStep, type FittedStep } from "./steps/index.ts";
import { createTable, isLevelColumn, type LevelColumn, type StepColumn } from "./table.ts";

/** Unread texts of training that a model lists. */
const MOST_LISTED = 200;

/** How a column of texts is read as dates: what a new table or record must know of it. */
export interface TextDates {
  /** As training writes them; others that leave no doubt are read too (`furtherFormats`). */
  readonly formats: readonly string[];
  /** Texts of training that are taken as missing, at most 200. */
  readonly nulls: readonly string[];
}

/** Null for a column that no step reads as dates. */
export function textDatesOf(name: string, column: LevelColumn, steps: readonly FittedStep[]): TextDates | null {
  const read = stepsTo(name, steps).at(-1);
  if (read?.op !== "to-date") return null;
  const present = new Set(column.codes);
  const texts = column.levels.filter((text, code) => text !== "" && present.has(code));
  const isRead = areDates(name, texts, steps);
  return {
    formats: read.formats,
    nulls: texts
      .filter((_, place) => isRead[place] !== true)
      .sort(byText)
      .slice(0, MOST_LISTED),
  };
}

/** Of each text, whether the steps make a date of it. */
export function areDates(name: string, texts: readonly string[], steps: readonly FittedStep[]): readonly boolean[] {
  const table = createTable<StepColumn>([[name, { type: "category", codes: Int32Array.from(texts, (_, row) => row), levels: texts }]]);
  for (const step of stepsTo(name, steps)) applyStep(step, table);
  const column = table.columns.get(name);
  return texts.map((_, row) => column !== undefined && !isLevelColumn(column) && "values" in column && !Number.isNaN(column.values[row]));
}

/** What is done to the column until it is dates; nothing where it never is. */
function stepsTo(name: string, steps: readonly FittedStep[]): readonly FittedStep[] {
  const own = steps.filter((step) => "column" in step && step.column === name);
  return own.slice(0, own.findIndex(({ op }) => op === "to-date") + 1);
}
