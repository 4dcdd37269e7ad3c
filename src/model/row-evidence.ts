import { createRandom } from "../core/random.ts";
import { normalQuantile, normalTwoSidedP, standardDeviation } from "../stats/index.ts";
import type { Evidence, Measured } from "./evidence.ts";

export interface RowScores {
  /** Judged rows. */
  readonly rows: number;
  readonly candidates: number;
  /** Score of a candidate on some of the judged rows (places 0 .. rows - 1, may repeat). NaN when undefined. */
  score(candidate: number, rows: Int32Array): number;
  readonly better: "higher" | "lower";
  readonly level: number;
  readonly seed: number;
}

/** Each resample scores every candidate twice, so their number falls as rows grow; 100 are enough for a standard error (Efron 1987). */
const CELLS = 4_000_000;

interface Resample {
  /** By candidate. */
  readonly inBag: readonly number[];
  readonly outOfBag: readonly number[];
}

/**
 * Evidence from one given test set: bootstrap over its rows, the same resamples for all candidates, so differences are paired by row. It does not
 * see the spread that other training rows would give. Choice: BBC-CV (Tsamardinos, Greasidou and Borboudakis 2018), chosen in the bag and
 * scored out of it.
 */
export function rowEvidence(given: RowScores): Evidence {
  const { rows, candidates, better, level, seed } = given;
  const all = Int32Array.from({ length: rows }, (_, row) => row);
  const whole = Array.from({ length: candidates }, (_, candidate) => given.score(candidate, all));
  const resamples = drawResamples(given, all, Math.min(400, Math.max(100, Math.floor(CELLS / Math.max(1, rows)))), seed);
  const scoreSpread = whole.map((_, candidate) => spread(resamples.map(({ inBag }) => inBag[candidate] ?? Number.NaN)));
  const known = new Map<string, number>();
  const differenceSpread = (a: number, b: number): number => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const se = known.get(key) ?? spread(resamples.map(({ inBag }) => (inBag[a] ?? Number.NaN) - (inBag[b] ?? Number.NaN)));
    known.set(key, se);
    return se;
  };
  const at = (scores: readonly number[]) => evidenceAt(scores, scoreSpread, differenceSpread, better, level);
  return {
    ...at(whole),
    chosenBlindly: (choose, against) => {
      const sign = better === "higher" ? 1 : -1;
      const blind = resamples.map(({ inBag, outOfBag }) => {
        const score = outOfBag[choose(at(inBag))] ?? Number.NaN;
        return against === null ? score : sign * (score - (outOfBag[against] ?? Number.NaN));
      });
      const chosen = choose(at(whole));
      const se = against === null ? (scoreSpread[chosen] ?? Number.NaN) : differenceSpread(chosen, against);
      return measured(meanOf(blind), se, level);
    },
  };
}

/** Evidence of these scores, with spreads known from the resamples. */
function evidenceAt(
  scores: readonly number[],
  scoreSpread: readonly number[],
  differenceSpread: (a: number, b: number) => number,
  better: "higher" | "lower",
  level: number,
): Evidence {
  const sign = better === "higher" ? 1 : -1;
  const of = (candidate: number) => scores[candidate] ?? Number.NaN;
  const score = (candidate: number) => measured(of(candidate), scoreSpread[candidate] ?? Number.NaN, level);
  const evidence: Evidence = {
    count: scores.length,
    level,
    method: "bootstrap over test rows",
    score,
    difference: (a, b) => measured(sign * (of(a) - of(b)), differenceSpread(a, b), level),
    chosenBlindly: (choose, against) => (against === null ? score(choose(evidence)) : evidence.difference(choose(evidence), against)),
    blindness: "chosen on bootstrap rows, scored on the rows left out (BBC-CV)",
  };
  return evidence;
}

function drawResamples({ candidates, score, rows }: RowScores, all: Int32Array, count: number, seed: number): Resample[] {
  const random = createRandom(seed, "resamples");
  return Array.from({ length: count }, () => {
    const drawn = all.map(() => random.integer(rows)).sort();
    const seen = new Uint8Array(rows);
    for (const row of drawn) seen[row] = 1;
    const left = all.filter((row) => seen[row] === 0);
    const scores = (of: Int32Array) => Array.from({ length: candidates }, (_, candidate) => score(candidate, of));
    return { inBag: scores(drawn), outOfBag: scores(left) };
  });
}

function spread(replicates: readonly number[]): number {
  const defined = replicates.filter((one) => !Number.isNaN(one));
  return defined.length < 2 ? Number.NaN : standardDeviation(defined);
}

function measured(value: number, se: number, level: number): Measured {
  if (Number.isNaN(se)) return { value, se, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, p: 1 };
  const reach = normalQuantile((1 + level) / 2) * se;
  const p = se > 0 ? normalTwoSidedP(value / se) : value === 0 ? 1 : 0;
  return { value, se, low: value - reach, high: value + reach, p };
}

function meanOf(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
