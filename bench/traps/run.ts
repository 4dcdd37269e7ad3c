/**
 * Plants each trap in clean tables, alone at three strengths and several together, runs the audit on the files and counts what it found and what it made up.
 *
 *   npx rolldown bench/traps/run.ts --platform node --file /tmp/traps.mjs && node /tmp/traps.mjs [--tables 3] [--rows 1200] [--only trap,trap] [--out traps]
 *
 * --strong: only the tables with one trap at full strength, and the clean ones, as bench/peers/traps.py looks at. --export FOLDER writes the tables with `planted.json` instead: for bench/peers/traps.py.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { auditOf } from "./audit.ts";
import { type Case, cases } from "./cases.ts";
import { isCaught, isFound, isReal } from "./judge.ts";
import { byConfidence, byTrap, caughtOf, recallOf, type Seen, share, type Try } from "./summary.ts";
import { csvOf, gridOf } from "./table.ts";

const { values } = parseArgs({
  options: {
    tables: { type: "string", default: "3" },
    rows: { type: "string", default: "1200" },
    only: { type: "string", default: "" },
    combinations: { type: "string", default: "30" },
    clean: { type: "string", default: "20" },
    out: { type: "string", default: "" },
    strong: { type: "boolean", default: false },
    export: { type: "string", default: "" },
  },
});
const options = {
  tables: Number(values.tables),
  rows: Number(values.rows),
  clean: Number(values.clean),
  combinations: Number(values.combinations),
  only: values.only === "" ? null : new Set(values.only.split(",")),
};

const tries: Try[] = [];
const seen: Seen[] = [];
const failures: string[] = [];
const times: number[] = [];
let cleanColumns = 0;

async function look({ table, sown, where }: Case): Promise<void> {
  const { file, tookMs, error } = await auditOf(table);
  const findings = file?.findings ?? [];
  if (file === null) failures.push(`${where}: ${error.split("\n")[0]}`);
  else {
    times.push(tookMs);
    const touched = new Set(sown.flatMap(({ planted }) => planted.columns));
    cleanColumns += [...table.columns.keys()].filter((name) => name !== table.target && !touched.has(name)).length;
  }
  for (const one of findings) {
    const { trap, severity, confidence, columns } = one;
    seen.push({ trap, severity, confidence, columns, real: isReal(one, sown), where });
  }
  for (const one of sown) {
    const harm = findings.find(({ trap, harm: priced }) => trap === one.trap && priced !== null)?.harm?.delta ?? null;
    tries.push({
      trap: one.trap,
      strength: one.strength,
      found: isFound(one, findings),
      caught: isCaught(one, findings),
      with: sown.length,
      where,
      harm,
    });
  }
}

function exportTo(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const planted = [...cases(options)].map(({ table, sown, where }, i) => {
    const name = `t${String(i).padStart(4, "0")}`;
    writeFileSync(join(folder, `${name}.csv`), (table.write ?? csvOf)(gridOf(table.columns)));
    if (table.test !== null) writeFileSync(join(folder, `${name}-test.csv`), csvOf(gridOf(table.test)));
    return {
      name,
      where,
      target: table.target,
      task: table.task,
      test: table.test !== null,
      columns: [...table.columns.keys()],
      sown: sown.map(({ trap, strength, planted: { columns, also } }) => ({ trap, strength, columns, also: also ?? [] })),
    };
  });
  writeFileSync(join(folder, "planted.json"), `${JSON.stringify(planted, null, 1)}\n`);
}

if (values.export !== "") exportTo(values.export);
else {
  let trap = "";
  const isStrong = ({ sown: [one, another] }: Case) => another === undefined && (one === undefined || one.strength === 1);
  for (const one of cases(options)) {
    if (values.strong && !isStrong(one)) continue;
    const now = one.sown.map((sown) => sown.trap).join(" + ");
    if (now !== trap) process.stderr.write(`${now}\n`);
    trap = now;
    await look(one);
  }
  const made = seen.filter(({ real }) => !real);
  const blockers = made.filter(({ severity }) => severity === "blocker");
  const result = {
    machine: cpus()[0]?.model ?? "",
    node: process.version,
    options: { ...options, only: values.only },
    audits: times.length,
    medianMs: Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0),
    recall: recallOf(tries),
    caught: caughtOf(tries),
    recallAtFullStrength: recallOf(tries.filter(({ strength }) => strength === 1)),
    recallTogether: recallOf(tries.filter((one) => one.with > 1)),
    precision: share(seen.length - made.length, seen.length),
    cleanColumns,
    falseAlarmsPer100CleanColumns: share(100 * made.length, cleanColumns),
    falseBlockersPer100CleanColumns: share(100 * blockers.length, cleanColumns),
    confidence: byConfidence(seen),
    traps: byTrap(tries, seen),
    missed: tries.filter(({ found }) => !found).map(({ where, trap: of, strength, caught }) => ({ trap: of, strength, where, caught })),
    madeUp: made,
    failures,
  };
  const text = `${JSON.stringify(result, null, 1)}\n`;
  if (values.out === "") process.stdout.write(text);
  else writeFileSync(`bench/results/${values.out}.json`, text);
}
