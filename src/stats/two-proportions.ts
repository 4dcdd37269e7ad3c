import { normalTwoSidedP } from "./normal.ts";

/** Pooled z test of equal proportions a/n and b/m. z 0 and p 1 when both are all or nothing; NaN when a side is empty. */
export function twoProportionZ(
  successesA: number,
  trialsA: number,
  successesB: number,
  trialsB: number,
): { difference: number; z: number; p: number } {
  const difference = successesA / trialsA - successesB / trialsB;
  const pooled = (successesA + successesB) / (trialsA + trialsB);
  const se = Math.sqrt(pooled * (1 - pooled) * (1 / trialsA + 1 / trialsB));
  const z = se === 0 ? 0 : difference / se;
  return { difference, z: Number.isNaN(difference) ? Number.NaN : z, p: Number.isNaN(difference) ? Number.NaN : normalTwoSidedP(z) };
}
