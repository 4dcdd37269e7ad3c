/** How rows are parted into training and judging rows. */
export type SplitPolicy =
  | { readonly policy: "random"; readonly folds: number; readonly repeats: number }
  | { readonly policy: "stratified"; readonly folds: number; readonly repeats: number }
  /**
   * No group on both sides. `by`: columns that name the group together. `cut`: a regular expression whose first capture in the value names
   * the group (prefix of an id); a value that it does not match is its own group; absent: the whole value.
   */
  | { readonly policy: "group"; readonly by: readonly string[]; readonly cut?: string; readonly folds: number; readonly repeats: number }
  /** Growing window: train on the past, judge on the next block. `by`: time column, or null for the order of the rows. */
  | { readonly policy: "time"; readonly by: string | null; readonly folds: number }
  /** Contiguous blocks of rows; each block is judged once. For ordered rows when the past alone is too short. */
  | { readonly policy: "blocks"; readonly by: string | null; readonly folds: number }
  /**
   * One fold: the last `testRows` rows of the dataset are the given test rows. `order`: they remember their neighbours along it, as under `time` and `blocks`,
   * so that blocks of them are independent, not rows. `groups`: named as under `group`; groups are independent, not rows. Both absent: every row stands alone.
   */
  | { readonly policy: "given"; readonly testRows: number; readonly order?: { readonly by: string | null }; readonly groups?: GroupNames };

/** What names the group of a row, as under policy `group`. */
export interface GroupNames {
  readonly by: readonly string[];
  readonly cut?: string;
}

/** A given test set beside folds of this policy: what folds take for dependent is dependent among the test rows. */
export function givenBeside(split: SplitPolicy, testRows: number): SplitPolicy {
  const known = { policy: "given", testRows } as const;
  if (split.policy === "time" || split.policy === "blocks") return { ...known, order: { by: split.by } };
  if (split.policy !== "group") return known;
  const { by, cut } = split;
  return { ...known, groups: cut === undefined ? { by } : { by, cut } };
}

/** Row indices of one fold. Ascending, no row on both sides. */
export interface Fold {
  readonly index: number;
  readonly train: Int32Array;
  readonly test: Int32Array;
}
