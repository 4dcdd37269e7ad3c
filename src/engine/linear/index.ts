export type { LinearTraining } from "./design.ts";
export { fitLogistic, type LogisticTraining } from "./logistic.ts";
export { type LinearModel, loadLinear, predictLinear, saveLinear } from "./model.ts";
export { fitRidge } from "./ridge.ts";
