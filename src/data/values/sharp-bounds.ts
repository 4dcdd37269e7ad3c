import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { infoOf } from "../columns/features.ts";
import { heldRows, withHeld } from "../findings/held-rows.ts";
import { amount } from "../findings/phrase.ts";
import { asked, MOST_VALUES } from "./asked-values.ts";

/** Where scales end that everybody knows, and what they are of. */
const ENDS: readonly (readonly [end: number, of: string])[] = [
  [360, "degrees of a circle"],
  [100, "a percentage or a score"],
  [24, "hours of a day"],
  [1, "a share"],
];

/** Fewer rows fill no scale; parts of it in which they are counted, and what each holds of an even share at least. */
const [LEAST_ROWS, PARTS, LEAST_FILLED] = [500, 12, 0.25];
/** The last part before the end holds as much of the mean of all at least: a tail thins out before it. */
const LEAST_AT_END = 0.5;
/** Of more rows beyond it is no end of the scale; and how many fewer stand in the part right beyond it than in the one before. */
const [MOST_BEYOND, DROP] = [0.01, 20];
/** Values between the ends below which a scale is a few kinds. */
const LEAST_VALUES = 12;

interface SharpBound {
  readonly end: number;
  readonly of: string;
  readonly bad: readonly number[];
  readonly rows: number;
}

/** Values beyond the end of a scale that all others fill from 0 on, under a name that says no bound: 511 and 725 among directions of 0 to 359. They are asked about. */
export async function beyondSharpBounds(context: AuditContext, columns: readonly NumberColumn[]): Promise<readonly Suspicion[]> {
  const found: Suspicion[] = [];
  for (const column of columns) {
    const counts = valueCounts(context, column);
    const sharp = sharpBound(counts, infoOf(context, column.name).integer);
    if (sharp === null || sharp.bad.length > MOST_VALUES) continue;
    const { end, of, bad, rows } = sharp;
    const held = await heldRows(context, column.name, bad, { rows, present: counts.present });
    const shown = bad.slice(0, 3).map(amount).join(", ");
    const suspicion = asked(context, column, bad, {
      evidence: { end, rows: held.rows, kind: "sharp-bound" },
      question: `Is \`${column.name}\` = ${shown} a mistake?`,
      why: `\`${column.name}\` is ${shown} in ${held.said}, while all others fill 0 to ${end} and none comes right behind it, as ${of} do.`,
    });
    found.push(withHeld(suspicion, held));
  }
  return found;
}

/** The end of the scale that nearly all values fill and some lie beyond; null without one. */
export function sharpBound({ values, counts, present }: Pick<ValueCounts, "values" | "counts" | "present">, integer: boolean) {
  if (present < LEAST_ROWS || (values[0] ?? -1) < 0) return null;
  for (const [end, of] of ENDS) {
    if (end === 1 && integer) continue;
    const found = beyondEnd(values, counts, end, present);
    if (found !== null) return { end, of, ...found } satisfies SharpBound;
  }
  return null;
}

function beyondEnd(values: ArrayLike<number>, counts: ArrayLike<number>, end: number, present: number) {
  const parts = new Float64Array(PARTS);
  const bad: number[] = [];
  let [inside, rows, rightBeyond, different] = [0, 0, 0, 0];
  for (let place = 0; place < values.length; place++) {
    const [value, count] = [values[place] ?? 0, counts[place] ?? 0];
    if (value > end) {
      bad.push(value);
      rows += count;
      if (value <= end * (1 + 1 / PARTS)) rightBeyond += count;
      continue;
    }
    const part = Math.min(PARTS - 1, Math.floor((value / end) * PARTS));
    parts[part] = (parts[part] ?? 0) + count;
    inside += count;
    different++;
  }
  if (rows === 0 || rows > MOST_BEYOND * present || different < LEAST_VALUES) return null;
  const even = inside / PARTS;
  const last = parts[PARTS - 1] ?? 0;
  if (parts.some((count) => count < LEAST_FILLED * even) || last < LEAST_AT_END * even || DROP * rightBeyond > last) return null;
  return { bad, rows };
}
