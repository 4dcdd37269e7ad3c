import type { Json } from "../../../core/json.ts";
import { kindOf } from "../../shown.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature } from "../ensemble.ts";
import { field, integerOf, integersOf, items, numbersOf, optionalField, type Place, parseJsonDocument, textOf } from "./document.ts";
import { type ForeignModel, joinTrees, MOST_OUTPUTS } from "./foreign.ts";
import { parseUbjson } from "./ubjson.ts";
import { xgboostMeaning } from "./xgboost-objective.ts";
import { parseXgboostTree, type XgboostTree, xgboostTree } from "./xgboost-tree.ts";

const MOST_FEATURES = 2 ** 22;

/**
 * An XGBoost model as `save_model` writes it since version 1.0: JSON as text, or UBJSON as bytes (bytes that begin like JSON are read as JSON).
 * Boosters gbtree and dart with all their trees, whatever best_iteration says. Every row takes XGBoost's way to the leaf, 32-bit rounding
 * of inputs included; leaves are summed in doubles, XGBoost sums in 32 bits, so raw scores differ by its rounding. Multi:softmax gives
 * probabilities, not the class. Categories are XGBoost's codes; levels beyond those that splits name are one.
 * @throws RangeError with the path in the document when it is broken, holds linear models or an objective that is not supported.
 */
export function readXgboost(model: string | Uint8Array): ForeignModel {
  if (typeof model !== "string" && !(model instanceof Uint8Array))
    throw wrongType("bad-model", `readXgboost takes the JSON text of the model or the bytes of UBJSON, got ${kindOf(model)}`);
  const learner = field(parseDocument(model), "learner");
  const { name: booster, trees: forest, weights } = boosterOf(field(learner, "gradient_booster"));
  const parameters = field(learner, "learner_model_param");
  const count = (name: string, most: number) => integerOf(optionalField(parameters, name) ?? { path: name, value: 0 }, 0, most);
  const outputs = Math.max(1, count("num_class", MOST_OUTPUTS), count("num_target", MOST_OUTPUTS));
  const objective = textOf(field(field(learner, "objective"), "name"));
  const { link, margin } = xgboostMeaning(objective);
  const places = items(field(forest, "trees"));
  const info = integersOf(field(forest, "tree_info"), 0, outputs - 1, places.length);
  if (weights !== null && weights.length !== places.length)
    throw wrongValue("bad-model", `${booster}.weight_drop has ${weights.length} values for ${places.length} trees`);
  const size = count("num_feature", MOST_FEATURES);
  const parsed = places.map((place, t) => parseXgboostTree(place, info[t]!, size, outputs, weights?.[t] ?? 1));
  const leafWidth = leafWidthOf(parsed);
  const features = featuresOf(learner, parsed, size);
  const score = field(parameters, "base_score");
  const base = baseScores(score, outputs).map(margin);
  if (!base.every(Number.isFinite)) throw wrongValue("bad-model", `${score.path} ${textOf(score)} has no finite margin under ${objective}`);
  const trees = parsed.map((tree) => xgboostTree(tree, features));
  return {
    ensemble: joinTrees({ link, outputs, leafWidth, base }, features, trees),
    objective,
    levelNames: levelNames(optionalField(forest, "cats"), features),
  };
}

function parseDocument(model: string | Uint8Array): Place {
  if (typeof model === "string") return parseJsonDocument(model);
  // Both begin with "{"; a name follows in quotes in JSON, after its length in UBJSON.
  const isJson = /^\s*\{\s*"/.test(String.fromCharCode(...model.subarray(0, 64)));
  return isJson ? parseJsonDocument(new TextDecoder().decode(model)) : { path: "", value: parseUbjson(model) };
}

/** Dart wraps gbtree and adds a weight to each tree. */
function boosterOf(place: Place): { name: string; trees: Place; weights: Float64Array | null } {
  const name = textOf(field(place, "name"));
  if (name === "gbtree") return { name, trees: field(place, "model"), weights: null };
  if (name !== "dart") throw wrongValue("bad-model", `booster "${name}" has no trees that can be read; supported are gbtree and dart`);
  return { name, trees: field(field(place, "gbtree"), "model"), weights: numbersOf(field(place, "weight_drop")).map(Math.fround) };
}

function leafWidthOf(trees: readonly XgboostTree[]): number {
  const widths = new Set(trees.map(({ leafWidth }) => leafWidth));
  if (widths.size > 1) throw wrongValue("bad-model", "some trees hold one value per leaf and others one per output");
  return [...widths][0] ?? 1;
}

/** One number for all outputs or one each: "5E-1", or since version 3.1 "[5E-1,2E-1]". */
function baseScores(place: Place, outputs: number): number[] {
  const scores = textOf(place)
    .replace(/^\[|\]$/g, "")
    .split(",")
    .map(Number);
  if (scores.some((score) => !Number.isFinite(score)) || (scores.length !== 1 && scores.length !== outputs))
    throw wrongValue("bad-model", `${place.path} must be one number or ${outputs}, got "${textOf(place).slice(0, 60)}"`);
  return Array.from({ length: outputs }, (_, k) => Math.fround(scores[scores.length === 1 ? 0 : k]!));
}

function featuresOf(learner: Place, trees: readonly XgboostTree[], count: number): EnsembleFeature[] {
  const texts = (name: string) => items(optionalField(learner, name) ?? { path: name, value: [] }).map(textOf);
  const [names, types] = [texts("feature_names"), texts("feature_types")];
  for (const [what, list] of [
    ["names", names],
    ["types", types],
  ] as const) {
    if (list.length > 0 && list.length !== count)
      throw wrongValue("bad-model", `.learner.feature_${what} has ${list.length} entries for ${count} features`);
  }
  const levels = new Map<number, number>();
  for (const tree of trees) for (const [place, most] of tree.levels) levels.set(place, Math.max(most, levels.get(place) ?? 0));
  return Array.from({ length: count }, (_, place): EnsembleFeature => {
    const name = names[place] ?? `f${place}`;
    if (types[place] !== "c" && !levels.has(place)) return { name, kind: "numeric", levels: 0 };
    return { name, kind: "categorical", levels: (levels.get(place) ?? 0) + 1, lastIsOther: true };
  });
}

/** Since version 3.1: names as offsets into bytes, or numbers. Names beyond ASCII are not told: XGBoost 3.2 cuts their bytes short. */
function levelNames(cats: Place | null, features: readonly EnsembleFeature[]): (readonly Json[] | null)[] {
  const encodings = cats === null ? [] : items(field(cats, "enc"));
  return features.map(({ kind }, place) => {
    const encoding = encodings[place];
    if (kind === "numeric" || encoding === undefined) return null;
    const offsets = optionalField(encoding, "offsets");
    const values = numbersOf(field(encoding, "values"));
    if (offsets === null) return Array.from(values);
    if (values.some((byte) => byte < 0 || byte > 127)) return null;
    const ends = integersOf(offsets, 0, values.length);
    const bytes = Uint8Array.from(values);
    return Array.from(ends.subarray(1), (end, i) => new TextDecoder().decode(bytes.subarray(ends[i]!, end)));
  });
}
