import type { Json } from "../../core/json.ts";
import type { TreeEnsemble } from "./ensemble.ts";

const FORMAT = "oldhand/trees/1";
const INTEGER_ARRAYS = ["treeStart", "treeOutput", "feature", "subset", "left", "right"] as const;
const REAL_ARRAYS = ["base", "threshold", "gain", "cover", "leafValues"] as const;
const LINKS: readonly string[] = [
  "identity",
  "logistic",
  "softmax",
  "exp",
  "share",
  "softplus",
  "signedSquare",
  "sorted",
] satisfies TreeEnsemble["link"][];

/** The ensemble as JSON. Doubles survive JSON exactly; infinite thresholds are written as text. */
export function saveEnsemble(ensemble: TreeEnsemble): Json {
  const { link, outputs, leafWidth, features } = ensemble;
  const saved: Record<string, Json> = { format: FORMAT, link, outputs, leafWidth, features: features.map((feature) => ({ ...feature })) };
  if (ensemble.float32Inputs === true) saved.float32Inputs = true;
  for (const name of INTEGER_ARRAYS) saved[name] = Array.from(ensemble[name]);
  for (const name of REAL_ARRAYS) saved[name] = Array.from(ensemble[name], (value) => (Number.isFinite(value) ? value : String(value)));
  saved.missingLeft = Array.from(ensemble.missingLeft);
  saved.subsets = Array.from(ensemble.subsets);
  return saved;
}

/** Equal to the bit to what was saved. @throws TypeError when it is not a saved ensemble, RangeError when its nodes do not fit together. */
export function loadEnsemble(saved: Json): TreeEnsemble {
  if (saved === null || typeof saved !== "object" || Array.isArray(saved)) throw new TypeError("saved trees must be an object");
  const from = saved as { readonly [key: string]: Json | undefined };
  if (from.format !== FORMAT) throw new TypeError(`saved trees must have format "${FORMAT}", got ${JSON.stringify(from.format)}`);
  if (typeof from.link !== "string" || !LINKS.includes(from.link))
    throw new TypeError(`saved trees have an unknown link ${String(from.link)}`);
  const numbers = (name: string): number[] => {
    const list = from[name];
    if (!Array.isArray(list)) throw new TypeError(`saved trees lack the list "${name}"`);
    return list.map(Number);
  };
  const features = from.features;
  if (!Array.isArray(features)) throw new TypeError('saved trees lack the list "features"');
  const ensemble: TreeEnsemble = {
    link: from.link as TreeEnsemble["link"],
    outputs: Number(from.outputs),
    leafWidth: Number(from.leafWidth),
    features: features as unknown as TreeEnsemble["features"],
    ...(from.float32Inputs === true && { float32Inputs: true }),
    base: Float64Array.from(numbers("base")),
    treeStart: Int32Array.from(numbers("treeStart")),
    treeOutput: Int32Array.from(numbers("treeOutput")),
    feature: Int32Array.from(numbers("feature")),
    threshold: Float64Array.from(numbers("threshold")),
    missingLeft: Uint8Array.from(numbers("missingLeft")),
    subset: Int32Array.from(numbers("subset")),
    left: Int32Array.from(numbers("left")),
    right: Int32Array.from(numbers("right")),
    gain: Float64Array.from(numbers("gain")),
    cover: Float64Array.from(numbers("cover")),
    leafValues: Float64Array.from(numbers("leafValues")),
    subsets: Uint32Array.from(numbers("subsets")),
  };
  checkNodes(ensemble);
  return ensemble;
}

/** A damaged file must not send a walk out of the arrays or round in circles: children lie after their parent, within their tree. */
function checkNodes(ensemble: TreeEnsemble): void {
  const { feature, left, right, treeStart, treeOutput, leafValues, leafWidth, features, outputs, base, subset, subsets } = ensemble;
  const nodes = feature.length;
  const fail = (what: string): never => {
    throw new RangeError(`saved trees are damaged: ${what}`);
  };
  if (base.length !== outputs || treeStart.length !== treeOutput.length + 1 || treeStart.at(-1) !== nodes) fail("sizes differ");
  for (const name of ["threshold", "missingLeft", "subset", "left", "right", "gain", "cover"] as const) {
    if (ensemble[name].length !== nodes) fail(`"${name}" has ${ensemble[name].length} entries for ${nodes} nodes`);
  }
  if (!(Number.isInteger(leafWidth) && leafWidth >= 1) || (treeOutput.length > 0 && treeStart[0] !== 0)) fail("sizes differ");
  for (let tree = 0; tree < treeOutput.length; tree++) {
    const end = treeStart[tree + 1]!;
    if (!(end > treeStart[tree]!)) fail(`tree ${tree} has no nodes`);
    if (!(treeOutput[tree]! >= 0 && treeOutput[tree]! + leafWidth <= outputs)) fail(`tree ${tree} has no output`);
    for (let node = treeStart[tree]!; node < end; node++) {
      const [a, b] = [left[node]!, right[node]!];
      if (feature[node]! >= features.length) fail(`node ${node} has no feature`);
      const about = features[feature[node]!];
      const isCategorical = about?.kind === "categorical";
      if (about !== undefined && isCategorical !== subset[node]! >= 0) fail(`node ${node} does not suit its feature`);
      if (isCategorical && subset[node]! + Math.ceil(about.levels / 32) > subsets.length) fail(`node ${node} has no subset`);
      if (about !== undefined && Number.isNaN(ensemble.threshold[node]!)) fail(`node ${node} has no threshold`);
      if (feature[node]! < 0 && !(a >= 0 && a + leafWidth <= leafValues.length)) fail(`leaf ${node} has no value`);
      if (feature[node]! >= 0 && !(a > node && a < end && b > node && b < end)) fail(`node ${node} has no children`);
    }
  }
}
