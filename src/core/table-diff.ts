import type { ColumnType } from "./column.ts";

/** One of the two tables. */
export interface DiffSide {
  readonly name: string;
  readonly version: string;
  readonly rows: number;
  readonly columns: number;
}

/**
 * How rows of the one table were found in the other. key: equal values of key columns. position: row i is row i. content: equal rows as wholes, so that none of
 * them holds a changed cell. steps: the table after was made from the one before, and which rows it kept is known.
 * none: row by row the tables agree no more than by chance, so no row is taken for one of the other; what is compared are the distributions of all rows.
 */
export interface RowMatch {
  readonly by: "key" | "position" | "content" | "steps" | "none";
  readonly key: readonly string[];
  /** A plain phrase. */
  readonly why: string;
  /** Rows whose key stands in an earlier row too, before and after: the first is compared with the first, the second with the second. */
  readonly repeated: { readonly before: number; readonly after: number };
}

export interface CellSample {
  /** 0-based. */
  readonly rowBefore: number;
  readonly rowAfter: number;
  /** As text; null = missing. */
  readonly before: string | null;
  readonly after: string | null;
}

/** How changed cells moved between the values of a category. */
export interface LevelsChanged {
  /** Values that a changed cell had or has. */
  readonly count: number;
  /** Half of the sum over these values of |came - went|: changed cells that moved without another that moved back. */
  readonly net: number;
  /** Changed cells with a value before and after. */
  readonly cells: number;
  /** Values whose number of rows changed most against chance, the first ones. */
  readonly most: readonly LevelChange[];
}

export interface LevelChange {
  readonly level: string;
  /** Rows of both tables that have it. */
  readonly before: number;
  readonly after: number;
  /** Changed cells that have it now, and that had it. */
  readonly came: number;
  readonly went: number;
}

/** Cells of one column in the rows that both tables have. */
export interface CellsChanged {
  readonly column: string;
  /** Cells that hold another value. */
  readonly cells: number;
  /** Of them, those that are missing now, and those that were. */
  readonly emptied: number;
  readonly filled: number;
  /** Of numbers and dates: those that grew and those that fell. */
  readonly up: number;
  readonly down: number;
  /** Of categories with a value in both rows; absent = numbers, dates, text, or none such. */
  readonly levels?: LevelsChanged;
  readonly samples: readonly CellSample[];
}

export interface ColumnsChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** A column that is gone and a new one with the same cells; agreement beyond chance, 1 = in all rows (Cohen's kappa). */
  readonly renamed: readonly { readonly from: string; readonly to: string; readonly agreement: number }[];
  readonly retyped: readonly { readonly name: string; readonly from: ColumnType; readonly to: ColumnType }[];
  /** The columns of both stand in another order. */
  readonly reordered: boolean;
}

export interface RowsChanged {
  readonly matched: number;
  readonly added: number;
  readonly removed: number;
  /** Of the matched ones, those with a changed cell. */
  readonly changed: number;
  /** First of them, 0-based in their own table. */
  readonly addedRows: readonly number[];
  readonly removedRows: readonly number[];
}

/** What two tables differ in, counted over all rows. */
export interface TableDiff {
  readonly before: DiffSide;
  readonly after: DiffSide;
  readonly match: RowMatch;
  readonly columns: ColumnsChanged;
  readonly rows: RowsChanged;
  /** Columns with a changed cell, those with most of them first. */
  readonly cells: readonly CellsChanged[];
}

/** How the values of a column differ between two sets of rows. */
export interface DistributionChange {
  readonly column: string;
  /** added: rows that only the table after has, against all rows before. removed: rows that only the table before has, against those that stayed. changed: whether changed cells grew or fell. */
  readonly rows: "added" | "removed" | "changed";
  /** 0 equal, 1 nothing in common: Kolmogorov-Smirnov distance, or half the sum of differences of shares; of changed cells |up - down| / (up + down), or the share of them that moved to another value of a category on balance. */
  readonly effect: number;
  /** Of changed cells of a category: the sign test of each value (McNemar 1947), the smallest p times their number (Bonferroni). */
  readonly test: "Kolmogorov-Smirnov" | "chi-square" | "two shares" | "sign test" | "McNemar";
  /** Of a category whose cells changed: the value whose rows changed most against chance. Absent = no category. */
  readonly level?: LevelChange;
  readonly what: "values" | "missing";
  readonly p: number;
  /** Benjamini-Hochberg over all of the comparison. */
  readonly q: number;
}

/** What `diff` gives. */
export interface DiffResult extends TableDiff {
  readonly schema: "oldhand/diff/1";
  /** Nothing differs: columns, their order and types, rows and cells. */
  readonly same: boolean;
  /** All that were tested, the surest first. */
  readonly distributions: readonly DistributionChange[];
  /** Most rows of a side that the distributions look at; more are a uniform sample. */
  readonly sampleRows: number;
}
