/**
 * Writes docs/traps.md from bench/results/traps.json (run.ts) and bench/results/traps-natural*.json (natural.ts).
 *
 *   npx rolldown bench/traps/page.ts --platform node --file /tmp/page.mjs && node /tmp/page.mjs
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { byConfidence, byTrap } from "./summary.ts";

interface Planted {
  readonly options: Readonly<Record<string, number | string>>;
  readonly audits: number;
  readonly recall: number;
  readonly caught: number;
  readonly precision: number;
  readonly cleanColumns: number;
  readonly falseAlarmsPer100CleanColumns: number;
  readonly falseBlockersPer100CleanColumns: number;
  readonly confidence: ReturnType<typeof byConfidence>;
  readonly traps: ReturnType<typeof byTrap>;
}

interface Natural {
  readonly commit: string;
  readonly tables: number;
  readonly columns: number;
  readonly knownTraps: number;
  readonly found: number;
  readonly recall: number;
  readonly recallAboveCosmetic: number;
  readonly blockers: number;
  readonly blockersNotInTheList: readonly { readonly where: string; readonly trap: string; readonly columns: readonly string[] }[];
  readonly missed: readonly string[];
}

/** Of bench/peers/traps.py and, for Oldhand, of run.ts --strong. */
interface Peer {
  readonly tool: string;
  readonly tables: number;
  readonly planted: number;
  readonly recall: number;
  readonly caught: number;
  readonly precision: number;
  readonly falseAlarmsPer100CleanColumns: number;
  readonly medianSeconds: number;
  readonly peakMemoryMB: number | null;
  readonly failures: readonly object[];
}

const read = <T>(name: string) => JSON.parse(readFileSync(`bench/results/${name}.json`, "utf8")) as T;
const planted = read<Planted>("traps");
const peers = read<{ readonly tools: readonly Peer[] }>("traps-peers").tools;
const runs = [
  ["first list, blind", read<Natural>("traps-natural-first")],
  ["first list, what it missed was looked at", read<Natural>("traps-natural")],
  ["second list, blind", read<Natural>("traps-natural-second-first")],
  ["second list, what it missed was looked at", read<Natural>("traps-natural-second")],
  ["third list, blind", read<Natural>("traps-natural-third-first")],
  ["fourth list, blind, what the third missed was looked at", read<Natural>("traps-natural-fourth")],
  ["fifth list, blind, what the fourth missed was looked at", read<Natural>("traps-natural-fifth")],
] as const;
const shown = (value: number | null) => (value === null ? "" : String(value));
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
const byName = planted.traps.toSorted((a, b) => (a.trap < b.trap ? -1 : 1));

writeFileSync(
  "docs/traps.md",
  `# How many traps are found

Written by \`bench/traps/page.ts\` from \`bench/results/traps.json\` and \`bench/results/traps-natural*.json\`.

## Planted

Each trap is planted in clean made-up tables (${planted.options.rows} rows, known structure, seeded), alone at three strengths and several together, and the
command audits the file. "Found" means under its own id; "caught" also under that of another face of it (a sibling of the target that nearly gives it
is told as target-leak). ${planted.audits} audits.

- Found ${planted.recall}, caught ${planted.caught} of what was planted; ${planted.precision} of the findings are explained by a plant.
- On ${planted.cleanColumns} columns without a plant: ${planted.falseAlarmsPer100CleanColumns} findings and ${planted.falseBlockersPer100CleanColumns} blockers per 100 columns.

${table(
  ["trap", "planted", "found", "weak", "middle", "strong", "caught", "findings", "real"],
  byName.map(({ trap, planted: all, recall, caught, recallAt, findings, precision }) => [
    trap,
    ...[all, recall, recallAt["0.3"] ?? null, recallAt["0.6"] ?? null, recallAt["1"] ?? null, caught, findings, precision].map(shown),
  ]),
)}

Of findings at a confidence that share is real:

${table(
  ["confidence from", "findings", "mean confidence", "real"],
  planted.confidence.map(({ from, findings, meanConfidence, real }) => [from, findings, meanConfidence, real].map(shown)),
)}

## Beside other tools

The tables with one trap at full strength and the clean ones (${peers[0]?.tables} tables, ${peers[0]?.planted} traps), told the target and nothing else. What a tool says stands for every trap that
its words may mean (\`bench/peers/traps.py\`), so tools without a name for a trap get the benefit of the doubt. Times are of one table of ${planted.options.rows} rows; Oldhand's include its experiments.

${table(
  ["tool", "found", "caught", "real", "false alarms per 100 clean columns", "seconds", "memory (MB)", "tables that it did not read"],
  peers.map((one) => [
    one.tool,
    ...[
      one.recall,
      one.caught,
      one.precision,
      one.falseAlarmsPer100CleanColumns,
      one.medianSeconds,
      one.peakMemoryMB,
      one.failures.length,
    ].map(shown),
  ]),
)}

## In real tables

Tables of R packages, with the traps that somebody who knows what the columns mean would name, each with its evidence (\`bench/traps/natural*.json\`). A trap counts as found by any
finding of a fitting id on one of its columns, cosmetic or not. A run is blind where nothing that its list missed had been looked at. What the lists missed was then looked at, and methods were mended before the next
run. The third, fourth and fifth lists are one list, cut at random before any of it was run. Its author knew what the second list had missed, and mended the methods: blind is said of results, not of what kinds of traps there
are. Lists name what their author knew, so a blocker that is not in them may be real. Each run is of its own commit; only runs of one list compare.

${table(
  ["run", "commit", "tables", "columns", "traps", "found", "share", "share above cosmetic", "blockers", "not in the list"],
  runs.map(([name, run]) => [
    name,
    run.commit.slice(0, 7),
    ...[
      run.tables,
      run.columns,
      run.knownTraps,
      run.found,
      run.recall,
      run.recallAboveCosmetic,
      run.blockers,
      run.blockersNotInTheList.length,
    ].map(String),
  ]),
)}

${runs
  .filter(([name]) => !/^(first|second) list, blind/.test(name))
  .map(([name, run]) => missedAndMore(name, run))
  .join("\n\n")}
`,
);

function missedAndMore(name: string, { missed, blockersNotInTheList }: Natural): string {
  const more = blockersNotInTheList.map(({ where, trap, columns }) => [where, trap, columns.join(", ")]);
  return `### ${name[0]?.toUpperCase()}${name.slice(1)}

Missed:

${missed.map((one) => `- ${one}`).join("\n")}

Blockers that are not in the list:

${table(["table, target", "trap", "columns"], more)}`;
}
