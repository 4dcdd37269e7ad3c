import type { Roles } from "../../core/role.ts";
import type { SplitPolicy } from "../../core/split.ts";
import type { Question } from "./experiment.ts";

/** What stage 1 hands to the later stages. */
export interface TabularQuestion extends Question {
  readonly roles: Roles;
  /** Columns that the model is offered: leaks, ids and ignored columns are out. */
  readonly features: readonly string[];
  readonly split: SplitPolicy;
  /** Class index or value of every row of the frame; NaN without a label. */
  readonly truth: Float64Array;
}
