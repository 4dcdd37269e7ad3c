import { nearestName, nearestNames } from "../core/nearest-name.ts";
import { isPlain, kindOf, shown } from "./shown.ts";
import { type WrongUse, wrongType, wrongValue } from "./wrong-use.ts";

/** What every rule may say for its readers: a sentence, and other names (camelCase) under which the option is read. */
interface Told {
  readonly meaning?: string;
  readonly aliases?: readonly string[];
}

/** Bounds are inclusive; `above` is exclusive. words: texts allowed in place of a number. noLimit: null and -1 are read as 0. */
export interface NumberRule extends Told {
  readonly type: "integer" | "real";
  readonly value: number | string;
  readonly low?: number;
  readonly above?: number;
  readonly high?: number;
  readonly words?: readonly string[];
  readonly noLimit?: true;
  /** What null is read as: where another library says None for it. */
  readonly absent?: number | string;
  /** true and "auto" are read as the default, false as 0; beside a number they only say whether it holds. */
  readonly flag?: true;
  /** A number within the bounds that would do nothing, and what to do instead. */
  readonly except?: { readonly value: number; readonly why: string };
  /** Aliases under which a whole number of at least 2 is a count, whatever the bounds. */
  readonly counts?: readonly string[];
}

export interface FlagRule extends Told {
  readonly type: "flag";
  readonly value: boolean;
}

/** synonyms: other spellings of a choice. */
export interface ChoiceRule extends Told {
  readonly type: "choice";
  readonly value: string;
  readonly choices: readonly string[];
  readonly synonyms?: Readonly<Record<string, string>>;
}

/** A value of its own shape; null = not set. expected: the shape in words. typescript: the type that `isFit` guards. */
export interface ShapeRule<T = unknown> extends Told {
  readonly type: "shape";
  readonly value: null;
  readonly expected: string;
  readonly typescript: string;
  /** A list of one is read as that one. */
  readonly listed?: true;
  /** Why a value does not fit, where more can be said than what is expected; else null. */
  readonly whyNot?: (value: unknown) => string | null;
  readonly isFit: (value: unknown) => value is T;
}

export type OptionRule = NumberRule | FlagRule | ChoiceRule | ShapeRule;

export type OptionRules = Readonly<Record<string, OptionRule>>;

type ValueOf<R> = R extends { type: "flag" }
  ? boolean
  : R extends { type: "choice"; choices: readonly (infer C)[] }
    ? C
    : R extends ShapeRule<infer T>
      ? T | null
      : R extends { words: readonly (infer W)[] }
        ? number | W
        : number;

export type OptionValues<R extends OptionRules> = { readonly [K in keyof R]: ValueOf<R[K]> };

export type GivenOptions = object;

/**
 * Defaults overlaid with what was given, under its name, an alias, or the snake_case spelling of either; `undefined` counts as not given.
 * @throws RangeError for an unknown name (with the nearest one), a name and its alias with different values, or a value out of bounds;
 * TypeError for a wrong type.
 */
export function readOptions<R extends OptionRules>(what: string, rules: R, given: GivenOptions): OptionValues<R> {
  const found = namedOptions(what, rules, given);
  const values = Object.entries(rules).map(([name, rule]) => {
    const option = found.get(name);
    return [name, option === undefined ? rule.value : checkOption(`${what} option "${option.as}"`, rule, option)];
  });
  return Object.fromEntries(values) as OptionValues<R>;
}

/** Given options by their proper name. as: the name under which it was given. @throws RangeError as readOptions, values unseen. */
export function namedOptions(what: string, rules: OptionRules, given: GivenOptions): Map<string, { as: string; value: unknown }> {
  requireOptions(what, given);
  const proper = new Map(Object.entries(rules).flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((alias) => [alias, name])));
  const found = new Map<string, { as: string; value: unknown }>();
  for (const [as, value] of Object.entries(given)) {
    const name = proper.get(as) ?? proper.get(camelCase(as));
    if (name === undefined) throw wrongValue("bad-option", `${what} has no option "${as}"${nearest(as, proper)}`);
    if (value === undefined) continue;
    const before = found.get(name);
    const kept = before === undefined ? value : together(rules[name]!, before.value, value);
    if (before !== undefined && kept === undefined) {
      throw wrongValue(
        "bad-option",
        `${what} options "${before.as}" and "${as}" are one and have different values, ${shown(before.value)} and ${shown(value)}`,
      );
    }
    found.set(name, before !== undefined && Object.is(before.value, kept) ? before : { as, value: kept });
  }
  return found;
}

const isSwitch = (value: unknown) => typeof value === "boolean" || value === "auto";

/** What two names of one option say together, as early_stopping: true with n_iter_no_change: 10; undefined when they contradict one another. */
function together(rule: OptionRule, one: unknown, other: unknown): unknown {
  if (Object.is(one, other)) return one;
  if (!("flag" in rule && rule.flag === true) || isSwitch(one) === isSwitch(other)) return undefined;
  if (one === false || other === false) return false;
  return isSwitch(one) ? other : one;
}

/** @throws TypeError for what is no object of options. */
export function requireOptions(what: string, given: unknown): asserts given is object {
  requireFields(`${what} options`, given, "bad-option");
}

/** @throws TypeError for what has no fields, or keeps them where they would not be read. */
function requireFields(what: string, given: unknown, code: WrongUse): asserts given is object {
  if (given instanceof Map) throw wrongType(code, `${what} must be a plain object, got a Map; Object.fromEntries makes one of it`);
  if (given instanceof Set) throw wrongType(code, `${what} must be a plain object, got a Set`);
  const isObject = typeof given === "object" && given !== null && !Array.isArray(given) && !ArrayBuffer.isView(given);
  if (!isObject || (!isPlain(given) && Object.keys(given).length === 0))
    throw wrongType(code, `${what} must be an object, got ${typeof given === "object" && given !== null ? kindOf(given) : shown(given)}`);
}

/** @throws RangeError for a field of an object of options that is not among the known ones, TypeError for what is no object. */
export function refuseUnknown(what: string, known: readonly string[], given: object, code: WrongUse = "bad-option"): void {
  requireFields(code === "bad-option" ? `the options of ${what}` : what, given, code);
  for (const as of Object.keys(given)) {
    if (known.includes(as)) continue;
    const near = nearestName(as, known);
    throw wrongValue(code, `${what} has no "${as}"; ${near === null ? `known are ${known.join(", ")}` : `did you mean "${near}"?`}`);
  }
}

/** For a function without options. Numbers pass: `list.map` gives places. @throws RangeError for what would do nothing. */
export function refuseAny(what: string, given: unknown, why: string): void {
  if (given === undefined || given === null || typeof given === "number") return;
  throw wrongValue("bad-option", `${what} has no options, got ${shown(given)}: ${why}`);
}

function nearest(as: string, proper: ReadonlyMap<string, string>): string {
  const alias = nearestName(camelCase(as), [...proper.keys()]);
  if (alias === null) return named([...new Set(proper.values())], as);
  const name = proper.get(alias);
  return `; did you mean "${name}"${name === alias ? "" : ` (also read as "${alias}")`}?`;
}

/** More options than these are not all named in a message. */
const FEW_OPTIONS = 8;
const NAMED_OPTIONS = 5;

function named(options: readonly string[], as: string): string {
  if (options.length <= FEW_OPTIONS) return `; its options are ${options.join(", ")}`;
  const near = nearestNames(camelCase(as), options, NAMED_OPTIONS);
  return `; the nearest of its ${options.length} options are ${near.join(", ")}; docs/engine-options.md lists all`;
}

/** min_data_in_leaf -> minDataInLeaf */
export function camelCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])_([a-z0-9])/gi, (_, letter: string) => letter.toUpperCase());
}

/** The type of such a name in snake_case. */
export type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `_${Lowercase<Head>}`}${SnakeCase<Tail>}`
  : S;

/** minDataInLeaf -> min_data_in_leaf */
export function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function checkOption(where: string, rule: OptionRule, { as, value }: { readonly as: string; readonly value: unknown }): unknown {
  switch (rule.type) {
    case "flag":
      if (typeof value !== "boolean") throw wrongType("bad-option", `${where} must be true or false, got ${shown(value)}`);
      return value;
    case "choice":
      return checkChoice(where, rule, value);
    case "shape":
      return checkShape(where, rule, rule.listed === true && Array.isArray(value) && value.length === 1 ? value[0] : value);
    case "integer":
    case "real":
      return rule.counts?.includes(camelCase(as)) && Number.isInteger(value) && (value as number) >= 2
        ? value
        : checkNumber(where, rule, value);
    default:
      return rule satisfies never;
  }
}

function checkShape(where: string, { expected, isFit, whyNot }: ShapeRule, value: unknown): unknown {
  if (value === null || isFit(value)) return value;
  const why = whyNot?.(value) ?? null;
  throw wrongType("bad-option", `${where} must be ${expected}, got ${shown(value)}${why === null ? "" : `; ${why}`}`);
}

function checkChoice(where: string, { choices, synonyms = {} }: ChoiceRule, value: unknown): string {
  if (typeof value !== "string") throw wrongType("bad-option", `${where} must be a text, got ${shown(value)}`);
  const choice = Object.hasOwn(synonyms, value) ? synonyms[value]! : value;
  if (!choices.includes(choice))
    throw wrongValue("bad-option", `${where} must be one of ${choices.map(shown).join(", ")}, got ${shown(value)}`);
  return choice;
}

function checkNumber(where: string, rule: NumberRule, value: unknown): number | string {
  if (rule.noLimit && (value === null || value === -1)) return 0;
  if (rule.absent !== undefined && value === null) return rule.absent;
  if (rule.flag && isSwitch(value)) return value === false ? 0 : rule.value;
  if (typeof value === "string" && rule.words?.includes(value)) return value;
  if (typeof value !== "number") throw wrongType("bad-option", `${where} must be ${numberText(rule)}, got ${shown(value)}`);
  if (rule.type === "integer" && !Number.isInteger(value)) throw wrongValue("bad-option", `${where} must be a whole number, got ${value}`);
  const { low = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = rule;
  if (!Number.isFinite(value) || value < low || value <= above || value > high)
    throw wrongValue("bad-option", `${where} must be ${Number.isFinite(value) ? "" : "finite and "}${boundsText(rule)}, got ${value}`);
  if (value === rule.except?.value) throw wrongValue("bad-option", `${where} must not be ${value}: ${rule.except.why}`);
  return value;
}

function numberText({ words = [] }: NumberRule): string {
  return ["a number", ...words.map(shown)].join(" or ");
}

/** Bounds in words: "at least 0 and at most 1". */
export function boundsText(rule: NumberRule): string {
  const parts = [
    rule.low === undefined ? "" : `at least ${rule.low}`,
    rule.above === undefined ? "" : `above ${rule.above}`,
    rule.high === undefined ? "" : `at most ${rule.high}`,
    rule.except === undefined ? "" : `not ${rule.except.value}`,
  ];
  return parts.filter((part) => part !== "").join(" and ") || "a number";
}
