/**
 * `oldhand audit` beside other data checkers (bench/peers/audit_peers.py), each in a process of its own, from the same file of texts: wall time and peak memory (GNU
 * time), start-up and reading included. Tables are made once in FOLDER. No experiments are run: only what looks at the data.
 *
 *   npm run build && npx rolldown bench/speed/audit-peers.ts --platform node --file /tmp/audit-peers.mjs
 *   node /tmp/audit-peers.mjs FOLDER --pythons deepchecks=PATH,ydata-profiling=PATH,evidently=PATH,cleanlab=PATH --log FILE [--shapes 10kx20] [--tools oldhand] [--runs 3] [--most 600] [--next]
 *
 * Tools take turns. --log notes each measurement, and a run goes on from what is noted; --next: the next one only, so that a long run is made in pieces. --most:
 * seconds after which a process is ended; what took longer once is not run again with as little. --pythons none: only the figures of the log, to bench/results/audit-peers.json.
 */
import { spawnSync } from "node:child_process";
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createRandom } from "../../src/core/random.ts";
import { MAIN, median, record } from "./record.ts";

/** `times`: how often the 19 columns besides the target stand in the table. */
const SHAPES = {
  "10kx20": { rows: 10_000, times: 1 },
  "100kx20": { rows: 100_000, times: 1 },
  "1Mx20": { rows: 1_000_000, times: 1 },
  "10Mx20": { rows: 10_000_000, times: 1 },
  "100kx2000": { rows: 100_000, times: 105 },
} as const;
/** And the package whose virtual environment runs it; null: our own. */
const TOOLS: Readonly<Record<string, string | null>> = {
  oldhand: null,
  "deepchecks-integrity": "deepchecks",
  deepchecks: "deepchecks",
  "ydata-minimal": "ydata-profiling",
  ydata: "ydata-profiling",
  evidently: "evidently",
  cleanlab: "cleanlab",
};
/** Runs that take longer are made once. */
const LONG_SECONDS = 300;

interface Measured {
  readonly shape: string;
  readonly tool: string;
  /** null: ended after `most` seconds. */
  readonly seconds: number | null;
  readonly most: number;
  /** Of all its threads: what other work on the machine hardly changes. */
  readonly processorSeconds: number;
  readonly peakMb: number;
  /** null, or the last line of what it said when it failed. */
  readonly error: string | null;
  /** What the peer said of itself. */
  readonly peer?: { readonly version: string; readonly parts: Readonly<Record<string, number>>; readonly said: number };
}

/** 12 numbers (some with gaps, some whole), 5 columns of names, 2 dates, `times` over; a target of two classes that goes by three of the first of them. */
function makeTable(path: string, rows: number, times: number): void {
  const random = createRandom(1, "audit-peers", String(rows));
  const file = openSync(`${path}.part`, "w");
  const again = Array.from({ length: times }, (_, i) => (i === 0 ? "" : `_${i}`));
  const kinds = [...Array.from({ length: 12 }, (_, i) => `n${i}`), ...Array.from({ length: 5 }, (_, i) => `c${i}`), "d0", "d1"];
  writeSync(file, `${[...again.flatMap((suffix) => kinds.map((kind) => `${kind}${suffix}`)), "target"].join(",")}\n`);
  const day = (from: number, days: number) => new Date(Date.UTC(from, 0, 1 + random.integer(days))).toISOString().slice(0, 10);
  let pending: string[] = [];
  for (let row = 0; row < rows; row++) {
    const line: string[] = [];
    let label = "";
    for (const suffix of again) {
      const numbers = Array.from({ length: 12 }, () => random.normal());
      const codes = [3, 5, 12, 40, 200].map((levels) => random.integer(levels));
      const cells = numbers.map((value, i) => {
        if (i % 4 === 3 && random.next() < 0.05) return "";
        return i % 3 === 2 ? String(Math.round(50 + 20 * value)) : (10 * Math.exp(value / 2)).toFixed(4);
      });
      if (suffix === "") {
        const score = (numbers[0] ?? 0) + (numbers[2] ?? 0) + ((codes[0] ?? 0) - 1) + random.normal();
        label = score > 0.5 ? "yes" : "no";
      }
      line.push(...cells, ...codes.map((code, i) => `${"abcde"[i]}${code}`), day(2015, 1500), day(2020, 900));
    }
    pending.push(`${line.join(",")},${label}\n`);
    if (pending.length * times < 1000 && row + 1 < rows) continue;
    writeSync(file, pending.join(""));
    pending = [];
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    pythons: { type: "string", default: "none" },
    shapes: { type: "string", default: Object.keys(SHAPES).join(",") },
    tools: { type: "string", default: Object.keys(TOOLS).join(",") },
    runs: { type: "string", default: "3" },
    most: { type: "string", default: "600" },
    log: { type: "string", default: "audit-peers.log" },
    next: { type: "boolean", default: false },
  },
});
const [folder = "."] = positionals;
const pythons = new Map(values.pythons.split(",").map((one) => one.split("=") as [string, string]));
const mostSeconds = Number(values.most);
const listed = (text: string) => text.split(",").filter((one) => one !== "");

function noted(): Measured[] {
  if (!existsSync(values.log)) return [];
  return readFileSync(values.log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Measured);
}

/** The time of the process and its peak, and what it wrote. */
function measure(shape: string, tool: string): Measured {
  const [path, out, log] = [join(folder, `peers-${shape}.csv`), join(folder, "dossier"), join(folder, "time.txt")];
  rmSync(out, { recursive: true, force: true });
  const python = pythons.get(TOOLS[tool] ?? "");
  const command =
    TOOLS[tool] === null
      ? [process.execPath, MAIN, "audit", path, "--target", "target", "--budget", "0s", "--quiet", "--yes", "--out", out]
      : [python ?? "python3", join("bench", "peers", "audit_peers.py"), tool, path, "target"];
  const began = performance.now();
  const timed = ["-o", log, "-f", "%e %M %U %S", "timeout", "-s", "KILL", String(mostSeconds), ...command];
  const { status, stdout, stderr } = spawnSync("/usr/bin/time", timed, { encoding: "utf8", maxBuffer: 1e8 });
  const passed = (performance.now() - began) / 1000;
  const [seconds = 0, peakKb = 0, user = 0, system = 0] = (readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  rmSync(out, { recursive: true, force: true });
  rmSync(log);
  const peakMb = Math.round(peakKb / 1024);
  const isEnded = passed >= mostSeconds;
  // Oldhand's exit code is its verdict: 1 where it found a blocker.
  const isDone = TOOLS[tool] === null ? status === 0 || status === 1 : status === 0;
  const error = isDone || isEnded ? null : (stderr.trim().split("\n").at(-1) ?? `exit code ${status}`).slice(0, 300);
  const peer = isDone && TOOLS[tool] !== null ? { peer: JSON.parse(stdout.trim().split("\n").at(-1) ?? "null") } : {};
  return { shape, tool, seconds: isEnded ? null : seconds, most: mostSeconds, processorSeconds: user + system, peakMb, error, ...peer };
}

/** How often it has been measured enough. */
function isDone(own: readonly Measured[], run: number): boolean {
  const answered = own.filter(({ seconds, error }) => seconds !== null || error !== null);
  if (answered.some(({ error, seconds }) => error !== null || (seconds ?? 0) > LONG_SECONDS)) return true;
  return answered.length > run || own.some(({ seconds, most }) => seconds === null && most >= mostSeconds);
}

function measureAll(): void {
  for (let run = 0; run < Number(values.runs); run++)
    for (const shape of listed(values.shapes))
      for (const tool of listed(values.tools)) {
        const own = noted().filter((one) => one.shape === shape && one.tool === tool);
        if (isDone(own, run)) continue;
        const path = join(folder, `peers-${shape}.csv`);
        const { rows, times } = SHAPES[shape as keyof typeof SHAPES];
        if (!existsSync(path)) makeTable(path, rows, times);
        const measured = measure(shape, tool);
        appendFileSync(values.log, `${JSON.stringify(measured)}\n`);
        process.stderr.write(
          `${shape} ${tool}: ${measured.seconds ?? `more than ${mostSeconds}`} s, ${measured.peakMb} MB ${measured.error ?? ""}\n`,
        );
        if (values.next) return;
      }
  process.stderr.write("nothing left\n");
}

/** Medians of the runs that ended; of those that never did, the longest time that they were given. */
function figuresOf(shape: string, tool: string, all: readonly Measured[]): object | null {
  const own = all.filter((one) => one.shape === shape && one.tool === tool);
  const ended = own.filter(({ seconds, error }) => seconds !== null && error === null);
  const failed = own.find(({ error }) => error !== null);
  if (own.length === 0) return null;
  if (ended.length === 0 && failed === undefined)
    return {
      tool,
      runs: own.length,
      seconds: null,
      moreThanSeconds: Math.max(...own.map(({ most }) => most)),
      // GNU time is not told the peak of a process that was ended with its parent.
      peakMb: null,
    };
  if (ended.length === 0) return { tool, runs: own.length, seconds: null, error: failed?.error, peakMb: failed?.peakMb };
  const peer = ended[0]?.peer;
  const parts = Object.keys(peer?.parts ?? {}).map((part): [string, number] => [
    part,
    median(ended.map((one) => one.peer?.parts[part] ?? 0)),
  ]);
  return {
    tool,
    runs: ended.length,
    seconds: median(ended.map(({ seconds }) => seconds ?? 0)),
    processorSeconds: median(ended.map((one) => one.processorSeconds)),
    peakMb: median(ended.map(({ peakMb }) => peakMb)),
    ...(peer === undefined ? {} : { version: peer.version, parts: Object.fromEntries(parts), said: peer.said }),
    all: ended.map(({ seconds }) => seconds),
  };
}

if (values.pythons !== "none" || values.tools === "oldhand") measureAll();
else {
  const all = noted();
  const tables = listed(values.shapes).map((shape) => ({
    shape,
    rows: SHAPES[shape as keyof typeof SHAPES].rows,
    tools: listed(values.tools).flatMap((tool) => figuresOf(shape, tool, all) ?? []),
  }));
  record(
    "audit-peers",
    "oldhand audit --budget 0s and other data checkers on the same files: wall time and peak memory of the process, medians.",
    { tables },
  );
}
