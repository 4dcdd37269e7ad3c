import { parseIsoDate } from "../core/iso-date.ts";
import { type AmountWriting, amountOf, isPlain, writtenText } from "../core/written-amount.ts";
import { MISSING } from "./levels.ts";
import { parseNumber } from "./number-text.ts";
import type { LevelColumn, NumberColumn } from "./table.ts";

/** Numbers written as texts, plain ones or with the marks of `amount`, each distinct number a level. */
export function levelsOfNumbers(values: Float64Array, amount?: AmountWriting): LevelColumn {
  return levelsOf(values, amount === undefined ? String : (value) => writtenText(value, amount) ?? String(value));
}

/** Dates written in ISO 8601, those at midnight without a time. */
export function levelsOfDates(values: Float64Array): LevelColumn {
  return levelsOf(values, isoText);
}

/** What JavaScript has no date of is no date. */
function isoText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString().replace(/T00:00:00\.000Z$/, "");
}

function levelsOf(values: Float64Array, text: (value: number) => string): LevelColumn {
  const index = new Map<number, number>();
  const codes = new Int32Array(values.length);
  values.forEach((value, row) => {
    const known = index.get(value);
    if (Number.isNaN(value)) codes[row] = MISSING;
    else if (known !== undefined) codes[row] = known;
    else {
      codes[row] = index.size;
      index.set(value, index.size);
    }
  });
  return { type: "category", codes, levels: Array.from(index.keys(), text) };
}

/** Texts read as numbers, plain ones or as they are written; what does not parse is missing. */
export function numbersOfLevels(column: LevelColumn, amount?: AmountWriting): NumberColumn {
  const parse = amount === undefined || isPlain(amount) ? parseNumber : (text: string) => amountOf(text, amount) ?? Number.NaN;
  return { type: "number", values: parseLevels(column, parse) };
}

/** Texts read as ISO 8601 dates; what does not parse is missing. */
export function datesOfLevels(column: LevelColumn): NumberColumn {
  return { type: "date", values: parseLevels(column, parseIsoDate) };
}

function parseLevels({ codes, levels }: LevelColumn, parse: (text: string) => number): Float64Array {
  const parsed = Float64Array.from(levels, parse);
  const values = new Float64Array(codes.length);
  codes.forEach((code, row) => {
    values[row] = code < 0 ? Number.NaN : (parsed[code] ?? Number.NaN);
  });
  return values;
}
