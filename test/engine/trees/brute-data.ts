import type { Feature } from "../../../src/core/matrix.ts";
import { uniformStream } from "../../../src/engine/trees/random.ts";
import type { BruteRules } from "./brute-tree.ts";

export type Draw = ReturnType<typeof drawing>;

export function drawing(seed: number) {
  const uniform = uniformStream(seed, 21);
  const below = (most: number) => Math.floor(most * uniform());
  const pick = <T>(...choices: readonly T[]): T => choices[below(choices.length)]!;
  return { uniform, below, pick };
}

/** Few values and many, with missing; few levels and many; two columns that are hardly ever filled, and never both. */
export function tableOf({ uniform, below }: Draw, rows: number): { features: Feature[]; signal: Float64Array } {
  const each = <T>(of: (row: number) => T) => Array.from({ length: rows }, (_, row) => of(row));
  const numeric = (name: string, of: (row: number) => number): Feature => ({ name, kind: "numeric", values: Float64Array.from(each(of)) });
  const levels = (name: string, count: number, missing: number): Feature => ({
    name,
    kind: "categorical",
    levels: count,
    codes: Int32Array.from(each(() => (uniform() < missing ? -1 : below(count)))),
  });
  const turn = each(() => below(14));
  const features = [
    levels("few", 4, 0.1),
    levels("many", 14, 0.1),
    numeric("s", (row) => (turn[row] === 0 ? 1 + (row % 3) : 0)),
    numeric("t", (row) => (turn[row] === 1 ? 1 + (row % 2) : 0)),
    numeric("x", () => (uniform() < 0.15 ? Number.NaN : below(6))),
    numeric("y", () => below(30)),
  ];
  const effects = features.map(() => each(() => 2 * uniform() - 1));
  const signal = Float64Array.from(
    each((row) => {
      const parts = features.map((feature, k) => {
        const value = feature.kind === "numeric" ? feature.values[row]! : feature.codes[row]!;
        return effects[k]![Number.isNaN(value) ? rows - 1 : (value + rows) % rows]!;
      });
      return parts.reduce((a, b) => a + b) + uniform() - 0.5;
    }),
  );
  return { features, signal };
}

/** How a tree is grown: whole in one call of a kernel, below its first split in one call, or node by node, which knows all options. */
export type Way = "whole" | "below" | "by node";

export function rulesOf({ pick, uniform }: Draw, way: Way): BruteRules {
  const some = <T>(none: T, ...others: readonly T[]) => (uniform() < 0.5 ? none : pick(...others));
  const own = <T>(none: T, ...others: readonly T[]) => (way === "by node" ? some(none, ...others) : none);
  const pathSmooth = own(0, 3, 20);
  return {
    growth: pick("leaf-wise", "depth-wise"),
    numLeaves: way === "below" ? 0 : way === "by node" ? pick(0, 2, 4, 7, 12) : pick(2, 4, 7, 12),
    maxDepth: some(0, 1, 2, 3),
    minDataInLeaf: pathSmooth > 0 ? pick(2, 8) : pick(1, 2, 3, 8),
    minSumHessianInLeaf: some(0, 4.5, 10.3),
    minGainToSplit: some(0, 0.7, 3),
    lambdaL2: some(0, 1, 7),
    maxCatToOnehot: pick(1, 3, 4, 20),
    catSmooth: some(0, 3, 6.5),
    catL2: some(0, 2, 10),
    maxCatThreshold: some(32, 1, 2),
    minDataPerGroup: some(1, 6, 17),
    lambdaL1: own(0, 0.4, 2),
    maxDeltaStep: own(0, 0.3, 0.7),
    pathSmooth,
    monotoneConstraints: own<Record<string, number>>({}, { x: 1, y: -1 }, { s: 1, x: -1, y: 1 }),
    interactionConstraints: own<BruteRules["interactionConstraints"]>(
      null,
      [
        ["x", "y"],
        ["y", "few", "s"],
        ["many", "x"],
      ],
      [
        ["many", "few"],
        ["few", "y"],
      ],
    ),
  };
}
