import { int32From } from "../../core/typed-from.ts";
import type { LevelColumn, NumberColumn } from "../columns/counts.ts";

/** A number that is how many signs a text has. */
export interface TextLength {
  readonly number: string;
  readonly text: string;
  /** How signs beyond U+FFFF (an emoji) are counted: as one each, as Python and R do, or as two, as JavaScript and Java do. null where there are none. */
  readonly countedAs: "code points" | "UTF-16 units" | null;
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
    const units = int32From(text.levels, (level) => level.length);
    if (new Set(units).size < LEAST_LENGTHS) return [];
    const points = int32From(text.levels, (level) => [...level].length);
    const isSame = points.every((length, code) => length === units[code]);
    const ways = isSame
      ? [{ countedAs: null, lengths: units }]
      : [
          { countedAs: "code points" as const, lengths: points },
          { countedAs: "UTF-16 units" as const, lengths: units },
        ];
    return numbers.flatMap((number) => {
      const found = ways.flatMap(({ countedAs, lengths }) => {
        const compared = comparedWith(text.codes, lengths, number.values);
        return compared === null ? [] : [{ number: number.name, text: text.name, countedAs, ...compared }];
      });
      return found.toSorted((a, b) => b.held - a.held).slice(0, 1);
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
