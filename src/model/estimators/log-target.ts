import type { OnnxGraph } from "../../engine/onnx/graph.ts";

/**
 * A target that is learned as log(value + shift). The answer is its mean, not its median: exp of the score times the mean of exp of the residuals (smearing,
 * Duan 1983). Scores beyond those of the training rows are drawn to the nearest of them, for their exponentials know no measure.
 */
export interface LogTarget {
  readonly shift: number;
  readonly low: number;
  readonly high: number;
  readonly smear: number;
}

/** null where a value is below 0. The shift is 0, or the smallest value above 0 where some are 0 (1 for counts). */
export function logTargetOf(target: Float64Array): Omit<LogTarget, "smear"> | null {
  const least = target.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const positive = target.reduce((low, value) => (value > 0 ? Math.min(low, value) : low), Number.POSITIVE_INFINITY);
  if (!(least >= 0) || !Number.isFinite(positive)) return null;
  const shift = least > 0 ? 0 : positive;
  const most = target.reduce((high, value) => Math.max(high, value), 0);
  return { shift, low: Math.log(least + shift), high: Math.log(most + shift) };
}

export function logOf(target: Float64Array, { shift }: Pick<LogTarget, "shift">): Float64Array {
  return target.map((value) => Math.log(value + shift));
}

/** Mean of exp(logarithm - score) over the training rows. */
export function smearOf(logs: Float64Array, scores: Float64Array, weight: Float64Array | null): number {
  let [sum, total] = [0, 0];
  logs.forEach((value, row) => {
    const w = weight?.[row] ?? 1;
    sum += w * Math.exp(value - (scores[row] ?? 0));
    total += w;
  });
  return sum / total;
}

export function answersOf(scores: Float64Array, { shift, low, high, smear }: LogTarget): Float64Array {
  return scores.map((score) => Math.exp(Math.min(high, Math.max(low, score))) * smear - shift);
}

export function answersToOnnx(graph: OnnxGraph, scores: string, { shift, low, high, smear }: LogTarget): string {
  const constant = (value: number) => graph.constant(Float64Array.of(value), []);
  const bounded = graph.node("Min", [graph.node("Max", [scores, constant(low)])[0], constant(high)])[0];
  const scaled = graph.node("Mul", [graph.node("Exp", [bounded])[0], constant(smear)])[0];
  return graph.node("Sum", [scaled, constant(-shift)])[0];
}
