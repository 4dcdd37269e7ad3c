import { cpus, totalmem } from "node:os";
import type { Frame } from "../core/column.ts";
import type { Experiment } from "../core/experiment.ts";
import type { Metric } from "../core/metric.ts";
import type { LearningCurve, Plan, Throughput } from "../core/plan.ts";
import type { Load } from "../core/request.ts";
import type { Scorer } from "../core/scorer.ts";
import type { OnnxSession, OnnxTensors } from "../engine/onnx/session.ts";
import { openOnnxWorker } from "../engine/onnx/worker-session.ts";
import type { Lab } from "../lab/index.ts";
import { costPlan } from "./cost.ts";
import { requestText } from "./request-text.ts";
import { learningCurve } from "./samples.ts";
import { measureThroughput } from "./throughput.ts";
import { timedScorer, timedSession } from "./timed-models.ts";

export interface PlanInput {
  readonly lab: Lab;
  /** The chosen model's experiment with its training rows cut to this many; null = all. */
  readonly experimentAt: (trainRows: number | null) => Experiment;
  /** Whose curve `experimentAt` gives. */
  readonly of: LearningCurve["of"];
  /** The correction of its score for having been chosen, in units of the metric, >= 0. */
  readonly optimism: number;
  readonly metric: Metric;
  /** Training rows of one fold when nothing is cut. */
  readonly fullTrainRows: number;
  readonly scorer: Scorer;
  /** Rows to score in the timing, with all inputs of the scorer; at least one. */
  readonly frame: Frame;
  readonly onnx: Uint8Array;
  /** Tensors of these rows of `frame`, for the ONNX session. */
  readonly onnxFeeds: (rows: Int32Array) => OnnxTensors;
  /** Size of the native model as written. */
  readonly modelBytes: number;
  /** Time of the final model's training. */
  readonly fitMs: number;
  readonly load: Load;
  readonly dataBytes: number;
  readonly seed: number;
  readonly today: Date;
  readonly progress: (note: string) => void;
  /** Default: a session in a thread of its own, as served. */
  readonly openSession?: (bytes: Uint8Array) => Promise<OnnxSession>;
}

/** Each of the four timings (batch and single row, two runtimes) takes this long, less when the budget is nearly over. */
const MOST_SECONDS = 0.3;
const LEAST_SECONDS = 0.1;
const SHARE_OF_LEFT = 0.03;

/** Stage 3: speed and memory of the model as shipped, whether more rows would help, and what a month costs. */
export async function makePlan(input: PlanInput): Promise<Plan> {
  const { lab, experimentAt, of, optimism, fullTrainRows, metric, scorer, frame, load, dataBytes, today, progress } = input;
  const throughput = await timings(input);
  const [native] = throughput;
  const curve = await learningCurve({ lab, experimentAt, of, optimism, fullTrainRows, metric, progress });
  const cost = costPlan({
    throughput: native,
    memoryBytes: native.memoryBytes + native.modelBytes,
    load,
    trainingSeconds: input.fitMs / 1000,
    dataBytes,
    logBytesPerPrediction: Buffer.byteLength(requestText(scorer.inputs, frame, 0)) + LOG_EXTRA_BYTES,
    today,
  });
  return { schema: "oldhand/plan/1", curve, throughput, cost, machine: thisMachine(), notYet: NOT_YET };
}

/** The plan for another load: the same curve and speed, the cost anew by today's date. null when the speed was not measured. */
export function planForLoad(plan: Plan, load: Load, today: Date): Plan | null {
  const native = plan.throughput.find(({ runtime }) => runtime === "native");
  return native === undefined ? null : { ...plan, cost: costPlan({ ...plan.cost.basis, throughput: native, load, today }) };
}

/** Time, id, model version and answer beside the request in a log line. */
const LOG_EXTRA_BYTES = 100;

async function timings(input: PlanInput): Promise<[native: Throughput, onnx: Throughput]> {
  const { lab, scorer, frame, onnx, onnxFeeds, modelBytes, progress, openSession = openOnnxWorker } = input;
  const seconds = Math.max(LEAST_SECONDS, Math.min(MOST_SECONDS, (SHARE_OF_LEFT * lab.left()) / 1000));
  progress("measuring the speed of the model");
  const native = await measureThroughput(timedScorer(scorer, frame, modelBytes), { seconds });
  progress("measuring the speed of the ONNX model");
  const residentBefore = process.memoryUsage.rss();
  const session = await openSession(onnx);
  try {
    const timed = timedSession(session, onnxFeeds, frame.rows, onnx.byteLength);
    return [native, await measureThroughput(timed, { seconds, residentBefore })];
  } finally {
    await session.close();
  }
}

function thisMachine(): Plan["machine"] {
  const processors = cpus();
  return { cpu: processors[0]?.model.trim() ?? "unknown", cores: processors.length, memoryBytes: totalmem(), node: process.version };
}

const NOT_YET: readonly string[] = [
  "No load test over HTTP: waiting times are estimated from single rows, and the network is not in them.",
  "Nothing was measured on a cloud machine.",
  "Network traffic, load balancers, monitoring, the time of people, spot prices and discounts are not counted.",
];
