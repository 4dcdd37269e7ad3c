import {
  NODE_G_UNIT,
  NODE_H_UNIT,
  NODE_L1,
  NODE_L2,
  NODE_LOWER,
  NODE_MAX_STEP,
  NODE_PARENT_OUTPUT,
  NODE_PATH_SMOOTH,
  NODE_PLAIN,
  NODE_ROWS_PER_H,
  NODE_UPPER,
} from "./layout.ts";
import type { TreeMemory } from "./memory.ts";

/** What decides gains and values in a node (LightGBM's formulas). */
export interface NodeRules {
  /** What a whole number of a cell is worth. */
  readonly gUnit: number;
  readonly hUnit: number;
  readonly l1: number;
  readonly l2: number;
  /** Bounds of the values, from monotone constraints. */
  readonly lower: number;
  readonly upper: number;
  /** For path smoothing. */
  readonly parentOutput: number;
  readonly pathSmooth: number;
  /** 0 = no limit. */
  readonly maxDeltaStep: number;
  /** Rows are told from hessians by this. */
  readonly rowsPerH: number;
  /** No l1, bounds, smoothing or limit: the gain is G^2 / (H + l2). */
  readonly plain: boolean;
}

export function nodeRulesAt({ f64 }: TreeMemory, node: number): NodeRules {
  const about = (place: number) => f64[node / 8 + place]!;
  return {
    gUnit: about(NODE_G_UNIT),
    hUnit: about(NODE_H_UNIT),
    l1: about(NODE_L1),
    l2: about(NODE_L2),
    lower: about(NODE_LOWER),
    upper: about(NODE_UPPER),
    parentOutput: about(NODE_PARENT_OUTPUT),
    pathSmooth: about(NODE_PATH_SMOOTH),
    maxDeltaStep: about(NODE_MAX_STEP),
    rowsPerH: about(NODE_ROWS_PER_H),
    plain: about(NODE_PLAIN) !== 0,
  };
}

/**
 * Rows of a cell are told from its hessian, as LightGBM does: exact where all hessians are equal. A bin of one sure row counts none, so a side of sure rows is no leaf,
 * however many they are: the Newton step would make them surer still.
 */
export function rowsOf({ rowsPerH }: Pick<NodeRules, "rowsPerH">, hessian: number): number {
  return Math.floor(hessian * rowsPerH + 0.5);
}

/** Gain of both sides, in whole numbers. sign: 1 = the right must not be lower, -1 = not higher; -Infinity if it is. */
export function splitGain(rules: NodeRules, leftG: number, leftH: number, rightG: number, rightH: number, sign: number): number {
  const { gUnit, hUnit, l1, l2, rowsPerH } = rules;
  const gl = leftG * gUnit;
  const gr = rightG * gUnit;
  const hl = leftH * hUnit + l2;
  const hr = rightH * hUnit + l2;
  if (rules.plain && sign === 0) return (gl * gl) / hl + (gr * gr) / hr;
  const outL = outputOf(rules, gl, hl, leftH * rowsPerH);
  const outR = outputOf(rules, gr, hr, rightH * rowsPerH);
  if ((sign > 0 && outL > outR) || (sign < 0 && outL < outR)) return Number.NEGATIVE_INFINITY;
  return gainAt(gl, hl, l1, outL) + gainAt(gr, hr, l1, outR);
}

/** Gain of a node that is not split. */
export function nodeGain(rules: NodeRules, g: number, h: number): number {
  const gradient = g * rules.gUnit;
  const hessian = h * rules.hUnit + rules.l2;
  if (rules.plain) return (gradient * gradient) / hessian;
  return gainAt(gradient, hessian, rules.l1, outputOf(rules, gradient, hessian, h * rules.rowsPerH));
}

/** Value of a leaf from whole numbers. */
export function nodeOutput(rules: NodeRules, g: number, h: number): number {
  return outputOf(rules, g * rules.gUnit, h * rules.hUnit + rules.l2, h * rules.rowsPerH);
}

/** h holds l2. */
function outputOf(rules: NodeRules, g: number, h: number, rows: number): number {
  const { l1, maxDeltaStep, pathSmooth, parentOutput, lower, upper } = rules;
  let out = -shrunk(g, l1) / h;
  if (maxDeltaStep > 0 && Math.abs(out) > maxDeltaStep) out = out < 0 ? -maxDeltaStep : maxDeltaStep;
  if (pathSmooth > 0) {
    const share = rows / pathSmooth;
    out = (out * share) / (share + 1) + parentOutput / (share + 1);
  }
  return Math.min(Math.max(out, lower), upper);
}

/** sign(g) max(0, |g| - l1). */
function shrunk(g: number, l1: number): number {
  const size = Math.max(0, Math.abs(g) - l1);
  return g < 0 ? -size : size;
}

function gainAt(g: number, h: number, l1: number, out: number): number {
  return -(2 * shrunk(g, l1) * out + h * out * out);
}
