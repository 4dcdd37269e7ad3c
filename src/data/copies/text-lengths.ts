import { int32From } from "../../core/typed-from.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";

/** A number that is how many signs a text has. */
export interface TextLength {
  readonly number: string;
  readonly text: string;
  readonly compared: number;
  readonly held: number;
}

const EXACT_SHARE = 0.99;
const LEAST_ROWS = 30;
/** Texts of fewer different lengths say nothing by them. */
const LEAST_LENGTHS = 5;

/** Whole numbers that give the length of a text in 99 % of the rows with both; a row that breaks more ends the look. */
export function textLengths(texts: readonly LevelColumn[], numbers: readonly NumberColumn[]): readonly TextLength[] {
  return texts.flatMap((text) => {
    const lengths = int32From(text.levels, (level) => level.length);
    if (new Set(lengths).size < LEAST_LENGTHS) return [];
    return numbers.flatMap((number) => {
      const found = comparedWith(text.codes, lengths, number.values);
      return found === null ? [] : [{ number: number.name, text: text.name, ...found }];
    });
  });
}

function comparedWith(codes: Int32Array, lengths: Int32Array, values: Float64Array): Pick<TextLength, "compared" | "held"> | null {
  const most = Math.max(1, (1 - EXACT_SHARE) * values.length);
  const seen = new Set<number>();
  let [compared, held] = [0, 0];
  for (let row = 0; row < values.length; row++) {
    const [code, value] = [codes[row] ?? -1, values[row] ?? Number.NaN];
    if (code < 0 || Number.isNaN(value)) continue;
    compared++;
    if (lengths[code] === value) {
      held++;
      seen.add(value);
    } else if (compared - held > most) return null;
  }
  return compared >= LEAST_ROWS && held >= EXACT_SHARE * compared && seen.size >= LEAST_LENGTHS ? { compared, held } : null;
}
