import { boundsText, type OptionRule, type OptionRules, snakeCase } from "../../../src/engine/options.ts";
import { REASONS } from "../../../src/engine/trees/option-refused.ts";
import { BOOSTING_RULES, FOREST_RULES } from "../../../src/engine/trees/option-rules.ts";
import { OF_LOSS, SAID, type Said } from "../../../src/engine/trees/option-said.ts";

const say = (value: unknown) => (typeof value === "string" ? `"${value}"` : String(value));

function typeOf(rule: OptionRule): string {
  if (rule.type === "flag") return "boolean";
  if (rule.type === "choice") return [...rule.choices, ...Object.keys(rule.synonyms ?? {})].map(say).join(" | ");
  if (rule.type === "shape") return `${rule.typescript} | null`;
  return [
    "number",
    ...(rule.words ?? []).map(say),
    ...(rule.noLimit === true || rule.absent !== undefined ? ["null"] : []),
    ...(rule.flag === true ? ["boolean", '"auto"'] : []),
  ].join(" | ");
}

/** Every other name under which an option is read. */
function otherNames(option: string, { aliases = [] }: OptionRule): string[] {
  return [...new Set([option, ...aliases].flatMap((name) => [name, snakeCase(name)]))].filter((name) => name !== option);
}

function rangeOf(rule: OptionRule): string {
  if (rule.type === "flag") return "true or false";
  if (rule.type === "choice") return rule.choices.map(say).join(", ");
  if (rule.type === "shape") return rule.expected;
  const kind = rule.type === "integer" ? "whole number" : "number";
  const counts = (rule.counts ?? []).map((alias) => `as ${snakeCase(alias)} a whole number, at least 2`);
  return [`${kind}, ${boundsText(rule)}`, ...(rule.words ?? []).map(say), ...counts].join("; or ");
}

function typesOf(name: string, what: string, rules: OptionRules): string {
  const fields = Object.entries(rules).map(
    ([option, rule]) =>
      `  /** ${rule.meaning} Default ${say(rule.value)}; ${rangeOf(rule)}. */\n  readonly ${option}?: ${typeOf(rule)} | undefined;`,
  );
  return [
    `/** Options of ${what} under their own names. */\nexport interface ${name.replace("Given", "Own")} {\n${fields.join("\n")}\n}\n`,
    `/** Options of ${what}. Each is read under its aliases and in snake_case too: docs/engine-options.md. */\nexport type ${name} = Spelled<${name.replace("Given", "Own")}, ${name.replace("Given", "Names")}> & SaidOptions;\n`,
  ].join("\n");
}

const WIDTH = 140;

/** One line for each option that has other names. */
function namesOf(rules: OptionRules): string[] {
  return Object.entries(rules).flatMap(([option, rule]) => {
    const others = otherNames(option, rule).map(say);
    const line = `  readonly ${option}: ${others.join(" | ")};`;
    if (others.length === 0) return [];
    return [line.length <= WIDTH ? line : `  readonly ${option}:\n${others.map((other) => `    | ${other}`).join("\n")};`];
  });
}

const blockOf = (head: string, lines: readonly string[]) => `export interface ${head} {\n${lines.join("\n")}\n}\n`;

/** The text of src/engine/trees/option-names.ts. */
export function namesSource(): string {
  const [boosting, forest] = [namesOf(BOOSTING_RULES), namesOf(FOREST_RULES)];
  const shared = boosting.filter((line) => forest.includes(line));
  const own = (lines: readonly string[]) => lines.filter((line) => !shared.includes(line));
  return [
    "// Made from option-rules.ts by test/engine/trees/options.test.ts: npx vitest run test/engine/trees/options -u\n\n",
    "/** Own names, and every other name of each with the same values. */\n",
    "export type Spelled<Own, Names> = Own & {\n  readonly [K in keyof Names as Names[K] & string]?: K extends keyof Own ? Own[K] : never;\n};\n\n",
    "/** Other names of the options that boosting and forests share. */\n",
    blockOf("SharedNames", shared),
    "\n/** Other names of the options of boosting. */\n",
    blockOf("BoostingNames extends SharedNames", own(boosting)),
    "\n/** Other names of the options of forests. */\n",
    blockOf("ForestNames extends SharedNames", own(forest)),
  ].join("");
}

/** The text of src/engine/trees/options-given.ts. */
export function givenSource(): string {
  return [
    "// Made from option-rules.ts by test/engine/trees/options.test.ts: npx vitest run test/engine/trees/options -u\n",
    'import type { BoostingNames, ForestNames, Spelled } from "./option-names.ts";\n',
    'import type { SaidOptions } from "./option-said.ts";\n',
    'import type { ClassWeight, InteractionConstraints, MetricChoice, MonotoneConstraints, OnRound } from "./option-shapes.ts";\n\n',
    typesOf("BoostingGiven", "gradient boosting", BOOSTING_RULES),
    "\n",
    typesOf("ForestGiven", "a forest or a single tree", FOREST_RULES),
  ].join("");
}

function tableOf(rules: OptionRules, isShown: (name: string) => boolean): string {
  const rows = Object.entries(rules)
    .filter(([name]) => isShown(name))
    .map(([name, rule]) => {
      const also = (rule.aliases ?? []).map((alias) => `\`${snakeCase(alias)}\``).join(", ");
      const synonyms = rule.type === "choice" && rule.synonyms ? ` Also ${Object.keys(rule.synonyms).map(say).join(", ")}.` : "";
      return `| \`${name}\` | \`${say(rule.value)}\` | ${rangeOf(rule)} | ${rule.meaning}${synonyms} | ${also} |`;
    });
  return ["| option | default | values | meaning | also read as |", "|---|---|---|---|---|", ...rows]
    .join("\n")
    .replaceAll(" |  |", " | |");
}

/** The text of docs/engine-options.md. */
export function optionsPage(): string {
  const boosting: OptionRules = BOOSTING_RULES;
  const forest: OptionRules = FOREST_RULES;
  const isOwn = (name: string) => !Object.hasOwn(boosting, name) || boosting[name]!.value !== forest[name]!.value;
  const spelled = (names: readonly string[]) => names.map((name) => `\`${snakeCase(name)}\``).join(", ");
  const refused = REASONS.map(([names, why]) => `| ${spelled(names)} | ${why} |`);
  const said = Object.entries<Said>(SAID).map(
    ([name, { values, aliases = [], why }]) =>
      `| ${spelled([name, ...aliases])} | ${values.map((value) => `\`${say(value)}\``).join(", ")} | ${why} |`,
  );
  const ofLoss = Object.entries(OF_LOSS).map(([name, why]) => `| \`${snakeCase(name)}\` | what the loss says | ${why} |`);
  return `# Options of the trees

This page is made from the table in \`src/engine/trees/option-rules.ts\`; a test holds the two equal.

Names and defaults follow LightGBM, in camelCase. Every name and alias is read in snake_case too: \`min_data_in_leaf\`, \`min_samples_leaf\` and
\`minDataInLeaf\` are one option. Where a limit may be absent, \`null\` and -1 mean 0, no limit; a null seed is that of the call, a null share is 1. Refused are: unknown names (with the nearest one), wrong types, values out of range, one option
given twice with different values, and options that contradict one another:

- \`baggingFraction\`, \`posBaggingFraction\` or \`negBaggingFraction\` below 1 with \`sampling\` "goss" or "none"
- \`baggingFreq\` 0 with a fraction below 1 or \`sampling\` "bagging"
- \`baggingFreq\` above 0 or \`sampling\` "bagging" without a fraction: nothing would be drawn
- \`topRate\` or \`otherRate\` without \`sampling\` "goss", or more than 1 together
- \`baggingFraction\` with \`posBaggingFraction\` or \`negBaggingFraction\`
- two of \`isUnbalance\`, \`scalePosWeight\` and \`classWeight\`
- \`pathSmooth\` with leaves of one row
- \`earlyStoppingRounds\` or \`earlyStoppingMetric\` without validation rows; a metric may stand where \`trainingMetric\` has it measure the learned rows

## Gradient boosting

${tableOf(boosting, () => true)}

## Forests and single trees

As above, with these of their own or with another default. Options of rounds, sampling and early stopping, \`scalePosWeight\` and \`isUnbalance\` have no part in a forest.
\`lambdaL1\`, \`lambdaL2\`, \`maxDeltaStep\` and \`pathSmooth\` decide there which split is made; leaves stay plain means. In forests of several classes they are refused, and so are the options of sets of levels (\`maxCatToOnehot\`, \`catSmooth\`, \`catL2\`, \`maxCatThreshold\`, \`minDataPerGroup\`).

${tableOf(forest, isOwn)}

## Options of other libraries

With these values they say what is so anyway and are passed over; any other value is refused. In a forest \`boosting\` and \`boosting_type\` are "rf" or "random_forest".

| name | passed over | else |
|---|---|---|
${[...said, ...ofLoss].join("\n")}

## Refused names

| name | why |
|---|---|
${refused.join("\n")}
`;
}
