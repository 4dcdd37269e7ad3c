/**
 * Plants each trap in clean tables, alone at three strengths and several together, runs the audit on the files and counts what it found and what it made up.
 *
 *   npx rolldown bench/traps/run.ts --platform node --file /tmp/traps.mjs && node /tmp/traps.mjs [--tables 3] [--rows 1200] [--only trap,trap] [--out traps]
 */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import type { Finding } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import { auditOf } from "./audit.ts";
import { cleanTable } from "./clean.ts";
import { isFound, isReal, type Sown } from "./judge.ts";
import { PLANTS, type Plant } from "./plants/index.ts";
import type { Table } from "./table.ts";

const STRENGTHS = [0.3, 0.6, 1];
const TASKS = ["binary", "multiclass", "regression"] as const;

const { values } = parseArgs({
  options: {
    tables: { type: "string", default: "3" },
    rows: { type: "string", default: "1200" },
    only: { type: "string", default: "" },
    combinations: { type: "string", default: "30" },
    clean: { type: "string", default: "20" },
    out: { type: "string", default: "" },
  },
});

interface Seen {
  readonly trap: string;
  readonly severity: string;
  readonly confidence: number;
  readonly columns: readonly string[];
  readonly real: boolean;
  readonly where: string;
}

const seen: Seen[] = [];
const tries: { trap: string; strength: number; found: boolean; with: number; where: string; harm: number | null }[] = [];
const failures: string[] = [];
let cleanColumns = 0;
const times: number[] = [];

async function look(table: Table, sown: readonly Sown[], where: string): Promise<void> {
  const { file, tookMs, error } = await auditOf(table);
  if (file === null) {
    failures.push(`${where}: ${error.split("\n")[0]}`);
    for (const { trap, strength } of sown) tries.push({ trap, strength, found: false, with: sown.length, where, harm: null });
    return;
  }
  times.push(tookMs);
  const touched = new Set(sown.flatMap(({ planted }) => planted.columns));
  cleanColumns += [...table.columns.keys()].filter((name) => name !== table.target && !touched.has(name)).length;
  for (const finding of file.findings) note(finding, sown, where);
  for (const one of sown) {
    const harm = file.findings.find(({ trap, harm: priced }) => trap === one.trap && priced !== null)?.harm?.delta ?? null;
    tries.push({ trap: one.trap, strength: one.strength, found: isFound(one, file.findings), with: sown.length, where, harm });
  }
}

function note({ trap, severity, confidence, columns, ...rest }: Finding, sown: readonly Sown[], where: string): void {
  seen.push({ trap, severity, confidence, columns, real: isReal({ trap, severity, confidence, columns, ...rest }, sown), where });
}

function sow(plant: Plant, table: Table, seed: number, strength: number): Sown | null {
  const planted = plant.plant(table, createRandom(seed, `plant ${plant.trap}`), strength);
  return planted === null ? null : { trap: plant.trap, strength, planted };
}

const only = values.only === "" ? null : new Set(values.only.split(","));
const plants = PLANTS.filter(({ trap }) => only === null || only.has(trap));
const rows = Number(values.rows);

for (const plant of plants) {
  for (const strength of STRENGTHS) {
    let done = 0;
    for (let seed = 1; done < Number(values.tables) && seed < 40; seed++) {
      const table = cleanTable(seed, rows, TASKS[seed % TASKS.length] ?? "binary");
      const one = sow(plant, table, seed, strength);
      if (one === null) continue;
      done++;
      await look(one.planted.table, [one], `${plant.trap} ${strength} in ${table.name}`);
    }
  }
  process.stderr.write(
    `${plant.trap}: ${tries.filter(({ trap, found }) => trap === plant.trap && found).length} of ${tries.filter(({ trap }) => trap === plant.trap).length}\n`,
  );
}
if (only === null) {
  for (let seed = 100; seed < 100 + Number(values.clean); seed++) {
    const table = cleanTable(seed, seed % 2 === 0 ? rows : Math.round(rows / 3), TASKS[seed % TASKS.length] ?? "binary");
    await look(table, [], table.name);
  }
  const combining = PLANTS.filter(({ combines }) => combines);
  for (let seed = 200; seed < 200 + Number(values.combinations); seed++) {
    const random = createRandom(seed, "combination");
    let table = cleanTable(seed, rows, TASKS[seed % TASKS.length] ?? "binary");
    const sown: Sown[] = [];
    const chosen = random.shuffle([...combining]).filter(({ trap }, i, all) => all.findIndex((one) => one.trap === trap) === i);
    for (const plant of chosen.slice(0, 2 + (seed % 3))) {
      const one = sow(plant, table, seed, STRENGTHS[random.integer(STRENGTHS.length)] ?? 1);
      // A plant may not spoil another's columns.
      if (one === null || one.planted.columns.some((name) => sown.some(({ planted }) => planted.columns.includes(name)))) continue;
      sown.push(one);
      table = one.planted.table;
    }
    await look(table, sown, `${sown.map(({ trap }) => trap).join(" + ")} in ${table.name}`);
  }
}

const share = (found: number, all: number) => (all === 0 ? null : Number((found / all).toFixed(3)));
const traps = [...new Set(tries.map(({ trap }) => trap))].map((trap) => {
  const own = tries.filter((one) => one.trap === trap);
  const alarms = seen.filter((one) => one.trap === trap);
  const at = (strength: number) =>
    share(own.filter((one) => one.strength === strength && one.found).length, own.filter((one) => one.strength === strength).length);
  return {
    trap,
    planted: own.length,
    recall: share(own.filter(({ found }) => found).length, own.length),
    recallAt: Object.fromEntries(STRENGTHS.map((strength) => [strength, at(strength)])),
    alarms: alarms.length,
    precision: share(alarms.filter(({ real }) => real).length, alarms.length),
  };
});
const made = seen.filter(({ real }) => !real);
const bins = [0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95].map((low, i, all) => {
  const inside = seen.filter(({ confidence }) => confidence >= low && confidence < (all[i + 1] ?? 1.01));
  return {
    from: low,
    findings: inside.length,
    meanConfidence: share(
      inside.reduce((sum, { confidence }) => sum + confidence, 0),
      inside.length,
    ),
    real: share(inside.filter(({ real }) => real).length, inside.length),
  };
});
const result = {
  machine: cpus()[0]?.model ?? "",
  node: process.version,
  rows,
  audits: times.length,
  medianMs: Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0),
  recall: share(tries.filter(({ found }) => found).length, tries.length),
  recallStrong: share(
    tries.filter(({ strength, found }) => strength === 1 && found).length,
    tries.filter(({ strength }) => strength === 1).length,
  ),
  recallTogether: share(tries.filter((one) => one.with > 1 && one.found).length, tries.filter((one) => one.with > 1).length),
  precision: share(seen.length - made.length, seen.length),
  per100CleanColumns: {
    columns: cleanColumns,
    alarms: share(100 * made.length, cleanColumns),
    blockers: share(100 * made.filter(({ severity }) => severity === "blocker").length, cleanColumns),
  },
  confidence: bins,
  traps,
  missed: tries.filter(({ found }) => !found).map(({ trap, strength, where }) => ({ trap, strength, where })),
  madeUp: made,
  failures,
};
const text = `${JSON.stringify(result, null, 1)}\n`;
if (values.out === "") process.stdout.write(text);
else writeFileSync(`bench/results/${values.out}.json`, text);
