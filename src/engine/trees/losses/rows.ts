import { shown } from "../../shown.ts";
import { wrongValue } from "../../wrong-use.ts";
import { weightedQuantile } from "../quantile.ts";
import type { LossRows } from "./contract.ts";

/** Rates and means are kept from 0 (and 1) by this, so that the score of a class without rows is finite. */
export const RATE_FLOOR = 1e-15;

/** hint: what to do. @throws RangeError naming the first target that does not fit. */
export function requireTargets(
  { target, rows, count }: LossRows,
  isFit: (y: number) => boolean,
  message: string,
  hint: () => string = () => "",
): void {
  for (let i = 0; i < count; i++) {
    const y = target[rows[i]!]!;
    if (!isFit(y)) throw wrongValue("bad-loss", `${message}, got ${y} in row ${rows[i]!}${hint()}`);
  }
}

/** A number: texts that read as one would be compared as one. */
export function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** @throws RangeError when a parameter of a loss does not fit. */
export function requireParameter(isFit: boolean, message: string, value: unknown): void {
  if (!isFit) throw wrongValue("bad-loss", `${message}, got ${typeof value === "string" ? value : shown(value)}`);
}

/** Weighted mean of value(row, target) over the rows. */
export function meanOver({ target, weight, rows, count }: LossRows, value: (row: number, y: number) => number): number {
  let sum = 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    const row = rows[i]!;
    const w = weight === null ? 1 : weight[row]!;
    sum += w * value(row, target[row]!);
    total += w;
  }
  return sum / total;
}

export function weightedMean(sample: LossRows): number {
  return meanOver(sample, (_row, y) => y);
}

/** Score of a log link whose prediction is the weighted mean. */
export function logMean(sample: LossRows): number[] {
  const mean = weightedMean(sample);
  return [Math.log(mean > 0 ? mean : RATE_FLOOR)];
}

/** Score of a logistic link whose prediction is the rate. factor: on its odds. */
export function logOdds(rate: number, factor = 1): number {
  return Math.log((factor * Math.max(rate, RATE_FLOOR)) / Math.max(1 - rate, RATE_FLOOR));
}

export function quantileOf({ target, weight, rows, count }: LossRows, share: number): number {
  return weightedQuantile((row) => target[row]!, weight, rows, 0, count, share);
}
