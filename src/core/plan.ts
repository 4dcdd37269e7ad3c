import type { Estimate } from "./estimate.ts";

/** How much a model was trained on. */
export interface TrainingSize {
  readonly trainRows: number;
  /** Where the split goes by group; absent: rows are what is counted. */
  readonly groups?: number;
}

/** One point of a learning curve: score of the estimator trained on so much. */
export interface CurvePoint extends TrainingSize {
  readonly score: Estimate;
}

/** In the units of the curve. */
export function sizeOf({ trainRows, groups }: TrainingSize): number {
  return groups ?? trainRows;
}

export interface LearningCurve {
  readonly metric: string;
  /** What is counted: "rows", or "groups of patient" under a split by group, since more rows of the same groups are not more groups. */
  readonly units: string;
  /** Whose curve it is. Where a simple answer ships and no learned model, it is that of the model that may gain most, and says so with what ships. */
  readonly of:
    | { readonly label: string; readonly isShipped: true }
    | { readonly label: string; readonly isShipped: false; readonly shipped: string };
  /** By how much every point and the forecast are worse than measured, in units of the metric, >= 0: the correction of the chosen model's score for having been chosen. 0 where another model's curve is shown: it was picked too, and is not corrected. */
  readonly optimism: number;
  readonly points: readonly CurvePoint[];
  /** Extrapolated to multiples of today's size; null when the curve cannot be fitted (why says so). */
  readonly forecast: readonly (CurvePoint & { readonly factor: number })[] | null;
  readonly verdict: "more-data-helps" | "more-data-does-not-help" | "unknown";
  readonly why: string;
}

/** Quantiles in milliseconds by linear interpolation (type 7), with the counts behind. */
export interface Latency {
  readonly count: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  /** For the plot: upper edges in ms (ascending) and counts. */
  readonly histogram: readonly { readonly upToMs: number; readonly count: number }[];
}

/** Measured on this machine with the exported model. */
export interface Throughput {
  readonly runtime: "native" | "onnx";
  readonly threads: number;
  /** Median of repeated batches, and their spread. */
  readonly rowsPerSecond: Estimate;
  readonly batchRows: number;
  readonly singleRow: Latency;
  /** Processor time / elapsed time while single rows were timed. Clearly below 1: other programs used the machine. Absent: not known. */
  readonly processorShare?: number;
  /** Growth of resident memory while the model was used; of an exported model while it was loaded, too. Not what a process needs. */
  readonly memoryBytes: number;
  /** Resident memory of the whole process after it, which holds the data of the run too. Absent: not known. */
  readonly processBytes?: number;
  readonly modelBytes: number;
}

export interface CostOption {
  readonly cloud: string;
  readonly instance: string;
  readonly region: string;
  readonly vcpu: number;
  readonly memoryGib: number;
  readonly usdPerHour: number;
  readonly replicas: number;
  /** Highest share of capacity used at the peak, 0..1. */
  readonly utilisation: number;
  readonly usdPerMonth: number;
  readonly usdPerMillionPredictions: number;
  readonly priceDate: string;
}

/** What was measured or counted for the cost, so that it can be computed again for another load. */
export interface CostBasis {
  /** Resident memory of the model in one process, beside Node itself. */
  readonly memoryBytes: number;
  /** Of one training of the final model on this machine. */
  readonly trainingSeconds: number;
  readonly dataBytes: number;
  /** Size of one logged prediction; 0 = nothing is logged. */
  readonly logBytesPerPrediction: number;
}

export interface CostPlan {
  readonly basis: CostBasis;
  /** What was assumed, each a plain sentence (load, peak factor, utilisation limit, machine scaling). */
  readonly assumptions: readonly string[];
  readonly load: { readonly predictionsPerMonth: number; readonly peakPerSecond: number };
  /** Cheapest first. */
  readonly serving: readonly CostOption[];
  /** The same options at three times the load. */
  readonly servingTripled: readonly CostOption[];
  readonly trainingUsd: number;
  readonly storageUsdPerMonth: number;
  /** Resident memory of one serving process: server and model. */
  readonly processBytes: number;
  readonly warnings: readonly string[];
  /** +- this share until confirmed on a real instance. */
  readonly uncertainty: number;
}

/** Stage 3. `plan.json`. */
export interface Plan {
  readonly schema: "oldhand/plan/1";
  readonly curve: LearningCurve;
  readonly throughput: readonly Throughput[];
  readonly cost: CostPlan;
  readonly machine: { readonly cpu: string; readonly cores: number; readonly memoryBytes: number; readonly node: string };
  readonly notYet: readonly string[];
}
