import type { TreeEnsemble } from "../ensemble.ts";
import { cut, ownValues, shortNumber, splitWords, type TreeNames } from "./words.ts";

/** A node as it is drawn; the tree grows to the right. */
export interface PlacedNode {
  readonly node: number;
  readonly depth: number;
  readonly parent: PlacedNode | null;
  /** What leads here: "≤ 3.2"; "" for the root. */
  readonly way: string;
  readonly takesMissing: boolean;
  readonly title: string;
  readonly detail: string;
  readonly isLeaf: boolean;
  /** Share of the root's cover. */
  readonly share: number;
  x: number;
  y: number;
  /** Of the box: a leaf's own, the column's for a split. */
  width: number;
}

export interface TreeLayout {
  readonly nodes: readonly PlacedNode[];
  readonly width: number;
  readonly height: number;
}

const ROW = 38;
const MARGIN = 16;
/** Room for an edge to bend before its label begins. */
const BEND = 34;
const PADDING = 18;
const MOST_TITLE = 24;
const MOST_LEVELS = 3;
const MOST_VALUES = 4;

/** Leaves lie in rows, each split in the middle of its children. word: what a leaf holds. */
export function layTree(ensemble: TreeEnsemble, root: number, names: TreeNames, word: string): TreeLayout {
  const nodes: PlacedNode[] = [];
  const total = ensemble.cover[root]!;
  let leaves = 0;
  const visit = (node: number, parent: PlacedNode | null, way: string, takesMissing: boolean): number => {
    const isLeaf = ensemble.feature[node]! < 0;
    const words = isLeaf ? null : splitWords(ensemble, node, names, MOST_LEVELS);
    const cover = shortNumber(ensemble.cover[node]!);
    const placed: PlacedNode = {
      node,
      parent,
      way: mathSigns(way),
      takesMissing,
      depth: parent === null ? 0 : parent.depth + 1,
      isLeaf,
      title: words === null ? leafText(ensemble, node) : cut(words.feature, MOST_TITLE),
      detail: isLeaf ? `${word} · cover ${cover}` : `gain ${shortNumber(ensemble.gain[node]!)} · cover ${cover}`,
      share: total > 0 ? ensemble.cover[node]! / total : 1,
      x: 0,
      y: 0,
      width: 0,
    };
    nodes.push(placed);
    if (words === null) placed.y = MARGIN + ROW * (leaves++ + 0.5);
    else {
      const missingLeft = ensemble.missingLeft[node] === 1;
      const above = visit(ensemble.left[node]!, placed, words.left, missingLeft);
      const below = visit(ensemble.right[node]!, placed, words.right, !missingLeft);
      placed.y = (above + below) / 2;
    }
    return placed.y;
  };
  visit(root, null, "", false);
  return { nodes, width: setColumns(nodes), height: 2 * MARGIN + ROW * leaves };
}

/** Each depth is a column as wide as its longest label and its widest box. Gives the width of all. */
function setColumns(nodes: readonly PlacedNode[]): number {
  const boxes: number[] = [];
  const labels: number[] = [];
  for (const node of nodes) {
    const { depth, way, takesMissing } = node;
    node.width = PADDING + Math.max(textWidth(node.title, 12.5, BOLD), textWidth(node.detail, 10.5));
    boxes[depth] = Math.max(boxes[depth] ?? 0, node.width);
    labels[depth] = Math.max(labels[depth] ?? 0, textWidth(way, 11.5), takesMissing ? textWidth("missing", 10.5) : 0);
  }
  const starts: number[] = [];
  let x = MARGIN;
  for (let depth = 0; depth < boxes.length; depth++) {
    if (depth > 0) x += BEND + labels[depth]!;
    starts.push(x);
    x += boxes[depth]!;
  }
  for (const node of nodes) {
    node.x = starts[node.depth]!;
    if (!node.isLeaf) node.width = boxes[node.depth]!;
  }
  return x + MARGIN;
}

/** Mean width of a letter in the widest usual system font (DejaVu Sans, of many a Linux) as a share of its size. */
const PLAIN = 0.58;
const BOLD = 0.66;
/** Letters of East Asia and pictures are as wide as they are high. */
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function textWidth(text: string, size: number, share = PLAIN): number {
  return Array.from(text).reduce((sum, letter) => sum + (WIDE.test(letter) ? size : size * share), 0);
}

function leafText(ensemble: TreeEnsemble, node: number): string {
  const values = ownValues(ensemble, node);
  const few = values.slice(0, MOST_VALUES).map(shortNumber).join(", ");
  return values.length > MOST_VALUES ? `${few}, …` : few;
}

/** Levels are cut one by one, so that their count stays. */
function mathSigns(way: string): string {
  return way.replace("<= ", "≤ ");
}
