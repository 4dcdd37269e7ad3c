import { closest } from "fastest-levenshtein";
import { OldhandError } from "../../core/error.ts";
import type { Params } from "./family.ts";

/** What a parameter may be. Bounds are inclusive. `auto`: null is allowed and means that the family decides from the data. */
export type ParamRule =
  | { readonly type: "integer" | "real"; readonly value: number | null; readonly low: number; readonly high: number; readonly auto?: true }
  | { readonly type: "flag"; readonly value: boolean | null; readonly auto?: true };

export type ParamRules = Readonly<Record<string, ParamRule>>;

type ValueOf<R extends ParamRule> = (R extends { type: "flag" } ? boolean : number) | (R extends { auto: true } ? null : never);

export type ParamValues<R extends ParamRules> = { readonly [K in keyof R]: ValueOf<R[K]> };

/**
 * Defaults overlaid with what was given, in the order of the rules.
 * @throws OldhandError bad-option for an unknown name (with the nearest one), a wrong type or a number out of bounds.
 */
export function readParams<R extends ParamRules>(family: string, rules: R, given: Params): ParamValues<R> {
  const names = Object.keys(rules);
  for (const name of Object.keys(given)) if (!Object.hasOwn(rules, name)) throw unknownParam(family, name, names);
  const values = Object.entries(rules).map(([name, rule]) => [
    name,
    Object.hasOwn(given, name) ? checkParam(family, name, rule, given[name] ?? null) : rule.value,
  ]);
  return Object.fromEntries(values) as ParamValues<R>;
}

function unknownParam(family: string, name: string, names: readonly string[]): OldhandError {
  return new OldhandError("bad-option", {
    what: `The estimator "${family}" has no parameter "${name}".`,
    where: `${family}.${name}`,
    expected: names.length === 0 ? "no parameters" : names.join(", "),
    got: name,
    ...(names.length === 0 ? { fix: "Leave it out." } : { fix: `Did you mean "${closest(name, names)}"?` }),
  });
}

function checkParam(family: string, name: string, rule: ParamRule, value: number | string | boolean | null): number | boolean | null {
  if (value === null && rule.auto === true) return null;
  if (rule.type === "flag") {
    if (typeof value === "boolean") return value;
    throw badParam(family, name, "true or false", value);
  }
  const fits = typeof value === "number" && value >= rule.low && value <= rule.high && (rule.type === "real" || Number.isInteger(value));
  if (fits) return value;
  throw badParam(family, name, `${rule.type === "integer" ? "a whole number" : "a number"} from ${rule.low} to ${rule.high}`, value);
}

function badParam(family: string, name: string, expected: string, value: unknown): OldhandError {
  return new OldhandError("bad-option", {
    what: `The parameter "${name}" of "${family}" is out of bounds.`,
    where: `${family}.${name}`,
    expected,
    got: String(value),
    fix: "Leave it out to use the default.",
  });
}
