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
