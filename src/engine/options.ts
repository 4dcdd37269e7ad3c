import { closest } from "fastest-levenshtein";

/** What an option may be. Bounds are inclusive; `above` is exclusive. */
export type OptionRule =
  | { readonly type: "integer" | "real"; readonly value: number; readonly low?: number; readonly above?: number; readonly high?: number }
  | { readonly type: "flag"; readonly value: boolean };

export type OptionRules = Readonly<Record<string, OptionRule>>;

export type OptionValues<R extends OptionRules> = { readonly [K in keyof R]: R[K] extends { type: "flag" } ? boolean : number };

export type GivenOptions = Readonly<Record<string, unknown>>;

/**
 * Defaults overlaid with what was given; `undefined` counts as not given.
 * @throws RangeError for an unknown name (with the nearest one) or a number out of bounds, TypeError for a wrong type.
 */
export function readOptions<R extends OptionRules>(what: string, rules: R, given: GivenOptions): OptionValues<R> {
  const names = Object.keys(rules);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(rules, name)) throw new RangeError(`${what} has no option "${name}"; did you mean "${closest(name, names)}"?`);
  }
  const values: Record<string, number | boolean> = {};
  for (const name of names) {
    const rule = rules[name]!;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    values[name] = value === undefined ? rule.value : checkOption(`${what} option "${name}"`, rule, value);
  }
  return values as OptionValues<R>;
}

function checkOption(where: string, rule: OptionRule, value: unknown): number | boolean {
  if (rule.type === "flag") {
    if (typeof value !== "boolean") throw new TypeError(`${where} must be true or false, got ${String(value)}`);
    return value;
  }
  if (typeof value !== "number") throw new TypeError(`${where} must be a number, got ${typeof value} ${String(value)}`);
  if (rule.type === "integer" && !Number.isInteger(value)) throw new RangeError(`${where} must be a whole number, got ${value}`);
  const { low = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY } = rule;
  if (Number.isNaN(value) || value < low || value <= above || value > high)
    throw new RangeError(`${where} must be ${boundsText(rule)}, got ${value}`);
  return value;
}

function boundsText(rule: { readonly low?: number; readonly above?: number; readonly high?: number }): string {
  const parts = [
    rule.low === undefined ? "" : `at least ${rule.low}`,
    rule.above === undefined ? "" : `above ${rule.above}`,
    rule.high === undefined ? "" : `at most ${rule.high}`,
  ];
  return parts.filter((part) => part !== "").join(" and ") || "a number";
}
