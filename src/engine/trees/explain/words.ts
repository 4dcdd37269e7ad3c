import type { TreeEnsemble } from "../ensemble.ts";

/** What people call things; without, features have the ensemble's names and categories their codes. */
export interface TreeNames {
  /** Title of a feature. */
  readonly title?: (feature: string) => string;
  /** Names of a feature's levels, code by code; null when it has none. */
  readonly levels?: (feature: string) => readonly string[] | null;
}

export const NAMES = ["title", "levels"] satisfies (keyof TreeNames)[];

/** Letters of a level in a picture. */
const MOST_LEVEL = 14;

export interface SplitWords {
  readonly feature: string;
  /** What goes left and right, e.g. "<= 3.2" and "> 3.2", or "{a, b, c +3}" and "others". */
  readonly left: string;
  readonly right: string;
}

/** most: levels that are named before the rest is counted. */
export function splitWords(ensemble: TreeEnsemble, node: number, names: TreeNames, most: number): SplitWords {
  const { feature, features, subset, subsets, threshold } = ensemble;
  const { name, levels } = features[feature[node]!]!;
  const title = names.title?.(name) ?? name;
  if (subset[node]! < 0) {
    const limit = most === Number.POSITIVE_INFINITY ? String(threshold[node]!) : shortNumber(threshold[node]!);
    return { feature: title, left: `<= ${limit}`, right: `> ${limit}` };
  }
  const [left, right]: string[][] = [[], []];
  const levelNames = names.levels?.(name) ?? null;
  for (let code = 0; code < levels; code++) {
    const isLeft = ((subsets[subset[node]! + (code >> 5)]! >>> (code & 31)) & 1) === 1;
    (isLeft ? left! : right!).push(levelNames?.[code] ?? String(code));
  }
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
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Four significant digits. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "-∞";
  const text = Number(value.toPrecision(4));
  const size = Math.abs(text);
  if (size >= 1e6 || (size > 0 && size < 1e-4)) return text.toExponential().replace("e+", "e");
  return String(text);
}
