import { unitOf } from "../../core/units.ts";
import { chiSquareUpperTail, quantileOfSorted, ranks } from "../../stats/index.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";

/** A number that differs by the units of a column as amounts in these units do. */
export interface ToldUnits {
  readonly number: string;
  /** The largest median of a unit by the smallest. */
  readonly ratio: number;
  /** Share of the variance of the ranks between the units. */
  readonly explained: number;
  /** Two units of one dimension stand in their ratio. */
  readonly pair: { readonly units: readonly [string, string]; readonly ratio: number; readonly expected: number } | null;
}

/** Rows of a unit whose median counts. */
const LEAST_ROWS = 5;
/** Medians apart, and of the spread between units: what is in one unit may differ with what was measured as well, though not by so much. */
const [LEAST_RATIO, LEAST_EXPLAINED] = [10, 0.3];
const CHANCE = 1e-4;
/** Two units stand in their ratio within this factor: what is measured in either is not the same. */
const WITHIN = Math.sqrt(10);

/**
 * Numbers above 0 whose medians differ ten times and more between units (three times where two units stand in their ratio), which tell three tenths of the spread of their ranks, beyond chance over the numbers (Kruskal and Wallis 1952). Where two units are of one
 * dimension (m and cm) the median in the smaller one has to be the larger: what goes along with the unit alone (the animals of a laboratory) is as often the other way round.
 */
export function toldByUnits(units: LevelColumn, numbers: readonly NumberColumn[]): readonly ToldUnits[] {
  return numbers
    .flatMap((number) => toldOf(units, number, numbers.length) ?? [])
    .sort((a, b) => b.explained - a.explained || (a.number < b.number ? -1 : 1));
}

interface InUnit {
  readonly level: string;
  readonly rows: number;
  readonly median: number;
  readonly meanRank: number;
}

function toldOf({ codes, levels }: LevelColumn, { name, values }: NumberColumn, looks: number): ToldUnits | null {
  const rows = Array.from(values.keys()).filter((row) => (values[row] ?? Number.NaN) > 0 && (codes[row] ?? -1) >= 0);
  const ranked = ranks(Float64Array.from(rows, (row) => values[row] ?? 0));
  const own = levels.flatMap((level, code): InUnit[] => {
    const places = Array.from(rows.keys()).filter((i) => codes[rows[i] ?? 0] === code);
    if (places.length < LEAST_ROWS) return [];
    const sorted = Float64Array.from(places, (i) => values[rows[i] ?? 0] ?? 0).sort();
    const meanRank = places.reduce((sum, i) => sum + (ranked[i] ?? 0), 0) / places.length;
    return [{ level, rows: places.length, median: quantileOfSorted(sorted, 0.5), meanRank }];
  });
  if (own.length < 2) return null;
  const count = rows.length;
  const between = own.reduce((sum, one) => sum + one.rows * (one.meanRank - (count + 1) / 2) ** 2, 0);
  const explained = between / ((count * (count ** 2 - 1)) / 12);
  const medians = own.map(({ median }) => median);
  const ratio = Math.max(...medians) / Math.min(...medians);
  if (explained < LEAST_EXPLAINED || looks * chiSquareUpperTail((count - 1) * explained, own.length - 1) > CHANCE) return null;
  const offBy = (pair: (typeof pairs)[number]) => Math.abs(Math.log(pair.ratio / pair.expected));
  const pairs = pairsOf(own);
  const [best] = pairs.toSorted((a, b) => offBy(a) - offBy(b));
  const isInRatio = best !== undefined && offBy(best) <= Math.log(WITHIN);
  if (ratio < (isInRatio ? WITHIN : LEAST_RATIO) || (best !== undefined && best.ratio < 1)) return null;
  return { number: name, ratio, explained, pair: isInRatio ? best : null };
}

/** Units of one dimension, the larger one first: the median in the smaller by that in the larger, and what it is where the same is measured. */
function pairsOf(own: readonly InUnit[]): readonly NonNullable<ToldUnits["pair"]>[] {
  const known = own.flatMap((one) => {
    const unit = unitOf(one.level);
    return unit === null || unit.offset !== 0 ? [] : [{ ...one, ...unit }];
  });
  return known.flatMap((large) =>
    known
      .filter((small) => small.dimension === large.dimension && small.factor < large.factor)
      .map((small) => ({
        units: [large.level, small.level] as const,
        ratio: small.median / large.median,
        expected: large.factor / small.factor,
      })),
  );
}
