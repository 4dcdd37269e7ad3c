import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { ascendingOrder } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { nameWords } from "../meaning/name-words.ts";
import { isSourceName } from "../meaning/source-names.ts";
import { type Conversion, conversionsFor } from "../meaning/units.ts";
import type { CodesOf } from "./broken-identities.ts";
import { heapsAt, type UnitHeaps } from "./unit-heaps.ts";

/** Years, or sources, and the rows of each. */
const [LEAST_PARTS, MOST_PARTS, LEAST_ROWS] = [3, 50, 20];
const YEAR: readonly string[] = ["year", "yr", "jahr", "annee", "ano", "anno", "jaar"];
/** Factors between units of one thing that no name says: a step of ten is one of length or volume. */
const TENS: Conversion = { words: "a unit and its tenth (centimetres and millimetres)", factor: 0.1, offset: 0 };
/** Below LIKELY: what was measured in one year may be of larger things. */
const OF_PART = 0.45;

interface PartedUnits {
  readonly heaps: UnitHeaps;
  readonly by: Column;
  readonly parts: readonly string[];
  /** The parts are stretches of a time, each from one day to another. */
  readonly areStretches: boolean;
}

/** Stretches of a time, rows of each at least, and rows of the usual unit on one side of each. */
const [MOST_STRETCHES, LEAST_OF_STRETCH] = [3, 20];

/** Numbers whose two heaps, in the ratio of units, are those of years or sources with no row in the other one: one of them wrote another unit. codesOf: codes for "no value"; time: the column that says when a row was. */
export function unitsByPart(context: AuditContext, columns: readonly NumberColumn[], codesOf: CodesOf, time: string | null): Suspicion[] {
  const parts = partsOf(context);
  if (parts.length === 0 && time === null) return [];
  return columns.flatMap((column) => {
    const meaning = context.roles.meanings[column.name];
    const { dimension, conversions } = conversionsFor(column.name, meaning?.type ?? null, meaning?.unit ?? null);
    const ratios = conversions.filter(({ offset }) => offset === 0);
    const heaps = heapsAt(context, column, codesOf(column.name), dimension === null ? [...ratios, TENS] : ratios);
    if (heaps === null) return [];
    const found = parts.filter(({ name }) => name !== column.name).flatMap((by) => partedBy(context, heaps, by) ?? []);
    const stretches = found.length === 0 && time !== null ? partedInTime(context, heaps, columnOf(context.frame, time)) : null;
    return [...found, ...(stretches === null ? [] : [stretches])].slice(0, 1).map((one) => suspicion(context, one));
  });
}

/** Columns that say when or by whom a row was written. */
function partsOf(context: AuditContext): readonly Column[] {
  const years = numberFeatures(context).filter(
    ({ name }) => infoOf(context, name).integer && nameWords(name).some((word) => YEAR.includes(word)),
  );
  const sources = context.frame.columns.filter((column) => "codes" in column && isSourceName(column.name));
  return [...years, ...sources].filter(({ name }) => {
    const { distinct } = infoOf(context, name);
    return distinct >= LEAST_PARTS && distinct <= MOST_PARTS && name !== context.roles.target;
  });
}

/** null unless each part with rows enough lies in one heap, and the fewer parts in the rarer one. */
function partedBy({ frame }: AuditContext, heaps: UnitHeaps, by: Column): PartedUnits | null {
  const held = new Map<number, [below: number, above: number]>();
  for (let row = 0; row < frame.rows; row++) {
    const [value, part] = [heaps.column.values[row] ?? Number.NaN, valueAt(by, row)];
    if (Number.isNaN(value) || Number.isNaN(part)) continue;
    const rows = held.get(part) ?? [0, 0];
    rows[value > heaps.cut ? 1 : 0]++;
    held.set(part, rows);
  }
  const each = [...held];
  if (each.some(([, [below, above]]) => below > 0 && above > 0)) return null;
  const side = isUpperRarer(heaps) ? 1 : 0;
  const [rarer, usual] = [each.filter(([, rows]) => rows[side] > 0), each.filter(([, rows]) => (rows[1 - side] as number) > 0)];
  if (rarer.length === 0 || usual.length < 2 || rarer.length >= usual.length) return null;
  if (each.some(([, [below, above]]) => below + above < LEAST_ROWS)) return null;
  const parts = rarer.map(([part]) => ("codes" in by ? (by.levels[part] ?? "") : String(part)));
  return { heaps, by, parts, areStretches: false };
}

/** A device that was set otherwise for some days: all rows of a few stretches of time lie in the rarer heap, and none elsewhere. */
function partedInTime({ frame }: AuditContext, heaps: UnitHeaps, time: Column): PartedUnits | null {
  if (!("values" in time)) return null;
  const { values } = heaps.column;
  const rows = int32Where(placesUpTo(frame.rows), (row) => !Number.isNaN(values[row]) && !Number.isNaN(time.values[row]));
  const order = ascendingOrder(float64From(rows, (row) => time.values[row] ?? 0));
  const isUpper = isUpperRarer(heaps);
  const stretches: { isRarer: boolean; rows: number; from: number; to: number }[] = [];
  for (const place of order) {
    const row = rows[place] ?? 0;
    const [isRarer, at] = [(values[row] ?? 0) > heaps.cut === isUpper, time.values[row] ?? 0];
    const last = stretches.at(-1);
    if (last?.isRarer === isRarer) [last.rows, last.to] = [last.rows + 1, at];
    else stretches.push({ isRarer, rows: 1, from: at, to: at });
    if (stretches.length > 2 * MOST_STRETCHES + 1) return null;
  }
  const rarer = stretches.filter((one) => one.isRarer);
  if (rarer.length === 0 || rarer.length === stretches.length || stretches.some((one) => one.rows < LEAST_OF_STRETCH)) return null;
  const day = (at: number) => (time.type === "date" ? new Date(at).toISOString().slice(0, 10) : String(at));
  return { heaps, by: time, parts: rarer.map(({ from, to }) => `${day(from)} to ${day(to)}`), areStretches: true };
}

function isUpperRarer({ modes }: UnitHeaps): boolean {
  return modes.upper.rows < modes.lower.rows;
}

function suspicion(context: AuditContext, { heaps, by, parts, areStretches }: PartedUnits): Suspicion {
  const { column, cut, conversion, modes } = heaps;
  const isUpper = isUpperRarer(heaps);
  const factor = isUpper ? conversion.factor : 1 / conversion.factor;
  const steps: RecipeStep[] = [
    { op: "convert-unit", column: column.name, where: isUpper ? "above" : "below", limit: cut, factor, offset: 0 },
  ];
  const rarer = isUpper ? modes.upper : modes.lower;
  const where = `\`${by.name}\` is ${areStretches ? "from " : ""}${parts.slice(0, 3).join(areStretches ? " and from " : " or ")}${parts.length > 3 ? " and so on" : ""}`;
  const share = rarer.rows / (modes.lower.rows + modes.upper.rows);
  return {
    trap: "unit-mix",
    columns: [column.name, by.name],
    rows: affectedRows(context, (row) => (isUpper ? (column.values[row] ?? Number.NaN) > cut : (column.values[row] ?? Number.NaN) < cut)),
    severity: "harmful",
    confidence: OF_PART,
    evidence: {
      kind: "by part",
      parts: parts.slice(0, 10),
      units: conversion.words,
      cut,
      rarerRows: rarer.rows,
      rarerShare: share,
      distanceAfterConversion: heaps.distance,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: `Is \`${column.name}\` in another unit where ${where} (${conversion.words})?`,
    why: `All ${counted(rarer.rows, "row")} (${percent(share)}) where ${where} have \`${column.name}\` ${isUpper ? "above" : "below"} ${amount(cut)} and no other row has; in the ratio of ${conversion.words} both heaps are of one shape.`,
  };
}
