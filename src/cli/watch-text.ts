import type { DossierWatch } from "../journey/index.ts";

const SHOWN = 12;

/** The report of `watch` for a terminal. */
export function watchText({ verdict, why, columns, predictions, rows, servedRows, notYet, served, quality }: DossierWatch): string {
  const title = { drift: "DRIFT", "no-drift": "NO DRIFT", "too-few-rows": "TOO FEW ROWS" }[verdict];
  const all = [...predictions, ...columns];
  const shown = [...all.filter(({ standsOut }) => standsOut), ...all.filter(({ standsOut }) => !standsOut)].slice(0, SHOWN);
  return [
    `${quality?.verdict === "worse" ? "WORSE ANSWERS, " : ""}${title}  ${servedText(rows.current, servedRows)} against ${rows.reference} training rows`,
    "",
    ...(quality === null ? [] : [quality.why, ""]),
    why,
    "",
    ...shown.map((one) => `${one.drifted ? "*" : one.standsOut ? "?" : " "} ${one.column}: ${one.why}`),
    ...(all.length > shown.length ? [`  ... and ${all.length - shown.length} more with nothing to see or less; --json - shows all`] : []),
    ...servedLines(served),
    "",
    "Not looked at yet:",
    ...notYet.map((one) => `  - ${one}`),
  ].join("\n");
}

function servedText(compared: number, all: number): string {
  if (compared === all) return `${all} served rows`;
  return `${compared.toLocaleString("en")} of ${all.toLocaleString("en")} served rows, drawn at random,`;
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
