import type { TreeTraining } from "./training.ts";

/** Fields of a training. */
export const FIELDS = ["matrix", "target", "weight", "validation", "loss", "query", "rows", "columns"] satisfies (keyof TreeTraining)[];

const LABELS = "the target is `target`, one number per row";
const FEATURES = "the features are `matrix`, as matrixFromRows gives it";
const CATEGORIES =
  'features of the matrix say their kind, as in { name, kind: "categorical", codes, levels }; columnsOfRows takes categorical: [names]';
const JUDGES = "`validation` lists the rows of the matrix that judge";

/** Fields of other libraries: what to give instead. */
export const FOREIGN_FIELDS: Readonly<Record<string, string>> = {
  label: LABELS,
  labels: LABELS,
  y: LABELS,
  data: FEATURES,
  X: FEATURES,
  x: FEATURES,
  features: "the training is the first argument: { matrix, target, loss }; options are the second",
  sampleWeight: "a weight per row is `weight`",
  sample_weight: "a weight per row is `weight`",
  weights: "a weight per row is `weight`",
  group: "`query` gives each row the number of its group",
  qid: "`query` gives each row the number of its group",
  groups: "`query` gives each row the number of its group",
  evalSet: JUDGES,
  eval_set: JUDGES,
  validSets: JUDGES,
  valid_sets: JUDGES,
  objective: "the objective is `loss`",
  initScore: "boosting starts from the best constant; a custom loss has a base",
  init_score: "boosting starts from the best constant; a custom loss has a base",
  categoricalFeature: CATEGORIES,
  categorical_feature: CATEGORIES,
};
