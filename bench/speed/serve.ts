// What a served model takes: memory of the process and processor time of a request over HTTP, beside what the plan counts. Linux only (/proc).
// npm run build && npx rolldown bench/speed/serve.ts --platform node --file /tmp/serve.mjs && node /tmp/serve.mjs DOSSIER...
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import autocannon from "autocannon";
import { MAIN, median, record } from "./record.ts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
const SECONDS = 6;
const RATE = 200;
const BATCH = 1000;

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

/** Fastify that reads the JSON and answers with a constant: what HTTP takes without a model. */
const BARE = `import("fastify").then(async ({ fastify }) => {
  const app = fastify();
  app.get("/metadata", () => ({ inputs: [{ name: "a", example: 1 }, { name: "b", example: "x" }] }));
  app.post("/predict", (request) => ({ prediction: Object.keys(request.body).length }));
  console.log("answers at " + (await app.listen({ port: 0 })));
});`;

async function serve(dossier: string): Promise<Server> {
  const args = dossier === "" ? ["-e", BARE] : [MAIN, "serve", dossier, "--port", "0"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: child.stdout! })) {
    const url = /answers at (\S+)/.exec(line)?.[1];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`no server for ${dossier}`);
}

/** Resident bytes, now and at most so far. */
function memoryOf({ child }: Server): { now: number; most: number } {
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  const of = (name: string) => 1024 * Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]);
  return { now: of("VmRSS"), most: of("VmHWM") };
}

const TICKS = Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));

function processorMs({ child }: Server): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, "utf8")
    .replace(/^.*\) /, "")
    .split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
}

interface Load {
  readonly requests: number;
  readonly processorMsPerRequest: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function load(server: Server, body: object, options: { overallRate?: number; amount?: number; duration?: number }): Promise<Load> {
  const before = processorMs(server);
  const { latency, requests, non2xx } = await autocannon({
    url: `${server.url}/predict`,
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    connections: 8,
    ...options,
  });
  if (non2xx > 0) throw new Error(`${non2xx} requests were refused`);
  const count = requests.total;
  return { requests: count, processorMsPerRequest: (processorMs(server) - before) / count, p50Ms: latency.p50, p99Ms: latency.p99 };
}

async function measure(dossier: string) {
  const server = await serve(dossier);
  try {
    const { inputs } = (await (await fetch(`${server.url}/metadata`)).json()) as { inputs: { name: string; example: unknown }[] };
    const one = Object.fromEntries(inputs.map(({ name, example }) => [name, example]));
    const idle = memoryOf(server).now;
    await load(server, one, { overallRate: RATE, duration: 2 });
    const single = await load(server, one, { overallRate: RATE, duration: SECONDS });
    const busy = await load(server, one, { duration: SECONDS });
    const afterSingle = memoryOf(server).most;
    await load(server, { instances: Array.from({ length: BATCH }, () => one) }, { amount: 40 });
    return { idle, afterSingle, most: memoryOf(server).most, single, busy };
  } finally {
    server.child.kill();
  }
}

interface Planned {
  readonly throughput: readonly {
    runtime: string;
    memoryBytes: number;
    modelBytes: number;
    processorShare: number;
    singleRow: { p50Ms: number };
  }[];
}

function planned(dossier: string) {
  const plan = JSON.parse(readFileSync(join(dossier, "plan.json"), "utf8")) as Planned;
  const native = plan.throughput.find(({ runtime }) => runtime === "native")!;
  return {
    dossier: basename(dossier),
    modelMB: MB(native.modelBytes),
    plannedMemoryMB: MB(native.memoryBytes + native.modelBytes),
    plannedRowP50Us: us(native.singleRow.p50Ms),
  };
}

const MB = (bytes: number) => Math.round(bytes / 1e5) / 10;
const us = (ms: number) => Math.round(ms * 1000);
const dossiers = ["", ...process.argv.slice(2)];
const rounds: Awaited<ReturnType<typeof measure>>[][] = [];
for (let round = 0; round < ROUNDS; round++) {
  const all = [];
  for (const dossier of dossiers) all.push(await measure(dossier));
  rounds.push(all);
}
const served = dossiers.map((dossier, place) => {
  const own = rounds.map((round) => round[place]!);
  const of = (read: (one: (typeof own)[number]) => number) => median(own.map(read));
  return {
    ...(dossier === "" ? { dossier: "none: Fastify alone" } : planned(dossier)),
    idleMB: MB(of(({ idle }) => idle)),
    afterSingleMB: MB(of(({ afterSingle }) => afterSingle)),
    mostMB: MB(of(({ most }) => most)),
    processorUsPerRequest: us(of(({ single }) => single.processorMsPerRequest)),
    p50Ms: of(({ single }) => single.p50Ms),
    p99Ms: of(({ single }) => single.p99Ms),
    fullLoadProcessorUsPerRequest: us(of(({ busy }) => busy.processorMsPerRequest)),
    fullLoadRequestsPerSecond: Math.round(of(({ busy }) => busy.requests) / SECONDS),
  };
});
record(
  "serve",
  `A server process, ${ROUNDS} rounds in turn: one record a request at ${RATE} a second, then as fast as 8 connections can, then ${BATCH} records a request. Medians.`,
  { served },
);
