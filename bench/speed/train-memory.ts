/**
 * Memory of training boosted trees on 1,000,000 x 30 (8 categorical columns) beside LightGBM: a process of its own for each training, which loads the table from
 * a file and trains once. Peak of the whole process, and what it is above the loaded table.
 *
 *   npx rolldown bench/speed/train-memory.ts --platform node --file /tmp/train-memory.mjs && node /tmp/train-memory.mjs --python PATH [--runs 5] [--threads 1,2]
 */
import { execFileSync } from "node:child_process";
import { closeSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { Feature } from "../../src/core/matrix.ts";
import { fitBoosting } from "../../src/engine/trees/index.ts";
import { median, record } from "./record.ts";
import { HELD, SHAPES, tableOf } from "./tree-tables.ts";

const SHAPE = SHAPES.find(({ name }) => name === "1Mx30-categories")!;

interface Used {
  /** Of the peer. */
  readonly lightgbm?: string;
  readonly loadedMb: number;
  readonly peakMb: number;
  readonly seconds: number;
}

function memory(word: string): number {
  const line = readFileSync("/proc/self/status", "utf8")
    .split("\n")
    .find((one) => one.startsWith(word));
  return Number(line?.split(/\s+/)[1]) / 1024;
}

/** The process that trains: columns are read one by one. */
function trainOnce(folder: string, threads: number): Used {
  const { rows, features, categorical } = JSON.parse(readFileSync(join(folder, "shape.json"), "utf8"));
  const file = openSync(join(folder, "x.f64"), "r");
  const read = (j: number): Feature => {
    const values = new Float64Array(rows);
    readSync(file, values, 0, values.byteLength, j * values.byteLength);
    if (!categorical.includes(j)) return { name: `x${j}`, kind: "numeric", values };
    const codes = Int32Array.from(values);
    return { name: `x${j}`, kind: "categorical", levels: codes.reduce((a, b) => Math.max(a, b), 0) + 1, codes };
  };
  const matrix = { rows, features: Array.from({ length: features }, (_, j) => read(j)) };
  closeSync(file);
  const bytes = readFileSync(join(folder, "y.f64"));
  const target = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const loadedMb = memory("VmRSS");
  const started = performance.now();
  const training = { matrix, target, weight: null, validation: null, loss: { loss: "logistic" } as const };
  fitBoosting(training, { numIterations: SHAPE.rounds, numThreads: threads }, 1);
  return { loadedMb, peakMb: memory("VmHWM"), seconds: (performance.now() - started) / 1000 };
}

/** The same table row by row, for LightGBM. */
function writeRows(folder: string): void {
  const { rows, features } = JSON.parse(readFileSync(join(folder, "shape.json"), "utf8"));
  const bytes = readFileSync(join(folder, "x.f64"));
  const columns = new Float64Array(bytes.buffer, bytes.byteOffset, rows * features);
  const byRow = new Float64Array(rows * features);
  for (let j = 0; j < features; j++) for (let i = 0; i < rows; i++) byRow[i * features + j] = columns[j * rows + i]!;
  writeFileSync(join(folder, "rows.f64"), byRow);
}

function compare(python: string, runs: number, threadCounts: readonly number[]): void {
  const { folder } = tableOf({ ...SHAPE, rows: Math.round(SHAPE.rows / (1 + HELD)) }, 11);
  writeRows(folder);
  try {
    const results = threadCounts.map((threads) => {
      const ours: Used[] = [];
      const theirs: Used[] = [];
      for (let run = 0; run < runs; run++) {
        const ask = (command: string, args: readonly string[]): Used => JSON.parse(execFileSync(command, args, { encoding: "utf8" }));
        ours.push(ask(process.execPath, [fileURLToPath(import.meta.url), "--folder", folder, "--threads", `${threads}`]));
        theirs.push(ask(python, [join("bench", "peers", "train_memory.py"), folder, `${threads}`, `${SHAPE.rounds}`]));
      }
      const of = (all: readonly Used[]) => ({
        peakMb: median(all.map(({ peakMb }) => peakMb)),
        aboveTableMb: median(all.map(({ peakMb, loadedMb }) => peakMb - loadedMb)),
        seconds: median(all.map(({ seconds }) => seconds)),
      });
      const [oldhand, lightgbm] = [of(ours), of(theirs)];
      const result = {
        threads,
        runs,
        oldhand,
        lightgbm,
        ratio: oldhand.peakMb / lightgbm.peakMb,
        version: theirs[0]?.lightgbm,
        all: { oldhand: ours, lightgbm: theirs },
      };
      process.stderr.write(`threads ${threads} ${JSON.stringify({ oldhand, lightgbm, ratio: result.ratio })}\n`);
      return result;
    });
    record("train-memory", "peak memory of the process that trains on 1M x 30: medians, and the ratio of the peaks", { results });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const { values } = parseArgs({
  options: {
    python: { type: "string", default: "python3" },
    runs: { type: "string", default: "5" },
    threads: { type: "string", default: "1,2" },
    folder: { type: "string" },
  },
});
if (values.folder === undefined) compare(values.python, Number(values.runs), values.threads.split(",").map(Number));
else process.stdout.write(JSON.stringify(trainOnce(values.folder, Number(values.threads))));
