/**
 * Files that nobody should bring: random bytes, CSV of random grammars, damaged Parquet, archives, workbooks, databases. Each is read; one of five is audited, one of thirty
 * by the whole command. A fault is a crash, more than 10 s, a stack trace, an exit code that the contract does not know, or what a refused file leaves behind.
 *
 *   npm run build && npx rolldown bench/fuzz/run.ts --platform node --external @duckdb/node-api --external node-sqlite3-wasm --external hucre --dir node_modules/.fuzz && node node_modules/.fuzz/run.js [--cases 10000] [--from 0] [--seed 1] [--only INDEX] [--way command] [--log FILE] [--out fuzz]
 *
 * --log FILE notes how each case ended, and goes on from what is noted there, if it is of this seed and commit: a long run may be made in pieces; --cases 0 then only counts. --way: only the cases that go this way. --only INDEX makes that case alone and writes its file beside. Counts by outcome, the slowest case and every fault go to bench/results/fuzz.json (with --out).
 */
import { type ChildProcess, execFileSync, fork, spawnSync } from "node:child_process";
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { record } from "../speed/record.ts";
import { fuzzCase, type Sources, sourcesOf } from "./cases.ts";
import { auditArguments, type Ended, faultIn, serveCases, wayOf } from "./child.ts";

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "10000" },
    from: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    way: { type: "string" },
    out: { type: "string" },
    log: { type: "string" },
    child: { type: "string" },
  },
});
const seed = Number(values.seed);
const MOST_MS = 10_000;
/** The watch counts what it saw pass itself: a machine that was stopped for a while is no hang. */
const TICK_MS = 100;
const HUNG = "hung";
/** Cases of one process. */
const PIECE = 250;

/** The first lines of a stack say where. */
const SHOWN = 1500;

function start(indices: readonly number[]): ChildProcess {
  return fork(fileURLToPath(import.meta.url), ["--seed", values.seed, "--child", indices.join(",")], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
}

/** Cases in processes of their own, a new one after each that crashed or hung. */
async function inChildren(indices: readonly number[], onEnd: (ended: Ended) => void): Promise<void> {
  let left = [...indices];
  while (left.length > 0) {
    const batch = left.slice(0, PIECE);
    const done = await oneChild(batch, onEnd);
    left = left.slice(done);
  }
}

/** @returns how many of the cases are done with. */
function oneChild(indices: readonly number[], onEnd: (ended: Ended) => void): Promise<number> {
  return new Promise((resolve) => {
    const child = start(indices);
    let [done, current, ticks, why, said] = [0, -1, 0, "", ""];
    child.stderr?.on("data", (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
    });
    const watch = setInterval(() => {
      ticks++;
      if (current < 0 || ticks * TICK_MS < MOST_MS) return;
      why = `${HUNG} for more than ${MOST_MS / 1000} s`;
      child.kill("SIGKILL");
    }, TICK_MS);
    child.on("message", (message: { started?: number; ended?: Ended }) => {
      ticks = 0;
      if (message.started !== undefined) current = message.started;
      if (message.ended === undefined) return;
      onEnd(message.ended);
      done++;
      current = -1;
    });
    child.on("exit", (code, signal) => {
      clearInterval(watch);
      if (current >= 0) {
        const outcome = why === "" ? `crashed (${signal ?? code}): ${said}` : why;
        onEnd({ index: current, kind: kindOf(current), way: "open", outcome, isFault: true, tookMs: ticks * TICK_MS });
        done++;
      }
      resolve(Math.max(done, 1));
    });
  });
}

let sources: Sources = new Map();
const kindOf = (index: number) => fuzzCase(seed, index, sources).kind;

/** A command of its own says at its end what processor time it took. */
const TELL =
  "data:text/javascript,process.on('exit',()=>{const{user,system}=process.cpuUsage();process.stderr.write('took '+(user+system)/1000+'\\n')})";
/** Where the machine has more to do than it has processors, a command waits for its turn: then its processor time tells, and it hangs from so many times as long on. */
const BUSY = 30;

/** The command as people run it. */
function wholeCommand(index: number): Ended {
  const { kind, name, bytes } = fuzzCase(seed, index, sources);
  const folder = mkdtempSync(join(tmpdir(), "oldhand-fuzz-"));
  writeFileSync(join(folder, name), bytes);
  const isBusy = (loadavg()[0] ?? 0) > cpus().length;
  const began = performance.now();
  const args = ["--import", TELL, "dist/oldhand.js", ...auditArguments(join(folder, name), folder, "c1")];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", timeout: isBusy ? BUSY * MOST_MS : MOST_MS });
  const passedMs = performance.now() - began;
  rmSync(folder, { recursive: true, force: true });
  const own = Number(/^took ([\d.]+)$/m.exec(stderr)?.[1] ?? passedMs);
  const tookMs = isBusy ? own : passedMs;
  const isFault = faultIn(status, stderr) || tookMs > MOST_MS;
  const refused = / \[([a-z-]+)\]/.exec(stderr)?.[1];
  return {
    index,
    kind,
    way: "command",
    outcome: isFault
      ? `exit code ${status} after ${Math.round(tookMs)} ms: ${stderr}`
      : status === 2
        ? `refused: ${refused}`
        : `answer ${status}`,
    isFault,
    tookMs,
  };
}

/** How a case ended, and of which seed and state of the source it is. */
type Noted = Ended & { readonly seed: number; readonly commit: string };
const commit = execFileSync("git", ["rev-parse", "HEAD"], { encoding: "utf8" }).trim();

/** What earlier pieces of the run noted. @throws Error for a log of another seed or commit: its cases are not these. */
function earlierEnds(): Ended[] {
  if (values.log === undefined || !existsSync(values.log)) return [];
  const noted = readFileSync(values.log, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Noted);
  const other = noted.find((one) => one.seed !== seed || one.commit !== commit);
  if (other !== undefined)
    throw new Error(`${values.log} is of seed ${other.seed} at ${other.commit}, this run of seed ${seed} at ${commit}: take another log.`);
  return noted;
}

async function main(): Promise<void> {
  sources = await sourcesOf();
  const only = values.only === undefined ? null : Number(values.only);
  const [from, count] = only === null ? [Number(values.from), Number(values.cases)] : [only, 1];
  const ends: Ended[] = earlierEnds();
  const done = new Set(ends.map(({ index }) => index));
  const all = Array.from({ length: count }, (_, i) => from + i).filter(
    (index) => !done.has(index) && (values.way === undefined || wayOf(index) === values.way),
  );
  const note = (ended: Ended) => {
    ends.push(ended);
    if (values.log !== undefined) appendFileSync(values.log, `${JSON.stringify({ ...ended, seed, commit } satisfies Noted)}\n`);
    if (ended.isFault) process.stderr.write(`${ended.index} ${ended.kind}, ${ended.way}: ${ended.outcome.slice(0, SHOWN)}\n`);
    if (ends.length % 500 === 0)
      process.stderr.write(`${ends.length} of ${count}, ${ends.filter(({ isFault }) => isFault).length} faults\n`);
  };
  if (only !== null) writeFileSync(`fuzz-${only}-${fuzzCase(seed, only, sources).name}`, fuzzCase(seed, only, sources).bytes);
  for (let at = 0; at < all.length; at += PIECE) {
    const piece = all.slice(at, at + PIECE);
    const isCommand = (index: number) => only === null && wayOf(index) === "command";
    const hung: number[] = [];
    await inChildren(
      piece.filter((index) => !isCommand(index)),
      (ended) => (ended.outcome.startsWith(HUNG) ? hung.push(ended.index) : note(ended)),
    );
    // Once more, alone: a busy machine is no hang.
    for (const index of hung) await inChildren([index], note);
    for (const index of piece.filter(isCommand)) note(wholeCommand(index));
  }
  report(ends);
}

function tally(keys: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

function report(ends: readonly Ended[]): void {
  const faults = ends.filter(({ isFault }) => isFault);
  const slow = [...ends].sort((a, b) => b.tookMs - a.tookMs);
  const summary = {
    seed,
    cases: ends.length,
    faults: faults.length,
    ways: tally(ends.map(({ way }) => way)),
    kinds: tally(ends.map(({ kind }) => kind)),
    outcomes: tally(ends.map(({ outcome, isFault }) => (isFault ? "fault" : outcome))),
    slowest: slow
      .slice(0, 3)
      .map(({ index, kind, way, outcome, tookMs }) => ({ index, kind, way, outcome: outcome.slice(0, 100), tookMs: Math.round(tookMs) })),
    found: faults.map(({ index, kind, way, outcome }) => ({ index, kind, way, outcome: outcome.slice(0, SHOWN) })),
  };
  console.log(JSON.stringify(summary, null, 1));
  if (values.out !== undefined)
    record(
      values.out,
      "Files that nobody should bring: how reading them and auditing them ends. A fault is a crash, more than 10 s (of a command on a busy machine: of processor time), a stack trace, an unknown exit code, or what a refused file leaves behind.",
      summary,
    );
}

if (values.child !== undefined) {
  await serveCases(seed, values.child.split(",").map(Number));
  process.exit(0);
} else await main();
