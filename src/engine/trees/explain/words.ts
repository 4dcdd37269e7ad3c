import { refuseUnknown } from "../../options.ts";
import { shown } from "../../shown.ts";
import { wrongType, wrongValue } from "../../wrong-use.ts";
import type { EnsembleFeature, TreeEnsemble } from "../ensemble.ts";

/** What people call things; without, features and levels have the names that the ensemble keeps, and levels without names their codes. */
export interface TreeNames {
  /** Title of a feature. */
  readonly title?: (feature: string) => string;
  /** Names of a feature's levels, code by code; null: those that the ensemble keeps. */
  readonly levels?: (feature: string) => readonly string[] | null;
}

const NAMES = ["title", "levels"] satisfies (keyof TreeNames)[];

/** Names of a feature's levels, code by code; null where only codes are known. */
export function levelsOf({ name, levelNames }: EnsembleFeature, names: TreeNames): readonly string[] | null {
  return names.levels?.(name) ?? levelNames ?? null;
}

/** what: the function that was called. @throws TypeError for names that are no functions, or levels that are no list of texts; RangeError for fewer than the feature has. */
export function checkNames(what: string, { features }: TreeEnsemble, names: TreeNames): void {
  refuseUnknown(what, NAMES, names);
  for (const option of NAMES) {
    const given: unknown = names[option];
    if (given === undefined || typeof given === "function") continue;
    const example = option === "levels" ? '(feature) => (feature === "plan" ? ["basic", "family"] : null)' : "(feature) => feature";
    throw wrongType("bad-option", `${what} takes ${option} as a function, as in ${example}; got ${shown(given)}`);
  }
  for (const { name, kind, levels, lastIsOther } of features) {
    const given: unknown = kind === "categorical" ? names.levels?.(name) : null;
    if (given === null || given === undefined) continue;
    if (!Array.isArray(given) || !given.every((level) => typeof level === "string"))
      throw wrongType(
        "bad-option",
        `levels of ${what} gives the names of a feature's levels, a list of texts, or null; of "${name}" it gave ${shown(given)}`,
      );
    const least = lastIsOther === true ? levels - 1 : levels;
    if (given.length < least)
      throw wrongValue("bad-option", `levels of ${what} gave ${given.length} names for the ${levels} levels of "${name}"`);
  }
}

/** What a leaf holds. tree: its number. */
export function leafWord({ averaged, link, outputs, leafWidth, treeOutput }: TreeEnsemble, tree: number): string {
  if (averaged === true && link === "share") return outputs > 1 ? "shares of classes" : "share of class 1";
  if (averaged === true && link === "identity") return "mean";
  return outputs > 1 && leafWidth === 1 ? `raw score of output ${treeOutput[tree]!}` : "raw score";
}

/** The values of a leaf as the tree by itself has them: where the ensemble is the mean of its trees, it holds their parts of it. */
export function ownValues({ averaged, treeOutput, left, leafValues, leafWidth }: TreeEnsemble, leaf: number): number[] {
  const factor = averaged === true ? treeOutput.length : 1;
  return Array.from(leafValues.subarray(left[leaf]!, left[leaf]! + leafWidth), (value) => value * factor);
}

/** Letters of a level in a picture. */
const MOST_LEVEL = 12;

export interface SplitWords {
  readonly feature: string;
  /** What goes left and right, e.g. "<= 3.2" and "> 3.2", or "{a, b, c +3}" and "others"; of two levels both are named. */
  readonly left: string;
  readonly right: string;
}

/** most: levels that are named before the rest is counted. isWhole: thresholds with all their digits. */
export function splitWords(ensemble: TreeEnsemble, node: number, names: TreeNames, most: number, isWhole = false): SplitWords {
  const { feature, features, subset, subsets, threshold, missingLeft } = ensemble;
  const split = features[feature[node]!]!;
  const { name, levels } = split;
  const title = names.title?.(name) ?? name;
  if (subset[node]! < 0) {
    // All values go left: only whether there is one is asked.
    if (threshold[node] === Number.POSITIVE_INFINITY && missingLeft[node] === 0)
      return { feature: title, left: "known", right: "not known" };
    const limit = isWhole ? String(threshold[node]!) : shortThreshold(threshold[node]!);
    return { feature: title, left: `<= ${limit}`, right: `> ${limit}` };
  }
  const [left, right]: string[][] = [[], []];
  const levelNames = levelsOf(split, names);
  for (let code = 0; code < levels; code++) {
    const isLeft = ((subsets[subset[node]! + (code >> 5)]! >>> (code & 31)) & 1) === 1;
    (isLeft ? left! : right!).push(levelNames?.[code] ?? String(code));
  }
  if (left!.length === 1 && right!.length === 1) return { feature: title, left: setWords(left!, most), right: setWords(right!, most) };
  // The shorter side is named; the other is what remains.
  if (left!.length <= right!.length) return { feature: title, left: setWords(left!, most), right: "others" };
  return { feature: title, left: "others", right: setWords(right!, most) };
}

function setWords(members: readonly string[], most: number): string {
  if (most === Number.POSITIVE_INFINITY) return `{${members.join(", ")}}`;
  const named = members.slice(0, most).map((member) => cut(member, MOST_LEVEL));
  return members.length > most ? `{${named.join(", ")} +${members.length - most}}` : `{${named.join(", ")}}`;
}

export function missingWords({ missingLeft }: TreeEnsemble, node: number): "left" | "right" {
  return missingLeft[node] === 1 ? "left" : "right";
}

/** The text, or its beginning and an ellipsis. */
export function cut(text: string, most: number): string {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : text;
}

/** Four significant digits. */
export function shortNumber(value: number): string {
  return numberText(value, 4);
}

/** Four significant digits, and at least one behind the point: 2019.5 must not be told as 2020. */
function shortThreshold(value: number): string {
  return numberText(value, Math.min(17, Math.max(4, Math.floor(Math.log10(Math.abs(value))) + 2)));
}

function numberText(value: number, digits: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const number = Number(value.toPrecision(digits));
  const size = Math.abs(number);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return number.toExponential().replace("e+", "e");
  return String(number);
}
