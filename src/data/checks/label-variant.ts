import type { Check } from "../check.ts";

/** Labels of the given test set that the training rows do not know. They are looked at before the task is fixed (test-labels.ts). */
export const labelVariant: Check = {
  trap: "label-variant",
  title: "Test labels are spelt otherwise",
  subject: "given-split",
  inspect: ({ labels }) => labels.filter(({ trap }) => trap === "label-variant"),
};
