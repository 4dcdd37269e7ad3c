import type { Design } from "./design.ts";

export interface Coefficients {
  /** outputs x features, row-major, on the features as they are. */
  readonly coefficients: Float64Array;
  readonly intercepts: Float64Array;
}

/** From coefficients on x' (for each output, its intercept last) to coefficients on x. Softmax intercepts are centred: only their differences count. */
export function rawCoefficients(design: Design, point: Float64Array, outputs: number): Coefficients {
  const features = design.columns.length;
  const coefficients = new Float64Array(outputs * features);
  const intercepts = new Float64Array(outputs);
  for (let k = 0; k < outputs; k++) {
    const start = k * (features + 1);
    let intercept = point[start + features]!;
    for (let j = 0; j < features; j++) {
      const raw = design.isConstant[j] === 1 ? 0 : point[start + j]! / design.scale[j]!;
      coefficients[k * features + j] = raw + 0;
      intercept -= raw * design.mean[j]!;
    }
    intercepts[k] = intercept + 0;
  }
  if (outputs > 1) {
    const mean = intercepts.reduce((sum, value) => sum + value, 0) / outputs;
    for (let k = 0; k < outputs; k++) intercepts[k] = intercepts[k]! - mean + 0;
  }
  return { coefficients, intercepts };
}

/** Back from coefficients on x. @throws RangeError when they are of other features. */
export function standardisedPoint(design: Design, { coefficients, intercepts }: Coefficients): Float64Array {
  const features = design.columns.length;
  const outputs = intercepts.length;
  if (coefficients.length !== outputs * features) throw new RangeError(`${coefficients.length} coefficients for ${features} features`);
  const point = new Float64Array(outputs * (features + 1));
  for (let k = 0; k < outputs; k++) {
    const start = k * (features + 1);
    point[start + features] = intercepts[k]!;
    for (let j = 0; j < features; j++) {
      const raw = coefficients[k * features + j]!;
      point[start + j] = raw * design.scale[j]!;
      point[start + features]! += raw * design.mean[j]!;
    }
  }
  return point;
}
