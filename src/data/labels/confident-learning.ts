/** Out-of-fold probabilities of n labelled rows: n x classes, row-major, with their given class indices. */
export interface Labelled {
  readonly labels: ArrayLike<number>;
  readonly probabilities: Float64Array;
  readonly classes: number;
}

/** A row whose label confident learning puts off the diagonal. */
export interface LabelIssue {
  /** Place among the given rows. */
  readonly place: number;
  readonly given: number;
  readonly proposed: number;
  /** P(given) - P(best other class), in -1..1: the lower, the surer the label is wrong. */
  readonly margin: number;
}

/**
 * Confident learning (Northcutt, Jiang and Chuang 2021): a class is confident of a row when its probability reaches the mean that it has on rows given
 * that label. A row whose most probable confident class is not the given one is off the diagonal of the confident joint. Lowest margin first.
 */
export function labelIssues({ labels, probabilities, classes }: Labelled): readonly LabelIssue[] {
  const thresholds = selfConfidence({ labels, probabilities, classes });
  const issues: LabelIssue[] = [];
  for (let place = 0; place < labels.length; place++) {
    const given = labels[place] ?? 0;
    const own = probabilities.subarray(place * classes, (place + 1) * classes);
    const proposed = confidentClass(own, thresholds);
    if (proposed >= 0 && proposed !== given && bestClass(own) !== given)
      issues.push({ place, given, proposed, margin: (own[given] ?? 0) - bestOther(own, given) });
  }
  return issues.sort((a, b) => a.margin - b.margin || a.place - b.place);
}

/** Mean probability of each class on the rows that carry its label; Infinity for a class without rows: nothing is confident of it. */
function selfConfidence({ labels, probabilities, classes }: Labelled): Float64Array {
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let place = 0; place < labels.length; place++) {
    const given = labels[place] ?? 0;
    sums[given] = (sums[given] ?? 0) + (probabilities[place * classes + given] ?? 0);
    counts[given] = (counts[given] ?? 0) + 1;
  }
  return sums.map((sum, one) => ((counts[one] ?? 0) === 0 ? Number.POSITIVE_INFINITY : sum / (counts[one] ?? 1)));
}

/** Rounding of a mean must not decide. */
const SLACK = 1e-6;

function confidentClass(own: Float64Array, thresholds: Float64Array): number {
  let best = -1;
  for (let one = 0; one < own.length; one++)
    if ((own[one] ?? 0) >= (thresholds[one] ?? 0) - SLACK && (best < 0 || (own[one] ?? 0) > (own[best] ?? 0))) best = one;
  return best;
}

export function bestClass(own: ArrayLike<number>): number {
  let best = 0;
  for (let one = 1; one < own.length; one++) if ((own[one] ?? 0) > (own[best] ?? 0)) best = one;
  return best;
}

function bestOther(own: Float64Array, given: number): number {
  let best = 0;
  for (let one = 0; one < own.length; one++) if (one !== given) best = Math.max(best, own[one] ?? 0);
  return best;
}
