/**
 * Training of boosted trees against LightGBM and XGBoost: the same tables, interleaved in one run, medians of --runs (5). Binning is part of the time.
 *
 *   npx rolldown bench/speed/train-trees.ts --platform node --file /tmp/train-trees.mjs && node /tmp/train-trees.mjs --python PATH [--runs 5] [--shapes 500kx28,...] [--threads 1,2]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import type { Matrix } from "../../src/core/matrix.ts";
import { fitBoosting, predict } from "../../src/engine/trees/index.ts";
import { uniformStream } from "../../src/engine/trees/random.ts";
import { auc } from "../../src/metrics/index.ts";
import { median, record } from "./record.ts";

interface Shape {
  readonly name: string;
  readonly rows: number;
  readonly numeric: number;
  readonly levels: readonly number[];
  readonly rounds: number;
}

const SHAPES: readonly Shape[] = [
  { name: "500kx28", rows: 500_000, numeric: 28, levels: [], rounds: 100 },
  { name: "100kx100", rows: 100_000, numeric: 100, levels: [], rounds: 100 },
  { name: "50kx300", rows: 50_000, numeric: 300, levels: [], rounds: 100 },
  { name: "1Mx30-categories", rows: 1_000_000, numeric: 22, levels: [10, 30, 100, 300, 1000, 3000, 5000, 10_000], rounds: 100 },
  { name: "2kx20", rows: 2000, numeric: 20, levels: [], rounds: 100 },
];

/** Held-out rows for the AUC, on top of the training rows. */
const HELD = 0.2;

interface Table {
  readonly folder: string;
  readonly train: Matrix;
  readonly test: Matrix;
  readonly y: Float64Array;
  readonly truth: Float64Array;
}

/** Normal features, of which ten matter, also in pairs; levels with effects of their own. */
function tableOf({ rows, numeric, levels }: Shape, seed: number): Table {
  const uniform = uniformStream(seed, 1);
  const normal = () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const all = Math.round(rows * (1 + HELD));
  const score = new Float64Array(all);
  const columns = Array.from({ length: numeric }, () => Float64Array.from({ length: all }, normal));
  const x = (j: number) => columns[j % numeric]!;
  for (let i = 0; i < all; i++) {
    score[i] =
      x(0)[i]! + 0.7 * x(1)[i]! * x(2)[i]! + Math.sin(2 * x(3)[i]!) + 0.5 * Math.abs(x(4)[i]!) - 0.6 * x(5)[i]! * (x(6)[i]! > 0 ? 1 : 0);
    score[i]! += 0.3 * x(7)[i]! ** 2 - 0.4 * x(8)[i]! + 0.3 * x(9)[i]! - 0.5;
  }
  const codes = levels.map((count) => {
    const effect = Array.from({ length: count }, () => 0.6 * normal());
    // Some levels are common, most are rare.
    const drawn = Int32Array.from({ length: all }, () => Math.floor(count * uniform() ** 1.5));
    for (let i = 0; i < all; i++) score[i]! += effect[drawn[i]!]!;
    return drawn;
  });
  const y = score.map((s) => (uniform() < 1 / (1 + Math.exp(-s)) ? 1 : 0));
  const folder = mkdtempSync(join(tmpdir(), "trees-"));
  const x64 = new Float64Array(all * (numeric + levels.length));
  for (const [j, column] of columns.entries()) x64.set(column, j * all);
  for (const [j, column] of codes.entries()) x64.set(column, (numeric + j) * all);
  writeFileSync(join(folder, "x.f64"), new Uint8Array(x64.buffer));
  writeFileSync(join(folder, "y.f64"), new Uint8Array(y.buffer));
  const categorical = levels.map((_, j) => numeric + j);
  writeFileSync(join(folder, "shape.json"), JSON.stringify({ rows: all, features: numeric + levels.length, train: rows, categorical }));
  const part = (begin: number, end: number): Matrix => ({
    rows: end - begin,
    features: [
      ...columns.map((values, j) => ({
        name: `x${String(j).padStart(3, "0")}`,
        kind: "numeric" as const,
        values: values.slice(begin, end),
      })),
      ...codes.map((drawn, j) => ({ name: `z${j}`, kind: "categorical" as const, levels: levels[j]!, codes: drawn.slice(begin, end) })),
    ],
  });
  return { folder, train: part(0, rows), test: part(rows, all), y: y.slice(0, rows), truth: y.slice(rows) };
}

interface Answer {
  readonly seconds: number;
  readonly auc: number | null;
}

type Contestant = (silent: boolean) => Promise<Answer>;

function peerOf(python: string): { ask(request: object): Promise<Answer>; close(): void } {
  const child: ChildProcess = spawn(python, [join("bench", "peers", "train_trees.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    ask: async (request) => {
      child.stdin!.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error("the peer has stopped");
      return JSON.parse(value) as Answer;
    },
    close: () => child.stdin!.end(),
  };
}

function contestants(shape: Shape, table: Table, threads: number, peer: ReturnType<typeof peerOf>): Record<string, Contestant> {
  const request = { folder: table.folder, threads, rounds: shape.rounds };
  const others: Record<string, object> = {
    lightgbm: { peer: "lightgbm", rowwise: true },
    "lightgbm-columns": { peer: "lightgbm", rowwise: false },
    "lightgbm-quantised": { peer: "lightgbm", quantised: true },
    xgboost: { peer: "xgboost" },
  };
  const training = { matrix: table.train, target: table.y, weight: null, validation: null, loss: { loss: "logistic" } as const };
  return {
    oldhand: async (silent) => {
      const started = performance.now();
      const ensemble = fitBoosting(training, { numIterations: shape.rounds, numThreads: threads }, 1);
      const seconds = (performance.now() - started) / 1000;
      const outputs = silent ? null : predict(ensemble, table.test);
      return {
        seconds,
        auc:
          outputs === null ? null : auc.score({ task: { kind: "binary", classes: ["0", "1"] }, truth: table.truth, outputs, weight: null }),
      };
    },
    ...Object.fromEntries(
      Object.entries(others).map(([name, about]) => [name, (silent: boolean) => peer.ask({ ...request, ...about, silent })]),
    ),
  };
}

/** Every run draws a table of its own, so that the scores are compared over draws: on one table they differ by chance. The first round is not counted. */
async function measure(shape: Shape, threads: number, runs: number, peer: ReturnType<typeof peerOf>) {
  const seconds: Record<string, number[]> = {};
  const aucs: Record<string, number[]> = {};
  for (let run = -1; run < runs; run++) {
    const table = tableOf(shape, 11 + Math.max(0, run));
    try {
      for (const [name, train] of Object.entries(contestants(shape, table, threads, peer))) {
        const answer = await train(run < 0);
        if (run < 0) continue;
        seconds[name] = [...(seconds[name] ?? []), answer.seconds];
        aucs[name] = [...(aucs[name] ?? []), answer.auc!];
      }
    } finally {
      rmSync(table.folder, { recursive: true });
    }
  }
  const medians = Object.fromEntries(Object.entries(seconds).map(([name, values]) => [name, median(values)]));
  const ratios = {
    lightgbm: medians.oldhand! / Math.min(medians.lightgbm!, medians["lightgbm-columns"]!),
    quantised: medians.oldhand! / medians["lightgbm-quantised"]!,
    xgboost: medians.oldhand! / medians.xgboost!,
  };
  const aucOverLightgbm = differenceOf(aucs.oldhand!, aucs.lightgbm!);
  process.stderr.write(`${shape.name} threads ${threads} ${JSON.stringify({ ratios, medians, aucOverLightgbm })}\n`);
  return { shape: shape.name, threads, runs, medianSeconds: medians, seconds, ratios, auc: aucs, aucOverLightgbm };
}

/** Mean of the paired differences with its standard error. */
function differenceOf(ours: readonly number[], theirs: readonly number[]): { mean: number; standardError: number } {
  const differences = ours.map((value, i) => value - theirs[i]!);
  const mean = differences.reduce((a, b) => a + b, 0) / differences.length;
  const squares = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0);
  return { mean, standardError: Math.sqrt(squares / (differences.length - 1) / differences.length) };
}

const { values } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    runs: { type: "string", default: "5" },
    shapes: { type: "string" },
    threads: { type: "string", default: "1,2" },
    out: { type: "string", default: "train-trees" },
  },
});
const peer = peerOf(values.python);
const wanted = values.shapes?.split(",");
const results = [];
for (const shape of SHAPES.filter(({ name }) => wanted === undefined || wanted.includes(name))) {
  for (const threads of values.threads.split(",").map(Number)) results.push(await measure(shape, threads, Number(values.runs), peer));
}
peer.close();
record(
  values.out,
  "training of boosted trees, binning included: ratio of medians to the better of LightGBM's row-wise and column-wise modes, to quantised gradients, and to XGBoost",
  {
    results,
  },
);
