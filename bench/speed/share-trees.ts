/**
 * Many trainings on one dataset: EXPERIMENTS five-fold experiments on 100,000 x 30, each with columns of its own, in threads that share the dataset. Compared with
 * as many times one training less binning; memory by concurrent training.
 *
 *   npm run build && npx rolldown bench/speed/share-trees.ts --platform node --file /tmp/share-trees.mjs && node /tmp/share-trees.mjs [--experiments 100]
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { Matrix } from "../../src/core/matrix.ts";
import { createTreeDataset, fitBoosting, type TreeDatasetHandle } from "../../src/engine/trees/index.ts";
import { uniformStream } from "../../src/engine/trees/random.ts";
import { median, record } from "./record.ts";

const ROWS = 100_000;
const COLUMNS = 30;
const FOLDS = 5;
const { values } = parseArgs({
  options: {
    experiments: { type: "string", default: "100" },
    rounds: { type: "string", default: "100" },
    memory: { type: "boolean", default: false },
  },
});
const EXPERIMENTS = Number(values.experiments);
const options = { numIterations: Number(values.rounds) };

const uniform = uniformStream(1, 1);
const features = Array.from({ length: COLUMNS }, (_, j) => ({
  name: `x${j}`,
  kind: "numeric" as const,
  values: Float64Array.from({ length: ROWS }, () => uniform() + uniform() - uniform()),
}));
const matrix: Matrix = { rows: ROWS, features };
const signal = (i: number) =>
  2 * features[0]!.values[i]! + 3 * features[1]!.values[i]! * features[2]!.values[i]! + Math.sin(4 * features[3]!.values[i]!);
const target = new Float64Array(new SharedArrayBuffer(8 * ROWS)).map((_, i) => (uniform() < 1 / (1 + Math.exp(-signal(i))) ? 1 : 0));
const folds = Array.from({ length: FOLDS }, (_, fold) =>
  shared(Int32Array.from({ length: ROWS }, (_, i) => i).filter((i) => i % FOLDS !== fold)),
);

/** In memory that threads see without a copy. */
function shared(values: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  return copy;
}
const columnsOf = (experiment: number) => features.map(({ name }) => name).filter((_, j) => (j + experiment) % 7 !== 0);

const ENTRY = pathToFileURL(join(process.cwd(), "dist", "trees.js")).href;
const SOURCE = `
  const { parentPort, workerData: { handle, target, folds, options } } = require("node:worker_threads");
  const ready = import(${JSON.stringify(ENTRY)}).then((trees) => ({ ...trees, matrix: trees.openTreeDataset(handle) }));
  parentPort.on("message", ({ fold, columns }) => ready.then(({ fitBoosting, matrix }) => {
    const training = { matrix, target, weight: null, validation: null, loss: { loss: "logistic" }, rows: folds[fold], columns };
    const started = performance.now();
    const { leafValues } = fitBoosting(training, options, 1);
    parentPort.postMessage({ ms: performance.now() - started, leaves: leafValues.length });
  }));`;

interface Job {
  readonly fold: number;
  readonly columns: readonly string[];
}

/** Runs all jobs on so many threads. Resident memory when the threads are idle and at its peak, and the shared memory. */
async function runOn(threads: number, handle: TreeDatasetHandle, jobs: readonly Job[]) {
  // Objects of JavaScript, which by default may take many megabytes before they are cleared away.
  const resourceLimits = { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 };
  const workerData = { handle, target, folds, options };
  const workers = Array.from({ length: threads }, () => new Worker(SOURCE, { eval: true, resourceLimits, workerData }));
  const run = (worker: Worker, job: Job) =>
    new Promise<void>((resolve) => {
      worker.once("message", () => resolve());
      worker.postMessage(job);
    });
  for (const worker of workers) worker.on("error", (error) => process.nextTick(() => Promise.reject(error)));
  // A fold without columns: the thread is up and has its kernels, and has trained nothing.
  await Promise.all(workers.map((worker) => run(worker, { fold: 0, columns: [] })));
  const idleRss = process.memoryUsage.rss();
  let peakRss = idleRss;
  const watch = setInterval(() => {
    peakRss = Math.max(peakRss, process.memoryUsage.rss());
  }, 20);
  const queue = jobs.values();
  const started = performance.now();
  await Promise.all(
    workers.map(async (worker) => {
      for (const job of queue) await run(worker, job);
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  clearInterval(watch);
  const numbers = workers.map(({ threadId }) => threadId);
  await Promise.all(workers.map((worker) => worker.terminate()));
  for (const number of numbers) dataset.releaseThread(number);
  const mb = (bytes: number) => bytes / 2 ** 20;
  return {
    seconds,
    idleRssMb: mb(idleRss),
    peakRssMb: mb(peakRss),
    growthPerThreadMb: mb(peakRss - idleRss) / threads,
    sharedMb: mb(handle.wasm.buffer.byteLength),
  };
}

const training = { target, weight: null, validation: null, loss: { loss: "logistic" } as const };
const jobs = (experiments: number, from = 0) =>
  Array.from({ length: experiments * FOLDS }, (_, i): Job => ({ fold: i % FOLDS, columns: columnsOf(from + Math.floor(i / FOLDS)) }));

/** One training in this thread, from the matrix of the fold's rows and columns, and its binning alone. */
function alone(): { seconds: number; binning: number } {
  const columns = new Set(columnsOf(1));
  const rows = folds[0]!;
  const own: Matrix = { rows: ROWS, features: features.filter(({ name }) => columns.has(name)) };
  const time = (numIterations: number) => {
    const started = performance.now();
    fitBoosting({ ...training, matrix: own, rows }, { numIterations }, 1);
    return (performance.now() - started) / 1000;
  };
  const [seconds, binning] = [time(options.numIterations), time(0)];
  return { seconds, binning };
}

const dataset = createTreeDataset(matrix, {});
const handle = dataset.share();
const emptyMb = handle.wasm.buffer.byteLength / 2 ** 20;
await runOn(1, handle, jobs(1));

/** A process each: what one has given back to the system a second one would not show again. */
const PROCESSES = 5;
if (values.memory) {
  const concurrent = [];
  for (const threads of [1, 2, 4]) concurrent.push({ threads, ...(await runOn(threads, handle, jobs(Math.max(2, threads)))) });
  const [first, last] = [concurrent[0]!, concurrent.at(-1)!];
  const growthWithThreadMb = (last.peakRssMb - first.peakRssMb) / (last.threads - first.threads);
  process.stdout.write(JSON.stringify({ growthWithThreadMb, concurrent }));
  process.exit(0);
}
const memory = Array.from({ length: PROCESSES }, () => {
  const { stdout } = spawnSync(process.execPath, [process.argv[1]!, "--memory"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(stdout) as {
    readonly growthWithThreadMb: number;
    readonly concurrent: readonly { readonly growthPerThreadMb: number }[];
  };
});
const growthsWithThreadMb = memory.map(({ growthWithThreadMb }) => growthWithThreadMb);
const growthsPerThreadMb = memory.flatMap(({ concurrent }) => concurrent.map(({ growthPerThreadMb }) => growthPerThreadMb));

/** The trainings in blocks, with single ones before and after each: the machine's speed drifts. */
const BLOCKS = 10;
const lessBinning = () => Array.from({ length: 3 }, alone).map(({ seconds, binning }) => seconds - binning);
const singles = [lessBinning()];
const blocks = [];
for (let block = 0; block < BLOCKS; block++) {
  const experiments = Math.floor(((block + 1) * EXPERIMENTS) / BLOCKS) - Math.floor((block * EXPERIMENTS) / BLOCKS);
  const { seconds } = await runOn(1, handle, jobs(experiments, Math.floor((block * EXPERIMENTS) / BLOCKS)));
  singles.push(lessBinning());
  const beside = median(singles.slice(-2).flat());
  blocks.push({ experiments, seconds, oneFitLessBinningSeconds: beside, ratio: seconds / (experiments * FOLDS * beside) });
}
const ratios = blocks.map(({ ratio }) => ratio);
const mean = ratios.reduce((a, b) => a + b, 0) / BLOCKS;
record(
  "share-trees",
  "five-fold experiments on one shared dataset of 100,000 x 30, against as many trainings less binning; memory by concurrent training",
  {
    experiments: EXPERIMENTS,
    rounds: options.numIterations,
    ratio: blocks.reduce((sum, { seconds }) => sum + seconds, 0) / (EXPERIMENTS * FOLDS * median(singles.flat())),
    blocks,
    ratioOfBlocks: { mean, standardError: Math.sqrt(ratios.reduce((sum, r) => sum + (r - mean) ** 2, 0) / (BLOCKS - 1) / BLOCKS) },
    memory: {
      datasetMb: emptyMb,
      growthWithThreadMb: { median: median(growthsWithThreadMb), most: Math.max(...growthsWithThreadMb) },
      growthPerThreadMb: { median: median(growthsPerThreadMb), most: Math.max(...growthsPerThreadMb) },
      processes: memory,
    },
  },
);
