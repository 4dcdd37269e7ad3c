import { UNIT_RATIOS } from "../../core/unit-ratios.ts";
import { type Dimension, unitOf } from "../../core/units.ts";
import { measuredBy } from "./measure-words.ts";
import { nameWords } from "./name-words.ts";

/** Two units that people mix: other * factor + offset = own. The larger number is the other's. */
export interface Conversion {
  readonly words: string;
  readonly factor: number;
  readonly offset: number;
}

function times(words: string, ratio: number): Conversion {
  return { words, factor: 1 / ratio, offset: 0 };
}

const THOUSANDS = [times("units and thousands", 1000), times("units and millions", 1e6)];
const KELVIN = { words: "kelvin and degrees Celsius", factor: 1, offset: -273.15 };

/** Amounts of a substance and their mass: molar masses. */
const OF_LABORATORIES = [
  times("mg/dL and mmol/L of glucose", 18.0156),
  times("mg/dL and mmol/L of cholesterol", 38.67),
  times("umol/L and mg/dL of creatinine", 88.42),
];

/** Factors that are near to one another, of which the two heaps say which it is. */
export const LIKE_FACTORS: readonly Conversion[] = [...OF_LABORATORIES, times("units and tenths", 10), times("units and hundredths", 100)];

/** Pairs of units that are mixed in practice, per dimension: fewer pairs, fewer coincidences. */
const MIXED: Readonly<Record<Dimension, readonly Conversion[]>> = {
  length: [
    times("centimetres and inches", 2.54),
    times("millimetres and centimetres", 10),
    times("centimetres and metres", 100),
    times("millimetres or metres and metres or kilometres", 1000),
    times("feet and metres", 1 / 0.3048),
    times("inches and feet", 12),
    times("centimetres and feet", 30.48),
    times("inches and metres", 1 / 0.0254),
    times("kilometres and miles", 1.609344),
    times("millimetres and inches", 25.4),
  ],
  mass: [
    times("pounds and kilograms", 1 / 0.45359237),
    times("grams and kilograms, or kilograms and tonnes", 1000),
    times("grams and ounces", 28.349523125),
    times("ounces and pounds", 16),
    times("grams and pounds", 453.59237),
  ],
  temperature: [
    { words: "degrees Fahrenheit and Celsius", factor: 5 / 9, offset: -160 / 9 },
    KELVIN,
    times("tenths of degrees and degrees", 10),
  ],
  duration: [
    times("seconds and minutes, or minutes and hours", 60),
    times("seconds and hours", 3600),
    times("hours and days", 24),
    times("milliseconds and seconds", 1000),
    times("months and years", 12),
    times("days and years", 365.25),
    times("days and months", 30.44),
    times("days and weeks", 7),
    times("minutes and days", 1440),
  ],
  area: [
    times("square feet and square metres", 1 / 0.09290304),
    times("square metres and hectares", 10_000),
    times("hectares and acres", 2.4710538),
  ],
  volume: [times("millilitres and litres, or litres and cubic metres", 1000), times("litres and gallons", 3.785411784)],
  speed: [
    times("km/h and mph", 1.609344),
    times("km/h and m/s", 3.6),
    times("km/h and knots", 1.852),
    times("mph and m/s", 2.2369363),
    times("knots and m/s", 1.9438445),
  ],
  pressure: [
    times("Pa and hPa", 100),
    times("hPa and kPa", 10),
    times("Pa and kPa, or hPa and bar", 1000),
    times("hPa and inHg", 33.8639),
    times("kPa and psi", 6.894757),
    times("psi and bar", 14.503774),
    times("hPa and psi", 68.94757),
    times("mmHg and kPa", 7.500616),
  ],
  energy: THOUSANDS,
  power: [times("watts and kilowatts", 1000), times("kilowatts and horsepower", 1 / 0.7457)],
  data: [times("a unit and the next (1000)", 1000), times("a unit and the next (1024)", 1024), times("two steps of units", 1e6)],
  money: [times("cents and whole units", 100), times("amounts per year and per month", 12), ...THOUSANDS],
  share: [times("per cent and fractions", 100)],
  concentration: [...OF_LABORATORIES, times("g/L and g/dL", 10), times("units and hundredths", 100)],
};

/** Where neither name nor unit says what is measured. */
const UNKNOWN: readonly Conversion[] = [
  ...UNIT_RATIOS.map(([words, ratio]) => times(words, ratio)),
  { words: "degrees Fahrenheit and Celsius", factor: 5 / 9, offset: -160 / 9 },
];

/** The conversions that the meaning of a column leaves possible. type, unit: its meaning; null = none known. */
export function conversionsFor(
  name: string,
  type: string | null,
  unit: string | null,
): { readonly dimension: Dimension | null; readonly conversions: readonly Conversion[] } {
  const dimension = dimensionOf(name, type, unit);
  return { dimension, conversions: dimension === null ? UNKNOWN : MIXED[dimension] };
}

function dimensionOf(name: string, type: string | null, unit: string | null): Dimension | null {
  if (type === "money") return "money";
  const named = measuredBy(nameWords(name));
  const rate = unit !== null && isRate(name, unit);
  const measured = unit === null || rate ? null : unitOf(unit);
  if (measured !== null && unit !== null && unit.length > 1) return measured.dimension;
  if (named !== null) return named;
  return type === "duration" && !rate ? "duration" : (measured?.dimension ?? null);
}

/** "dose_kg_ha" and "cost_per_km" are so much of one for each of the other, and in the unit of neither; "width_in_cm" is none, nor "vitamin_c_mg" or "load_min_kg", but a pace is ("min_km"). */
function isRate(name: string, unit: string): boolean {
  const words = nameWords(name);
  const place = words.indexOf(unit.toLowerCase());
  const before = words[place - 1] ?? "";
  if (place <= 1 || before === "in") return false;
  const of = unitOf(before)?.dimension;
  return before === "per" || (of === "duration" ? unitOf(unit)?.dimension === "length" : of !== undefined && of !== "temperature");
}
