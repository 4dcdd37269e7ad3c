import { type Between, splitNumbersOf } from "../../core/split-numbers.ts";
import { float64From } from "../../core/typed-from.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";
import { splitOf } from "../values/split-numbers.ts";

/** A text of several numbers of which some stand in columns of their own: "33.84, -118.19" beside latitude and longitude. */
export interface NumbersInText {
  readonly text: LevelColumn;
  readonly between: Between;
  /** The column of each number, null where none holds it. */
  readonly columns: readonly (NumberColumn | null)[];
  /** Rows of the fewest in which a number stands in both, and those in which it is the same. */
  readonly compared: number;
  readonly held: number;
}

const HOLDS = 0.99;
const LEAST_ROWS = 20;
/** Of fewer different numbers two columns are the same by chance. */
const LEAST_DIFFERENT = 10;
/** As the same number may be written with fewer decimals. */
const NEAR = 1e-6;
const PROBED = 200;
const MOST_TEXTS = 40;

/** @param texts the columns of texts with the rows of each text; countsOf gives them. */
export function numbersInText(
  texts: readonly LevelColumn[],
  numbers: readonly NumberColumn[],
  countsOf: (column: LevelColumn) => Int32Array,
): readonly NumbersInText[] {
  return texts.slice(0, MOST_TEXTS).flatMap((text) => {
    if (!mayHoldNumbers(text.levels.slice(0, 50))) return [];
    const counts = countsOf(text);
    const between = splitOf(text.levels.flatMap((level, code) => (counts[code] === 0 ? [] : [{ text: level, rows: counts[code] ?? 0 }])));
    return between === null ? [] : heldBy(text, between, numbers);
  });
}

/** Letters of units and signs; longer texts are not read through. */
const MOST_LETTERS = 8;

function mayHoldNumbers(shown: readonly string[]): boolean {
  const held = shown.filter((level) => /\d[^\d]+\d/.test(level) && (level.match(/\p{L}/gu)?.length ?? 0) <= MOST_LETTERS);
  return held.length >= 0.5 * shown.length;
}

function heldBy(text: LevelColumn, between: Between, numbers: readonly NumberColumn[]): readonly NumbersInText[] {
  const read = text.levels.map((level) => splitNumbersOf(level, between));
  const found = between.slice(1).map((_, place) => {
    const own = float64From(text.codes, (code) => read[code]?.[place] ?? Number.NaN);
    if (new Set(own).size < LEAST_DIFFERENT) return null;
    const same = numbers.flatMap((column) => sameNumbers(column, own) ?? []);
    return same.sort((a, b) => b.held - a.held)[0] ?? null;
  });
  const told = found.flatMap((one) => one ?? []);
  if (told.length === 0) return [];
  const least = told.reduce((few, one) => (one.held < few.held ? one : few));
  return [{ text, between, columns: found.map((one) => one?.column ?? null), compared: least.compared, held: least.held }];
}

function sameNumbers(column: NumberColumn, own: Float64Array) {
  const probe = count(column.values, own, Math.max(1, Math.floor(own.length / PROBED)));
  if (probe.held < HOLDS * probe.compared - 1) return null;
  const all = count(column.values, own, 1);
  return all.compared < LEAST_ROWS || all.held < HOLDS * all.compared ? null : { column, ...all };
}

function count(a: Float64Array, b: Float64Array, step: number) {
  let [compared, held] = [0, 0];
  for (let row = 0; row < a.length; row += step) {
    const [x, y] = [a[row] ?? Number.NaN, b[row] ?? Number.NaN];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    compared++;
    held += Number(Math.abs(x - y) <= NEAR * Math.max(1, Math.abs(x)));
  }
  return { compared, held };
}
