// The door for who prints texts alone: charts and pages are a quarter of the program, and take as long to load.
export { comparisonText, findingsText, planText, proofText, reportText } from "../text.ts";
export { badgeText } from "../words/verdict.ts";
export { diffText } from "./diff.ts";
export { mendedText } from "./mended.ts";
