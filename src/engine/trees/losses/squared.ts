import type { Loss } from "./contract.ts";
import { meanOver, weightedMean } from "./rows.ts";

/** Squared error: g = score - y, h = 1 (half of the derivatives, as in LightGBM). */
export function squared(): Loss {
  return {
    outputs: 1,
    link: "identity",
    base: (rows) => [weightedMean(rows)],
    gradients: ([scores], { target, weight, rows, count }, [gradient], [hessian]) => {
      for (let i = 0; i < count; i++) {
        const row = rows[i]!;
        const w = weight === null ? 1 : weight[row]!;
        gradient![row] = (scores![row]! - target[row]!) * w;
        hessian![row] = w;
      }
    },
    mean: ([scores], rows) => meanOver(rows, (row, y) => (scores![row]! - y) ** 2),
    leafQuantiles: null,
  };
}
