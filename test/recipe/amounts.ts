import fc from "fast-check";
import type { AmountUnit } from "../../src/core/amount-units.ts";
import type { Magnitude } from "../../src/core/magnitudes.ts";
import { type AmountWriting, writtenText } from "../../src/core/written-amount.ts";
import type { Note } from "../../src/core/written-notes.ts";

const unit = (text: string, factor = 1, offset = 0, before = false): AmountUnit => ({ text, factor, offset, before });

const UNITS: readonly (readonly AmountUnit[])[] = [
  [],
  [unit("$", 1, 0, true)],
  [unit("EUR", 1, 0, true)],
  [unit("€", 1, 0, true)],
  [unit("R$", 1, 0, true)],
  [unit("%")],
  [unit("km/h")],
  [unit("kg"), unit("g", 0.001)],
  [unit("mm", 0.001), unit("km", 1000), unit("m")],
  [unit("°C"), unit("°F", 0.555555555556, -17.7777777778)],
];

const MAGNITUDES: readonly (readonly Magnitude[])[] = [
  [],
  [],
  [
    { text: "K", power: 3 },
    { text: "M", power: 6 },
  ],
  [
    { text: "Mio.", power: 6 },
    { text: "Tsd", power: 3 },
  ],
];

const note = (text: string, before = false): Note => ({ text, before });
const NOTES: readonly (readonly Note[])[] = [
  [],
  [],
  [],
  [note("***"), note("**"), note("*")],
  [note("(E)")],
  [note("[12]"), note("[1]"), note("[a]")],
  [note("ca.", true), note("<=", true), note("<", true), note("\u2020")],
  [note("~", true)],
  [note("[", true), note("]")],
];
const FLAGS: readonly Note[] = [note("e"), note("p")];

/** Any writing: a decimal sign, signs of thousands that are not it, units, notes. */
export const writings: fc.Arbitrary<AmountWriting> = fc
  .record({
    decimal: fc.constantFrom<"." | ",">(".", ","),
    thousands: fc.subarray([",", ".", "'", "\u2019", " ", "\u00a0", "\u202f"]),
    units: fc.constantFrom(...UNITS),
    magnitudes: fc.constantFrom(...MAGNITUDES),
    notes: fc.constantFrom(...NOTES, FLAGS),
    uncertain: fc.constantFrom({}, {}, { uncertain: true as const }),
    either: fc.constantFrom({}, {}, { either: true as const }),
  })
  .map(({ uncertain, either, ...writing }) => ({
    ...writing,
    ...uncertain,
    ...either,
    thousands: "either" in either ? [] : writing.thousands.filter((sign) => sign !== writing.decimal),
  }))
  .filter(({ notes, units, magnitudes }) => notes !== FLAGS || units.length + magnitudes.length === 0);

export interface Written {
  readonly text: string;
  readonly value: number;
}

const blank = fc.constantFrom("", "", " ", "   ", "\u00a0", "\u202f", "\t");
const edge = fc.constantFrom("", "", " ", "    ");
const numbers = fc.oneof(
  fc.constantFrom(0, -0, 0.5, 999, 1000, 1234.5, -1_234_567.89, 123_456_789_012_345_680, 1e-7, 1.5e22),
  fc.integer({ min: -5_000_000, max: 5_000_000 }).map((cents) => cents / 100),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((value) => value === 0 || Math.abs(value) > 1e-80),
);

/** What could be thousands is not read where either mark may stand before decimals. */
const hasNoThreeDecimals = (value: number) => !/\.\d{3}$/.test(writtenText(Math.abs(value), { decimal: "." }) ?? "");

/** A number as a person may write it under the writing, and what it is in the column's unit. */
export function writtenNumbers(writing: AmountWriting): fc.Arbitrary<Written> {
  const { units, thousands, magnitudes = [], notes = [], either } = writing;
  const dress = {
    value: either === true ? numbers.filter(hasNoThreeDecimals) : numbers,
    mark: fc.constantFrom<"." | ",">(...(either === true ? ([".", ","] as const) : [writing.decimal])),
    sign: fc.constantFrom("before", "inner", "behind", "brackets", "long"),
    own: fc.constantFrom(undefined, ...units),
    size: fc.constantFrom(undefined, ...magnitudes),
    group: fc.constantFrom(undefined, ...thousands),
    blanks: fc.tuple(blank, blank, edge, edge),
    front: fc.boolean(),
    note: fc.constantFrom("", ...notes.filter(({ before }) => !before).map(({ text }) => text)),
    offBy: fc.constantFrom("", ...(writing.uncertain === true ? ["(4)", "(12)", "(105)"] : [])),
    head: fc.constantFrom("", ...notes.filter(({ before }) => before).map(({ text }) => text)),
  };
  return fc
    .record(dress)
    .map(({ mark, value: digitsOf, sign, own, front, group, size, blanks: [first, second, left, right], note, head, offBy }) => {
      const isNegative = digitsOf < 0 || Object.is(digitsOf, -0);
      const magnitude = isNegative && sign === "behind" ? undefined : size;
      const plain = Number(`${writtenText(Math.abs(digitsOf), { decimal: "." })}e${magnitude?.power ?? 0}`);
      const value = isNegative ? -plain : plain;
      const isSure = isNegative && (sign === "behind" || sign === "brackets");
      const bare = `${grouped(writtenText(Math.abs(digitsOf), { decimal: mark }) ?? "", mark, group)}${isSure ? "" : offBy}`;
      const digits = magnitude === undefined ? bare : `${bare}${second}${magnitude.text}`;
      const isBefore = own?.before === true && front;
      const shape = (body: string) => (own === undefined ? body : isBefore ? `${own.text}${first}${body}` : `${body}${first}${own.text}`);
      const text = isNegative ? negative(sign, digits, shape, isBefore ? (own?.text ?? null) : null, first, second) : shape(digits);
      const read = own === undefined ? value : own.offset === 0 ? value * own.factor : value * own.factor + own.offset;
      return { text: `${left}${head === "" ? "" : `${head}${second}`}${text}${note === "" ? "" : `${first}${note}`}${right}`, value: read };
    });
}

function negative(sign: string, digits: string, shape: (body: string) => string, front: string | null, first: string, second: string) {
  if (sign === "brackets") return `(${second}${shape(digits)})`;
  if (sign === "behind") return shape(`${digits}-`);
  const minus = sign === "long" ? "\u2212" : "-";
  if (sign === "inner" && front !== null) return `${front}${first}${minus}${second}${digits}`;
  return `${minus}${second}${shape(digits)}`;
}

function grouped(text: string, decimal: string, sign: string | undefined): string {
  const [whole = "", fraction] = text.split(decimal);
  if (sign === undefined || whole.length > 18) return text;
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, sign);
  return fraction === undefined ? groups : `${groups}${decimal}${fraction}`;
}
