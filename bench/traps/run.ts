/**
 * Plants each trap in clean tables, alone at three strengths and two to four together, runs the audit on the files and counts what it found and what it made up.
 * What a trap truly does to the score is measured beside it, on other rows of the same world, by experiments that share nothing with the audit but the trees.
 *
 *   npx rolldown bench/traps/run.ts --platform node --file /tmp/traps.mjs && node /tmp/traps.mjs [--tables 3] [--rows 1200] [--real FOLDER] [--truth 5] [--shift 0] [--only trap,trap] [--out traps]
 *
 * With --out, what each finding said is written to bench/results/said as well: confidences are fitted to it and judged by it (calibrate.ts).
 *
 * --part 2/3: every third table only, its results raw; --merge FILE,FILE,FILE: the figures of all parts, with the same options. --real: the folder of the tables that real.json names; those of them that are there are stripped of their traps and planted too. --truth: tables of fresh rows for each
 * true harm, 0 = none. --known FILE: takes true harms from an earlier result with the same options, since they do not depend on the audit. --shift: other seeds, for figures on tables that nothing was fitted to. --strong: only the made-up tables with one trap at full strength, and the clean
 * ones, as bench/peers/traps.py looks at. --export FOLDER writes the tables with `planted.json` instead: for bench/peers/traps.py.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Finding } from "../../src/core/finding.ts";
import type { TrapId } from "../../src/core/trap.ts";
import { metricNamed } from "../../src/metrics/index.ts";
import { standardDeviation } from "../../src/stats/index.ts";
import { auditOf } from "./audit.ts";
import { type Case, cases } from "./cases.ts";
import { isCaught, isFound, isReal, isTrueByDefinition } from "./judge.ts";
import { peakMemoryMB } from "./memory.ts";
import { readReal } from "./real.ts";
import { writeSaid } from "./said.ts";
import {
  byConfidence,
  byTrap,
  calibrationError,
  caughtOf,
  foundOf,
  harmFollowsTruth,
  harmful,
  type Seen,
  share,
  shareOf,
  type Try,
} from "./summary.ts";
import { cellsOf, csvOf, featuresOf, gridOf, type Table } from "./table.ts";
import { flattery, gainOfDoubling, hasTrueHarm, isLinear, type TrueHarm, trueHarm } from "./truth.ts";

const { values } = parseArgs({
  options: {
    tables: { type: "string", default: "3" },
    rows: { type: "string", default: "1200" },
    only: { type: "string", default: "" },
    combinations: { type: "string", default: "30" },
    clean: { type: "string", default: "20" },
    real: { type: "string", default: "" },
    truth: { type: "string", default: "5" },
    known: { type: "string", default: "" },
    shift: { type: "string", default: "0" },
    out: { type: "string", default: "" },
    strong: { type: "boolean", default: false },
    export: { type: "string", default: "" },
    part: { type: "string", default: "" },
    merge: { type: "string", default: "" },
  },
});
const options = {
  tables: Number(values.tables),
  rows: Number(values.rows),
  clean: Number(values.clean),
  combinations: Number(values.combinations),
  shift: Number(values.shift),
  only: values.only === "" ? null : new Set(values.only.split(",")),
  real: values.real === "" ? [] : readReal(values.real),
};

/** By the case's name. */
const known = new Map(
  values.known === ""
    ? []
    : (JSON.parse(readFileSync(values.known, "utf8")) as { harms: { where: string; truth: TrueHarm }[] }).harms.map(({ where, truth }) => [
        where,
        truth,
      ]),
);
/** What was seen, part by part: figures are of all of it. */
interface Raw {
  readonly commit: string;
  readonly tries: (Try & { readonly place: number })[];
  readonly seen: (Seen & Pick<Case, "ground"> & { readonly place: number })[];
  readonly failures: string[];
  readonly times: number[];
  readonly peaks: number[];
  readonly cleanColumns: { made: number; real: number };
}

const commitNow = () => execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();
const raws =
  values.merge === ""
    ? [{ commit: commitNow(), tries: [], seen: [], failures: [], times: [], peaks: [], cleanColumns: { made: 0, real: 0 } }]
    : values.merge.split(",").map((file) => JSON.parse(readFileSync(file, "utf8")) as Raw);
const inOrder = <T extends { readonly place: number }>(all: readonly T[]) => all.toSorted((a, b) => a.place - b.place);
const raw: Raw = {
  commit: raws[0]?.commit ?? "",
  tries: inOrder(raws.flatMap((one) => one.tries)),
  seen: inOrder(raws.flatMap((one) => one.seen)),
  failures: raws.flatMap((one) => one.failures),
  times: raws.flatMap((one) => one.times),
  peaks: raws.flatMap((one) => one.peaks),
  cleanColumns: {
    made: raws.reduce((sum, one) => sum + one.cleanColumns.made, 0),
    real: raws.reduce((sum, one) => sum + one.cleanColumns.real, 0),
  },
};
const { tries, seen, failures, times, peaks, cleanColumns } = raw;

async function look(one: Case, place: number): Promise<void> {
  const { table, sown, where, ground } = one;
  const { file, tookMs, error } = await auditOf(table);
  const findings = file?.findings ?? [];
  if (file === null) failures.push(`${where}: ${error.split("\n")[0]}`);
  else {
    times.push(tookMs);
    const touched = new Set(sown.flatMap(({ planted: { columns, beside = [] } }) => [...columns, ...beside]));
    cleanColumns[ground] += [...table.columns.keys()].filter((name) => name !== table.target && !touched.has(name)).length;
  }
  for (const finding of findings) {
    const { trap, severity, confidence, strength, stance, columns } = finding;
    const real = isReal(finding, sown) || isTrueByDefinition(finding, table) || (trap === "too-few-rows" && isShort(one));
    seen.push({ trap, severity, confidence, strength, stance, columns, real, where, ground, place });
  }
  for (const plant of sown) {
    const own = findings.filter((finding) => isFound(plant, finding));
    const caught = findings.filter((finding) => isCaught(plant, finding));
    // Another face of what linear models suffer from is priced by trees.
    const priced = (isLinear(plant.trap) ? own : [...own, ...caught]).find(({ harm }) => harm !== null);
    tries.push({
      trap: plant.trap,
      strength: plant.strength,
      found: own.length > 0,
      caught: caught.length > 0,
      with: sown.length,
      where,
      ground,
      harm: priced === undefined ? null : flatteryOf(priced, table),
      truth: truthOf(one),
      place,
    });
  }
}

/** Tables of fresh rows, by which a clean table is too short or not. */
const DOUBLINGS = 5;

/** Where twice as many rows bring a gain that counts, a clean table truly has too few. */
function isShort({ wider }: Case): boolean {
  const draws = Array.from({ length: DOUBLINGS }, (_, i) => i + 1);
  const gain = wider === null ? null : trueHarm(draws.map((draw) => gainOfDoubling(wider(draw, 1), wider(draw, 2), draw)));
  return gain !== null && gain.low > 0 && gain.value >= 1;
}

/** How much better the score is with the trap, by the audit: of a number's error in units of the target's spread. */
function flatteryOf({ harm }: Finding, table: Table): number | null {
  if (harm === null) return null;
  if (metricNamed(harm.metric).better === "higher") return -harm.delta;
  const target = Float64Array.from(
    cellsOf(table, table.target)
      .filter((cell) => cell !== "")
      .map(Number),
  );
  return table.task === "regression" ? harm.delta / (standardDeviation(target) || 1) : harm.delta;
}

function truthOf({ sown: [one], again, where }: Case): TrueHarm | null {
  if (one === undefined || again === null || !hasTrueHarm(one.trap)) return null;
  const before = known.get(where);
  if (before !== undefined) return before;
  const differences = Array.from({ length: Number(values.truth) }, (_, i) => i + 1).flatMap((draw) => {
    const drawn = again(draw);
    const difference = drawn === null ? null : flattery(one.trap, drawn.before, drawn.planted, draw);
    return difference === null || !Number.isFinite(difference) ? [] : [difference];
  });
  return trueHarm(differences);
}

const isStrong = ({ sown: [one, another] }: Case) => another === undefined && (one === undefined || one.strength === 1);

function exportTo(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const planted = [...cases(options)]
    .filter((one) => !values.strong || isStrong(one))
    .map((one, i) => {
      const { table, sown, where } = one;
      const name = `t${String(i).padStart(4, "0")}`;
      writeFileSync(join(folder, `${name}.csv`), (table.write ?? csvOf)(gridOf(table.columns)));
      if (table.test !== null) writeFileSync(join(folder, `${name}-test.csv`), csvOf(gridOf(table.test)));
      return {
        name,
        where,
        target: table.target,
        task: table.task,
        test: table.test !== null,
        time: flagOf(table, "--time"),
        group: flagOf(table, "--group"),
        columns: [...table.columns.keys()],
        sown: sown.map(({ trap, strength, planted: { columns, also = [], beside = [] } }) => ({ trap, strength, columns, also, beside })),
        facts: factsOf(one, table),
      };
    });
  writeFileSync(join(folder, "planted.json"), `${JSON.stringify(planted, null, 1)}\n`);
}

const flagOf = ({ flags }: Table, flag: string): string | null => (flags.includes(flag) ? (flags[flags.indexOf(flag) + 1] ?? null) : null);

/** What is true of the table by definition, whatever was planted: a claim of it is real. */
function factsOf(one: Case, table: Table): readonly { trap: TrapId; columns: readonly string[] }[] {
  const facts = [
    ...featuresOf(table, "name").map((name) => ({ trap: "new-category" as const, columns: [name] })),
    { trap: "skewed" as const, columns: [table.target] },
  ];
  const own = [...facts, { trap: "conflicting-label" as const, columns: [] }].filter((fact) => isTrueByDefinition(fact, table));
  return isShort(one) ? [...own, { trap: "too-few-rows", columns: [] }] : own;
}

/** Of one ground, or of both. */
function figures(ground: Case["ground"] | null) {
  const isIn = (one: Pick<Case, "ground">) => ground === null || one.ground === ground;
  const [own, said] = [tries.filter(isIn), seen.filter(isIn)];
  const made = said.filter(({ real }) => !real);
  const columns = ground === null ? cleanColumns.made + cleanColumns.real : cleanColumns[ground];
  const [harms, unpriced] = [harmful(own), own.filter((one) => !hasTrueHarm(one.trap as Finding["trap"]))];
  return {
    recall: foundOf(own),
    caught: caughtOf(own),
    recallAtFullStrength: foundOf(own.filter(({ strength }) => strength === 1)),
    recallTogether: foundOf(own.filter((one) => one.with > 1)),
    recallWhereHarmful: foundOf(harms),
    caughtWhereHarmful: caughtOf(harms),
    recallWithoutPrice: foundOf(unpriced),
    harmFollowsTruth: harmFollowsTruth(own),
    precision: shareOf(said.length - made.length, said.length),
    precisionOfActs: shareOf(
      said.filter(({ real, stance }) => real && stance === "acts").length,
      said.filter(({ stance }) => stance === "acts").length,
    ),
    cleanColumns: columns,
    falseAlarmsPer100CleanColumns: share(100 * made.length, columns),
    falseBlockersPer100CleanColumns: share(100 * made.filter(({ severity }) => severity === "blocker").length, columns),
    calibrationError: calibrationError(said),
  };
}

function quantileOf(all: readonly number[], at: number): number {
  return Math.round([...all].sort((a, b) => a - b)[Math.min(all.length - 1, Math.floor(all.length * at))] ?? 0);
}

async function lookAtAll(): Promise<void> {
  const [part = 1, parts = 1] = values.part === "" ? [] : values.part.split("/").map(Number);
  let [trap, place] = ["", 0];
  const weighed: Table[] = [];
  for (const one of cases(options)) {
    if (values.strong && !isStrong(one)) continue;
    place++;
    if (place % parts !== part % parts) continue;
    const now = one.sown.map((sown) => sown.trap).join(" + ");
    if (now !== trap) process.stderr.write(`${now}\n`);
    trap = now;
    if (place % 8 === 1) weighed.push(one.table);
    await look(one, place);
  }
  peaks.push(...weighed.flatMap((table) => peakMemoryMB(table) ?? []));
}

function resultOf(): object {
  return {
    commit: raw.commit,
    machine: cpus()[0]?.model ?? "",
    node: process.version,
    options: { ...options, only: values.only, real: options.real.length, truth: Number(values.truth) },
    audits: times.length,
    medianMs: quantileOf(times, 0.5),
    slowestOf20Ms: quantileOf(times, 0.95),
    peakMemoryMB: peaks.length === 0 ? null : Math.max(...peaks),
    ...figures(null),
    grounds: options.real.length === 0 ? {} : { made: figures("made"), real: figures("real") },
    confidence: byConfidence(seen),
    traps: byTrap(tries, seen),
    missed: tries
      .filter(({ found }) => !found)
      .map(({ where, trap: of, strength, caught, truth }) => ({ trap: of, strength, where, caught, truth })),
    madeUp: seen.filter(({ real }) => !real).map(({ place: _, ...rest }) => rest),
    harms: tries.flatMap(({ where, harm, truth }) => (truth === null ? [] : [{ where, harm, truth }])),
    failures,
  };
}

if (values.export !== "") exportTo(values.export);
else {
  if (values.merge === "") await lookAtAll();
  const text = `${JSON.stringify(values.part === "" ? resultOf() : raw, null, 1)}\n`;
  if (values.out === "") process.stdout.write(text);
  else {
    writeFileSync(`bench/results/${values.out}.json`, text);
    if (values.part === "") writeSaid(values.out, seen);
  }
}
