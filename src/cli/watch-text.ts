import type { WatchReport } from "../production/index.ts";

const SHOWN = 12;

/** The report of `watch` for a terminal. */
export function watchText({ verdict, why, columns, predictions, rows, notYet }: WatchReport): string {
  const title = { drift: "DRIFT", "no-drift": "NO DRIFT", "too-few-rows": "TOO FEW ROWS" }[verdict];
  const all = [...predictions, ...columns];
  const shown = [...all.filter(({ drifted }) => drifted), ...all.filter(({ drifted }) => !drifted)].slice(0, SHOWN);
  return [
    `${title}  ${rows.current} served rows against ${rows.reference} judged rows`,
    "",
    why,
    "",
    ...shown.map((one) => `${one.drifted ? "*" : " "} ${one.column}: ${one.why}`),
    ...(all.length > shown.length ? [`  ... and ${all.length - shown.length} more with nothing to see or less; --json - shows all`] : []),
    "",
    "Not looked at yet:",
    ...notYet.map((one) => `  - ${one}`),
  ].join("\n");
}
