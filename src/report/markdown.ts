import { choiceNote } from "../core/comparison.ts";
import type { Finding } from "../core/finding.ts";
import type { JourneyResult } from "../core/verdict.ts";
import { intervalText, numberText } from "./numbers.ts";
import { cleanDeep, cutText, listText } from "./plain.ts";
import { countOf, rubricText } from "./text/proof.ts";
import { inOrderOfScore, isJudged } from "./words/candidate.ts";
import { severityCounts } from "./words/counts.ts";
import { harmDirection, unshownText } from "./words/harm.ts";
import { sampleText } from "./words/sample.ts";
import { targetOf } from "./words/task.ts";
import { findingTitle } from "./words/trap.ts";
import { badgeText, headlineText } from "./words/verdict.ts";

const MOST_FINDINGS = 8;
const MOST_CANDIDATES = 5;
const NAME_LENGTH = 40;

const SIGNS = { go: "✅", "no-go": "❌", unknown: "❔" } as const;

/** A short summary for a comment on a change: verdict, worst findings, models, gates. */
export function reportMarkdown(result: JourneyResult): string {
  const clean = cleanDeep(result);
  const { verdict, dataset } = clean;
  const target = targetOf(clean);
  return `${[
    `## ${SIGNS[verdict.decision]} ${badgeText(verdict.decision)}: ${name(dataset.name)}${target === null ? "" : `, predicting ${name(target)}`}`,
    sentence(headlineText(verdict)),
    sampleText(clean) ?? "",
    list("Why", verdict.reasons.slice(0, 5).map(sentence)),
    list("Next", verdict.next.slice(0, 3).map(sentence)),
    findingsTable(clean),
    candidatesTable(clean),
    production(clean),
    `<sub>Oldhand ${clean.version}, seed ${clean.seed}, data version ${name(dataset.version)}</sub>`,
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? "" : `**${title}**\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}

function findingsTable({ findings: { findings } }: JourneyResult): string {
  const shown = findings.filter(({ severity }) => severity !== "cosmetic").slice(0, MOST_FINDINGS);
  const head = `**Data**: ${severityCounts(findings)}`;
  if (shown.length === 0) return head;
  return [head, "", "| severity | finding | score with it | honest | state |", "|---|---|---|---|---|", ...shown.map(findingRow)].join(
    "\n",
  );
}

function findingRow(finding: Finding): string {
  const { severity, columns, harm, state } = finding;
  const what = `${findingTitle(finding)}${columns.length === 0 ? "" : `: ${listText(columns.map(name), 3)}`}`;
  const scores =
    harm === null
      ? ["", ""]
      : harmDirection(harm) === "none"
        ? [unshownText(finding), numberText(harm.honest)]
        : [
            intervalText({ value: harm.claimed, low: harm.claimedLow, high: harm.claimedHigh }),
            intervalText({ value: harm.honest, low: harm.honestLow, high: harm.honestHigh }),
          ];
  return row([severity, what, ...scores, state]);
}

function candidatesTable({ comparison }: JourneyResult): string {
  if (comparison === null) return "";
  const { candidates, better, metricLabel, chosen, test } = comparison;
  const judged = inOrderOfScore(candidates, better).filter(isJudged);
  const shown = judged.filter((candidate, i) => i < MOST_CANDIDATES || candidate.name === chosen);
  const rows = shown.map(({ name: id, label, score, overBaseline }) =>
    row([
      id === chosen ? `**${sentence(label)}** (chosen)` : sentence(label),
      intervalText(score),
      overBaseline === null ? "" : intervalText(overBaseline),
    ]),
  );
  const onTest =
    test === null
      ? []
      : [
          "",
          `Judged once on ${test.rows} given test rows: ${metricLabel} ${intervalText(test.score)}. The table is of folds within the training rows.`,
        ];
  const note = choiceNote(comparison);
  return [
    `| model | ${metricLabel} (${better} is better) | over the best baseline |`,
    "|---|---|---|",
    ...rows,
    ...(note === null ? [] : ["", note]),
    ...onTest,
  ].join("\n");
}

function production({ proof }: JourneyResult): string {
  if (proof === null) return "";
  const failed = proof.gates.filter(({ status }) => status === "failed").map(({ title, why }) => `- ${sentence(title)}: ${sentence(why)}`);
  return [`**Gates**: ${countOf(proof.gates)}. ML Test Score ${rubricText(proof)}.`, ...(failed.length > 0 ? ["", ...failed] : [])].join(
    "\n",
  );
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** A user's name as code: it cannot be markup, a link or a mention. */
function name(text: string): string {
  const plain = cutText(text, NAME_LENGTH).replaceAll("|", "\u2223").replaceAll("`", "'");
  return `\`${plain.trim() === "" ? "(blank)" : plain}\``;
}

/** A sentence with names between backticks; what markdown would act on is escaped outside of them. */
function sentence(text: string): string {
  return cutText(text, 600)
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part.replaceAll("|", "\u2223") : escapeMarkdown(part)))
    .join("");
}

function escapeMarkdown(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "&#64;")
    .replace(/[\\*|`~]/g, "\\$&")
    .replaceAll("](", "]\\(");
}
