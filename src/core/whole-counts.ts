/** A column and values of it: numbers, moments in milliseconds, or texts, by the type of the column. */
export interface HeldValues {
  readonly column: string;
  readonly values: readonly (number | string)[];
}

export interface HeldRows {
  /** Rows that hold one of the values in any of the columns. */
  readonly any: number;
  /** Rows for each of the columns, in the order they were asked for. */
  readonly each: readonly number[];
}

/** What is compared in groups of equal rows: classes by the values that are read as them, others being no label; or numbers, but for these. */
export type ComparedLabels =
  | { readonly kind: "classes"; readonly column: string; readonly classOf: readonly { readonly value: string; readonly index: number }[] }
  | { readonly kind: "numbers"; readonly column: string; readonly without: readonly number[] };

/** Groups of labelled rows that are equal in the features, put together where size and positives are the same. */
export interface EqualGroups {
  /** Rows of each of these groups. */
  readonly size: number;
  /** Rows of class 1 in each; 0 for numbers. */
  readonly positives: number;
  /** Their labels differ. */
  readonly differ: boolean;
  readonly groups: number;
  /** Rows of the most frequent label of its group, over all of these groups; 0 for numbers. */
  readonly right: number;
  /** Sum of squares around the mean of its group, over all of these groups; 0 for classes. */
  readonly within: number;
}

export interface LabelConflicts {
  readonly groups: readonly EqualGroups[];
  /** Sum of squares around the mean of all labels; 0 for classes. */
  readonly total: number;
}

/** A number column and what its values should not be below or above; null = no bound. */
export interface ColumnBounds {
  readonly column: string;
  readonly low: number | null;
  readonly high: number | null;
}

/** Rows beyond the bounds, and the values that they hold with their rows: the smallest ones, ascending, at most as many as were asked for. */
export interface BeyondBounds {
  readonly rows: number;
  readonly values: readonly { readonly value: number; readonly rows: number }[];
}

/** The smallest and the largest numbers of a column, each row's for itself, ascending. */
export interface Extremes {
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** Rows of a given test set and rows of the training rows that are equal in some columns. */
export interface TestOverlap {
  /** Test rows that equal a training row, and training rows that equal a test row. */
  readonly testRows: number;
  readonly trainingRows: number;
  /** How many different rows they are, by these columns. */
  readonly groups: number;
  /** Test rows that equal the training row at the same place of its table. */
  readonly inPlace: number;
  /** Row numbers of the first 20 of `testRows`. */
  readonly sample: readonly number[];
}

/** Exact counts over the whole table, whatever sample of it is loaded. */
export interface WholeCounts {
  /** One answer for each list; all are counted in as few passes as can be. */
  rowsHolding(lists: readonly (readonly HeldValues[])[]): Promise<HeldRows[]>;
  /** The smallest and the largest number of each column; null without any. In no time, whatever the rows. */
  ranges(columns: readonly string[]): Promise<({ readonly low: number; readonly high: number } | null)[]>;
  /** One answer for each number column; most: of rows on a side. */
  extremes(columns: readonly string[], most: number): Promise<Extremes[]>;
  /** One answer for each column; most: of different values. */
  beyond(bounds: readonly ColumnBounds[], most: number): Promise<BeyondBounds[]>;
  /** How the labels of rows agree that are equal in these columns; missing equals missing. */
  labelConflicts(features: readonly string[], labels: ComparedLabels): Promise<LabelConflicts>;
}
