import type { DossierWatch } from "../journey/index.ts";

const SHOWN = 12;

/** The report of `watch` for a terminal. */
export function watchText(report: DossierWatch): string {
  const { verdict, why, notYet, served, quality } = report;
  const title = { drift: "DRIFT", "no-drift": "NO DRIFT", "too-few-rows": "TOO FEW ROWS" }[verdict];
  const all = telling(report);
  const shown = all.slice(0, SHOWN);
  return [
    `${quality?.verdict === "worse" ? "WORSE ANSWERS, " : ""}${title}  ${servedText(report)}`,
    "",
    ...(quality === null ? [] : [quality.why, ""]),
    why,
    ...(shown.length === 0 ? [] : [""]),
    ...shown.map((one) => `${one.drifted ? "*" : one.standsOut ? "?" : " "} ${one.column}: ${one.why}`),
    ...(all.length > shown.length ? [`  ... and ${all.length - shown.length} more with nothing to see or less; --json - shows all`] : []),
    ...wordLines(shown),
    ...nextLines(verdict),
    ...servedLines(served),
    "",
    "Not looked at yet:",
    ...notYet.map((one) => `  - ${one}`),
  ].join("\n");
}

const WORDS = [
  ["wasserstein/sd", "how far the values moved on average, in standard deviations of the training rows (predictions: of the truth)"],
  ["jensen-shannon", "how unlike the shares of the values are: 0 the same, 1 nothing in common"],
  ["missing share", "share of the served rows without a value"],
  ["unseen share", "share of the served rows with a value that training has not seen"],
] as const;

/** What the measures of the lines above mean. */
function wordLines(shown: DossierWatch["columns"]): string[] {
  const used = WORDS.filter(([name]) => shown.some(({ statistic }) => statistic === name));
  if (used.length === 0) return [];
  const q = "  q: the least share of false alarms at which it is still called (Benjamini and Hochberg); small = hardly chance";
  return ["", "In words:", ...used.map(([name, meaning]) => `  ${name}: ${meaning}`), q];
}

/** A drift says that the rows are other ones, not that the answers are worse. */
function nextLines(verdict: DossierWatch["verdict"]): string[] {
  if (verdict !== "drift") return [];
  return [
    "",
    "What to do next:",
    "  1. Look at the first column with a * where it is made: a changed unit, code or source is mended there.",
    "  2. If the world has changed, watch a file of served rows with their outcomes (--data): it says whether the answers are worse.",
    "  3. If they are, run again with newer rows.",
  ];
}

/** Tests that a reader can use, what stands out first. Of the training rows, or of too few rows to call anything a drift, a quiet test tells nothing. */
function telling({ columns, predictions, rows, leastRows, isTraining }: DossierWatch): DossierWatch["columns"] {
  const all = [...predictions, ...columns];
  const quiet = isTraining || rows.current < leastRows ? [] : all.filter(({ standsOut }) => !standsOut);
  return [...all.filter(({ standsOut }) => standsOut), ...quiet];
}

function servedText({ rows: { current, reference }, servedRows, isTraining }: DossierWatch): string {
  if (isTraining) return `the ${reference.toLocaleString("en")} training rows themselves`;
  const all = `${servedRows.toLocaleString("en")} served row${servedRows === 1 ? "" : "s"}`;
  const served = current === servedRows ? all : `${current.toLocaleString("en")} of ${all}, drawn at random,`;
  return `${served} against ${reference.toLocaleString("en")} training rows`;
}

function servedLines(served: DossierWatch["served"]): string[] {
  if (served === null) return [];
  const counts = (of: Readonly<Record<string, number>>) => Object.entries(of).sort((a, b) => b[1] - a[1]);
  const [warned, refused] = [counts(served.warnings), counts(served.refused)];
  return [
    ...(warned.length > 0
      ? ["", "Rows answered with a warning:", ...warned.slice(0, SHOWN).map(([what, rows]) => `  ${rows}  ${what}`)]
      : []),
    ...(refused.length > 0 ? ["", "Refused requests:", ...refused.map(([code, requests]) => `  ${requests}  ${code}`)] : []),
    ...(served.left > 0 ? ["", `${served.left} lines of the log are no answer of this model.`] : []),
  ];
}
