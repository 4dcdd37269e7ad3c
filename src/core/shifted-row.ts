/** What the cells of a column hold in the rows that stand as they should. An empty cell fits each. */
export type CellKind =
  | { readonly holds: "levels"; readonly levels: readonly string[] }
  | { readonly holds: "numbers" }
  /** Texts, of which none is a number. */
  | { readonly holds: "words" }
  | { readonly holds: "anything" };

/**
 * How rows were known, in the file of the training data, whose cells stand one column to the right from some column on. A new file is read by it row for row: what a
 * row means does not depend on which others stand beside it.
 */
export interface ShiftRule {
  /** The columns of the table in their order, without the one behind them that only such rows fill. */
  readonly columns: readonly { readonly name: string; readonly kind: CellKind }[];
  /** The column whose own cell stands to the right of it, as those of all behind it. */
  readonly from: string;
  /** The column whose text a delimiter cut in two: the one before `from`. Null where a cell too many was left out. */
  readonly joined: string | null;
}

/** Rows, counted from 0. */
export interface NamedRows {
  readonly count: number;
  /** The first of them. */
  readonly first: readonly number[];
}
