import { forEachPlacement, type Sides, sidesOf } from "./auc.ts";

export interface AucVariance {
  readonly auc: number;
  /** DeLong's variance of the AUC; NaN when a side has fewer than two rows. */
  readonly variance: number;
  /** Rows that stand in a pair. */
  readonly positives: number;
  readonly negatives: number;
}

/**
 * AUC with DeLong's variance in O(n log n) (DeLong 1988; Sun and Xu 2014, doi:10.1109/LSP.2014.2337313). strata: only pairs of one stratum are compared, and
 * all of them count alike, so a row counts by the rows of the other side in its stratum. The spread of a side is about the common AUC: a stratum with one
 * row of a side needs none of its own. null = one stratum.
 */
export function aucVariance(truth: ArrayLike<number>, scores: ArrayLike<number>, strata: Int32Array | null = null): AucVariance {
  const sides = strata === null ? [sidesOf(truth, scores)] : sidesOfStrata(truth, scores, strata);
  const paired = sides.filter(({ positives, negatives }) => positives.length > 0 && negatives.length > 0);
  const ofPositives = placements(paired);
  const ofNegatives = placements(paired.map(({ positives, negatives }) => ({ positives: negatives, negatives: positives })));
  const pairs = ofPositives.others.reduce((sum, others) => sum + others, 0);
  const auc = ofPositives.below.reduce((sum, below) => sum + below, 0) / pairs;
  return {
    auc,
    variance: varianceOf(ofPositives, auc, pairs) + varianceOf(ofNegatives, 1 - auc, pairs),
    positives: ofPositives.others.length,
    negatives: ofNegatives.others.length,
  };
}

/** Of each row of a side: rows of the other side in its stratum, and those of them that lie below it, equal ones half. */
interface Placements {
  readonly others: Float64Array;
  readonly below: Float64Array;
}

function placements(sides: readonly Sides[]): Placements {
  const rows = sides.reduce((sum, { positives }) => sum + positives.length, 0);
  const [others, below] = [new Float64Array(rows), new Float64Array(rows)];
  let place = 0;
  for (const { positives: own, negatives: other } of sides)
    forEachPlacement(own, other, (under, equal) => {
      others[place] = other.length;
      below[place++] = under + equal / 2;
    });
  return { others, below };
}

/** Of a ratio of sums over the rows of one side: sum below / sum others. */
function varianceOf({ others, below }: Placements, share: number, pairs: number): number {
  const rows = others.length;
  if (rows < 2) return Number.NaN;
  const squares = below.reduce((sum, one, row) => sum + (one - share * others[row]!) ** 2, 0);
  return (squares * rows) / (rows - 1) / pairs ** 2;
}

function sidesOfStrata(truth: ArrayLike<number>, scores: ArrayLike<number>, strata: Int32Array): Sides[] {
  const rowsOf = new Map<number, number[]>();
  for (const [row, stratum] of strata.entries()) {
    const own = rowsOf.get(stratum);
    if (own === undefined) rowsOf.set(stratum, [row]);
    else own.push(row);
  }
  return [...rowsOf.values()].map((rows) =>
    sidesOf(
      rows.map((row) => truth[row]!),
      rows.map((row) => scores[row]!),
    ),
  );
}
