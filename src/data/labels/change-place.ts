/** Where a series of yes and no changes its level. */
export interface ChangePlace {
  /** First value after the likeliest place, and after the earliest and the latest of those that hold 95 % of the probability. */
  readonly at: number;
  readonly earliest: number;
  readonly latest: number;
}

const OUTSIDE = 0.025;

/** The places by probability, each as likely as any other before the series was seen. @param likelihood logarithms, by place. */
export function placeOf(likelihood: ArrayLike<number>, placeAt: (i: number) => number): ChangePlace {
  let best = 0;
  for (let i = 1; i < likelihood.length; i++) if ((likelihood[i] ?? 0) > (likelihood[best] ?? 0)) best = i;
  const top = likelihood[best] ?? 0;
  const weights = Float64Array.from({ length: likelihood.length }, (_, i) => Math.exp((likelihood[i] ?? 0) - top));
  const total = weights.reduce((sum, one) => sum + one, 0);
  const placeWhere = (share: number) => {
    let sum = 0;
    const found = weights.findIndex((one) => {
      sum += one;
      return sum >= share * total;
    });
    return found < 0 ? weights.length - 1 : found;
  };
  return { at: placeAt(best), earliest: placeAt(placeWhere(OUTSIDE)), latest: placeAt(placeWhere(1 - OUTSIDE)) };
}

/** Of two levels, one before and one after: values around either are normal with one spread. @param from, to places that are compared. */
export function changePlace(values: Float64Array, from: number, to: number): ChangePlace {
  const n = values.length;
  const total = values.reduce((sum, value) => sum + value, 0);
  const squares = values.reduce((sum, value) => sum + value ** 2, 0);
  let before = 0;
  for (let i = 0; i < from; i++) before += values[i] ?? 0;
  const likelihood = new Float64Array(Math.max(1, to - from));
  for (let place = from; place < to; place++) {
    const left = squares - before ** 2 / place - (total - before) ** 2 / (n - place);
    likelihood[place - from] = (-n / 2) * Math.log(Math.max(1e-12, left));
    before += values[place] ?? 0;
  }
  return placeOf(likelihood, (i) => from + i);
}

/** Logarithm of the likelihood of so many yes among so many at the rate that they have, or at a given one. */
export function bernoulli(yes: number, all: number, rate: number = yes / Math.max(1, all)): number {
  return (yes === 0 ? 0 : yes * Math.log(rate)) + (yes === all ? 0 : (all - yes) * Math.log(1 - rate));
}
