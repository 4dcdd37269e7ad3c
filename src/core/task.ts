/** What is predicted. Classes are in the order of the model's outputs; for binary the second is the positive one. */
export type Task =
  | { readonly kind: "binary"; readonly classes: readonly [string, string] }
  | { readonly kind: "multiclass"; readonly classes: readonly string[] }
  | { readonly kind: "regression" };

/** Numbers per row that a model gives: P(positive), one probability per class, or one value. */
export function outputsOf(task: Task): number {
  return task.kind === "multiclass" ? task.classes.length : 1;
}
