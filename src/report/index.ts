export { reportHtml } from "./html.ts";
export { reportMarkdown } from "./markdown.ts";
export { diffText } from "./text/diff.ts";
export type { Paint, TextOptions } from "./text/layout.ts";
export { mendedText } from "./text/mended.ts";
export { comparisonText, findingsText, planText, proofText, reportText } from "./text.ts";
export { badgeText } from "./words/verdict.ts";
