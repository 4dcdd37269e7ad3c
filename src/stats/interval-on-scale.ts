/**
 * A symmetric interval carried to the scale on which the value has no end: the logarithm of its distance to an end, the log odds between two, so that the side with more room gets more of
 * it. The reach is carried by the slope of the scale at the value (delta method); beyond one unit of a logarithm, where that tells nothing, it goes on in a straight line. A value at an end, or
 * without ends, keeps its interval.
 */
export function intervalOnScale(
  value: number,
  reach: number,
  least: number,
  most: number,
): { readonly low: number; readonly high: number } {
  const [below, above] = [value - least, most - value];
  const plain = { low: value - reach, high: value + reach };
  if (!(below > 0 && above > 0) || !Number.isFinite(reach) || (below === Infinity && above === Infinity)) return plain;
  if (above === Infinity) return { low: least + below * Math.exp(-reach / below), high: least + below * upwards(reach / below) };
  if (below === Infinity) return { low: most - above * upwards(reach / above), high: most - above * Math.exp(-reach / above) };
  const width = most - least;
  const [odds, steps] = [below / above, (reach * width) / (below * above)];
  const at = (shift: number) => least + width / (1 + Math.exp(-shift) / odds);
  return { low: at(-steps), high: at(steps) };
}

function upwards(steps: number): number {
  return steps <= 1 ? Math.exp(steps) : Math.E * steps;
}
