import type { Json } from "../../../core/json.ts";
import { wrongValue } from "../../wrong-use.ts";
import { isPath, PATH } from "./document.ts";

/** A line `key=value`. */
interface Entry {
  readonly value: string;
  readonly line: number;
}

/** The `key=value` lines of the head or of one tree. */
export interface Section {
  has(key: string): boolean;
  /** Number of the key's line, from 1. @throws RangeError when absent. */
  line(key: string): number;
  /** @throws RangeError when absent. */
  text(key: string): string;
  /** @throws RangeError when absent, not whole or outside the range. */
  integer(key: string, low: number, high: number): number;
  /** `count` numbers, or `otherwise` when the key is absent and that is given. @throws RangeError with the line. */
  numbers(key: string, count: number, otherwise?: number): Float64Array;
  /** @throws RangeError with the line when one is not whole or outside the range. */
  integers(key: string, count: number, low: number, high: number, otherwise?: number): Float64Array;
}

export interface LightGbmText {
  readonly head: Section;
  readonly trees: readonly Section[];
  /** Names of the levels of each categorical column of the data frame, or null. */
  readonly pandasCategorical: Json;
}

function insteadOf(text: string): string {
  if (isPath(text)) return PATH;
  return text.trimStart().startsWith("{") ? "; this is JSON: readXgboost reads XGBoost's, LightGBM's dump_model is not read" : "";
}

/** Takes the text apart; importances and parameters are skipped. @throws RangeError when it is not a model, or is cut off. */
export function parseLightGbmText(text: string): LightGbmText {
  const lines = text.split(/\r?\n/);
  if (lines[0]?.trim() !== "tree")
    throw wrongValue("bad-model", `line 1: a LightGBM model begins with the line "tree", as save_model writes it${insteadOf(text)}`);
  const head = new Map<string, Entry>();
  const trees: { readonly entries: Map<string, Entry>; readonly line: number }[] = [];
  let end = 1;
  for (; end < lines.length && lines[end] !== "end of trees"; end++) {
    const line = lines[end]!;
    const equals = line.indexOf("=");
    const key = (equals < 0 ? line : line.slice(0, equals)).trim();
    if (key === "") continue;
    const entry = { value: equals < 0 ? "" : line.slice(equals + 1), line: end + 1 };
    if (key !== "Tree") (trees.at(-1)?.entries ?? head).set(key, entry);
    else if (entry.value === String(trees.length)) trees.push({ entries: new Map(), line: end + 1 });
    else throw wrongValue("bad-model", `line ${end + 1}: expected Tree=${trees.length}, got Tree=${entry.value}`);
  }
  if (end === lines.length) throw wrongValue("bad-model", `line ${end}: the model is cut off: "end of trees" is missing`);
  return {
    head: sectionOf(head, 1),
    trees: trees.map(({ entries, line }) => sectionOf(entries, line)),
    pandasCategorical: pandasCategoricalOf(lines, end),
  };
}

function pandasCategoricalOf(lines: readonly string[], from: number): Json {
  const KEY = "pandas_categorical:";
  const at = lines.findIndex((line, i) => i > from && line.startsWith(KEY));
  if (at < 0) return null;
  try {
    return JSON.parse(lines[at]!.slice(KEY.length)) as Json;
  } catch {
    throw wrongValue("bad-model", `line ${at + 1}: pandas_categorical is not JSON`);
  }
}

function sectionOf(entries: ReadonlyMap<string, Entry>, line: number): Section {
  const entry = (key: string): Entry => {
    const found = entries.get(key);
    if (found === undefined) throw wrongValue("bad-model", `line ${line}: the section that begins here lacks "${key}"`);
    return found;
  };
  const numbers = (key: string, count: number, otherwise?: number): Float64Array => {
    if (otherwise !== undefined && !entries.has(key)) return new Float64Array(count).fill(otherwise);
    const { value, line: at } = entry(key);
    const parts = value.split(" ").filter((part) => part !== "");
    if (parts.length !== count) throw wrongValue("bad-model", `line ${at}: ${key} has ${parts.length} values, expected ${count}`);
    return Float64Array.from(parts, (part) => numberOf(part, key, at));
  };
  const integers = (key: string, count: number, low: number, high: number, otherwise?: number): Float64Array => {
    const list = numbers(key, count, otherwise);
    const wrong = list.find((value) => !(Number.isInteger(value) && value >= low && value <= high));
    if (wrong !== undefined)
      throw wrongValue("bad-model", `line ${entry(key).line}: ${key} holds ${wrong}, expected whole numbers from ${low} to ${high}`);
    return list;
  };
  return {
    has: (key) => entries.has(key),
    line: (key) => entry(key).line,
    text: (key) => entry(key).value.trim(),
    integer: (key, low, high) => integers(key, 1, low, high)[0]!,
    numbers,
    integers,
  };
}

function numberOf(text: string, key: string, line: number): number {
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  const special = /^([-+]?)inf(inity)?$/i.exec(text);
  if (special !== null) return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^[-+]?nan(\(.*\))?$/i.test(text)) return Number.NaN;
  throw wrongValue("bad-model", `line ${line}: ${key} holds "${text.slice(0, 40)}", expected a number`);
}
