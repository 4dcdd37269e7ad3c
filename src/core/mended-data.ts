/** One step of a recipe for people. */
export interface StepLine {
  readonly step: string;
  readonly columns: string;
  readonly what: string;
}

/** Its place in `recipe.json`, from 1. */
export interface NumberedStep extends StepLine {
  readonly number: number;
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
  readonly changes: readonly (NumberedStep & StepChange)[];
  /** Steps that were left out as asked. */
  readonly undone: readonly NumberedStep[];
  /** Steps that were to be left out and are still made, since another finding is mended by them too: its id. */
  readonly wanted: readonly (NumberedStep & { readonly by: string })[];
  /** Columns that were to be back and are still left out, since other steps leave them out too: `by` ids of findings, or numbers of steps. */
  readonly held: readonly { readonly column: string; readonly by: readonly string[] }[];
  /** What was asked to be undone: numbers of steps, ids of findings, or "all". */
  readonly asked: readonly string[];
  /** Ids of findings that this table is not mended of any more. */
  readonly reopened: readonly string[];
}
