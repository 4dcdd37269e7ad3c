// Batch prediction of the same LightGBM model by Oldhand, LightGBM and onnxruntime (our export, and that of onnxmltools), interleaved; then one row at a time.
// npx rolldown bench/speed/predict-trees.ts --platform node --file /tmp/predict-trees.mjs && PYTHON=venv/bin/python node /tmp/predict-trees.mjs
// ROWS and REPEATS may be set; the numbers of the repository use 1,000,000 and 5.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import { compileScorer, fitBoosting, predict, predictRaw, readLightGbm, type TreeEnsemble } from "../../src/engine/trees/index.ts";
import { uniformStream } from "../../src/engine/trees/random.ts";
import { ensembleToOnnx } from "../../src/engine/trees/to-onnx.ts";
import { median, record } from "./record.ts";

const ROWS = Number(process.env.ROWS ?? 1_000_000);
const REPEATS = Number(process.env.REPEATS ?? 5);
const PYTHON = process.env.PYTHON ?? "python3";

interface Peer {
  ask(line: string): Promise<string>;
  readonly versions: readonly string[];
  close(): void;
}

async function startPeer(folder: string, trees: number): Promise<Peer> {
  const child: ChildProcess = spawn(PYTHON, ["bench/peers/predict_trees.py", folder, String(ROWS), String(trees)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const read = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("the peer ended");
    return String(value);
  };
  const versions = (await read()).split(" ").slice(1);
  return {
    versions,
    ask: (line) => {
      child.stdin!.write(`${line}\n`);
      return read();
    },
    close: () => child.stdin!.end(),
  };
}

function onnxFile(folder: string, ensemble: TreeEnsemble): string {
  const graph = createOnnxGraph("trees");
  const inputs = ensemble.features.map(({ name }) => graph.input(name, "double", ["rows", 1]));
  graph.output("scores", ensembleToOnnx(graph, ensemble, inputs), "double", ["rows", ensemble.outputs]);
  const file = join(folder, "model.onnx");
  writeFileSync(file, graph.toBytes());
  return file;
}

/** repeats: 0 = only one row at a time. */
async function compare(trees: number, repeats: number) {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-bench-"));
  try {
    const peer = await startPeer(folder, trees);
    const { ensemble } = readLightGbm(readFileSync(join(folder, "model.txt"), "utf8"));
    const bytes = readFileSync(join(folder, "rows.bin"));
    const columns = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 8);
    const features = ensemble.features.map(({ name }, j) => ({
      name,
      kind: "numeric" as const,
      values: columns.subarray(j * ROWS, (j + 1) * ROWS),
    }));
    const matrix = { rows: ROWS, features };
    const file = onnxFile(folder, ensemble);
    const results = [];
    for (const threads of repeats === 0 ? [] : [1, 2]) {
      const seconds = { oldhand: [] as number[], lightgbm: [] as number[], onnxruntime: [] as number[], onnxmltools: [] as number[] };
      // The first round warms up and is not counted.
      for (let repeat = 0; repeat <= repeats; repeat++) {
        const began = performance.now();
        predict(ensemble, matrix, { threads });
        const own = (performance.now() - began) / 1000;
        const [lightgbm, onnxruntime] = [
          Number(await peer.ask(`lightgbm ${threads}`)),
          Number(await peer.ask(`onnxruntime ${threads} ${file}`)),
        ];
        const onnxmltools = Number(await peer.ask(`onnxmltools ${threads}`));
        if (repeat === 0) continue;
        seconds.oldhand.push(own);
        seconds.lightgbm.push(lightgbm);
        seconds.onnxruntime.push(onnxruntime);
        seconds.onnxmltools.push(onnxmltools);
      }
      const own = median(seconds.oldhand);
      results.push({
        trees,
        threads,
        seconds,
        toLightGbm: own / median(seconds.lightgbm),
        toOnnxruntime: own / median(seconds.onnxruntime),
        toOnnxruntimeOnTheirExport: own / median(seconds.onnxmltools),
      });
    }
    await peer.ask("scores");
    const theirs = readFileSync(join(folder, "scores.bin"));
    const scores = new Float64Array(theirs.buffer.slice(theirs.byteOffset, theirs.byteOffset + theirs.byteLength));
    const differing = predictRaw(ensemble, matrix).reduce((count, value, i) => count + (value === scores[i] ? 0 : 1), 0);
    peer.close();
    return {
      versions: peer.versions,
      results,
      rowsThatDifferFromLightGbm: differing,
      singleRowMicroseconds: singleRow(ensemble, columns, ROWS),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Median over batches of 1,000 rows, each another row of the data. */
function singleRow(ensemble: TreeEnsemble, columns: Float64Array, count: number): number {
  const score = compileScorer(ensemble);
  const width = ensemble.features.length;
  const batches = Array.from({ length: 30 }, (_, batch) => {
    const rows = Array.from({ length: 1000 }, (_, i) =>
      Float64Array.from({ length: width }, (_, j) => columns[j * count + ((batch * 1000 + i) % count)]!),
    );
    const began = performance.now();
    for (const row of rows) score(row);
    return performance.now() - began;
  });
  return median(batches.slice(5));
}

/** One row at a time of a model of our own: 300 trees of 31 leaves, 20 numeric features and 8 categories of 10 to 1,000 levels. Microseconds. */
function singleRowWithCategories(): number {
  const rows = 20_000;
  const uniform = uniformStream(1, 1);
  const features = Array.from({ length: 28 }, (_, j) => {
    const name = `x${j}`;
    if (j < 20) return { name, kind: "numeric" as const, values: Float64Array.from({ length: rows }, () => uniform() - 0.5) };
    const levels = [10, 30, 100, 300, 1000][j % 5]!;
    return { name, kind: "categorical" as const, levels, codes: Int32Array.from({ length: rows }, () => Math.floor(uniform() * levels)) };
  });
  const valueAt = (j: number, row: number) => {
    const feature = features[j]!;
    return feature.kind === "numeric" ? feature.values[row]! : feature.codes[row]!;
  };
  const target = Float64Array.from({ length: rows }, (_, i) =>
    valueAt(0, i) + (valueAt(20, i) % 3) + (valueAt(24, i) % 7) / 4 + uniform() > 2.3 ? 1 : 0,
  );
  const training = { matrix: { rows, features }, target, weight: null, validation: null, loss: { loss: "logistic" } as const };
  const ensemble = fitBoosting(training, { numIterations: 300, minDataPerGroup: 20 });
  return singleRow(
    ensemble,
    Float64Array.from({ length: 28 * rows }, (_, at) => valueAt(Math.floor(at / rows), at % rows)),
    rows,
  );
}

const runs = [];
for (const [trees, repeats] of [
  [100, REPEATS],
  [300, 0],
  [500, REPEATS],
] as const) {
  runs.push(await compare(trees, repeats));
}
console.log(JSON.stringify(runs, null, 1));
record("predict-trees", "seconds to predict a LightGBM model (31 leaves, 28 numeric features), interleaved", {
  rows: ROWS,
  repeats: REPEATS,
  singleRowWithCategoriesMicroseconds: singleRowWithCategories(),
  runs,
});
