import type { Json } from "../../core/json.ts";
import { shown } from "../shown.ts";
import { wrongType, wrongValue } from "../wrong-use.ts";
import type { EnsembleFeature, TreeEnsemble } from "./ensemble.ts";
import { checkEnsemble } from "./ensemble-check.ts";
import { LINKS } from "./losses/contract.ts";
import { nodesInOrder } from "./node-order.ts";

const FORMAT = "oldhand/trees/1";
const INTEGER_ARRAYS = ["treeStart", "treeOutput", "feature", "subset", "left", "right"] as const;
const REAL_ARRAYS = ["base", "threshold", "gain", "cover", "leafValues"] as const;

/** The ensemble as JSON. Doubles survive JSON exactly; infinite thresholds are written as text. */
export function saveEnsemble(ensemble: TreeEnsemble): Json {
  checkEnsemble("saveEnsemble", ensemble);
  const { link, outputs, leafWidth, features } = ensemble;
  const saved: Record<string, Json> = { format: FORMAT, link, outputs, leafWidth, features: features.map((feature) => ({ ...feature })) };
  if (ensemble.float32Inputs === true) saved.float32Inputs = true;
  if (ensemble.averaged === true) saved.averaged = true;
  for (const name of INTEGER_ARRAYS) saved[name] = Array.from(ensemble[name]);
  for (const name of REAL_ARRAYS) saved[name] = Array.from(ensemble[name], (value) => (Number.isFinite(value) ? value : String(value)));
  saved.missingLeft = Array.from(ensemble.missingLeft);
  saved.subsets = Array.from(ensemble.subsets);
  return saved;
}

/** Equal to the bit to what was saved. @throws TypeError when it is not a saved ensemble, RangeError when its nodes do not fit together. */
export function loadEnsemble(saved: Json): TreeEnsemble {
  if (saved === null || typeof saved !== "object" || Array.isArray(saved))
    throw wrongType("bad-model", `saved trees must be an object${typeof saved === "string" ? ", got a text: JSON.parse reads it" : ""}`);
  const from = saved as Saved;
  if (from.format !== FORMAT) refuseFormat(from);
  if (typeof from.link !== "string" || !(LINKS as readonly string[]).includes(from.link))
    throw wrongType("bad-model", `saved trees have an unknown link ${shown(from.link)}`);
  const reals = (name: string) => Float64Array.from(listOf(from, name), (value, at) => realOf(value, name, at));
  const wholes = (name: string, low: number, high: number) =>
    listOf(from, name).map((value, at) => wholeOf(value, `"${name}" at ${at}`, low, high));
  const integers = (name: string) => Int32Array.from(wholes(name, -(2 ** 31), 2 ** 31 - 1));
  const ensemble: TreeEnsemble = {
    link: from.link as TreeEnsemble["link"],
    outputs: wholeOf(from.outputs, '"outputs"', 1, 2 ** 31 - 1),
    leafWidth: wholeOf(from.leafWidth, '"leafWidth"', 1, 2 ** 31 - 1),
    features: listOf(from, "features").map(featureOf),
    ...(from.float32Inputs === true && { float32Inputs: true }),
    ...(from.averaged === true && { averaged: true }),
    base: reals("base"),
    treeStart: integers("treeStart"),
    treeOutput: integers("treeOutput"),
    feature: integers("feature"),
    threshold: reals("threshold"),
    missingLeft: Uint8Array.from(wholes("missingLeft", 0, 1)),
    subset: integers("subset"),
    left: integers("left"),
    right: integers("right"),
    gain: reals("gain"),
    cover: reals("cover"),
    leafValues: reals("leafValues"),
    subsets: Uint32Array.from(wholes("subsets", 0, 2 ** 32 - 1)),
  };
  checkNodes(ensemble);
  return ensemble;
}

function refuseFormat(from: Saved): never {
  if (typeof from.format === "string" && from.format.startsWith(FORMAT.replace(/\d+$/, "")))
    throw wrongType(
      "bad-model",
      `saved trees are of format ${shown(from.format)}, which another version wrote; this one reads "${FORMAT}"`,
    );
  if ("treeOutput" in from)
    throw wrongType(
      "bad-model",
      "saved trees must come from saveEnsemble: this is the ensemble itself, or its JSON, which loses the kinds of its arrays",
    );
  const inside = from.trees ?? from.ensemble;
  const name = from.trees === undefined ? "ensemble" : "trees";
  if (from.format === undefined && typeof inside === "object")
    throw wrongType("bad-model", `saved trees must have format "${FORMAT}", got ${shown(from)}; give its \`${name}\``);
  throw wrongType(
    "bad-model",
    `saved trees must have format "${FORMAT}", got ${from.format === undefined ? shown(from) : shown(from.format)}`,
  );
}

type Saved = { readonly [key: string]: Json | undefined };

function listOf(from: Saved, name: string): readonly Json[] {
  const list = from[name];
  if (!Array.isArray(list)) throw wrongType("bad-model", `saved trees lack the list "${name}"`);
  return list;
}

function realOf(value: Json, name: string, at: number): number {
  if (typeof value === "number") return value;
  if (value === "Infinity" || value === "-Infinity" || value === "NaN") return Number(value);
  throw wrongType("bad-model", `saved trees are damaged: "${name}" at ${at} must be a number, got ${shown(value)}`);
}

function wholeOf(value: Json | undefined, where: string, low: number, high: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= low && value <= high) return value;
  throw wrongType("bad-model", `saved trees are damaged: ${where} must be a whole number from ${low} to ${high}, got ${shown(value)}`);
}

function featureOf(value: Json, place: number): EnsembleFeature {
  const where = `feature ${place}`;
  if (value === null || typeof value !== "object" || Array.isArray(value))
    throw wrongType("bad-model", `saved trees are damaged: ${where} must be an object`);
  const { name, kind, levels, levelNames, zeroIsMissing, lastIsOther } = value as Saved;
  if (typeof name !== "string") throw wrongType("bad-model", `saved trees are damaged: ${where} has no name`);
  if (kind !== "numeric" && kind !== "categorical") {
    throw wrongType("bad-model", `saved trees are damaged: ${where} must be numeric or categorical, got ${shown(kind)}`);
  }
  for (const flag of [zeroIsMissing, lastIsOther]) {
    if (flag !== undefined && typeof flag !== "boolean")
      throw wrongType("bad-model", `saved trees are damaged: ${where} has a flag that is not true or false`);
  }
  const isNames = Array.isArray(levelNames) && levelNames.length === levels && levelNames.every((level) => typeof level === "string");
  if (levelNames !== undefined && !isNames) throw wrongType("bad-model", `saved trees are damaged: ${where} must name each of its levels`);
  return {
    name,
    kind,
    levels: wholeOf(levels, `the levels of ${where}`, 0, 2 ** 31 - 1),
    ...(isNames && { levelNames: levelNames as readonly string[] }),
    ...(zeroIsMissing !== undefined && { zeroIsMissing: zeroIsMissing as boolean }),
    ...(lastIsOther !== undefined && { lastIsOther: lastIsOther as boolean }),
  };
}

/** A damaged file must not send a walk out of the arrays, round in circles or down ways without number: children lie after their one parent, within their tree. */
function checkNodes(ensemble: TreeEnsemble): void {
  const { feature, left, right, treeStart, treeOutput, leafValues, leafWidth, features, outputs, base, subset, subsets } = ensemble;
  const nodes = feature.length;
  const fail = (what: string): never => {
    throw wrongValue("bad-model", `saved trees are damaged: ${what}`);
  };
  if (base.length !== outputs || treeStart.length !== treeOutput.length + 1 || treeStart.at(-1) !== nodes) fail("sizes differ");
  for (const name of ["threshold", "missingLeft", "subset", "left", "right", "gain", "cover"] as const) {
    if (ensemble[name].length !== nodes) fail(`"${name}" has ${ensemble[name].length} entries for ${nodes} nodes`);
  }
  if (!(Number.isInteger(leafWidth) && leafWidth >= 1) || (treeOutput.length > 0 && treeStart[0] !== 0)) fail("sizes differ");
  const empty = treeOutput.findIndex((_, tree) => !(treeStart[tree + 1]! > treeStart[tree]! && treeStart[tree + 1]! <= nodes));
  if (empty >= 0) fail(`tree ${empty} has no nodes`);
  for (let tree = 0; tree < treeOutput.length; tree++) {
    const end = treeStart[tree + 1]!;
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
    const led = nodesInOrder(ensemble, treeStart[tree]!, end, (what) => fail(`tree ${tree}: ${what}`)).length;
    if (led < end - treeStart[tree]!) fail(`tree ${tree} has ${end - treeStart[tree]! - led} nodes without a parent`);
  }
}
