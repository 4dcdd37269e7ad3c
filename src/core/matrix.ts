/**
 * One feature as models see it. Numeric: NaN is missing. Categorical: codes in [0, levels), -1 is missing or unseen; levelNames, where they are known: what each code
 * stands for.
 */
export type Feature =
  | { readonly name: string; readonly kind: "numeric"; readonly values: Float64Array }
  | {
      readonly name: string;
      readonly kind: "categorical";
      readonly codes: Int32Array;
      readonly levels: number;
      readonly levelNames?: readonly string[];
    };

/** What a fitted recipe makes of a frame: rows x features, stored by column. */
export interface Matrix {
  readonly rows: number;
  readonly features: readonly Feature[];
}
