export { estimatorNamed, FAMILIES, loadModel } from "./estimators/families.ts";
export type { FamilyEstimator, FittedModel, ModelFamily, Params, SavedModel } from "./estimators/family.ts";
