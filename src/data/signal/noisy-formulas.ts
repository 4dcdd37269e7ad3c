import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { levelFeatures, numberFeatures } from "../columns/features.ts";
import { targetView } from "../columns/target-view.ts";
import { associationsOf } from "./associations.ts";

/**
 * The target is a number times a product or ratio of two columns, give or take a few percent: what a thing earned over its price. Other whole powers, as of an index of a weight and a height, must
 * hold closer, for laws of nature have them too. Within each kind of rows the number may be another one, as where the target stands in two units.
 */
export interface NoisyFormula {
  readonly columns: readonly [string, string];
  /** Whole, not 0, from -3 to 3; that of the first column is above 0. */
  readonly powers: readonly [number, number];
  /** The column of kinds within which it holds; null: one number serves all rows. */
  readonly within: LevelColumn | null;
  /** Standard deviation of the log of what is off, as a share of the target. */
  readonly off: number;
  /** Share of the target's variance in logs, within the kinds, that the formula and the better one of the two alone leave open. */
  readonly left: number;
  readonly alone: number;
  readonly rows: number;
}

const MOST_COLUMNS = 30;
const MOST_PARTINGS = 10;
const MOST_LEVELS = 12;
const LEAST_VALUES = 20;
const ROWS = 2_000;
const LEAST_ROWS = 100;
/** Rows of one kind, and the share of the rows in which target and both columns are above 0. */
const LEAST_IN_PART = 20;
const LEAST_HELD = 0.9;
/** What the formula may be off by, and leave open. */
const MOST_OFF = 0.05;
const MOST_LEFT = 0.1;
/** How many times as much the better one of the two alone leaves open, and all kinds together. */
const TIMES = 3;
/** The same where a power is another than 1. */
const [MOST_OFF_OF_POWERS, MOST_LEFT_OF_POWERS, TIMES_OF_POWERS] = [0.02, 0.01, 10];
const LARGEST_POWER = 3;
/** Of the two powers that a free fit gives: from 1, and from each other. What is off in a column takes from both alike; a law of nature or of a market has other powers. */
const [POWER, SAME_POWER] = [0.15, 0.1];

/** The best first; none that holds within kinds where it holds overall. Once per audit. */
export function noisyFormulas(context: AuditContext): readonly NoisyFormula[] {
  return context.shared("noisy formulas", () => {
    if (context.task.kind !== "regression") return [];
    const rows = Array.from(targetView(context.target, context.task, ROWS, context.seed).rows);
    if (rows.length < LEAST_ROWS) return [];
    const columns = candidates(context).map(({ name, values }) => ({ name, logs: logsOf(rows, values) }));
    const target = logsOf(rows, context.target);
    const partings = [null, ...partingsOf(context)].map((within) => ({ within, parts: partsOf(rows, within) }));
    const found = columns.flatMap((a, i) =>
      columns.slice(i + 1).flatMap((b) => {
        for (const { within, parts } of partings) {
          const held = presentIn(parts, [target, a.logs, b.logs], rows.length);
          if (held === null) continue;
          const fits = formulas(target, a.logs, b.logs, held);
          const overall = within === null ? null : formulas(target, a.logs, b.logs, [held.flat()]);
          const best = fits.find((fit) => isFormula(fit) && (overall === null || isOfKinds(fit, overall)));
          if (best === undefined) continue;
          const { powers, off, left, alone } = best;
          return [{ ...inOrder([a.name, b.name], powers), within, off, left, alone, rows: held.flat().length }];
        }
        return [];
      }),
    );
    return found.sort((x, y) => x.left - y.left || (x.columns.join() < y.columns.join() ? -1 : 1));
  });
}

function candidates(context: AuditContext): readonly NumberColumn[] {
  const told = (name: string) => associationsOf(context).get(name)?.z ?? 0;
  return numberFeatures(context)
    .filter((column) => factsOf(column, context.frame.rows).distinct >= LEAST_VALUES)
    .sort((a, b) => told(b.name) - told(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
}

/** Columns of few names, those that tell most of the target. */
function partingsOf(context: AuditContext): readonly LevelColumn[] {
  const told = (name: string) => associationsOf(context).get(name)?.z ?? 0;
  return levelFeatures(context)
    .filter(({ levels }) => levels.length >= 2 && levels.length <= MOST_LEVELS)
    .sort((a, b) => told(b.name) - told(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_PARTINGS);
}

/** By the place of the row; NaN where there is none. */
function logsOf(rows: readonly number[], values: Float64Array): Float64Array {
  return Float64Array.from(rows, (row) => {
    const value = values[row] ?? Number.NaN;
    return value > 0 ? Math.log(value) : Number.NaN;
  });
}

/** Places of rows. */
type Parts = readonly (readonly number[])[];

function partsOf(rows: readonly number[], within: Column | null): Parts {
  const parts = new Map<number, number[]>();
  rows.forEach((row, place) => {
    const level = within === null ? 0 : valueAt(within, row);
    const part = parts.get(level);
    if (part === undefined) parts.set(level, [place]);
    else part.push(place);
  });
  return [...parts.values()];
}

/** The places that have all of them, in parts of enough rows; null where these are not nearly all rows, or one part only of several. */
function presentIn(parts: Parts, logs: readonly Float64Array[], rows: number): Parts | null {
  const held = parts
    .map((part) => part.filter((place) => logs.every((one) => !Number.isNaN(one[place]))))
    .filter(({ length }) => length >= LEAST_IN_PART);
  const count = held.reduce((sum, { length }) => sum + length, 0);
  return count < LEAST_ROWS || count < LEAST_HELD * rows || (parts.length > 1 && held.length < 2) ? null : held;
}

interface Fit extends Pick<NoisyFormula, "powers" | "off" | "left" | "alone"> {
  /** Powers of a free fit over those of the formula: each is to be 1. */
  readonly fitted: readonly [number, number];
}

/** A ratio begins with what is divided. */
function inOrder([a, b]: readonly [string, string], [p, q]: readonly [number, number]): Pick<NoisyFormula, "columns" | "powers"> {
  return p < 0 ? { columns: [b, a], powers: [q, p] } : { columns: [a, b], powers: [p, q] };
}

/** Product, both ratios and the whole powers next to those of a free fit, with logs less their mean in each part. */
function formulas(y: Float64Array, a: Float64Array, b: Float64Array, parts: Parts): readonly Fit[] {
  let [yy, aa, bb, ay, by, ab, n] = [0, 0, 0, 0, 0, 0, 0];
  for (const part of parts) {
    const [my, ma, mb] = [y, a, b].map((one) => part.reduce((sum, place) => sum + (one[place] ?? 0), 0) / part.length) as [
      number,
      number,
      number,
    ];
    for (const place of part) {
      const [dy, da, db] = [(y[place] ?? 0) - my, (a[place] ?? 0) - ma, (b[place] ?? 0) - mb];
      yy += dy * dy;
      aa += da * da;
      bb += db * db;
      ay += da * dy;
      by += db * dy;
      ab += da * db;
    }
    n += part.length;
  }
  const determinant = aa * bb - ab * ab;
  if (!(yy > 0 && determinant > 1e-9 * aa * bb)) return [];
  const [powerA, powerB] = [(ay * bb - by * ab) / determinant, (by * aa - ay * ab) / determinant];
  const alone = 1 - Math.max((ay * ay) / aa, (by * by) / bb) / yy;
  const whole = [powerA, powerB].map((power) => Math.max(-LARGEST_POWER, Math.min(LARGEST_POWER, Math.round(power)))) as [number, number];
  const isOther = whole.some((power) => Math.abs(power) > 1) && whole.every((power) => power !== 0) && Math.max(...whole) > 0;
  const tried: readonly (readonly [number, number])[] = [[1, 1], [1, -1], [-1, 1], ...(isOther ? [whole] : [])];
  return tried.map(([p, q]) => {
    const off = Math.max(0, yy + p * p * aa + q * q * bb - 2 * p * ay - 2 * q * by + 2 * p * q * ab);
    return { powers: [p, q], fitted: [powerA / p, powerB / q], off: Math.sqrt(off / n), left: off / yy, alone };
  });
}

function isFormula({ powers, off, left, alone, fitted: [one, other] }: Fit): boolean {
  const isPower = (power: number) => Math.abs(power - 1) <= POWER;
  const [mostOff, mostLeft, times] = powers.every((power) => Math.abs(power) === 1)
    ? [MOST_OFF, MOST_LEFT, TIMES]
    : [MOST_OFF_OF_POWERS, MOST_LEFT_OF_POWERS, TIMES_OF_POWERS];
  return (
    off <= mostOff && left <= mostLeft && alone >= times * left && isPower(one) && isPower(other) && Math.abs(one - other) <= SAME_POWER
  );
}

/** It holds within kinds, and in all rows together far less. */
function isOfKinds({ powers, off }: Fit, overall: readonly Fit[]): boolean {
  const same = overall.find((fit) => fit.powers.every((power, place) => power === powers[place]));
  return same === undefined || same.off >= TIMES * off;
}

/** "earned / price", "index x height^2". */
export function powerFormula([a, b]: readonly [string, string], [p, q]: readonly [number, number], times = "x"): string {
  const term = (name: string, power: number) => (power === 1 ? name : `${name}^${power}`);
  return `${term(a, p)} ${q > 0 ? times : "/"} ${term(b, Math.abs(q))}`;
}
