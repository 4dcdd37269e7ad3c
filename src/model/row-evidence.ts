import { type CountStatistic, pairedCountReplicates, standardDeviation, tQuantile, tTwoSidedP } from "../stats/index.ts";
import type { Evidence, Measured } from "./evidence.ts";

export interface RowScores {
  /** Judged rows. */
  readonly rows: number;
  /** Score of each candidate when judged row i stands times[i] times. NaN when undefined. */
  readonly scores: readonly CountStatistic[];
  readonly better: "higher" | "lower";
  readonly level: number;
  readonly seed: number;
}

/** Passes over a row in all: each resample scores every candidate twice. 100 resamples are enough for a standard error (Efron 1987). */
const RESAMPLED_ROWS = 1e8;

/**
 * Evidence from one given test set: bootstrap over its rows, the same resamples for all candidates, so differences are paired by row. It does not
 * see the spread that other training rows would give. Choice: BBC-CV (Tsamardinos, Greasidou and Borboudakis 2018), chosen in the bag and
 * scored out of it.
 */
export function rowEvidence(given: RowScores): Evidence {
  const { rows, scores, better, level } = given;
  const whole = scores.map((score) => score(new Float64Array(rows).fill(1)));
  const { inBag, outOfBag } = drawResamples(given);
  const own = (candidate: number) => inBag[candidate] ?? new Float64Array(0);
  const scoreSpread = inBag.map(spread);
  const known = new Map<string, number>();
  const differenceSpread = (a: number, b: number): number => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const se = known.get(key) ?? spread(own(a).map((score, i) => score - (own(b)[i] ?? Number.NaN)));
    known.set(key, se);
    return se;
  };
  const at = (values: readonly number[]) => evidenceAt(values, scoreSpread, differenceSpread, given);
  return {
    ...at(whole),
    chosenBlindly: (choose, against) => {
      const sign = better === "higher" ? 1 : -1;
      const blind = Array.from(own(0), (_, resample) => {
        const score = outOfBag[choose(at(inBag.map((of) => of[resample] ?? Number.NaN)))]?.[resample] ?? Number.NaN;
        return against === null ? score : sign * (score - (outOfBag[against]?.[resample] ?? Number.NaN));
      });
      const chosen = choose(at(whole));
      const se = against === null ? (scoreSpread[chosen] ?? Number.NaN) : differenceSpread(chosen, against);
      return measured(meanOf(blind), se, rows - 1, level);
    },
  };
}

/** Evidence of these scores, with spreads known from the resamples. */
function evidenceAt(
  values: readonly number[],
  scoreSpread: readonly number[],
  differenceSpread: (a: number, b: number) => number,
  { better, level, rows }: RowScores,
): Evidence {
  const sign = better === "higher" ? 1 : -1;
  const of = (candidate: number) => values[candidate] ?? Number.NaN;
  const score = (candidate: number) => measured(of(candidate), scoreSpread[candidate] ?? Number.NaN, rows - 1, level);
  const evidence: Evidence = {
    count: values.length,
    level,
    method: "bootstrap over test rows",
    score,
    difference: (a, b) => measured(sign * (of(a) - of(b)), differenceSpread(a, b), rows - 1, level),
    chosenBlindly: (choose, against) => (against === null ? score(choose(evidence)) : evidence.difference(choose(evidence), against)),
    blindness: "chosen on bootstrap rows, scored on the rows left out (BBC-CV)",
  };
  return evidence;
}

/** Scores by candidate and resample. */
function drawResamples({ rows, scores, seed }: RowScores): {
  readonly inBag: readonly Float64Array[];
  readonly outOfBag: readonly Float64Array[];
} {
  const left = new Float64Array(rows);
  const onTheRest = scores.map((score) => (times: Float64Array) => {
    for (const [row, count] of times.entries()) left[row] = count === 0 ? 1 : 0;
    return score(left);
  });
  const resamples = Math.round(Math.min(400, Math.max(100, RESAMPLED_ROWS / (2 * Math.max(1, rows) * scores.length))));
  const replicates = pairedCountReplicates([...scores, ...onTheRest], { rows, clusters: null, resamples, seed });
  return { inBag: replicates.slice(0, scores.length), outOfBag: replicates.slice(scores.length) };
}

function spread(replicates: Float64Array): number {
  const defined = replicates.filter((one) => !Number.isNaN(one));
  return defined.length < 2 ? Number.NaN : standardDeviation(defined);
}

function measured(value: number, se: number, df: number, level: number): Measured {
  if (Number.isNaN(se) || df < 1) return { value, se: Number.NaN, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, p: 1 };
  const reach = se > 0 ? tQuantile((1 + level) / 2, df) * se : 0;
  const p = se > 0 ? tTwoSidedP(value / se, df) : value === 0 ? 1 : 0;
  return { value, se, low: value - reach, high: value + reach, p };
}

function meanOf(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
