import type { FittedRecipeJson } from "./fitted.ts";
import { withTelling } from "./telling.ts";

/**
 * The recipe with those features alone that a model reads, and with the raw columns that these come from: what else training was offered need not be in new data. At
 * least one feature stays, since something must say how many rows there are. Steps pass over columns that are not there.
 */
export function narrowed(json: FittedRecipeJson, read: readonly string[]): FittedRecipeJson {
  const wanted = new Set(read);
  const found = json.features.filter(({ name }) => wanted.has(name));
  const features = found.length === 0 ? json.features.slice(0, 1) : found;
  const pairs = json.steps.flatMap((step) => (step.op === "days-between" ? step.pairs : []));
  // What is made of days from one date to another is named after them.
  const between = features.flatMap(({ name }) => pairs.filter((pair) => name.startsWith(pair.name)).flatMap(({ from, to }) => [from, to]));
  const needed = withTelling([...features.map(({ source }) => source), ...between], json.steps);
  return { ...json, features, inputs: json.inputs.filter(({ name }) => needed.has(name)) };
}
