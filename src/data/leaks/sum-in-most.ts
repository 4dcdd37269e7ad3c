import { float64From, float64Where, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { standardDeviation } from "../../stats/index.ts";
import { lastDecimal } from "../columns/written-decimals.ts";
import type { Candidate } from "./formula-candidates.ts";

/** Two or three columns whose sum or difference is the target in most rows; the others hold another currency, a placeholder, a booking that was undone. */
export interface SumInMost {
  readonly columns: readonly string[];
  /** 1 or -1 for each of them. */
  readonly signs: readonly number[];
  /** Rows that have them all, and the share of these in which it holds. */
  readonly compared: number;
  readonly share: number;
  /** The same share where the target's rows are moved by half of them. */
  readonly byChance: number;
}

/** All triples of so many are tried. */
const MOST_COLUMNS = 16;
const PROBED = 61;
const LEAST_ROWS = 100;
/** Most rows; what holds in nearly all is found elsewhere. */
const [LEAST_SHARE, LEAST_PROBED] = [0.7, 0.55];
const MOST_BY_CHANCE = 0.05;
/** Each part adds something: without any of them it holds in so much fewer rows. */
const ADDS = 0.1;
/** Different values of the target: coarse counts add up by chance. */
const LEAST_VALUES = 50;
/** How many roundings wide the deviation of the target is at least. */
const LEAST_SPREAD = 20;
const DUST = 1e-9;

/** @param columns the strongest first. The sum that holds in most rows, of equals the shortest; null without one. */
export function sumInMost(columns: readonly Candidate[], target: Float64Array): SumInMost | null {
  const some = columns.slice(0, MOST_COLUMNS);
  const labelled = int32Where(placesUpTo(target.length), (row) => Number.isFinite(target[row]));
  if (labelled.length < LEAST_ROWS || new Set(target).size < LEAST_VALUES) return null;
  const [own, roundings] = [roundedBy(target), new Map(some.map(({ name, values }) => [name, roundedBy(values)]))];
  const tolerance = (parts: readonly Candidate[]) => parts.reduce((sum, { name }) => sum + (roundings.get(name) ?? 0), own);
  const spread = standardDeviation(float64Where(target, (value) => Number.isFinite(value)));
  const found = signedSets(some).flatMap(({ parts, signs }) => {
    const rows = int32Where(labelled, (row) => parts.every(({ values }) => Number.isFinite(values[row])));
    if (rows.length < Math.max(LEAST_ROWS, labelled.length / 2)) return [];
    const every = Math.max(1, Math.floor(rows.length / PROBED));
    const probes = rows.filter((_, i) => i % every === 0);
    const within = tolerance(parts);
    if (spread < LEAST_SPREAD * within) return [];
    if (shareIn(probes, parts, signs, target, within) < LEAST_PROBED) return [];
    const share = shareIn(rows, parts, signs, target, within);
    if (share < LEAST_SHARE || !eachAdds(rows, parts, signs, target, within, share)) return [];
    const moved = float64From(rows, (_, i) => target[rows[(i + (rows.length >> 1)) % rows.length] ?? 0] ?? 0);
    const byChance = shareOf(rows, parts, signs, (_, i) => moved[i] ?? 0, within);
    if (byChance > MOST_BY_CHANCE) return [];
    return [{ columns: parts.map(({ name }) => name), signs, compared: rows.length, share, byChance }];
  });
  return found.toSorted((a, b) => b.share - a.share || a.columns.length - b.columns.length)[0] ?? null;
}

/** Whole numbers count and are exact. */
function roundedBy(values: Float64Array): number {
  const step = lastDecimal(float64Where(values, (value) => Number.isFinite(value)));
  return step === 1 ? 0 : step / 2;
}

interface Signed {
  readonly parts: readonly Candidate[];
  readonly signs: readonly number[];
}

/** Pairs and triples with each choice of signs, but for those of minus alone. */
function signedSets(columns: readonly Candidate[]): readonly Signed[] {
  const sets: Signed[] = [];
  const add = (parts: readonly Candidate[]) => {
    for (let bits = 1; bits < 2 ** parts.length; bits++) sets.push({ parts, signs: parts.map((_, i) => (bits & (1 << i) ? 1 : -1)) });
  };
  columns.forEach((a, i) => {
    columns.slice(i + 1).forEach((b, j) => {
      add([a, b]);
      for (const c of columns.slice(i + j + 2)) add([a, b, c]);
    });
  });
  return sets;
}

function shareIn(rows: Int32Array, parts: readonly Candidate[], signs: readonly number[], target: Float64Array, within: number): number {
  return shareOf(rows, parts, signs, (row) => target[row] ?? 0, within);
}

function shareOf(
  rows: Int32Array,
  parts: readonly Candidate[],
  signs: readonly number[],
  wanted: (row: number, place: number) => number,
  within: number,
): number {
  let held = 0;
  rows.forEach((row, place) => {
    let sum = 0;
    for (let i = 0; i < parts.length; i++) sum += (signs[i] as number) * ((parts[i] as Candidate).values[row] as number);
    const value = wanted(row, place);
    held += Number(Math.abs(sum - value) <= within + DUST * Math.abs(value));
  });
  return held / rows.length;
}

function eachAdds(
  rows: Int32Array,
  parts: readonly Candidate[],
  signs: readonly number[],
  target: Float64Array,
  within: number,
  share: number,
): boolean {
  return parts.every((_, left) => {
    const rest = parts.filter((_one, i) => i !== left);
    return (
      shareIn(
        rows,
        rest,
        signs.filter((_one, i) => i !== left),
        target,
        within,
      ) <=
      share - ADDS
    );
  });
}
