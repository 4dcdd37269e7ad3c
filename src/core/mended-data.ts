/** One step of a recipe for people. */
export interface StepLine {
  readonly step: string;
  readonly columns: string;
  readonly what: string;
}

/** What one step of a recipe did to a table. */
export interface StepChange {
  /** Columns left out, and columns whose type is another one now. */
  readonly columnsGone: readonly string[];
  readonly columnsRetyped: readonly string[];
  /** Rows left out. */
  readonly rowsGone: number;
  /** Cells that hold another value than before; of them those that are missing now. */
  readonly cells: number;
  readonly emptied: number;
}

/** A version of a dataset and its size. */
export interface SizedVersion {
  readonly version: string;
  readonly rows: number;
  readonly columns: number;
}

/** The table that `prepare` writes. */
export interface MendedData extends SizedVersion {
  readonly path: string;
  /** The table before; its version stays beside the mended one. */
  readonly from: SizedVersion;
  /** What each step changed, in order; steps that learn are made inside the folds and change nothing here. */
  readonly changes: readonly (StepLine & StepChange)[];
}
