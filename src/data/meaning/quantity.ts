import { hasPhrase, nameWords } from "./name-words.ts";

/** What a quantity named like a column can be. Bounds are inclusive, in the usual unit; null = none known. */
export interface Quantity {
  readonly phrase: string;
  readonly low: number | null;
  readonly high: number | null;
  /** A living or real thing has more than nothing of it. */
  readonly neverZero: boolean;
}

type Row = readonly [phrases: string, low: number | null, high: number | null, neverZero: boolean];

/** The first row with a phrase in the name counts. Wide bounds: only what cannot be. */
const ROWS: readonly Row[] = [
  ["lag|diff|delta|change|log|scaled|norm|normalized|normalised|std|zscore|z|ratio", null, null, false],
  ["age at death|age|alter|edad|idade|eta", 0, 125, false],
  ["latitude|lat", -90, 90, false],
  ["longitude|lon|lng", -180, 180, false],
  ["glucose|glu|plas|blood sugar|blood pressure|bloodpressure|diastolic|systolic|sysbp|diabp|trestbps|bp", 0, 1200, true],
  ["insulin|cholesterol|chol|triglycerides|ldl|hdl|creatinine|hemoglobin|haemoglobin|hematocrit|platelets|bilirubin", 0, null, true],
  ["skin thickness|skinthickness|skin|triceps|skinfold|bmi|body mass|body mass index|heart rate|heartrate|pulse|thalach", 0, 1500, true],
  ["rate|index|count|num|number|n|score|rank", null, null, false],
  ["spo2|oxygen saturation", 0, 100, true],
  ["relative humidity|humidity|rh|hum", 0, 110, false],
  ["ph", 0, 14, true],
  ["month|mnth|monat|mes", 0, 12, false],
  ["hour|hr|stunde", 0, 24, false],
  ["minute|minutes past", 0, null, false],
  ["percent|percentage|pct|prozent", -100, null, false],
  ["probability|prob", 0, 100, false],
  ["height|body height|body weight|weight kg|weight lb|waist|horsepower|cylinders|displacement|wheelbase|curb weight", 0, null, true],
  ["square feet|sqft|sq ft|square meters|sqm|living area|floor area|carat", 0, null, true],
  ["year built|yearbuilt|built year|birth year|year of birth|model year|baujahr|yr built|year", 0, 2500, true],
  ["population|households|residents|inhabitants", 0, null, true],
  ["price|preis|precio|prix|prezzo|salary|wage|rent", null, null, false],
  ["distance|duration|length|width|depth|area|volume|mass|weight|quantity|qty", 0, null, false],
];

const ENTRIES = ROWS.map(([phrases, ...rest]) => [phrases.split("|"), ...rest] as const);

/** Reads the quantity from a column's name; null when the name says none. */
export function quantityOf(name: string): Quantity | null {
  const words = nameWords(name);
  const joined = [...words, words.join("")];
  for (const [phrases, low, high, neverZero] of ENTRIES) {
    const phrase = phrases.find((one) => hasPhrase(joined, one));
    if (phrase !== undefined) return low === null && high === null && !neverZero ? null : { phrase, low, high, neverZero };
  }
  return null;
}
