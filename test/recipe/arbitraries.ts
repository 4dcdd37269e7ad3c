import fc from "fast-check";
import type { Column, Frame } from "../../src/core/column.ts";
import type { Recipe, RecipeStep } from "../../src/core/recipe.ts";
import { writings } from "./amounts.ts";
import { frameOf, texts } from "./frames.ts";

/** Columns of every arbitrary frame: two of each kind, so that steps can mix. */
export const COLUMNS = ["n1", "n2", "c1", "c2", "t1", "d1", "d2"] as const;

const LEVELS = [
  "a",
  "b",
  "B",
  "grün",
  "1",
  "2.50",
  " 7 ",
  "-3e2",
  "1e400",
  "0x10",
  "nan",
  "inf",
  "?",
  "a,b",
  '"q"',
  "$1,234.50",
  "-1.234,5 kg",
  "(120.00) g",
  "31.12.1999",
  "KW 07/2023",
  "KW 53/2021",
  "2022Q4",
  "20240229T235958",
  "31.02.2024",
  "2/29/2024",
  "March 5, 2021",
  "05 mär 68",
  "2024-02-29 23:05:59",
  "2024-02-29T23:05:59.250Z",
  "2024/02/30",
  "29-02-2024 23:05",
  "02.29.2024",
  "19700101",
  "20230229",
  "__proto__",
  "constructor",
];

const cell = fc.oneof(
  fc.constantFrom(0, 1, 1, 2, -0, -999, 20240229, 20230229, 19991231, Number.NaN, Number.POSITIVE_INFINITY, 0.1),
  fc.double({ noDefaultInfinity: true }),
);
const level = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(null, "", ...LEVELS) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme" }) },
);
const moment = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -1, 951_782_400_000, -62_167_219_200_000) },
  { weight: 2, arbitrary: fc.integer({ min: -4_000_000_000_000, max: 4_000_000_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -8.64e15, max: 8.64e15 }) },
);

function numeric(name: string, type: "number" | "date", rows: number): fc.Arbitrary<Column> {
  const cells = fc.array(type === "number" ? cell : moment, { minLength: rows, maxLength: rows });
  return cells.map((values) => ({ name, type, values: Float64Array.from(values) }));
}

function levelled(name: string, type: "category" | "text", rows: number): fc.Arbitrary<Column> {
  const cells = fc.array(level, { minLength: rows, maxLength: rows });
  return fc.tuple(cells, fc.shuffledSubarray(LEVELS)).map(([values, dictionary]) => texts(name, values, type, dictionary));
}

export function frames(rows: number): fc.Arbitrary<Frame> {
  return fc
    .tuple(
      numeric("n1", "number", rows),
      numeric("n2", "number", rows),
      levelled("c1", "category", rows),
      levelled("c2", "category", rows),
      levelled("t1", "text", rows),
      numeric("d1", "date", rows),
      numeric("d2", "date", rows),
    )
    .map((columns) => frameOf(...columns));
}

const column = fc.constantFrom(...COLUMNS);
const columns = fc.subarray([...COLUMNS], { minLength: 1 });
const value = fc.oneof(fc.constantFrom<string | number>(...LEVELS, -999, 0, 1, 951_782_400_000), fc.double());
const names = fc.constantFrom(...LEVELS, "new", "");

/** Any single column step. `to-category` and `to-number` in one recipe are kept apart by `recipes`. */
export const STEPS: Readonly<Record<string, fc.Arbitrary<RecipeStep>>> = {
  drop: fc.record({ op: fc.constant("drop"), columns: fc.subarray([...COLUMNS], { minLength: 1, maxLength: 2 }) }),
  "null-out": fc.record({ op: fc.constant("null-out"), column, values: fc.array(value, { maxLength: 4 }) }),
  map: fc.record({
    op: fc.constant("map"),
    column,
    mapping: fc.uniqueArray(fc.tuple(names, names), { selector: ([from]) => from, maxLength: 5 }).map(Object.fromEntries),
  }),
  "to-number": fc.oneof(
    fc.record({ op: fc.constant("to-number"), column }),
    fc.record({ op: fc.constant("to-number"), column, amount: writings }),
  ),
  "to-category": fc.record({ op: fc.constant("to-category"), column }),
  "to-date": fc.record({
    op: fc.constant("to-date"),
    column,
    formats: fc.subarray(
      [
        "%d.%m.%Y",
        "%m/%d/%Y",
        "%b %d, %Y",
        "%d %b %y",
        "%Y-%m-%d %H:%M:%S",
        "%Y%m%d",
        "%Y%m%dT%H%M%S",
        "KW %V/%G",
        "%YQ%q",
        "%d. %b %Y",
        "%Y年%m月%d日",
      ],
      {
        minLength: 1,
      },
    ),
  }),
  "convert-unit by another column": fc.record({
    op: fc.constant("convert-unit"),
    column,
    by: fc.record({ column, levels: fc.uniqueArray(names, { maxLength: 3 }) }),
    factor: fc.constantFrom(2.54, 1 / 1.8, -0.001),
    offset: fc.constantFrom(0, -32 / 1.8),
  }),
  "convert-unit": fc.record({
    op: fc.constant("convert-unit"),
    column,
    where: fc.constantFrom("below", "above"),
    limit: fc.constantFrom(-1, 0, 0.5, 1e6),
    factor: fc.constantFrom(2.54, 1000, 1 / 1.8, 1, -0.001),
    offset: fc.constantFrom(0, -32 / 1.8, 273.15),
  }),
  fill: fc.record({ op: fc.constant("fill"), column, value: fc.constantFrom<string | number>("none", "a", 0, -1.5) }),
  "date-parts": fc.record({
    op: fc.constant("date-parts"),
    column,
    parts: fc.subarray(["year", "month", "day", "weekday", "hour", "days"] as const, { minLength: 1 }),
  }),
  "split-numbers": fc.record({
    op: fc.constant("split-numbers"),
    column,
    between: fc.constantFrom(["", "/", ""], ["", "'", '"'], ["(", ";", ")"], ["", "x", "x", "cm"]),
  }),
  "days-between": fc.record({ op: fc.constant("days-between"), columns }),
  "missing-indicator": fc.record({ op: fc.constant("missing-indicator"), columns }),
  impute: fc.record({ op: fc.constant("impute"), columns, strategy: fc.constantFrom("median", "mean", "most-frequent") }),
  encode: fc.record({
    op: fc.constant("encode"),
    columns,
    method: fc.constantFrom("codes", "one-hot", "target-mean"),
    minCount: fc.integer({ min: 1, max: 4 }),
    maxLevels: fc.integer({ min: 1, max: 12 }),
  }),
  scale: fc.record({ op: fc.constant("scale"), columns, method: fc.constant("standard") }),
  clip: fc.record({ op: fc.constant("clip"), columns, share: fc.constantFrom(0, 0.01, 0.25) }),
};

/** Its scores are equal to what an export gives but for the last digits, so it stands beside the others. */
const TEXT: fc.Arbitrary<RecipeStep> = fc.record({
  op: fc.constant("text"),
  column,
  minTexts: fc.integer({ min: 1, max: 3 }),
  maxTerms: fc.integer({ min: 1, max: 12 }),
});

/** A recipe of a few steps. Reading a number as a category and back cannot be exported, so a recipe does one of the two. */
function recipesOf(steps: Readonly<Record<string, fc.Arbitrary<RecipeStep>>>): fc.Arbitrary<Recipe> {
  return fc
    .constantFrom<readonly string[]>(["to-number", "to-date"], ["to-category"])
    .chain((left) =>
      fc.array(fc.oneof(...Object.entries(steps).flatMap(([op, step]) => (left.includes(op) ? [] : [step]))), { maxLength: 7 }),
    );
}

/** Those whose export gives the same to the bit. */
export const recipes = recipesOf(STEPS);
export const recipesWithText = recipesOf({ ...STEPS, text: TEXT });
