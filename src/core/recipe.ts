import type { Unrecorded } from "./task.ts";
import type { AmountWriting } from "./written-amount.ts";

/**
 * One step of preparation, as data. Steps run in order on a frame. Steps that learn something (impute, encode, scale) learn it on the
 * training rows of a fold only. A step whose columns are absent does nothing to them.
 */
export type RecipeStep =
  | { readonly op: "drop"; readonly columns: readonly string[] }
  /** Listed values become missing. Strings compare with levels of a category, numbers with values of a number column. */
  | { readonly op: "null-out"; readonly column: string; readonly values: readonly (string | number)[]; readonly dates?: true }
  /** Category levels are renamed; two names mapped to one are merged. */
  | { readonly op: "map"; readonly column: string; readonly mapping: Readonly<Record<string, string>> }
  /** A category column is read as numbers, plain ones or as `amount` says they are written; what does not parse becomes missing. */
  | { readonly op: "to-number"; readonly column: string; readonly amount?: AmountWriting }
  /** A text of several numbers ("130/85") becomes number columns `NAME.1`, `NAME.2`, ...; `between` stands before, between and behind them. The text itself is dropped. */
  | { readonly op: "split-numbers"; readonly column: string; readonly between: readonly string[] }
  /** A number column is read as a category (a code). */
  | { readonly op: "to-category"; readonly column: string }
  /**
   * A category is read as dates by the first of the formats that a cell follows whole: strptime parts %d %m %b %Y %y %H %M %S %f (three digits), or "%Y%m%d" alone, which also
   * reads whole numbers. %b is a month's name or short form, %y is 1969..2068. What follows none becomes missing.
   */
  | { readonly op: "to-date"; readonly column: string; readonly formats: readonly string[] }
  /**
   * Numbers below (or above) the limit become value * factor + offset: they were written in another unit. Or those of the rows that hold one of the levels in another
   * column, of texts, which tells who wrote them.
   */
  | ({ readonly op: "convert-unit"; readonly column: string; readonly factor: number; readonly offset: number } & (
      | { readonly where: "below" | "above"; readonly limit: number }
      | { readonly by: { readonly column: string; readonly levels: readonly string[] } }
    ))
  /** Missing becomes this value: a level of a category, a number in a number column. */
  | { readonly op: "fill"; readonly column: string; readonly value: string | number }
  /** A date becomes number columns `NAME.year` ... ; the date itself is dropped. */
  | { readonly op: "date-parts"; readonly column: string; readonly parts: readonly DatePart[] }
  /** Adds `A.to.B` for each pair of the date columns: the days from the first to the second. */
  | { readonly op: "days-between"; readonly columns: readonly string[] }
  /**
   * A text becomes number columns: `NAME.words`, `NAME.capitals` ... (how it is written), and `NAME.score`, or one for each class: what its words tell of the target, out of
   * fold on training rows. Words and pairs of words count that stand in `minTexts` different texts of the training rows, at most `maxTerms` of them. The text itself is dropped.
   */
  | { readonly op: "text"; readonly column: string; readonly minTexts: number; readonly maxTerms: number }
  /** Adds `NAME.missing` (0 or 1). */
  | { readonly op: "missing-indicator"; readonly columns: readonly string[] }
  | { readonly op: "impute"; readonly columns: readonly string[]; readonly strategy: "median" | "mean" | "most-frequent" }
  | {
      readonly op: "encode";
      readonly columns: readonly string[];
      /** codes: one categorical feature, rare levels (fewer than minCount training rows) as one. one-hot: 0/1 features. target-mean: smoothed mean of the target, out of fold on training rows. */
      readonly method: "codes" | "one-hot" | "target-mean";
      readonly minCount: number;
      readonly maxLevels: number;
    }
  | { readonly op: "scale"; readonly columns: readonly string[]; readonly method: "standard" }
  /** Numbers below the quantile `share` of the training rows, or above the one of 1 - share, become that quantile. */
  | { readonly op: "clip"; readonly columns: readonly string[]; readonly share: number }
  /** A number becomes its sign times log(1 + |number| / unit); unit: the size below which a hundredth of the training rows' numbers other than 0 are, as a power of 2. */
  | { readonly op: "log"; readonly columns: readonly string[] }
  /** Only when a dataset version is made, never in a fold or in serving: equal rows are kept once, leaving out `ignoring`. */
  | { readonly op: "drop-duplicate-rows"; readonly ignoring: readonly string[] }
  /** Only when a dataset version is made: rows without a target are dropped. */
  | { readonly op: "drop-unlabelled-rows"; readonly target: string }
  /** How the target is read, before any fold: spellings become their class, values that stand for "not known" become no label. */
  | {
      readonly op: "read-labels";
      readonly target: string;
      readonly spelt: Readonly<Record<string, string>>;
      readonly unknown: readonly string[];
      readonly amount?: AmountWriting;
      readonly unrecorded?: readonly Unrecorded[];
    }
  /** Corrections that nobody has checked. These rows train with them and are judged by their labels as delivered. */
  | { readonly op: "correct-labels"; readonly target: string; readonly labels: readonly CorrectedLabels[] };

/** Rows, 0-based in the dataset version, that are given one label; null = none. */
export interface CorrectedLabels {
  readonly label: string | null;
  readonly rows: readonly number[];
}

export type DatePart = "year" | "month" | "day" | "weekday" | "hour" | "days";

export type Recipe = readonly RecipeStep[];

const TABLE_STEPS: ReadonlySet<RecipeStep["op"]> = new Set([
  "drop-duplicate-rows",
  "drop-unlabelled-rows",
  "read-labels",
  "correct-labels",
]);

/** Steps that take rows away or are about labels. They act on the dataset before any fold; corrections on the training rows of a fold. */
export function isTableStep(
  step: RecipeStep,
): step is Extract<RecipeStep, { op: "drop-duplicate-rows" | "drop-unlabelled-rows" | "read-labels" | "correct-labels" }> {
  return TABLE_STEPS.has(step.op);
}
