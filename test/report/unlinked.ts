/** Heads, names and how it was measured; what a drawing shows stands in the table beside it. */
const NO_RESULT = "figure, caption, thead, th, h2, h3, h4, small, code";
/** Scores and shares; times are measured without an experiment. */
const RESULT = /(?<!\d|counts \(|What counts: )\d[\d,]*\.\d+(?!\d)(?! (?:ms|s|min|h)\b)|\d+(?:\.\d+)?\s%(?! (?:sure|interval))/g;

export interface Node {
  readonly nodeType: number;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
  matches(selector: string): boolean;
}

/** Measured numbers below a node that lead to no experiment. */
export function unlinked(node: Node): string[] {
  if (node.nodeType === 3) return [...(node.textContent ?? "").matchAll(RESULT)].map(([shown]) => `${shown} in "${node.textContent}"`);
  return node.matches(`a.x, ${NO_RESULT}`) ? [] : [...node.childNodes].flatMap(unlinked);
}

/** What the verdict says in sentences; times and prices beside them are measured without an experiment. */
export const VERDICT = "section#verdict p.headline, section#verdict > ul, section#verdict > ol";

export function allOf(document: { querySelectorAll(selector: string): Iterable<unknown> }): (selector: string) => Node[] {
  return (selector) => [...document.querySelectorAll(selector)] as Node[];
}
