export {
  meanWaitMs,
  peakRate,
  type Queue,
  replicasFor,
  utilisationOf,
  waitQuantileMs,
} from "./capacity.ts";
export { type CostInput, costPlan } from "./cost.ts";
export { type CurveFit, type ErrorPoint, fitCurve } from "./curve-fit.ts";
export {
  type CurveMetric,
  curveFrom,
  forecastGain,
  type GainForecast,
  spreadOfGain,
  verdictOf,
  WIDENING,
  WORTHWHILE_SHARE,
} from "./curve-forecast.ts";
export type { FoldErrors } from "./gain-noise.ts";
export { latencyOf, type ServiceTime, serviceTimeOf } from "./latency.ts";
export { makePlan, type PlanInput, planForLoad } from "./plan.ts";
export { type InstanceType, instanceTypes, priceWarnings } from "./prices.ts";
export { type LearningCurveInput, learningCurve } from "./samples.ts";
export { measureThroughput, type TimedModel, type TimingOptions } from "./throughput.ts";
