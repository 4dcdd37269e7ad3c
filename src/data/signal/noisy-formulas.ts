import type { Column } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { levelFeatures, numberFeatures } from "../columns/features.ts";
import { targetView } from "../columns/target-view.ts";
import { associationsOf } from "./associations.ts";

/**
 * The target is a number times a product or ratio of two columns, give or take a few percent: what a thing earned over its price. Within each kind of rows the number may be another one, as where
 * the target stands in two units.
 */
export interface NoisyFormula {
  readonly columns: readonly [string, string];
  readonly operation: "a * b" | "a / b";
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
          const { isTurned, operation, off, left, alone } = best;
          const names: readonly [string, string] = isTurned ? [b.name, a.name] : [a.name, b.name];
          return [{ columns: names, operation, within, off, left, alone, rows: held.flat().length }];
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

interface Fit extends Pick<NoisyFormula, "operation" | "off" | "left" | "alone"> {
  readonly isTurned: boolean;
  /** Powers of the free fit, as the formula wants them: each 1. */
  readonly powers: readonly [number, number];
}

/** Products and both ratios, with logs less their mean in each part. */
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
  const signs = [
    ["a * b", false, 1, 1],
    ["a / b", false, 1, -1],
    ["a / b", true, -1, 1],
  ] as const;
  return signs.map(([operation, isTurned, s, t]) => {
    const off = Math.max(0, yy + aa + bb - 2 * s * ay - 2 * t * by + 2 * s * t * ab);
    return { operation, isTurned, powers: [s * powerA, t * powerB], off: Math.sqrt(off / n), left: off / yy, alone };
  });
}

function isFormula({ off, left, alone, powers: [one, other] }: Fit): boolean {
  const isPower = (power: number) => Math.abs(power - 1) <= POWER;
  return (
    off <= MOST_OFF && left <= MOST_LEFT && alone >= TIMES * left && isPower(one) && isPower(other) && Math.abs(one - other) <= SAME_POWER
  );
}

/** It holds within kinds, and in all rows together far less. */
function isOfKinds({ operation, isTurned, off }: Fit, overall: readonly Fit[]): boolean {
  const same = overall.find((fit) => fit.operation === operation && fit.isTurned === isTurned);
  return same !== undefined && same.off >= TIMES * off;
}
