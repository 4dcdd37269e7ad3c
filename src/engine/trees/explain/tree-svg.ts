import type { TreeEnsemble } from "../ensemble.ts";
import { checkEnsemble } from "../ensemble-check.ts";
import { rootOf } from "./dump.ts";
import { layTree, type PlacedNode } from "./tree-layout.ts";
import { checkNames, leafWord, ownValues, splitWords, type TreeNames } from "./words.ts";

const BOX_HEIGHT = 32;
const MOST_EDGE = 9;

const LIGHT = { ink: "#1d2430", soft: "#5d6878", line: "#c9d0da", box: "#ffffff", page: "#fbfcfd", accent: "#1769aa", edge: "#a9c8e0" };
const DARK = { ink: "#e8ecf2", soft: "#98a4b5", line: "#3a4453", box: "#1c232d", page: "#12171e", accent: "#6db3ea", edge: "#2f5473" };

/** No CSS variables: Inkscape, librsvg and office programs read none, and would paint all black. */
const colours = ({ ink, soft, line, box, page, accent, edge }: typeof LIGHT) => `
.oldhand-tree .page{fill:${page}}
.oldhand-tree text{fill:${ink}}
.oldhand-tree .detail,.oldhand-tree .missing{fill:${soft}}
.oldhand-tree .way,.oldhand-tree .missing{stroke:${page}}
.oldhand-tree .box{fill:${box};stroke:${line}}
.oldhand-tree .leaf{fill:${box};stroke:${accent}}
.oldhand-tree .edge{stroke:${edge}}`;

/** Colours follow the reader's light or dark setting. The class keeps the rules to this picture when it stands in a page. */
const STYLE = `
.oldhand-tree text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
.oldhand-tree .title{font-size:12.5px;font-weight:600}
.oldhand-tree .detail{font-size:10.5px}
.oldhand-tree .way{font-size:11.5px;paint-order:stroke;stroke-width:3px;stroke-linejoin:round}
.oldhand-tree .missing{font-size:10.5px;font-style:italic;paint-order:stroke;stroke-width:3px}
.oldhand-tree .edge{fill:none}${colours(LIGHT)}
@media(prefers-color-scheme:dark){${colours(DARK)}}`;

/**
 * A tree as a picture: one SVG that needs nothing else, growing to the right. An edge is as thick as its share of cover; "missing" stands
 * below the edge that missing values take; a set of categories is written on the side where it is shorter. A leaf says what its value is: raw score, share of class 1, mean ..; values
 * are those of the tree by itself.
 * @throws RangeError when the ensemble has no such tree.
 */
export function treeSvg(ensemble: TreeEnsemble, tree: number, names: TreeNames = {}): string {
  checkEnsemble("treeSvg", ensemble);
  checkNames("treeSvg", ensemble, names);
  const root = rootOf(ensemble, tree);
  const word = leafWord(ensemble, tree);
  const { width, height, nodes } = layTree(ensemble, root, names, word);
  const size = [width, height].map((length) => Math.ceil(length));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="oldhand-tree" role="img" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}">`,
    `<title>Tree ${tree}; leaves hold: ${word}</title><style>${STYLE}\n</style>`,
    `<rect class="page" width="100%" height="100%"/>`,
    ...nodes.map((node) => edgeSvg(node)),
    ...nodes.map((node) => nodeSvg(node, ensemble, names)),
    "</svg>\n",
  ].join("\n");
}

function edgeSvg({ parent, share, x, y }: PlacedNode): string {
  if (parent === null) return "";
  const from = parent.x + parent.width;
  const bend = from + 26;
  const middle = (from + bend) / 2;
  const path = `M${round(from)} ${round(parent.y)}C${round(middle)} ${round(parent.y)} ${round(middle)} ${round(y)} ${round(bend)} ${round(y)}H${round(x)}`;
  return `<path class="edge" stroke-width="${round(Math.max(1, share * MOST_EDGE))}" d="${path}"/>`;
}

function nodeSvg(placed: PlacedNode, ensemble: TreeEnsemble, names: TreeNames): string {
  const { x, y, title, detail, way, takesMissing, isLeaf, width, share } = placed;
  const half = Math.max(1, share * MOST_EDGE) / 2;
  const text = (kind: string, at: number, line: number, anchor: string, words: string) =>
    words === ""
      ? ""
      : `<text class="${kind}" x="${round(at)}" y="${round(line)}"${anchor === "" ? "" : ` text-anchor="${anchor}"`}>${escaped(words)}</text>`;
  return [
    `<g><title>${escaped(hint(placed, ensemble, names))}</title>`,
    `<rect class="${isLeaf ? "leaf" : "box"}" x="${round(x)}" y="${round(y - BOX_HEIGHT / 2)}" width="${round(width)}" height="${BOX_HEIGHT}" rx="${isLeaf ? BOX_HEIGHT / 2 : 5}"/>`,
    text("title", x + width / 2, y - 2.5, "middle", title),
    text("detail", x + width / 2, y + 11, "middle", detail),
    text("way", x - 5, y - half - 3, "end", way),
    text("missing", x - 5, y + half + 9, "end", takesMissing ? "missing" : ""),
    "</g>",
  ].join("");
}

/** All that the picture shortens. */
function hint({ node, isLeaf, detail }: PlacedNode, ensemble: TreeEnsemble, names: TreeNames): string {
  if (isLeaf) return `${ownValues(ensemble, node).join(", ")} (${detail})`;
  const { feature, left, right } = splitWords(ensemble, node, names, Number.POSITIVE_INFINITY, true);
  return `${feature}: ${left} up, ${right} down (${detail})`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** XML text; characters that XML does not know are left out. */
function escaped(text: string): string {
  const known = Array.from(text).filter((char) => char >= " " && char !== "\ufffe" && char !== "\uffff");
  return known.join("").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
