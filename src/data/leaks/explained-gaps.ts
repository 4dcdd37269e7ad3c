import { type Column, columnOf } from "../../core/column.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { meanDifferenceWithin, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { mergeBins } from "../columns/column-bins.ts";
import { binsOfAll } from "../columns/counts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { gapsOf } from "../missing/missing-masks.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { honestRanking } from "../signal/leak-odds.ts";

/** Another column by which both the gaps and the target go. */
export interface ExplainedGaps {
  readonly by: string;
  /** Of the target's mean (share of a class, or rank from 0 to 1), with the gap less without: of all rows, and within the parts of that column with its error. */
  readonly crude: number;
  readonly within: number;
  readonly se: number;
}

/** A column that tells so much of the target may know the outcome itself, and excuses none. */
const MOST_TOLD = 0.85;
/** Parts of equally many rows of numbers. */
const PARTS = 20;
/** Of the gaps, so many stand where that column has a value. */
const LEAST_KNOWN = 0.5;
/** Of these, so many stand in parts that hold values too; else the parts themselves are compared. */
const LEAST_COMPARED = 0.5;
/** Of the difference, so much is excluded to be left within the parts. */
const MOST_LEFT = 0.5;
/** Two-sided 95 %. */
const Z = 1.96;
/** Parts without gaps that show how far the target differs from part to part anyway, and their rows. */
const [LEAST_PARTS, LEAST_ROWS] = [3, 20];

/**
 * The honest-looking column whose parts tell most of where the gaps are, if little of the target is left to the gaps within them: half of the difference of all rows is excluded (Mantel and
 * Haenszel). Where a part has gaps only or none, its gaps tell no more than the part does: with the target of all such parts within the range of those without.
 * null = none, or it is not shown. classIndex: whose share is compared; -1 = ranks of a number.
 */
export function explainedGaps(context: AuditContext, column: Column, classIndex: number): ExplainedGaps | null {
  const { rows } = viewOf(context);
  const isGap = gapsOf(context, column);
  const gaps = int32From(rows, (row) => Number(isGap(row)));
  const best = bestStrata(context, column.name, gaps);
  if (best === null) return null;
  const raw = float64From(rows, (row) => context.target[row] ?? Number.NaN);
  const values = classIndex < 0 ? ranks(raw).map((rank) => rank / raw.length) : raw.map((label) => Number(label === classIndex));
  const crude = meanDifferenceWithin(values, gaps, new Int32Array(rows.length)).difference;
  const { difference, se, compared } = meanDifferenceWithin(values, gaps, best.strata);
  const all = gaps.reduce((sum, gap, i) => sum + ((best.strata[i] ?? -1) < 0 ? 0 : gap), 0);
  if (all < LEAST_KNOWN * gaps.reduce((sum, gap) => sum + gap, 0)) return null;
  const found = { by: best.name, crude, within: difference, se };
  if (compared >= LEAST_COMPARED * all) return Math.abs(difference) + Z * se <= MOST_LEFT * Math.abs(crude) ? found : null;
  if (isKindOfThings(context, best)) return found;
  return Math.abs(difference) > Z * se || !withinOthers(values, gaps, best.strata) ? null : found;
}

/** Nearly all of the gaps lie in whole kinds, of which there are so many. */
const [OF_KINDS, LEAST_KINDS] = [0.98, 3];

/** A floor that only flats have: by its name the column is a list of kinds, and what a gap tells is what the kind tells. */
function isKindOfThings({ frame }: AuditContext, { name, told }: Strata & { readonly told: number }): boolean {
  const column = columnOf(frame, name);
  const { kind, area, classLike } = meaningOf(name);
  return "codes" in column && column.levels.length >= LEAST_KINDS && told >= OF_KINDS && ((kind && !area) || classLike);
}

interface Strata {
  readonly name: string;
  /** Part of each row looked at; -1 where that column lacks a value itself. */
  readonly strata: Int32Array;
}

function bestStrata(context: AuditContext, name: string, gaps: Int32Array): (Strata & { readonly told: number }) | null {
  let best: (Strata & { told: number }) | null = null;
  for (const other of candidates(context)) {
    if (other === name) continue;
    const strata = strataOf(context, columnOf(context.frame, other));
    const told = explained(gaps, strata);
    if (told > (best?.told ?? 0)) best = { name: other, strata, told };
  }
  return best;
}

/** Columns that look honest, and those that say of what time or thing a row is. */
function candidates(context: AuditContext): readonly string[] {
  const { time, group } = context.roles;
  const honest = honestRanking(context).map(({ feature }) => feature);
  const offered = new Set([...honest, ...[time, group].filter((name) => name !== null)]);
  return [...offered].filter((name) => (associationsOf(context).get(name)?.score ?? 1) < MOST_TOLD);
}

function strataOf(context: AuditContext, column: Column): Int32Array {
  return context.shared(`strata:${column.name}`, () => {
    const { rows } = viewOf(context);
    const fine = binsOfAll(context, column);
    const bins = fine.ordered ? mergeBins(fine, PARTS) : fine;
    const isGap = gapsOf(context, column);
    return int32From(rows, (row) => (isGap(row) ? -1 : (bins.codes[row] ?? -1)));
  });
}

/** Share of the variance of the gaps that lies between the parts, less what so many parts have by chance. */
function explained(gaps: Int32Array, strata: Int32Array): number {
  const size = strata.reduce((most, part) => Math.max(most, part + 1), 0);
  const [rows, held] = [new Float64Array(size), new Float64Array(size)];
  let [n, sum] = [0, 0];
  strata.forEach((part, i) => {
    if (part < 0) return;
    rows[part] = (rows[part] ?? 0) + 1;
    held[part] = (held[part] ?? 0) + (gaps[i] ?? 0);
    n++;
    sum += gaps[i] ?? 0;
  });
  const whole = sum - sum ** 2 / n;
  const parts = rows.reduce((count, one) => count + Number(one > 0), 0);
  if (!(whole > 0) || n <= parts) return 0;
  const within = rows.reduce((total, count, part) => total + (count === 0 ? 0 : (held[part] ?? 0) - (held[part] ?? 0) ** 2 / count), 0);
  return 1 - (within / whole) * ((n - 1) / (n - parts));
}

/** Whether the mean of the parts with gaps alone lies within the means of parts without any. */
function withinOthers(values: Float64Array, gaps: Int32Array, strata: Int32Array): boolean {
  const size = strata.reduce((most, part) => Math.max(most, part + 1), 0);
  const [rows, held, sums] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
  strata.forEach((part, i) => {
    if (part < 0) return;
    rows[part] = (rows[part] ?? 0) + 1;
    held[part] = (held[part] ?? 0) + (gaps[i] ?? 0);
    sums[part] = (sums[part] ?? 0) + (values[i] ?? 0);
  });
  const parts = Array.from(rows, (count, part) => ({ count, gaps: held[part] ?? 0, sum: sums[part] ?? 0 })).filter(
    ({ count }) => count > 0,
  );
  const full = parts.filter((part) => part.gaps === part.count);
  const means = parts.filter((part) => part.gaps === 0 && part.count >= LEAST_ROWS).map((part) => part.sum / part.count);
  if (full.length === 0 || means.length < LEAST_PARTS) return false;
  const mean = full.reduce((sum, part) => sum + part.sum, 0) / full.reduce((sum, part) => sum + part.count, 0);
  return mean >= Math.min(...means) && mean <= Math.max(...means);
}
