import type { Json } from "../../../core/json.ts";
import { shown } from "../../shown.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";
import { checkNames, leafWord, levelsOf, missingWords, ownValues, shortNumber, splitWords, type TreeNames } from "./words.ts";

/** A tree as nested objects. A split: feature, threshold or codes (and levels, where named) that go left, missing, gain, cover, left, right. A leaf: values of the tree by itself, cover. */
export function treeJson(ensemble: TreeEnsemble, tree: number, names: TreeNames = {}): Json {
  checkEnsemble("treeJson", ensemble);
  checkNames("treeJson", ensemble, names);
  const { feature, features, subset, threshold, missingLeft, gain, cover, left, right } = ensemble;
  const nodeJson = (node: number): Json => {
    const place = feature[node]!;
    if (place < 0) return { values: ownValues(ensemble, node), cover: cover[node]! };
    const split = features[place]!;
    const codes = codesLeft(ensemble, node);
    const levels = levelsOf(split, names);
    return {
      feature: split.name,
      ...(subset[node]! < 0 ? { threshold: finiteOrText(threshold[node]!) } : { codes }),
      ...(subset[node]! >= 0 && levels !== null && { levels: codes.map((code) => levels[code] ?? String(code)) }),
      missing: missingLeft[node] === 1 ? "left" : "right",
      gain: gain[node]!,
      cover: cover[node]!,
      left: nodeJson(left[node]!),
      right: nodeJson(right[node]!),
    };
  };
  const root = rootOf(ensemble, tree);
  return { tree, output: ensemble.treeOutput[tree]!, root: nodeJson(root) };
}

/**
 * A tree as indented text, a line per node: its way from the parent, then the split or the value, what the value is (raw score, share of class 1, mean ..), and cover. Numbers have
 * four significant digits, treeJson gives them whole. Values are those of the tree by itself.
 */
export function dumpTree(ensemble: TreeEnsemble, tree: number, names: TreeNames = {}): string {
  checkEnsemble("dumpTree", ensemble);
  checkNames("dumpTree", ensemble, names);
  const { feature, cover, gain, left, right } = ensemble;
  const root = rootOf(ensemble, tree);
  const word = leafWord(ensemble, tree);
  const coverOf = (node: number) => `cover ${shortNumber(cover[node]!)}`;
  const lines: string[] = [];
  const visit = (node: number, depth: number, way: string): void => {
    const indent = `${"  ".repeat(depth)}${way === "" ? "" : `${way}: `}`;
    if (feature[node]! < 0) {
      lines.push(`${indent}${ownValues(ensemble, node).map(shortNumber).join(", ")} (${word}, ${coverOf(node)})`);
      return;
    }
    const words = splitWords(ensemble, node, names, Number.POSITIVE_INFINITY);
    lines.push(`${indent}${words.feature}, missing ${missingWords(ensemble, node)} (gain ${shortNumber(gain[node]!)}, ${coverOf(node)})`);
    visit(left[node]!, depth + 1, words.left);
    visit(right[node]!, depth + 1, words.right);
  };
  visit(root, 0, "");
  return `${lines.join("\n")}\n`;
}

/** @throws RangeError when the ensemble has no such tree. */
export function rootOf({ treeStart, treeOutput }: TreeEnsemble, tree: number): number {
  if (!Number.isInteger(tree) || tree < 0 || tree >= treeOutput.length) {
    throw wrongValue("bad-option", `no tree ${shown(tree)}: the ensemble has ${treeOutput.length}, counted from 0`);
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
