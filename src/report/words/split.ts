import type { Json } from "../../core/json.ts";

const NAMES: Readonly<Record<string, string>> = {
  random: "random split",
  stratified: "random split with equal class shares",
  group: "split by group",
  time: "split by time",
  blocks: "split into blocks of rows",
  given: "given test rows",
};

/** "split by group (customer)". */
export function splitName(policy: string, by: Json): string {
  const name = Object.hasOwn(NAMES, policy) ? (NAMES[policy] ?? policy) : policy;
  const columns =
    typeof by === "string" ? [by] : Array.isArray(by) ? (by as readonly Json[]).filter((column) => typeof column === "string") : [];
  return columns.length === 0 ? name : `${name} (${columns.join(", ")})`;
}
