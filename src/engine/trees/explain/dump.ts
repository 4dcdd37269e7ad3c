import type { Json } from "../../../core/json.ts";
import { refuseUnknown } from "../../options.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";
import { missingWords, NAMES, splitWords, type TreeNames } from "./words.ts";

/** A tree as nested objects. A split: feature, threshold or codes (and levels, where named) that go left, missing, gain, cover, left, right. A leaf: values, cover. */
export function treeJson(ensemble: TreeEnsemble, tree: number, names: TreeNames = {}): Json {
  checkEnsemble("treeJson", ensemble);
  refuseUnknown("treeJson", NAMES, names);
  const { feature, features, subset, threshold, missingLeft, gain, cover, left, right, leafValues, leafWidth } = ensemble;
  const nodeJson = (node: number): Json => {
    const place = feature[node]!;
    if (place < 0) return { values: Array.from(leafValues.subarray(left[node]!, left[node]! + leafWidth)), cover: cover[node]! };
    const { name } = features[place]!;
    const codes = codesLeft(ensemble, node);
    const levels = names.levels?.(name) ?? null;
    return {
      feature: name,
      ...(subset[node]! < 0 ? { threshold: finiteOrText(threshold[node]!) } : { codes }),
      ...(subset[node]! >= 0 && levels !== null && { levels: codes.map((code) => levels[code] ?? String(code)) }),
      missing: missingLeft[node] === 1 ? "left" : "right",
      gain: gain[node]!,
      cover: cover[node]!,
      left: nodeJson(left[node]!),
      right: nodeJson(right[node]!),
    };
  };
  return { tree, output: ensemble.treeOutput[tree]!, root: nodeJson(rootOf(ensemble, tree)) };
}

/** A tree as indented text, a line per node: its way from the parent, then the split or the value, then cover. */
export function dumpTree(ensemble: TreeEnsemble, tree: number, names: TreeNames = {}): string {
  checkEnsemble("dumpTree", ensemble);
  refuseUnknown("dumpTree", NAMES, names);
  const { feature, cover, gain, left, right, leafValues, leafWidth } = ensemble;
  const lines: string[] = [];
  const visit = (node: number, depth: number, way: string): void => {
    const indent = `${"  ".repeat(depth)}${way === "" ? "" : `${way}: `}`;
    if (feature[node]! < 0) {
      const values = Array.from(leafValues.subarray(left[node]!, left[node]! + leafWidth));
      lines.push(`${indent}${values.join(", ")} (cover ${cover[node]!})`);
      return;
    }
    const words = splitWords(ensemble, node, names, Number.POSITIVE_INFINITY);
    lines.push(`${indent}${words.feature}, missing ${missingWords(ensemble, node)} (gain ${gain[node]!}, cover ${cover[node]!})`);
    visit(left[node]!, depth + 1, words.left);
    visit(right[node]!, depth + 1, words.right);
  };
  visit(rootOf(ensemble, tree), 0, "");
  return `${lines.join("\n")}\n`;
}

/** @throws RangeError when the ensemble has no such tree. */
export function rootOf({ treeStart, treeOutput }: TreeEnsemble, tree: number): number {
  if (!Number.isInteger(tree) || tree < 0 || tree >= treeOutput.length) {
    throw wrongValue("bad-option", `no tree ${tree}: the ensemble has ${treeOutput.length}, counted from 0`);
  }
  return treeStart[tree]!;
}

function codesLeft({ features, feature, subset, subsets }: TreeEnsemble, node: number): number[] {
  if (subset[node]! < 0) return [];
  const codes = Array.from({ length: features[feature[node]!]!.levels }, (_, code) => code);
  return codes.filter((code) => ((subsets[subset[node]! + (code >> 5)]! >>> (code & 31)) & 1) === 1);
}

function finiteOrText(value: number): Json {
  return Number.isFinite(value) ? value : String(value);
}
