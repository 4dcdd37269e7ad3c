import { nameWords } from "./name-words.ts";
import { phraseIndex, phrasesIn } from "./phrases.ts";

/** What is measured. */
export type Dimension =
  | "length"
  | "mass"
  | "temperature"
  | "duration"
  | "area"
  | "volume"
  | "speed"
  | "pressure"
  | "energy"
  | "power"
  | "data"
  | "money"
  | "share"
  | "concentration";

/** A unit as value * factor + offset in the dimension's first unit. */
export interface Unit {
  readonly name: string;
  readonly dimension: Dimension;
  readonly factor: number;
  readonly offset: number;
}

/** Two units that people mix: other * factor + offset = own. The larger number is the other's. */
export interface Conversion {
  readonly words: string;
  readonly factor: number;
  readonly offset: number;
}

/** Spellings (without blanks, lower case unless the case decides) and size in the first unit of the dimension. Sources: SI; NIST SP 811, appendix B. */
const UNITS: Readonly<Record<string, readonly (readonly [spellings: string, factor: number, offset?: number])[]>> = {
  length: [
    ["m|meter|meters|metre|metres", 1],
    ["km|kilometer|kilometers", 1000],
    ["cm|centimeter|centimeters", 0.01],
    ["mm", 0.001],
    ["mi|mile|miles", 1609.344],
    ["ft|foot|feet|'", 0.3048],
    ['in|inch|inches|"', 0.0254],
    ["yd|yard|yards", 0.9144],
  ],
  mass: [
    ["kg|kilo|kilos|kilogram|kilograms", 1],
    ["g|gram|grams", 0.001],
    ["mg", 1e-6],
    ["t|tonne|tonnes", 1000],
    ["lb|lbs|pound|pounds", 0.45359237],
    ["oz|ounce|ounces", 0.028349523125],
  ],
  temperature: [
    ["c|celsius|degc", 1],
    ["f|fahrenheit|degf", 5 / 9, -160 / 9],
    ["K|kelvin", 1, -273.15],
  ],
  duration: [
    ["s|sec|secs|second|seconds|sekunden", 1],
    ["ms|msec|millis|milliseconds", 0.001],
    ["min|mins|minute|minutes|minuten", 60],
    ["h|hr|hrs|hour|hours|stunden|std", 3600],
    ["d|day|days|tage", 86_400],
    ["wk|week|weeks|wochen", 604_800],
    ["mo|month|months|monate", 2_629_746],
    ["a|y|yr|yrs|year|years|jahre", 31_556_952],
  ],
  area: [
    ["m2|m²|sqm|qm", 1],
    ["sqft|ft2|ft²", 0.09290304],
    ["ha|hectare|hectares", 10_000],
    ["acre|acres|ac", 4046.8564224],
    ["km2|km²", 1e6],
  ],
  volume: [
    ["l|liter|litre|liters|litres", 1],
    ["ml", 0.001],
    ["gal|gallon|gallons", 3.785411784],
    ["m3|m³", 1000],
  ],
  speed: [
    ["kmh|kph|km/h", 1],
    ["mph", 1.609344],
    ["m/s", 3.6],
    ["kn|knots|kt", 1.852],
  ],
  pressure: [
    ["hpa|mbar", 1],
    ["pa", 0.01],
    ["kpa", 10],
    ["bar", 1000],
    ["psi", 68.94757],
    ["mmhg", 1.33322],
    ["inhg", 33.8639],
  ],
  energy: [
    ["kwh", 1],
    ["wh", 0.001],
    ["MWh", 1000],
  ],
  power: [
    ["kw", 1],
    ["w", 0.001],
    ["MW", 1000],
    ["mW", 1e-6],
    ["hp", 0.7457],
    ["ps", 0.73549875],
  ],
  data: [
    ["mb", 1],
    ["kb", 0.001],
    ["gb", 1000],
    ["tb", 1e6],
  ],
};

const BY_SPELLING: ReadonlyMap<string, Unit> = new Map(
  Object.entries(UNITS).flatMap(([dimension, rows]) =>
    rows.flatMap(([spellings, factor, offset = 0]) => {
      const names = spellings.split("|");
      return names.map((spelling): [string, Unit] => [
        spelling,
        { name: names[0] ?? spelling, dimension: dimension as Dimension, factor, offset },
      ]);
    }),
  ),
);

/** Where the case makes it another unit, in lower case: "mw" and "MWH" may be milli or mega, "M" a million, "k" a thousand, and are none that can be converted. */
const CASE_DECIDES: ReadonlySet<string> = new Set(["mw", "mwh", "m", "k"]);

/** The unit of a spelling such as "kg", "°F" or "Lbs"; null when it is none that can be converted, or could be two. */
export function unitOf(spelling: string): Unit | null {
  const bare = spelling.replace(/[\s.°]/g, "");
  const lower = bare.toLowerCase();
  return BY_SPELLING.get(CASE_DECIDES.has(lower) ? bare : lower) ?? null;
}

/** A value of unit `from` in unit `to` of the same dimension. */
export function inUnit(value: number, from: Unit, to: Unit): number {
  return (value * from.factor + from.offset - to.offset) / to.factor;
}

function times(words: string, ratio: number): Conversion {
  return { words, factor: 1 / ratio, offset: 0 };
}

const THOUSANDS = [times("units and thousands", 1000), times("units and millions", 1e6)];
const KELVIN = { words: "kelvin and degrees Celsius", factor: 1, offset: -273.15 };

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
  speed: [times("km/h and mph", 1.609344), times("km/h and m/s", 3.6), times("km/h and knots", 1.852)],
  pressure: [
    times("Pa and hPa", 100),
    times("hPa and kPa", 10),
    times("Pa and kPa, or hPa and bar", 1000),
    times("hPa and inHg", 33.8639),
    times("kPa and psi", 6.894757),
  ],
  energy: THOUSANDS,
  power: [times("watts and kilowatts", 1000), times("kilowatts and horsepower", 1 / 0.7457)],
  data: [times("a unit and the next (1000)", 1000), times("a unit and the next (1024)", 1024), times("two steps of units", 1e6)],
  money: [times("cents and whole units", 100), ...THOUSANDS],
  share: [times("per cent and fractions", 100)],
  concentration: [
    times("mg/dL and mmol/L of glucose", 18.0156),
    times("mg/dL and mmol/L of cholesterol", 38.67),
    times("umol/L and mg/dL of creatinine", 88.42),
    times("g/L and g/dL", 10),
  ],
};

/** Where neither name nor unit says what is measured. */
const UNKNOWN: readonly Conversion[] = [
  times("units and thousands", 1000),
  times("units and hundredths", 100),
  times("centimetres and inches", 2.54),
  times("pounds and kilograms", 1 / 0.45359237),
  times("kilometres and miles", 1.609344),
  times("sixtieths (minutes, seconds)", 60),
  { words: "degrees Fahrenheit and Celsius", factor: 5 / 9, offset: -160 / 9 },
];

const NAMED = (
  [
    ["temperature", "temperature|temp|temperatur|temperatura|celsius|fahrenheit|dew point"],
    ["concentration", "glucose|cholesterol|chol|creatinine|hemoglobin|haemoglobin|triglycerides|hba1c|urea|bilirubin|blood sugar"],
    ["pressure", "pressure|druck|pression|presion|barometer"],
    ["speed", "speed|velocity|geschwindigkeit|vitesse|velocidad"],
    ["share", "percent|percentage|pct|prozent|share|fraction|ratio|proportion|humidity"],
    ["area", "area|sqft|surface|flache|flaeche|superficie|living area|lot size"],
    ["volume", "volume|capacity|volumen"],
    ["mass", "weight|mass|gewicht|poids|peso|gewichten"],
    [
      "length",
      "height|length|width|depth|distance|diameter|radius|altitude|elevation|thickness|waist|hip|neck|stature|size|groesse|hoehe|laenge|breite|tiefe|entfernung|hauteur|longueur|largeur|distancia|altura",
    ],
  ] as const satisfies readonly (readonly [Dimension, string])[]
).map(([dimension, phrases]): readonly [Dimension, readonly string[]] => [dimension, phrases.split("|")]);

const PHRASES = phraseIndex(NAMED.flatMap(([, phrases]) => phrases));

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
  const words = nameWords(name);
  const spoken = phrasesIn(words, PHRASES);
  const named = NAMED.find(([, phrases]) => spoken.some((phrase) => phrases.includes(phrase)));
  const measured = unit === null ? null : unitOf(unit);
  if (measured !== null && unit !== null && unit.length > 1) return measured.dimension;
  if (named !== undefined) return named[0];
  return type === "duration" ? "duration" : (measured?.dimension ?? null);
}
