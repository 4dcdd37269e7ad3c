import { type Column, columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { fewAsLevels, intervalLevels } from "../columns/interval-levels.ts";
import { associationsOf } from "../signal/associations.ts";
import { answerFor, NEAR_PERFECT } from "../signal/leak-odds.ts";
import { flagOfTarget } from "./flag-of-target.ts";

/** A column each of whose kinds holds one stretch of the target: its bracket, its decile, whether it lies above a bound. */
export interface TargetStretch {
  readonly column: string;
  readonly kinds: number;
  /** Labelled rows in which the column is present, and those of them that lie in the stretch of their kind. */
  readonly rows: number;
  readonly held: number;
  /** The kinds are those of things that come back, as of shops: these have them whatever the target is, which a bracket of it would follow from row to row. */
  readonly ofThings: boolean;
  /** Between all neighbouring stretches the target has a wider gap than anywhere near: a bracket cuts where it happens to fall, kinds of things (engines of four and of six cylinders) lie apart. */
  readonly liesApart: boolean;
  /** From the lowest stretch to the highest, at most three of them: the kind, and the values of the target between which its rows lie, but for the few that stray. */
  readonly shown: readonly { readonly kind: string; readonly from: number; readonly to: number }[];
}

/** Numbers of more values are columns of amounts; one that goes with the target is found by what it tells. */
const MOST_KINDS = 20;
const LEAST_ROWS = 50;
/** Of fewer rows nothing is said. */
const LEAST_OF_KIND = 10;
const MOST_SHOWN = 3;

/** Only for numbers, and what nobody has said to be known before. */
export function targetStretches(context: AuditContext): readonly TargetStretch[] {
  const { target, task, roles, frame } = context;
  if (task.kind !== "regression" || target.length < LEAST_ROWS) return [];
  const number: NumberColumn = { name: roles.target, type: "number", values: target };
  const few = numberFeatures(context).filter(({ name, type }) => type === "number" && infoOf(context, name).distinct <= MOST_KINDS);
  const kinds = [...levelFeatures(context), ...few.map((column) => fewAsLevels(column, valueCounts(context, column).values))];
  const offered = kinds.filter(({ name }) => answerFor(context, name) !== "before");
  // One after the other: only the first columns of a list are looked at.
  return offered.flatMap((kind) =>
    intervalLevels([number], [kind], frame.rows).flatMap(({ coarse, levels, compared, held }): TargetStretch[] => {
      // A flag of its smallest value is asked about (flag-of-target.ts): no hours are no job.
      if (compared < LEAST_ROWS || (levels === 2 && flagOfTarget(context, coarse) !== null)) return [];
      const stretches = stretchesOf(target, coarse.codes, coarse.levels);
      return [
        {
          column: coarse.name,
          kinds: levels,
          rows: compared,
          held,
          ofThings: isOfThings(context, coarse.name),
          liesApart: liesApart(target, stretches),
          shown: stretches.slice(0, MOST_SHOWN),
        },
      ];
    }),
  );
}

const LEAST_THINGS = 20;
const ROWS_PER_THING = 3;

/** Another column, such as the key of a shop, whose values come back and have one kind each; but none that gives the target itself. */
export function isOfThings(context: AuditContext, name: string): boolean {
  const { frame, roles } = context;
  const kind = columnOf(frame, name);
  const near = (other: string) => (associationsOf(context).get(other)?.score ?? 0) >= NEAR_PERFECT;
  return frame.columns.some(
    (other) => other.name !== name && other.name !== roles.target && !near(other.name) && areThings(other, kind, frame.rows),
  );
}

function areThings(things: Column, kind: Column, rows: number): boolean {
  const kinds = new Map<number, number>();
  let compared = 0;
  for (let row = 0; row < rows; row++) {
    const [thing, own] = [valueAt(things, row), valueAt(kind, row)];
    if (Number.isNaN(thing) || Number.isNaN(own)) continue;
    compared++;
    if ((kinds.get(thing) ?? own) !== own) return false;
    kinds.set(thing, own);
  }
  return kinds.size >= LEAST_THINGS && compared >= ROWS_PER_THING * kinds.size;
}

/** Where most rows of a kind lie. */
const EDGE = 0.01;

function stretchesOf(target: Float64Array, codes: Int32Array, levels: readonly string[]): TargetStretch["shown"] {
  const own = levels.map((kind, code) => {
    const values = target.filter((value, row) => codes[row] === code && !Number.isNaN(value)).sort();
    const stray = Math.floor(EDGE * values.length);
    return { kind, rows: values.length, from: values[stray] ?? Number.NaN, to: values[values.length - 1 - stray] ?? Number.NaN };
  });
  return own
    .filter(({ rows, from }) => rows >= LEAST_OF_KIND && !Number.isNaN(from))
    .sort((a, b) => a.from - b.from)
    .map(({ kind, from, to }) => ({ kind, from, to }));
}

/** Steps between values of the target on either side of a gap. */
const NEARBY = 20;

export function liesApart(target: Float64Array, stretches: readonly { readonly from: number; readonly to: number }[]): boolean {
  const values = Float64Array.from(new Set(target.filter((value) => !Number.isNaN(value)))).sort();
  const steps = (from: number, to: number) =>
    Array.from({ length: Math.max(0, Math.min(values.length - 1, to) - Math.max(0, from)) }, (_, i) => {
      const place = Math.max(0, from) + i;
      return (values[place + 1] ?? 0) - (values[place] ?? 0);
    });
  return stretches.slice(1).every(({ from }, place) => {
    const [first, last] = [values.indexOf(stretches[place]?.to ?? Number.NaN), values.indexOf(from)];
    const near = [...steps(first - NEARBY, first), ...steps(last, last + NEARBY)];
    return Math.max(...steps(first, last)) > Math.max(...near);
  });
}
