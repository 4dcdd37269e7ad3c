import type { AmountWriting } from "./written-amount.ts";

/**
 * How labels are read where the file writes them otherwise than the task: spelling -> class, and values that stand for "not known" (read as no label).
 * It is part of the task, so that every place that reads labels reads them alike.
 */
export interface LabelReading {
  /** Given when the target's texts write amounts, as "$2,210.00" does: they are read as numbers, what writes none as no label. */
  readonly amount?: AmountWriting;
  readonly spelt: Readonly<Record<string, string>>;
  readonly unknown: readonly string[];
  /** Given when somebody said that labels of a part of the table were not recorded: they are read as no label. */
  readonly unrecorded?: readonly Unrecorded[];
}

/** Rows in which `column` holds one of the values, as text, and the label is `label` (absent: whatever it is); from the time `from` of the column `by` on, or up to `until`, where these are given. */
export interface Unrecorded {
  readonly column: string;
  readonly values: readonly string[];
  readonly label?: string;
  readonly by?: string;
  /** Milliseconds since 1970 of a date, else the number. */
  readonly from?: number;
  /** The same, inclusive. */
  readonly until?: number;
}

/** What is predicted. Classes are in the order of the model's outputs; for binary the second is the positive one. `labels` absent: as they stand. */
export type Task = (
  | { readonly kind: "binary"; readonly classes: readonly [string, string] }
  | { readonly kind: "multiclass"; readonly classes: readonly string[] }
  | { readonly kind: "regression" }
) & { readonly labels?: LabelReading };

/** Numbers per row that a model gives: P(positive), one probability per class, or one value. */
export function outputsOf(task: Task): number {
  return task.kind === "multiclass" ? task.classes.length : 1;
}

/**
 * How many times as long a model of so many classes takes to train as one of two. Less than proportionally more: each class has fewer rows to learn from, so
 * boosting stops earlier and trees stay smaller. Between the medians of 5, 7, 14 and 30 classes (diamonds by cut and colour, adult by occupation, a made
 * table of 100 columns; 1,000 to 20,000 rows).
 */
export function classesTake(classes: number): number {
  return classes ** 0.75;
}
