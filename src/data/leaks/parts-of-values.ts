import type { Column } from "../../core/column.ts";
import type { DatePart } from "../../core/recipe.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { datePart, PLAIN_ARITHMETIC } from "../../recipe/index.ts";
import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { infoOf } from "../columns/features.ts";
import { type Association, associate, associationsOf, viewOf, zThreshold } from "../signal/associations.ts";
import { answerFor, NEAR_PERFECT } from "../signal/leak-odds.ts";

/** A part of a column's values that nearly gives the target, though the whole column does not: the hour of a time, a word in the name of a file. */
export interface PartOfValue {
  readonly column: string;
  /** date: "hour of". segment: "part 2 of", counted from 1, as "yes" in "data/yes/0017.jpg". */
  readonly part:
    | { readonly kind: "date"; readonly name: DatePart }
    | { readonly kind: "segment"; readonly place: number; readonly example: string };
  /** Of the part alone. */
  readonly found: Association;
}

/** What a model is given of a date (see model/estimators/preparation.ts), but for what only counts on. */
const DATE_PARTS: readonly DatePart[] = ["month", "day", "weekday", "hour"];
const LEAST_ROWS = 50;
/** Of more different texts in one place they are names themselves. */
const MOST_WORDS = 50;
const MOST_PLACES = 8;
/** Columns that are cut into parts, the first of the table. */
const MOST_COLUMNS = 60;
/** Names of files and keys, of which most rows have their own; of others the values are learned as they are. */
const OF_OWN = 0.5;
/** Share of the rows that have so many parts. */
const LEAST_WITH_PART = 0.9;

/** Dates among the features; texts with a value of their own in most rows, keys that are left out too. The best part of each column, none of what the whole column tells. */
export function partsOfValues(context: AuditContext): readonly PartOfValue[] {
  const { frame, roles } = context;
  if (frame.rows < LEAST_ROWS) return [];
  const offered = frame.columns.filter(({ name }) => {
    const isOffered = roles.features.includes(name) || roles.ids.includes(name);
    return isOffered && answerFor(context, name) !== "before" && (associationsOf(context).get(name)?.score ?? 0) < NEAR_PERFECT;
  });
  const tried = offered
    .filter((column) => mayHoldParts(context, column))
    .slice(0, MOST_COLUMNS)
    .flatMap(partsOf);
  const limit = zThreshold(tried.length);
  const told = tried.map((one) => ({ column: one.column, part: one.part, found: associate(one.values, viewOf(context)) }));
  const strong = told.filter(({ found }) => found.score >= NEAR_PERFECT && found.z > limit).sort((a, b) => b.found.score - a.found.score);
  return strong.filter(({ column }, place) => strong.findIndex((one) => one.column === column) === place);
}

interface Part extends Pick<PartOfValue, "column" | "part"> {
  readonly values: Column;
}

function mayHoldParts(context: AuditContext, column: Column): boolean {
  if (column.type === "date") return context.roles.features.includes(column.name);
  if (!("codes" in column) || context.roles.meanings[column.name]?.type === "text") return false;
  const { distinct, missing } = infoOf(context, column.name);
  return distinct >= OF_OWN * (context.dataset.rows - missing);
}

function partsOf(column: Column): readonly Part[] {
  if (column.type === "date") return datePartsOf(column);
  return "codes" in column ? segmentsOf(column) : [];
}

function datePartsOf({ name, values }: Extract<Column, { readonly values: Float64Array }>): readonly Part[] {
  return DATE_PARTS.map((part) => ({
    column: name,
    part: { kind: "date", name: part },
    values: {
      name: `${name}.${part}`,
      type: "number",
      values: float64From(values, (ms) => (Number.isNaN(ms) ? ms : datePart(PLAIN_ARITHMETIC, ms, part))),
    },
  }));
}

/** "data/yes/0017.jpg" is data, yes, 0017, jpg; "C-1204" is C, 1204; "churn0017" is churn, 0017. */
const SEGMENTS = /\p{L}+|\p{N}+/gu;

function segmentsOf({ name, codes, levels }: LevelColumn): readonly Part[] {
  const cut = levels.map((level) => level.match(SEGMENTS) ?? []);
  return Array.from({ length: MOST_PLACES }, (_, place): Part | null => {
    const places = new Map<string, number>();
    const codeOf = cut.map((segments) => {
      const word = segments[place];
      if (word === undefined || places.size > MOST_WORDS) return -1;
      if (!places.has(word)) places.set(word, places.size);
      return places.get(word) ?? -1;
    });
    const own = int32From(codes, (code) => codeOf[code] ?? -1);
    const held = own.reduce((sum, code) => sum + Number(code >= 0), 0);
    if (places.size < 2 || places.size > MOST_WORDS || held < LEAST_WITH_PART * own.length) return null;
    const values: LevelColumn = { name, type: "category", codes: own, levels: [...places.keys()] };
    return {
      column: name,
      part: { kind: "segment", place: place + 1, example: levels.find((_, code) => (codeOf[code] ?? -1) >= 0) ?? "" },
      values,
    };
  }).flatMap((part) => part ?? []);
}
