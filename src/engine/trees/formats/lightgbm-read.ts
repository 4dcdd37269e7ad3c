import type { Json } from "../../../core/json.ts";
import { kindOf } from "../../shown.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature } from "../ensemble.ts";
import { type ForeignModel, type ForeignTree, joinTrees, MOST_OUTPUTS } from "./foreign.ts";
import { type ObjectiveMeaning, objectiveMeaning } from "./lightgbm-objective.ts";
import { parseLightGbmText, type Section } from "./lightgbm-text.ts";

const MOST = 2 ** 31 - 1;
/** Bits of decision_type. */
const CATEGORICAL = 1;
const DEFAULT_LEFT = 2;
const MISSING_SHIFT = 2;
const MISSING_ZERO = 1;
const MISSING_NAN = 2;

/** Features as LightGBM counts them, and the places of those whose zeros are missing, which may be further ones. */
interface Features {
  readonly list: readonly EnsembleFeature[];
  readonly zeroPlace: ReadonlyMap<number, number>;
}

/**
 * A LightGBM model text (`save_model`, versions v2 to v4): same leaf for every row, raw scores equal to the bit, but for two cases in which leaves are
 * scaled and the last digits may differ: random forests are averaged in their leaves, and a sigmoid other than 1 is multiplied into them, so that raw
 * scores are log odds. Categories are LightGBM's whole numbers. Cover is the number of rows, as in LightGBM's own contributions.
 * @throws RangeError with the line when the text is broken, or holds linear leaves or an unknown objective.
 */
export function readLightGbm(text: string): ForeignModel {
  if (typeof text !== "string")
    throw wrongType("bad-model", `readLightGbm takes the text of the model, as of readFileSync(path, "utf8"); got ${kindOf(text)}`);
  const { head, trees, pandasCategorical } = parseLightGbmText(text);
  const version = head.text("version");
  if (!["v2", "v3", "v4"].includes(version)) throw wrongValue("bad-model", `version "${version}" is not one of v2, v3, v4`);
  const outputs = head.integer("num_tree_per_iteration", 1, MOST_OUTPUTS);
  if (trees.length % outputs !== 0) throw wrongValue("bad-model", `${trees.length} trees are not whole rounds of ${outputs}`);
  const meaning = objectiveMeaning(head.has("objective") ? head.text("objective") : "");
  if (meaning.link === "softmax" && outputs < 2) throw wrongValue("bad-model", `objective "${meaning.name}" with one tree per round`);
  const names = featureNames(head);
  const parsed = trees.map((section, t) => parseTree(section, names.length, t % outputs));
  const features = featuresOf(names, parsed, head);
  const isMean = head.has("average_output");
  const rounds = isMean ? trees.length / outputs : 1;
  const joined = parsed.map((tree) => finish(tree, features, meaning, rounds));
  const base = new Array<number>(outputs).fill(0);
  return {
    ensemble: {
      ...joinTrees({ link: meaning.link, outputs, leafWidth: 1, base }, features.list, joined),
      ...(isMean && { averaged: true }),
    },
    objective: meaning.name,
    levelNames: levelNames(features.list, head, names.length, pandasCategorical),
  };
}

/** LightGBM lets no name contain white space. */
function featureNames(head: Section): readonly string[] {
  const count = head.integer("max_feature_idx", -1, MOST - 1) + 1;
  const names = head
    .text("feature_names")
    .split(" ")
    .filter((name) => name !== "");
  if (names.length !== count) throw wrongValue("bad-model", `feature_names has ${names.length} names, max_feature_idx says ${count}`);
  return names;
}

interface ParsedTree extends ForeignTree {
  readonly decision: Float64Array;
}

/** Inner nodes as LightGBM numbers them, then its leaves. */
function parseTree(section: Section, features: number, output: number): ParsedTree {
  if (section.has("is_linear") && section.integer("is_linear", 0, 1) === 1)
    throw wrongValue(
      "bad-model",
      "the model has linear leaves (linear_tree=true), which are not supported: train it with linear_tree=false",
    );
  const leaves = section.integer("num_leaves", 1, 2 ** 30);
  const inner = leaves - 1;
  const values = section.numbers("leaf_value", leaves);
  if (!values.every(Number.isFinite))
    throw wrongValue("bad-model", `line ${section.line("leaf_value")}: leaf_value holds a value that is not finite`);
  const decision = inner === 0 ? new Float64Array(0) : section.integers("decision_type", inner, 0, 255, 0);
  const toNode = (child: number) => (child >= 0 ? child : inner + (-child - 1));
  const children = (key: string) => (inner === 0 ? [] : Array.from(section.integers(key, inner, -leaves, inner - 1), toNode));
  const threshold = inner === 0 ? new Float64Array(0) : section.numbers("threshold", inner);
  const none = new Float64Array(leaves);
  return {
    output,
    decision,
    feature: join(
      inner === 0 ? [] : section.integers("split_feature", inner, 0, features - 1),
      none.map(() => -1),
    ),
    threshold: join(threshold, none),
    missingLeft: new Uint8Array(inner + leaves),
    codesLeft: [...codesLeft(section, decision, threshold), ...new Array<null>(leaves).fill(null)],
    left: children("left_child"),
    right: children("right_child"),
    gain: join(inner === 0 ? [] : section.numbers("split_gain", inner, 0), none),
    cover: coverOf(section, inner),
    values: join(new Float64Array(inner), values),
  };
}

function join(inner: ArrayLike<number>, leaves: ArrayLike<number>): Float64Array {
  const all = new Float64Array(inner.length + leaves.length);
  all.set(inner);
  all.set(leaves, inner.length);
  return all;
}

/** Numbers of rows; files without them have sums of hessians. */
function coverOf(section: Section, inner: number): Float64Array {
  const kind = section.has("leaf_count") && (inner === 0 || section.has("internal_count")) ? "count" : "weight";
  if (inner > 0) return join(section.numbers(`internal_${kind}`, inner, 0), section.numbers(`leaf_${kind}`, inner + 1, 0));
  // LightGBM writes no weight for a tree of one leaf.
  return kind === "count" ? section.numbers("leaf_count", 1) : new Float64Array(1);
}

/** Bit sets of the categorical splits: the threshold is a set's number, cat_boundaries its place in cat_threshold. */
function codesLeft(section: Section, decision: Float64Array, threshold: Float64Array): (Uint32Array | null)[] {
  const sets = section.has("num_cat") ? section.integer("num_cat", 0, MOST) : 0;
  const bounds = sets === 0 ? [0] : section.integers("cat_boundaries", sets + 1, 0, MOST);
  const words = sets === 0 ? new Uint32Array(0) : Uint32Array.from(section.integers("cat_threshold", bounds[sets]!, 0, 2 ** 32 - 1));
  return Array.from(decision, (bits, node) => {
    if ((bits & CATEGORICAL) === 0) return null;
    const set = threshold[node]!;
    const [begin, end] = [bounds[set], bounds[set + 1]];
    if (begin === undefined || end === undefined || begin > end)
      throw wrongValue("bad-model", `node ${node} refers to set ${set} of categories, the tree has ${sets}`);
    return words.subarray(begin, end);
  });
}

/** Levels: as many as splits name, because LightGBM sends every other code right, where missing goes too. */
function featuresOf(names: readonly string[], trees: readonly ParsedTree[], head: Section): Features {
  const levels = new Float64Array(names.length);
  const isCategorical = head.has("feature_infos") ? categoricalInfos(head, names.length) : new Uint8Array(names.length);
  const [zero, other] = [new Set<number>(), new Set<number>()];
  for (const tree of trees) {
    for (const [node, bits] of tree.decision.entries()) {
      const place = tree.feature[node]!;
      const codes = tree.codesLeft[node]!;
      if (codes !== null) {
        isCategorical[place] = 1;
        levels[place] = Math.max(levels[place]!, levelsOf(codes));
      } else (bits >> MISSING_SHIFT === MISSING_ZERO ? zero : other).add(place);
    }
  }
  const list = names.map((name, place): EnsembleFeature => {
    if (isCategorical[place] === 1) return { name, kind: "categorical", levels: levels[place]! };
    const isZero = zero.has(place) && !other.has(place);
    return { name, kind: "numeric", levels: 0, ...(isZero && { zeroIsMissing: true }) };
  });
  const zeroPlace = new Map<number, number>();
  for (const place of zero) {
    zeroPlace.set(place, other.has(place) ? list.length : place);
    if (other.has(place)) list.push({ name: names[place]!, kind: "numeric", levels: 0, zeroIsMissing: true });
  }
  return { list, zeroPlace };
}

/** Ranges of numbers are [low:high], categories are a:b:c, a feature without splits is none. */
function categoricalInfos(head: Section, count: number): Uint8Array {
  const infos = head.text("feature_infos").split(" ");
  return Uint8Array.from({ length: count }, (_, place) => (/^-?\d+(:-?\d+)*$/.test(infos[place] ?? "") ? 1 : 0));
}

function levelsOf(codes: Uint32Array): number {
  let last = codes.length - 1;
  while (last >= 0 && codes[last] === 0) last--;
  return last < 0 ? 0 : last * 32 + (32 - Math.clz32(codes[last]!));
}

/** Ways of missing, features of zeros, and leaves in the scale of the link. */
function finish(tree: ParsedTree, { zeroPlace }: Features, { scale }: ObjectiveMeaning, rounds: number): ForeignTree {
  const feature = Float64Array.from(tree.feature);
  const missingLeft = Uint8Array.from(tree.missingLeft);
  for (const [node, bits] of tree.decision.entries()) {
    if (tree.codesLeft[node] !== null) continue;
    const missing = bits >> MISSING_SHIFT;
    if (missing === MISSING_ZERO) feature[node] = zeroPlace.get(feature[node]!)!;
    const isLearned = missing === MISSING_ZERO || missing === MISSING_NAN;
    const isLeft = isLearned ? (bits & DEFAULT_LEFT) !== 0 : tree.threshold[node]! >= 0;
    missingLeft[node] = isLeft ? 1 : 0;
  }
  const values = scale === 1 && rounds === 1 ? tree.values : Float64Array.from(tree.values, (value) => (value / rounds) * scale);
  return { ...tree, feature, missingLeft, values };
}

/** pandas_categorical names the categorical columns in their order. */
function levelNames(features: readonly EnsembleFeature[], head: Section, count: number, pandas: Json): (readonly Json[] | null)[] {
  const none = features.map(() => null);
  if (!Array.isArray(pandas) || pandas.length === 0) return none;
  const infos = categoricalInfos(head, count);
  const places = features.flatMap((feature, place) => (feature.kind === "categorical" || infos[place] === 1 ? [place] : []));
  if (places.length !== pandas.length) return none;
  return features.map((_, place) => {
    const names = pandas[places.indexOf(place)];
    return Array.isArray(names) ? (names as readonly Json[]) : null;
  });
}
