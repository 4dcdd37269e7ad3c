import { wrongValue } from "../../wrong-use.ts";

/** A place in a parsed document, which knows its path for error messages. */
export interface Place {
  readonly path: string;
  readonly value: unknown;
}

const NUMBERS_LIMIT = 2 ** 30;

/** For the message of a reader that was given the name of a file. */
export const PATH = "; the engine opens no files: give the content, as of fs.readFileSync";

/** A name of a file, not what is in it. */
export function isPath(text: string): boolean {
  return /^[^\n{}]{1,400}\.(txt|json|ubj|model|bin)$/i.test(text);
}

/** JSON, with the NaN and Infinity that XGBoost before 3 writes. @throws RangeError when it is not JSON. */
export function parseJsonDocument(text: string): Place {
  try {
    return { path: "", value: JSON.parse(text) };
  } catch {
    const mended = text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/gi, (token) => {
      if (token.startsWith('"')) return token;
      if (/nan/i.test(token)) return "null";
      return token.startsWith("-") ? "-1e999" : "1e999";
    });
    try {
      return { path: "", value: JSON.parse(mended) };
    } catch (error) {
      const instead = isPath(text) ? PATH : text.startsWith("tree") ? "; this is LightGBM's text: readLightGbm reads it" : "";
      throw wrongValue("bad-model", `not JSON: ${error instanceof Error ? error.message : String(error)}${instead}`);
    }
  }
}

/** @throws RangeError when it is no object or lacks the field. */
export function field(place: Place, name: string): Place {
  const found = optionalField(place, name);
  if (found === null) throw wrongValue("bad-model", `${place.path || "the document"} lacks "${name}"`);
  return found;
}

export function optionalField(place: Place, name: string): Place | null {
  const { value } = place;
  if (value === null || typeof value !== "object" || isList(value)) throw wrong(place, "an object");
  return Object.hasOwn(value, name) ? { path: `${place.path}.${name}`, value: (value as Record<string, unknown>)[name] } : null;
}

export function items(place: Place): Place[] {
  const { value } = place;
  if (!isList(value)) throw wrong(place, "a list");
  return Array.from(value, (item, i) => ({ path: `${place.path}[${i}]`, value: item }));
}

export function textOf(place: Place): string {
  if (typeof place.value !== "string") throw wrong(place, "a text");
  return place.value;
}

/** A whole number from low to high, also as text. */
export function integerOf(place: Place, low: number, high: number): number {
  const { value } = place;
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  if (!(typeof number === "number" && Number.isInteger(number) && number >= low && number <= high))
    throw wrong(place, `a whole number from ${low} to ${high}`);
  return number;
}

/** A list of numbers of any or the given length; null is NaN, false and true are 0 and 1. */
export function numbersOf(place: Place, length?: number): Float64Array {
  const { value } = place;
  if (!isList(value) || value.length > NUMBERS_LIMIT) throw wrong(place, "a list of numbers");
  if (length !== undefined && value.length !== length)
    throw wrongValue("bad-model", `${place.path} has ${value.length} values, expected ${length}`);
  if (value instanceof Float64Array) return value;
  const numbers = new Float64Array(value.length);
  for (let i = 0; i < value.length; i++) {
    const item = value[i];
    if (typeof item === "number") numbers[i] = item;
    else if (item === null) numbers[i] = Number.NaN;
    else if (typeof item === "boolean") numbers[i] = item ? 1 : 0;
    else throw wrong({ path: `${place.path}[${i}]`, value: item }, "a number");
  }
  return numbers;
}

/** @throws RangeError when one is not whole or outside the range. */
export function integersOf(place: Place, low: number, high: number, length?: number): Float64Array {
  const numbers = numbersOf(place, length);
  const at = numbers.findIndex((value) => !(Number.isInteger(value) && value >= low && value <= high));
  if (at >= 0) throw wrong({ path: `${place.path}[${at}]`, value: numbers[at] }, `a whole number from ${low} to ${high}`);
  return numbers;
}

function isList(value: unknown): value is ArrayLike<unknown> & Iterable<unknown> {
  return Array.isArray(value) || value instanceof Float64Array;
}

function wrong({ path, value }: Place, wanted: string): RangeError {
  const got = typeof value === "string" || typeof value === "number" ? JSON.stringify(value).slice(0, 60) : kindOf(value);
  return wrongValue("bad-model", `${path || "the document"} must be ${wanted}, got ${got}`);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  return isList(value) ? "a list" : typeof value === "object" ? "an object" : String(value);
}
