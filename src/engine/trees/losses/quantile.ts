import type { Loss } from "./contract.ts";
import { pointwise } from "./pointwise.ts";
import { isNumber, meanOver, quantileOf, requireParameter } from "./rows.ts";

/**
 * Pinball loss (Koenker 1978) of r = score - y: (1 - alpha) r above, -alpha r below; h = 1; leaves take the alpha quantile of their
 * residuals.
 * @throws RangeError unless alpha lies between 0 and 1.
 */
export function quantile(alpha: number): Loss {
  requireParameter(
    isNumber(alpha) && alpha > 0 && alpha < 1,
    'quantile loss needs alpha between 0 and 1, as in { loss: "quantile", alpha: 0.9 }',
    alpha,
  );
  return pointwise({
    link: "identity",
    base: (rows) => [quantileOf(rows, alpha)],
    value: (score, y) => pinball(score - y, alpha),
    gradient: (score, y) => (score >= y ? 1 - alpha : -alpha),
    leafQuantile: alpha,
  });
}

function pinball(residual: number, alpha: number): number {
  return residual >= 0 ? (1 - alpha) * residual : -alpha * residual;
}

/**
 * Several quantiles at once, one output each, learned apart. They may cross; the link puts each row's outputs in ascending order, which
 * never raises the summed loss (Chernozhukov, Fernandez-Val and Galichon 2010). `mean` is the mean over rows and alphas after sorting.
 * @throws RangeError unless alphas lie between 0 and 1 and ascend.
 */
export function quantiles(alphas: readonly number[]): Loss {
  requireParameter(Array.isArray(alphas), "quantiles loss needs alphas, a list", alphas);
  requireParameter(alphas.every(isNumber), "quantiles loss needs alphas, a list of numbers", `[${alphas.map(String).join(", ")}]`);
  const ascends = alphas.every((alpha, i) => i === 0 || alpha > alphas[i - 1]!);
  requireParameter(alphas.length > 0 && ascends, "quantiles loss needs alphas that ascend", `[${alphas.join(", ")}]`);
  const single = alphas.map((alpha) => quantile(alpha));
  const sorted = new Float64Array(alphas.length);
  return {
    outputs: alphas.length,
    link: "sorted",
    base: (rows) => single.flatMap((loss) => loss.base(rows)),
    gradients: (scores, rows, gradients, hessians) => {
      for (const [k, loss] of single.entries()) loss.gradients([scores[k]!], rows, [gradients[k]!], [hessians[k]!]);
    },
    mean: (scores, rows) =>
      meanOver(rows, (row, y) => {
        for (let k = 0; k < sorted.length; k++) sorted[k] = scores[k]![row]!;
        sorted.sort();
        return alphas.reduce((sum, alpha, k) => sum + pinball(sorted[k]! - y, alpha), 0) / alphas.length;
      }),
    leafQuantiles: alphas,
  };
}
