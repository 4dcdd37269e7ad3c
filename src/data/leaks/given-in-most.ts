import { float64From, int32Where } from "../../core/typed-from.ts";
import { concordanceOfSpearman, pearson, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { answerFor, NEAR_PERFECT } from "../signal/leak-odds.ts";

/** A number that nearly gives the target in all rows but a few that lie quite elsewhere: placeholders, another currency. */
export interface GivenInMost {
  readonly column: string;
  /** Share of the pairs in the right order, among all rows that have both and among the rows that are left. */
  readonly scoreOfAll: number;
  readonly score: number;
  /** Rows that were looked at, and those of them that lie elsewhere, by their frame rows. */
  readonly rows: number;
  readonly elsewhere: Int32Array;
}

const MOST_ROWS = 4_000;
const LEAST_ROWS = 100;
/** Share of the rows that must have a value. */
const LEAST_PRESENT = 0.3;
const LEAST_VALUES = 20;
/** What a column tells at least for all its strays. */
const LEAST_OF_ALL = 0.75;
/** How many times the median distance of two ranks a stray lies away: of what honestly goes together none in a million does (6.7 standard deviations). */
const FAR = 10;
/** Of exact copies the median distance is 0, and rounding moves ranks by little. */
const LEAST_FAR = 0.05;
const [LEAST_STRAYS, MOST_STRAYS] = [0.002, 0.12];
/** What the other rows must come to: stricter than of a whole column, since some were left out. */
const LEAST_OF_OTHERS = 0.97;
const ROUNDS = 8;

/** Only for numbers, and what nobody has said to be known before. The strongest first. 4,000 rows are looked at first, evenly over the table. */
export function givenInMost(context: AuditContext): readonly GivenInMost[] {
  if (context.task.kind !== "regression") return [];
  const associations = associationsOf(context);
  return numberFeatures(context)
    .filter(
      ({ name, type }) => type === "number" && answerFor(context, name) !== "before" && infoOf(context, name).distinct >= LEAST_VALUES,
    )
    .filter(({ name }) => (associations.get(name)?.score ?? 1) < NEAR_PERFECT && (associations.get(name)?.ordered ?? 0) > 0.5)
    .flatMap(({ name, values }) => givenBy(context, name, values) ?? [])
    .sort((a, b) => b.score - a.score || (a.column < b.column ? -1 : 1));
}

function givenBy(context: AuditContext, column: string, values: Float64Array): GivenInMost | null {
  const labelled = viewOf(context).rows;
  const present = int32Where(labelled, (row) => Number.isFinite(values[row]) && Number.isFinite(context.target[row]));
  if (present.length < LEAST_ROWS || present.length < LEAST_PRESENT * labelled.length) return null;
  const step = Math.max(1, present.length / MOST_ROWS);
  const some = Int32Array.from({ length: Math.floor(present.length / step) }, (_, i) => present[Math.floor(i * step)] ?? 0);
  return step > 1 && givenIn(context, column, values, some) === null ? null : givenIn(context, column, values, present);
}

function givenIn(context: AuditContext, column: string, values: Float64Array, rows: Int32Array): GivenInMost | null {
  const [own, wanted] = [values, context.target].map((from) => float64From(rows, (row) => from[row] ?? 0)) as [Float64Array, Float64Array];
  const all = pearson(ranks(own), ranks(wanted));
  const scoreOfAll = concordanceOfSpearman(Math.abs(all));
  if (scoreOfAll < LEAST_OF_ALL) return null;
  const turned = all < 0 ? wanted.map((value) => -value) : wanted;
  const kept = withoutStrays(own, turned);
  const strays = 1 - kept.length / rows.length;
  if (strays < LEAST_STRAYS || strays > MOST_STRAYS) return null;
  const pick = (from: Float64Array) => float64From(kept, (place) => from[place] ?? 0);
  const score = concordanceOfSpearman(pearson(ranks(pick(own)), ranks(pick(turned))));
  if (score < LEAST_OF_OTHERS) return null;
  const inside = new Set(kept);
  return { column, scoreOfAll, score, rows: rows.length, elsewhere: rows.filter((_, place) => !inside.has(place)) };
}

/** Places whose two ranks lie near each other. Strays shift the ranks of the others, so it is done again until none is left or too many have gone. */
function withoutStrays(own: Float64Array, wanted: Float64Array): Int32Array {
  let kept = Int32Array.from(own, (_, place) => place);
  for (let round = 0; round < ROUNDS; round++) {
    const pick = (from: Float64Array) => ranks(float64From(kept, (place) => from[place] ?? 0));
    const [a, b] = [pick(own), pick(wanted)];
    const distances = a.map((rank, i) => Math.abs(rank - (b[i] ?? 0)) / kept.length);
    const middle = distances.toSorted()[distances.length >> 1] ?? 0;
    const far = Math.max(LEAST_FAR, FAR * middle);
    const near = kept.filter((_, i) => (distances[i] ?? 0) <= far);
    if (near.length === kept.length || near.length < (1 - MOST_STRAYS) * own.length) return near;
    kept = near;
  }
  return kept;
}
