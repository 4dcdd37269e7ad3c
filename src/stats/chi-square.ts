import cdf from "@stdlib/stats-base-dists-chisquare-cdf";
import pdf from "@stdlib/stats-base-dists-chisquare-pdf";

/**
 * P(X >= x) of chi-square. Far in the tail by the continued fraction of the upper incomplete gamma function (Abramowitz and Stegun
 * 6.5.31), where 1 - cdf would be rounding noise.
 */
export function chiSquareUpperTail(x: number, df: number): number {
  if (!(x > 0)) return Number.isNaN(x) ? Number.NaN : 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  const direct = 1 - cdf(x, df);
  return direct > 1e-4 || x < df + 2 ? direct : x * pdf(x, df) * upperGammaFraction(df / 2, x / 2);
}

/** Gamma(a, x) / (x^a e^-x) for x > a + 1, by the modified Lentz method. */
function upperGammaFraction(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let fraction = d;
  for (let i = 1; i <= 500; i++) {
    const factor = -i * (i - a);
    b += 2;
    d = 1 / (factor * d + b || tiny);
    c = b + factor / c || tiny;
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-15) break;
  }
  return fraction;
}
