export { auc } from "./auc.ts";

export { scoreOfBlocks } from "./block-score.ts";

export type { Calibration, CalibrationBin } from "./calibration.ts";
export { calibrationOf } from "./calibration.ts";
export type { MetricChoice } from "./default.ts";
export { defaultMetric } from "./default.ts";
export { f1 } from "./f1.ts";
export type { IntervalOptions } from "./interval.ts";
export { intervalOf } from "./interval.ts";
export { membership, probabilitiesOf, takeJudged } from "./judged.ts";

export { METRICS, metricNamed, metricsFor } from "./named.ts";

export { hasLossPerRow, lossPerRow } from "./row-loss.ts";

export type { Worthwhile } from "./worthwhile.ts";
export { largestWorthwhile, WORTHWHILE_LOSS, worthwhileGain } from "./worthwhile.ts";
