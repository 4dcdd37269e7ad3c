import {
  AS_IT_STANDS,
  type Finding,
  type FindingsFile,
  type Harm,
  leansOnSentence,
  notMadeSentence,
  reachSentence,
  SEVERITIES,
  type Severity,
  uncheckedSentences,
  WITH_AND_WITHOUT,
} from "../../core/finding.ts";
import { timeOfRowsSentence } from "../../core/time-of-rows.ts";
import { intervalText, intervalTexts, isBounded, numberText, probabilityText, signed } from "../numbers.ts";
import { cutToWidth, displayWidth, listText } from "../plain.ts";
import { severityCounts, statesText } from "../words/counts.ts";
import { fixText } from "../words/fix.ts";
import { besideHarmText, harmDirection, harmMetrics, keptText, unshownText } from "../words/harm.ts";
import { metricWords } from "../words/metric.ts";
import { answerHint } from "../words/question.ts";
import { severityCount, severityMeaning, stateText } from "../words/severity.ts";
import { splitName } from "../words/split.ts";
import { surenessText } from "../words/sureness.ts";
import { findingTitle } from "../words/trap.ts";
import { undoCommand } from "../words/undo.ts";
import { type Paint, wrapText } from "./layout.ts";

const LABEL_WIDTH = 10;
const INDENT = " ".repeat(LABEL_WIDTH + 2);
const NAME_WIDTH = 40;
const MOST_COSTLY = 8;
const MOST_NAMED = 3;

/** The findings in short: the severe ones with their reason, costly ones as a line each, cosmetic ones as a list of names. */
export function findingsSummary(file: FindingsFile, paint: Paint, width: number): string[] {
  const { findings } = file;
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity);
  const costly = of("costly");
  const hidden = costly.length - MOST_COSTLY;
  const kept = findings.filter(({ state }) => state === "kept");
  const cosmetic = cosmeticTexts(of("cosmetic").filter((one) => !kept.includes(one)));
  const scores = scoresText(
    file,
    findings.filter(({ severity }) => severity !== "cosmetic"),
  );
  const isPriced = scores !== "";
  const head = `What is wrong with the data: ${headCount(file)}`;
  const isOneLine = head.length + scores.length + 2 <= width;
  return [
    `${paint.bold(head)}${isPriced && isOneLine ? paint.dim(scores.padStart(width - head.length)) : ""}`,
    ...(isPriced && !isOneLine ? [paint.dim(scores.padStart(width))] : []),
    ...[...of("blocker"), ...of("harmful")].flatMap((finding) => [
      ...headLines(finding, file.dataset.metric, paint, width),
      ...wrapText(finding.why, width, INDENT),
      ...sidesLines(finding, width),
    ]),
    ...costly
      .slice(0, MOST_COSTLY)
      .flatMap((finding) => [...headLines(finding, file.dataset.metric, paint, width), ...sidesLines(finding, width)]),
    ...(hidden > 0 ? [`${INDENT}and ${hidden} more costly ones in the report`] : []),
    ...kept.slice(0, MOST_COSTLY).flatMap((finding) => keptLines(finding, width)),
    ...(kept.length > MOST_COSTLY ? [`${INDENT}and ${kept.length - MOST_COSTLY} more kept ones in the report`] : []),
    ...uncheckedLines(file, paint, width),
    ...(file.reach ?? []).flatMap((one) => wrapText(reachSentence(one), width, "  ").map(paint.dim)),
    ...leansOnLines(file, width),
    ...(cosmetic.length > 0 ? wrapText(cosmetic.join("; "), width, `  ${"cosmetic".padEnd(LABEL_WIDTH)}`).map(paint.dim) : []),
    ...(cosmetic.length + costly.length > 0
      ? wrapText(`${reasonsOf(costly.length, cosmetic.length)} stand in the report.`, width, "  ").map(paint.dim)
      : []),
  ];
}

/** What the scores at the right end are, and which way is better; "" where no difference was shown. */
function scoresText({ dataset }: FindingsFile, findings: readonly Finding[]): string {
  const directions = findings.flatMap(({ harm }) => (harm === null ? [] : [harmDirection(harm)])).filter((one) => one !== "none");
  if (directions.length === 0) return "";
  const { label, better } = metricWords(dataset.metric);
  const sides = directions.includes("damages") ? "with it -> honest without it" : "claimed with it -> honest without";
  return `${label} of a quick model (${better} is better), ${sides}`;
}

/** What was found and is not mended, for its own experiment does not support that. */
function keptLines(finding: Finding, width: number): string[] {
  return wrapText(`${titleOf(finding)}: ${keptText(finding)}.`, width, `  ${"kept".padEnd(LABEL_WIDTH)}`);
}

/** Their reasons have no room on a terminal. */
function reasonsOf(costly: number, cosmetic: number): string {
  const kinds = [costly > 0 ? "costly" : "", cosmetic > 0 ? "cosmetic" : ""].filter((kind) => kind !== "").join(" and ");
  return `The reasons of the ${kinds} ${costly + cosmetic === 1 ? "one" : "ones"}`;
}

/** What the two scores at the right end are of, where the head of the list does not say it. */
function sidesLines({ harm }: Finding, width: number): string[] {
  if (harm === null || harmDirection(harm) === "none") return [];
  const isHeaded = harm.compares === WITH_AND_WITHOUT || harm.compares === AS_IT_STANDS;
  const texts = [isHeaded ? "" : harm.compares, besideHarmText(harm)].filter((text) => text !== "");
  return texts.length === 0 ? [] : wrapText(`The two scores: ${texts.join(", ")}.`, width, INDENT);
}

/** Each kind once, with the first of its columns. */
function cosmeticTexts(findings: readonly Finding[]): string[] {
  const columns = new Map<string, Set<string>>();
  for (const finding of findings) {
    const title = findingTitle(finding);
    const known = columns.get(title) ?? new Set<string>();
    for (const column of finding.columns) known.add(column);
    columns.set(title, known);
  }
  return [...columns].map(([title, names]) => withColumns(title, [...names]));
}

/** All findings with why, fix and question. folder: the dossier. */
export function findingsList(file: FindingsFile, paint: Paint, width: number, folder: string): string[] {
  const groups = SEVERITIES.flatMap((severity) => {
    const own = file.findings.filter((finding) => finding.severity === severity);
    return own.length === 0
      ? []
      : [
          "",
          paint.bold(`${severityCount(severity, own.length)}: ${severityMeaning(severity, own)}`),
          ...own.flatMap((finding) => fullLines(finding, file.dataset.metric, paint, width, folder)),
        ];
  });
  const scores = scoresText(
    file,
    file.findings.filter(({ state }) => state !== "kept"),
  );
  return [
    paint.bold(`What is wrong with the data: ${headCount(file)}`),
    ...(scores === "" ? [] : wrapText(`scores: ${scores}`, width, "  ").map(paint.dim)),
    ...splitLines(file, width),
    ...uncheckedLines(file, paint, width),
    ...(file.reach ?? []).flatMap((one) => wrapText(reachSentence(one), width, "  ").map(paint.dim)),
    ...leansOnLines(file, width),
    ...groups,
  ];
}

function leansOnLines(file: FindingsFile, width: number): string[] {
  const sentence = leansOnSentence(file);
  return sentence === null ? [] : wrapText(sentence, width, "  ");
}

function splitLines(file: FindingsFile, width: number): string[] {
  const { split } = file.dataset;
  const time = timeOfRowsSentence(file);
  const how = [
    ...(time === null ? [] : wrapText(time, width, "  ")),
    ...wrapText(
      `${splitName(split.policy, split.by)}: ${split.why}${split.passedOver === null ? "" : `. ${split.passedOver}`}`,
      width,
      "  judged by ",
    ),
  ];
  if (split.gap === null) return how;
  const { metric, random, proposed } = split.gap;
  const gap = `${metricWords(metric).label}: a random split would claim ${intervalText(random)}, this one gives ${intervalText(proposed)}`;
  return [...how, ...wrapText(gap, width, INDENT)];
}

function uncheckedLines(file: FindingsFile, paint: Paint, width: number): string[] {
  const notMade = notMadeSentence(file);
  return [
    ...uncheckedSentences(file.unchecked).flatMap((sentence) => wrapText(sentence, width, "  ").map(paint.red)),
    ...(notMade === null ? [] : wrapText(notMade, width, "  ").map(paint.dim)),
  ];
}

function headCount({ findings, unchecked }: FindingsFile): string {
  if (findings.length === 0 && unchecked.length > 0) return "not all of it was looked at";
  return findings.length === 0 ? "nothing was found" : `${severityCounts(findings)}${statesText(findings)}`;
}

/** Severity, what, and at the right end what it costs. */
function headLines(finding: Finding, metric: string, paint: Paint, width: number): string[] {
  const { severity } = finding;
  const label = severity.padEnd(LABEL_WIDTH);
  const harm = harmText(finding, metric);
  const room = width - INDENT.length - displayWidth(harm) - 2;
  const title = titleOf(finding);
  const head = `  ${severityPaint(severity, paint)(label)}`;
  if (displayWidth(title) > room && room < NAME_WIDTH)
    return [`${head}${paint.bold(cutToWidth(title, width - INDENT.length))}`, `${INDENT}${harm}`];
  const shown = cutToWidth(title, room);
  return [`${head}${paint.bold(shown)}${harm === "" ? "" : `${" ".repeat(room - displayWidth(shown) + 2)}${harm}`}`];
}

function fullLines(finding: Finding, metric: string, paint: Paint, width: number, folder: string): string[] {
  const { why, fix, question, answer, harm, unmeasured } = finding;
  const kept = keptText(finding);
  const undo = undoCommand(finding, folder);
  const sureness = surenessText(finding);
  return [
    ...headLines(finding, metric, paint, width),
    ...wrapText(sureness === null ? why : `${why} ${sureness[0]?.toUpperCase()}${sureness.slice(1)}.`, width, INDENT),
    ...wrapText(harm === null ? `harm not measured: ${unmeasured ?? ""}` : differenceText(harm), width, INDENT),
    ...wrapText(kept === null ? `${stateText(finding)}: ${fixText(fix)}` : `${stateText(finding)}: ${kept}.`, width, INDENT),
    ...(undo === null ? [] : wrapText(`take back: ${undo}`, width, INDENT).map(paint.dim)),
    ...(question === null
      ? []
      : wrapText(`question: ${question}${answered(finding)}`, width, INDENT).map(answer === null ? paint.cyan : paint.dim)),
  ];
}

function answered(finding: Finding): string {
  const hint = answerHint(finding);
  return finding.answer !== null ? ` Answer: ${finding.answer}.` : hint === null ? "" : ` (${hint})`;
}

function titleOf(finding: Finding): string {
  return withColumns(findingTitle(finding), finding.columns);
}

function withColumns(title: string, columns: readonly string[]): string {
  const names = columns.map((column) => cutToWidth(column, NAME_WIDTH));
  return names.length === 0 ? title : `${title}: ${listText(names, MOST_NAMED)}`;
}

/** "0.941 [0.930, 0.952] -> 0.790 [0.773, 0.807]" when a difference was shown; "costs" where the score is worse with the trap. */
function harmText(finding: Finding, metric: string): string {
  const { harm } = finding;
  if (harm === null || finding.state === "kept") return "";
  const direction = harmDirection(harm);
  if (direction === "none") return unshownText(finding);
  const verb = direction === "damages" ? "costs " : "";
  const [claimed, honest] = harmMetrics(harm, metric);
  return `${verb}${claimed}${scoreText({ value: harm.claimed, low: harm.claimedLow, high: harm.claimedHigh })} -> ${honest}${scoreText({ value: harm.honest, low: harm.honestLow, high: harm.honestHigh })}`;
}

/** Without an interval where none is known. */
function scoreText(score: { readonly value: number; readonly low: number; readonly high: number }): string {
  return isBounded(score) ? intervalText(score) : numberText(score.value);
}

function differenceText(harm: Harm): string {
  const { value, low, high } = intervalTexts({ value: harm.delta, low: harm.low, high: harm.high });
  const interval = isBounded(harm) ? ` [${signed(low)}, ${signed(high)}]` : ", interval unknown";
  return `difference in ${metricWords(harm.metric).label}: ${signed(value)}${interval}, q ${probabilityText(harm.q)} (${[harm.compares, besideHarmText(harm)].filter((text) => text !== "").join(", ")})`;
}

function severityPaint(severity: Severity, paint: Paint): (text: string) => string {
  return { blocker: paint.red, harmful: paint.yellow, costly: paint.cyan, cosmetic: paint.dim }[severity];
}
