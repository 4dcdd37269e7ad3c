/**
 * Training of boosted trees against LightGBM and XGBoost: the same tables, interleaved in one run, medians of --runs (5). Binning is part of the time.
 *
 *   npx rolldown bench/speed/train-trees.ts --platform node --file /tmp/train-trees.mjs && node /tmp/train-trees.mjs --python PATH [--runs 5] [--shapes 500kx28,...] [--threads 1,2] [--only oldhand,lightgbm]
 */
import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { fitBoosting, predict } from "../../src/engine/trees/index.ts";
import { auc } from "../../src/metrics/index.ts";
import { median, record } from "./record.ts";
import { SHAPES, type Shape, type Table, tableOf } from "./tree-tables.ts";

interface Answer {
  readonly seconds: number;
  readonly auc: number | null;
}

type Contestant = (silent: boolean) => Promise<Answer>;

function peerOf(python: string): { ask<T = Answer>(request: object): Promise<T>; close(): void } {
  const child: ChildProcess = spawn(python, [join("bench", "peers", "train_trees.py")], { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    ask: async <T>(request: object) => {
      child.stdin!.write(`${JSON.stringify(request)}\n`);
      const { value, done } = await lines.next();
      if (done === true) throw new Error("the peer has stopped");
      return JSON.parse(value) as T;
    },
    close: () => child.stdin!.end(),
  };
}

function contestants(shape: Shape, table: Table, threads: number, peer: ReturnType<typeof peerOf>): Record<string, Contestant> {
  const request = { folder: table.folder, threads, rounds: shape.rounds };
  const quantised = {
    "lightgbm-quantised": { peer: "lightgbm", rowwise: true, quantised: true },
    "lightgbm-quantised-columns": { peer: "lightgbm", rowwise: false, quantised: true },
  };
  const others: Record<string, object> = {
    lightgbm: { peer: "lightgbm", rowwise: true },
    "lightgbm-columns": { peer: "lightgbm", rowwise: false },
    ...(shape.levels.length === 0 ? quantised : {}),
    xgboost: { peer: "xgboost" },
  };
  const training = { matrix: table.train, target: table.y, weight: null, validation: null, loss: { loss: "logistic" } as const };
  const all: Record<string, Contestant> = {
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
  return Object.fromEntries(Object.entries(all).filter(([name]) => only === undefined || only.includes(name)));
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
    lightgbm: medians.oldhand! / Math.min(medians.lightgbm!, medians["lightgbm-columns"] ?? Number.POSITIVE_INFINITY),
    quantised:
      medians["lightgbm-quantised"] === undefined
        ? null
        : medians.oldhand! / Math.min(medians["lightgbm-quantised"], medians["lightgbm-quantised-columns"]!),
    xgboost: medians.xgboost === undefined ? null : medians.oldhand! / medians.xgboost,
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
    only: { type: "string" },
  },
});
const only = values.only?.split(",");
const peer = peerOf(values.python);
const wanted = values.shapes?.split(",");
const versions = await peer.ask<Record<string, string>>({ peer: "versions" });
const results = [];
for (const shape of SHAPES.filter(({ name }) => wanted === undefined || wanted.includes(name))) {
  for (const threads of values.threads.split(",").map(Number)) results.push(await measure(shape, threads, Number(values.runs), peer));
}
peer.close();
record(
  values.out,
  "training of boosted trees, binning included: ratio of medians to the better of LightGBM's row-wise and column-wise modes, to quantised gradients, and to XGBoost",
  {
    versions,
    results,
  },
);
