import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { valueOrder } from "../columns/value-order.ts";
import { associationsOf } from "../signal/associations.ts";
import { answerFor } from "../signal/leak-odds.ts";

/** The class is whether a number lies beyond one value: the target was made from it so. */
export interface CutOfColumn {
  readonly column: string;
  /** The values next to each other between which it lies, and the class of those below it. */
  readonly below: number;
  readonly above: number;
  readonly classBelow: 0 | 1;
  readonly rows: number;
  readonly held: number;
  /** Share of the rows nearest to it that lie on the wrong side. */
  readonly nearby: number;
}

const LEAST_SCORE = 0.85;
/** Rows of the rarer side, and different values of each. */
const [LEAST_ROWS, LEAST_VALUES] = [40, 6];
/** Rows on the wrong side: of all, and of the rarer class. Labels may be wrong. */
const [MOST_WRONG, MOST_OF_CLASS] = [0.02, 0.2];
/** Of the rarer side, the nearest to the cut, and the wrong ones among them. What a cause does gradually is undecided there. */
const [NEAREST, LEAST_NEAREST, MOST_NEARBY] = [0.1, 20, 0.15];
/** The step over the cut is no wider than so many usual ones near it, and the tenth of the rarer side that is nearest lies within this share of the half: two clouds that lie apart thin out there. */
const [STEPS, WIDEST, DENSE] = [10, 2, 0.4];

/** Of two classes; columns that nobody has said to be known before. */
export function cutsOfColumns(context: AuditContext): readonly CutOfColumn[] {
  if (context.task.kind !== "binary") return [];
  const associations = associationsOf(context);
  return featuresOf(context).flatMap((column): CutOfColumn[] => {
    const isStrong = (associations.get(column.name)?.score ?? 0) >= LEAST_SCORE;
    if (!isStrong || !("values" in column) || answerFor(context, column.name) === "before") return [];
    return cutOf(context, column) ?? [];
  });
}

function cutOf(context: AuditContext, column: NumberColumn): CutOfColumn[] | null {
  const { target } = context;
  const rows = valueOrder(context, column).filter((row) => !Number.isNaN(target[row]));
  const at = (place: number) => column.values[rows[place] ?? 0] ?? Number.NaN;
  const { place: first, wrong, classBelow } = bestCut(rows, target, at);
  const isWrong = (place: number) => (target[rows[place] ?? 0] === classBelow) !== place < first;
  const rarer = Math.min(first, rows.length - first);
  if (rarer < LEAST_ROWS || wrong > Math.min(MOST_WRONG * rows.length, MOST_OF_CLASS * rarer)) return null;
  const sides = [valuesFrom(at, first - 1, -1, rows.length), valuesFrom(at, first, 1, rows.length)];
  if (sides.some((side) => side.length < LEAST_VALUES)) return null;
  const steps = sides.flatMap((side) => side.slice(1).map((value, i) => Math.abs(value - (side[i] ?? value)))).sort((a, b) => a - b);
  if (at(first) - at(first - 1) > WIDEST * (steps[Math.floor(steps.length / 2)] ?? 0)) return null;
  const [own, way] = first <= rows.length - first ? [first - 1, -1] : [first, 1];
  const middle = (at(first) + at(first - 1)) / 2;
  const away = (share: number) => Math.abs(at(own + way * Math.floor(share * (rarer - 1))) - middle);
  if (away(0.1) > DENSE * away(0.5)) return null;
  const near = Math.max(LEAST_NEAREST, Math.floor(NEAREST * rarer));
  const wrongNear = [-1, 1].map((side) => {
    const from = side < 0 ? first - near : first;
    return Array.from({ length: near }, (_, i) => Number(isWrong(from + i))).reduce((sum, one) => sum + one, 0) / near;
  });
  const nearby = Math.max(...wrongNear);
  if (nearby > MOST_NEARBY) return null;
  return [
    { column: column.name, below: at(first - 1), above: at(first), classBelow, rows: rows.length, held: rows.length - wrong, nearby },
  ];
}

/** The first place above the cut that leaves the fewest rows on the wrong side; a cut parts no equal values. */
function bestCut(rows: Int32Array, target: Float64Array, at: (place: number) => number) {
  const ones = rows.reduce((sum, row) => sum + (target[row] ?? 0), 0);
  let best: { place: number; wrong: number; classBelow: 0 | 1 } = { place: 0, wrong: rows.length, classBelow: 0 };
  let below = 0;
  for (let place = 1; place < rows.length; place++) {
    below += target[rows[place - 1] ?? 0] ?? 0;
    if (at(place) === at(place - 1)) continue;
    // Wrong where those below have the class 0: the ones below it and the zeros above.
    const wrong = below + (rows.length - place - (ones - below));
    if (wrong < best.wrong) best = { place, wrong, classBelow: 0 };
    if (rows.length - wrong < best.wrong) best = { place, wrong: rows.length - wrong, classBelow: 1 };
  }
  return best;
}

/** The different values that come next in a direction. */
function valuesFrom(at: (place: number) => number, start: number, way: -1 | 1, rows: number): readonly number[] {
  const found: number[] = [];
  for (let place = start; place >= 0 && place < rows && found.length < STEPS; place += way)
    if (found.at(-1) !== at(place)) found.push(at(place));
  return found;
}
