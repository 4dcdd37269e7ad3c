import type { OnnxGraph } from "../engine/onnx/graph.ts";
import { type CalibrationCurve, type Calibrator, EDGE } from "./calibrator.ts";

/** Adds the calibrator behind a tensor of [rows, outputs] double probabilities; gives the tensor of the calibrated ones. */
export function calibratorToOnnx(graph: OnnxGraph, { curves }: Calibrator, probabilities: string): string {
  const [only] = curves;
  if (only === undefined) return probabilities;
  if (curves.length === 1) return curveToOnnx(graph, only, probabilities);
  const columns = graph.node(
    "Split",
    [probabilities],
    { axis: { int: 1 }, num_outputs: { int: curves.length } },
    { outputs: curves.length },
  );
  const meant = curves.map((curve, k) => curveToOnnx(graph, curve, columns[k] ?? ""));
  const together = graph.node("Concat", meant, { axis: { int: 1 } })[0];
  const sum = graph.node("ReduceSum", [together, graph.constant(BigInt64Array.of(1n), [1])], { keepdims: { int: 1 } })[0];
  return graph.node("Div", [together, sum])[0];
}

function curveToOnnx(graph: OnnxGraph, curve: CalibrationCurve, p: string): string {
  return curve.kind === "platt" ? plattToOnnx(graph, curve, p) : isotonicToOnnx(graph, curve, p);
}

function plattToOnnx(graph: OnnxGraph, { slope, intercept }: Extract<CalibrationCurve, { kind: "platt" }>, p: string): string {
  const scalar = (value: number) => graph.constant(Float64Array.of(value), []);
  const inside = graph.node("Clip", [p, scalar(EDGE), scalar(1 - EDGE)])[0];
  const odds = graph.node("Div", [inside, graph.node("Sub", [scalar(1), inside])[0]])[0];
  const scaled = graph.node("Mul", [graph.node("Log", [odds])[0], scalar(slope)])[0];
  return graph.node("Sigmoid", [graph.node("Add", [scaled, scalar(intercept)])[0]])[0];
}

/** Sum of ramps: y[0] + sum over knots of slope[i] * clip(p - x[i], 0, x[i + 1] - x[i]). */
function isotonicToOnnx(graph: OnnxGraph, { x, y }: Extract<CalibrationCurve, { kind: "isotonic" }>, p: string): string {
  const widths = x.slice(1).map((right, i) => right - (x[i] ?? 0));
  const slopes = widths.map((width, i) => ((y[i + 1] ?? 0) - (y[i] ?? 0)) / width);
  const row = (values: readonly number[]) => graph.constant(Float64Array.from(values), [1, values.length]);
  const first = graph.constant(Float64Array.of(y[0] ?? 0), [1, 1]);
  if (widths.length === 0) return graph.node("Add", [graph.node("Mul", [p, graph.constant(Float64Array.of(0), [1, 1])])[0], first])[0];
  const above = graph.node("Relu", [graph.node("Sub", [p, row(x.slice(0, -1))])[0]])[0];
  const ramps = graph.node("Min", [above, row(widths)])[0];
  const rise = graph.node("MatMul", [ramps, graph.constant(Float64Array.from(slopes), [slopes.length, 1])])[0];
  return graph.node("Add", [rise, first])[0];
}
