import { closest } from "fastest-levenshtein";
import { type WrongUse, wrongValue } from "../wrong-use.ts";
import type { LossName } from "./losses/contract.ts";
import type { InteractionConstraints, MonotoneConstraints } from "./option-shapes.ts";

/** A feature by name and kind. */
type Named = { readonly name: string; readonly kind: "numeric" | "categorical" };

/**
 * Direction of each feature: 1 rising, -1 falling, 0 free. Null when all are free.
 * @throws RangeError for an unknown feature, a list of another length, a category, a loss whose leaves are set to quantiles of residuals after the tree is grown, which
 * would break the direction, or one of several classes, whose shares cannot all rise.
 */
export function monotoneDirections(given: MonotoneConstraints | null, features: readonly Named[], loss: LossName): Int8Array | null {
  if (given === null) return null;
  const directions = new Int8Array(features.length);
  if (isList(given)) {
    if (given.length !== features.length) {
      throw wrongValue("bad-option", `monotoneConstraints has ${given.length} entries, the matrix ${features.length} features`);
    }
    directions.set(given);
  } else for (const [name, direction] of Object.entries(given)) directions[placeOf("monotoneConstraints", name, features)] = direction;
  if (directions.every((direction) => direction === 0)) return null;
  for (const [place, feature] of features.entries()) {
    if (directions[place] !== 0 && feature.kind === "categorical") {
      throw wrongValue("bad-option", `monotoneConstraints needs numeric features, "${feature.name}" is categorical`);
    }
  }
  if (loss.loss === "absolute" || loss.loss === "quantile" || loss.loss === "quantiles") {
    throw wrongValue("bad-option", `monotoneConstraints cannot be kept with ${loss.loss} loss: its leaves are set after the tree is grown`);
  }
  if (loss.loss === "softmax") {
    throw wrongValue(
      "bad-option",
      "monotoneConstraints cannot be kept with softmax loss: where the score of every class rises, some of their shares fall",
    );
  }
  return directions;
}

function isList(given: MonotoneConstraints): given is readonly number[] {
  return Array.isArray(given);
}

/**
 * Sets of places in the matrix, ascending; a feature in no set stands alone in one. Null when there is no constraint; sets without a feature are none, as in LightGBM.
 * @throws RangeError for an unknown feature or a place outside the matrix.
 */
export function interactionSets(given: InteractionConstraints | null, features: readonly Named[]): Int32Array[] | null {
  if (given === null || given.every((set) => set.length === 0)) return null;
  const sets = given.map((set) => new Set(set.map((item) => placeOf("interactionConstraints", item, features))));
  const named = new Set(sets.flatMap((set) => [...set]));
  const alone = features.flatMap((_, place) => (named.has(place) ? [] : [new Set([place])]));
  return [...sets, ...alone].map((set) => Int32Array.from(set).sort());
}

/** Place of a feature that an option names. @throws RangeError with the nearest name. */
export function placeOf(option: string, feature: string | number, features: readonly Named[], code: WrongUse = "bad-option"): number {
  const place = typeof feature === "number" ? feature : features.findIndex(({ name }) => name === feature);
  if (place >= 0 && place < features.length) return place;
  if (typeof feature === "number") throw wrongValue(code, `${option} names feature ${feature}, the matrix has ${features.length}`);
  const names = features.map(({ name }) => name);
  const hint = names.length === 0 ? "" : `; did you mean "${closest(feature, names)}"?`;
  throw wrongValue(code, `${option} names "${feature}", which is no feature${hint}`);
}
