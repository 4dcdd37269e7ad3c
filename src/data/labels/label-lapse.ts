import type { Labelled } from "./confident-learning.ts";

/** How labels look when they are the classes that two views tell, but for some that were written down wrongly. */
export interface LabelLapse {
  /** Twice the log likelihood that wrong labels add; about chi-squared with as many degrees as there are classes when there are none. */
  readonly gain: number;
  /** Share of the rows that carry another label: of each true class, or of each segment where there are some. */
  readonly rates: Float64Array;
  /** Segment of each place; null where the rates are of classes. */
  readonly segments: Int32Array | null;
  /** P(true class) by the columns alone, n x classes. */
  readonly clean: Float64Array;
}

/** Rows that the few parameters are fitted on. */
const MOST_ROWS = 4000;
const MOST_STEPS = 60;
/** Log likelihood per step below which no more is to be had. */
const ENOUGH = 0.03;
const LEAST = 1e-4;
const MOST_SLOPE = 12;
const FIRST_RATE = 0.03;
const FIRST_SLOPES = [0.7, 0.3] as const;
const LARGEST_RATE = 0.4;

interface Views {
  /** log P of the model's answers, and of the other view; n x classes. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  readonly segments: Int32Array | null;
  readonly places: Int32Array;
}

interface Fit {
  /** Of the two views. */
  readonly slopes: readonly [number, number];
  readonly rates: Float64Array;
  readonly logLikelihood: number;
}

/**
 * Log-linear pool of two views, P(true k) ~ P1(k)^a P2(k)^b, whose class is written down as another one with a chance of its own for each class: the lapse rate of psychometric functions (Wichmann and Hill 2001), by expectation
 * maximisation. Where classes only overlap, the views themselves say how often a label contradicts them, and lapses add nothing. Where labels were turned, all that both views say
 * stops at the rate of the turned ones: with lapses they may be as sure as they are elsewhere. `left` leaves rows out of the fit.
 */
export function labelLapse(
  labelled: Labelled,
  view: Float64Array,
  left: (place: number) => boolean,
  segments: Int32Array | null = null,
): LabelLapse {
  const { labels, classes, probabilities } = labelled;
  const kept: number[] = [];
  for (let place = 0; place < labels.length; place++) if (!left(place)) kept.push(place);
  const step = Math.max(1, kept.length / MOST_ROWS);
  const places = Int32Array.from({ length: Math.floor(kept.length / step) }, (_, at) => kept[Math.floor(at * step)] ?? 0);
  const views: Views = { first: probabilities.map((p) => Math.log(Math.max(LEAST, p))), second: view, labels, classes, segments, places };
  const parts = segments === null ? classes : segments.reduce((most, one) => Math.max(most, one), 0) + 1;
  const without = fitted(views, FIRST_SLOPES, new Float64Array(parts));
  const withLapses = fitted(views, without.slopes, new Float64Array(parts).fill(FIRST_RATE));
  const clean = new Float64Array(labels.length * classes);
  for (let place = 0; place < labels.length; place++) pool(views, withLapses.slopes, place, clean, place * classes);
  return { gain: 2 * (withLapses.logLikelihood - without.logLikelihood), rates: withLapses.rates, segments, clean };
}

/** P(label is wrong) and the likeliest other class of one row. */
export function lapseOf(
  { clean, rates, segments }: LabelLapse,
  place: number,
  given: number,
  classes: number,
): { readonly wrong: number; readonly proposed: number } {
  const rate = (one: number) => rates[segments === null ? one : (segments[place] ?? 0)] ?? 0;
  const own = clean.subarray(place * classes, (place + 1) * classes);
  const kept = (1 - rate(given)) * (own[given] ?? 0);
  let [total, best, proposed] = [kept, 0, -1];
  for (let one = 0; one < classes; one++) {
    if (one === given) continue;
    const share = (rate(one) / (classes - 1)) * (own[one] ?? 0);
    total += share;
    if (share > best) [best, proposed] = [share, one];
  }
  return { wrong: total > 0 ? 1 - kept / total : 0, proposed };
}

/** softmax(a log P1 + b log P2) of one row into `to` from `at` on. */
function pool({ first, second, classes }: Views, [a, b]: Fit["slopes"], place: number, to: Float64Array, at: number): void {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < classes; k++) {
    const score = a * (first[place * classes + k] ?? 0) + b * (second[place * classes + k] ?? 0);
    to[at + k] = score;
    if (score > most) most = score;
  }
  let sum = 0;
  for (let k = 0; k < classes; k++) sum += to[at + k] = Math.exp((to[at + k] ?? 0) - most);
  for (let k = 0; k < classes; k++) to[at + k] = (to[at + k] ?? 0) / sum;
}

/** @param slopes and rates to begin with; without lapses where these are 0. */
function fitted(views: Views, slopes: Fit["slopes"], rates: Float64Array): Fit {
  let best: Fit = { slopes, rates, logLikelihood: Number.NEGATIVE_INFINITY };
  let now: Pick<Fit, "slopes" | "rates"> = best;
  for (let step = 0; step < MOST_STEPS; step++) {
    const { logLikelihood, next } = stepFrom(views, now);
    const gained = logLikelihood - best.logLikelihood;
    if (gained > 0) best = { ...now, logLikelihood };
    if (gained < ENOUGH && step > 5) break;
    now = next;
  }
  return best;
}

/** One Newton step of the slopes towards the expected true classes, and the rates that those give. */
function stepFrom(
  views: Views,
  { slopes, rates }: Pick<Fit, "slopes" | "rates">,
): { readonly logLikelihood: number; readonly next: Pick<Fit, "slopes" | "rates"> } {
  const { first, second, labels, classes, segments, places } = views;
  const own = new Float64Array(classes);
  const [of, turned] = [new Float64Array(rates.length), new Float64Array(rates.length)];
  const slot = (place: number, k: number) => (segments === null ? k : (segments[place] ?? 0));
  let [logLikelihood, g1, g2, h11, h12, h22] = [0, 0, 0, 1e-6, 0, 1e-6];
  for (const place of places) {
    const given = labels[place] ?? 0;
    pool(views, slopes, place, own, 0);
    const rate = (k: number) => rates[slot(place, k)] ?? 0;
    const kept = (1 - rate(given)) * (own[given] ?? 0);
    let total = kept;
    for (let k = 0; k < classes; k++) if (k !== given) total += (rate(k) / (classes - 1)) * (own[k] ?? 0);
    total = Math.max(total, 1e-12);
    logLikelihood += Math.log(total);
    let [m1, m2, s11, s12, s22, t1, t2] = [0, 0, 0, 0, 0, 0, 0];
    for (let k = 0; k < classes; k++) {
      const p = own[k] ?? 0;
      const share = k === given ? kept / total : (rate(k) / (classes - 1)) * (p / total);
      const part = slot(place, k);
      of[part] = (of[part] ?? 0) + share;
      if (k !== given) turned[part] = (turned[part] ?? 0) + share;
      const [x1, x2] = [first[place * classes + k] ?? 0, second[place * classes + k] ?? 0];
      m1 += p * x1;
      m2 += p * x2;
      s11 += p * x1 * x1;
      s12 += p * x1 * x2;
      s22 += p * x2 * x2;
      t1 += share * x1;
      t2 += share * x2;
    }
    g1 += t1 - m1;
    g2 += t2 - m2;
    h11 += s11 - m1 * m1;
    h12 += s12 - m1 * m2;
    h22 += s22 - m2 * m2;
  }
  const moved = newton(slopes, [g1, g2], [h11, h12, h22]);
  // With one row more, turned at the first rate: a class without rows has no rate of its own. Where nothing may lapse, nothing does.
  const next = rates.map((rate, part) =>
    rate === 0 ? 0 : Math.min(LARGEST_RATE, ((turned[part] ?? 0) + FIRST_RATE) / ((of[part] ?? 0) + 1)),
  );
  return { logLikelihood, next: { slopes: moved, rates: next } };
}

/** Within 0 and MOST_SLOPE; where one of the two would leave that, the other moves alone. */
function newton(
  [a, b]: Fit["slopes"],
  [g1, g2]: readonly [number, number],
  [h11, h12, h22]: readonly [number, number, number],
): Fit["slopes"] {
  const within = (value: number) => Math.min(MOST_SLOPE, Math.max(0, value));
  const determinant = Math.max(1e-12, h11 * h22 - h12 * h12);
  const [da, db] = [(h22 * g1 - h12 * g2) / determinant, (h11 * g2 - h12 * g1) / determinant];
  const shortest = Math.min(1, 1 / Math.max(Math.abs(da), Math.abs(db), 1e-9));
  const [na, nb] = [a + shortest * da, b + shortest * db];
  if (na < 0) return [0, within(b + Math.max(-1, Math.min(1, g2 / h22)))];
  if (nb < 0) return [within(a + Math.max(-1, Math.min(1, g1 / h11))), 0];
  return [within(na), within(nb)];
}
