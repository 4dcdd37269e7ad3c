import { float64Where } from "../core/typed-from.ts";
import { normalCdf, normalQuantile } from "./normal.ts";
import { quantileOfSorted } from "./quantile.ts";

/** The middle `level` of the replicates; undefined ones are left out. */
export function percentileInterval(replicates: Float64Array, level: number): { low: number; high: number } {
  const sorted = definedSorted(replicates);
  return { low: quantileOfSorted(sorted, (1 - level) / 2), high: quantileOfSorted(sorted, (1 + level) / 2) };
}

/**
 * Bias-corrected and accelerated interval (Efron 1987, doi:10.1080/01621459.1987.10478410). Falls back to percentiles when all
 * replicates lie on one side of the value or do not spread.
 */
export function bcaInterval(
  value: number,
  replicates: Float64Array,
  jackknife: Float64Array,
  level: number,
): { low: number; high: number } {
  const sorted = definedSorted(replicates);
  const bias = normalQuantile(shareBelow(sorted, value));
  if (!Number.isFinite(bias)) return percentileInterval(replicates, level);
  const acceleration = accelerationOf(definedSorted(jackknife));
  const at = (p: number) => {
    const shifted = bias + normalQuantile(p);
    return quantileOfSorted(sorted, normalCdf(bias + shifted / (1 - acceleration * shifted)));
  };
  return { low: at((1 - level) / 2), high: at((1 + level) / 2) };
}

function definedSorted(values: Float64Array): Float64Array {
  return float64Where(values, (value) => !Number.isNaN(value)).sort();
}

/** Share of the replicates below the value, those equal to it counted half. */
function shareBelow(sorted: Float64Array, value: number): number {
  let below = 0;
  for (const one of sorted) below += one < value ? 1 : one === value ? 0.5 : 0;
  return below / sorted.length;
}

function accelerationOf(jackknife: Float64Array): number {
  const mean = jackknife.reduce((sum, one) => sum + one, 0) / jackknife.length;
  let cubes = 0;
  let squares = 0;
  for (const one of jackknife) {
    cubes += (mean - one) ** 3;
    squares += (mean - one) ** 2;
  }
  return squares > 0 ? cubes / (6 * squares ** 1.5) : 0;
}
