import type { PreparationInput } from "../../core/estimator.ts";
import type { DatePart, Recipe, RecipeStep } from "../../core/recipe.ts";

const DATE_PARTS: readonly DatePart[] = ["year", "month", "day", "weekday", "hour", "days"];

/** The tree engine keeps at most 255 bins per feature; a category with more levels becomes one number. */
const MOST_CODES = 254;

/** Above this many levels one-hot features cost a linear model more in variance than they give. */
const MOST_ONE_HOT = 30;

/** Trees take missing values and categories as they are. Levels beyond what the engine can hold become a smoothed mean of the target. */
export function preparationForTrees(given: readonly PreparationInput[]): Recipe {
  const columns = given.filter(isReadable);
  const categories = columns.filter(isCategory);
  const few = categories.filter(({ distinct }) => distinct <= MOST_CODES);
  const many = categories.filter(({ distinct }) => distinct > MOST_CODES);
  return [
    ...daysBetween(columns),
    ...datesToNumbers(columns),
    ...step(few, (names) => ({ op: "encode", columns: names, method: "codes", minCount: 2, maxLevels: MOST_CODES })),
    ...step(many, (names) => ({ op: "encode", columns: names, method: "target-mean", minCount: 2, maxLevels: 1_000_000 })),
  ];
}

/** Linear models need numbers without gaps on one scale: indicator, imputation, one-hot (many levels: mean of the target), scaling. */
export function preparationForLinear(given: readonly PreparationInput[]): Recipe {
  const columns = given.filter(isReadable);
  const dates = columns.filter(({ type }) => type === "date");
  const numbers = columns.filter(({ type }) => type === "number");
  const withDates = [
    ...numbers.map(({ name }) => name),
    ...namesBetween(dates),
    ...dates.flatMap(({ name }) => DATE_PARTS.map((part) => `${name}.${part}`)),
  ];
  const categories = columns.filter(isCategory);
  const few = categories.filter(({ distinct }) => distinct <= MOST_ONE_HOT);
  const many = categories.filter(({ distinct }) => distinct > MOST_ONE_HOT);
  const gaps = columns.filter(({ missing }) => missing > 0);
  const scaled = [...withDates, ...many.map(({ name }) => name)];
  return [
    ...step(gaps, (names) => ({ op: "missing-indicator", columns: names })),
    ...daysBetween(columns),
    ...datesToNumbers(columns),
    ...(withDates.length === 0 ? [] : [{ op: "impute", columns: withDates, strategy: "median" } as const]),
    ...step(few, (names) => ({ op: "encode", columns: names, method: "one-hot", minCount: 5, maxLevels: MOST_ONE_HOT })),
    ...step(many, (names) => ({ op: "encode", columns: names, method: "target-mean", minCount: 2, maxLevels: 1_000_000 })),
    ...(scaled.length === 0 ? [] : [{ op: "scale", columns: scaled, method: "standard" } as const]),
  ];
}

function isCategory({ type }: PreparationInput): boolean {
  return type === "category";
}

/** Free text that no step has made columns of is left out: each row has its own. */
function isReadable({ type }: PreparationInput): boolean {
  return type !== "text";
}

/** More date columns are rarely moments of one thing, and their pairs are many. */
const MOST_DATES = 4;

/** How long something took is a difference, which trees make of two dates only by many splits. */
function daysBetween(columns: readonly PreparationInput[]): Recipe {
  const dates = columns.filter(({ type }) => type === "date").map(({ name }) => name);
  return dates.length < 2 ? [] : [{ op: "days-between", columns: dates.slice(0, MOST_DATES) }];
}

function namesBetween(dates: readonly PreparationInput[]): string[] {
  const few = dates.slice(0, MOST_DATES);
  return few.flatMap((from, place) => few.slice(place + 1).map((to) => `${from.name}.to.${to.name}`));
}

function datesToNumbers(columns: readonly PreparationInput[]): Recipe {
  return columns.filter(({ type }) => type === "date").map(({ name }) => ({ op: "date-parts", column: name, parts: DATE_PARTS }));
}

function step(columns: readonly PreparationInput[], make: (names: readonly string[]) => RecipeStep): Recipe {
  return columns.length === 0 ? [] : [make(columns.map(({ name }) => name))];
}
