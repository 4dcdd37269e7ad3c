// Batch prediction of the same LightGBM model by Oldhand, LightGBM and onnxruntime, interleaved; then one row at a time.
// npx rolldown bench/speed/predict-trees.ts --platform node --file /tmp/predict-trees.mjs && PYTHON=venv/bin/python node /tmp/predict-trees.mjs
// ROWS and REPEATS may be set; the numbers of the repository use 1,000,000 and 5.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createOnnxGraph } from "../../src/engine/onnx/graph.ts";
import { compileScorer, ensembleToOnnx, predict, predictRaw, readLightGbm, type TreeEnsemble } from "../../src/engine/trees/index.ts";
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
      const seconds = { oldhand: [] as number[], lightgbm: [] as number[], onnxruntime: [] as number[] };
      // The first round warms up and is not counted.
      for (let repeat = 0; repeat <= repeats; repeat++) {
        const began = performance.now();
        predict(ensemble, matrix, { threads });
        const own = (performance.now() - began) / 1000;
        const [lightgbm, onnxruntime] = [
          Number(await peer.ask(`lightgbm ${threads}`)),
          Number(await peer.ask(`onnxruntime ${threads} ${file}`)),
        ];
        if (repeat === 0) continue;
        seconds.oldhand.push(own);
        seconds.lightgbm.push(lightgbm);
        seconds.onnxruntime.push(onnxruntime);
      }
      const own = median(seconds.oldhand);
      results.push({
        trees,
        threads,
        seconds,
        toLightGbm: own / median(seconds.lightgbm),
        toOnnxruntime: own / median(seconds.onnxruntime),
      });
    }
    await peer.ask("scores");
    const theirs = readFileSync(join(folder, "scores.bin"));
    const scores = new Float64Array(theirs.buffer.slice(theirs.byteOffset, theirs.byteOffset + theirs.byteLength));
    const differing = predictRaw(ensemble, matrix).reduce((count, value, i) => count + (value === scores[i] ? 0 : 1), 0);
    peer.close();
    return { versions: peer.versions, results, rowsThatDifferFromLightGbm: differing, singleRowMicroseconds: singleRow(ensemble, columns) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Median over batches of 1,000 rows, each another row of the data. */
function singleRow(ensemble: TreeEnsemble, columns: Float64Array): number {
  const score = compileScorer(ensemble);
  const width = ensemble.features.length;
  const batches = Array.from({ length: 30 }, (_, batch) => {
    const rows = Array.from({ length: 1000 }, (_, i) =>
      Float64Array.from({ length: width }, (_, j) => columns[j * ROWS + ((batch * 1000 + i) % ROWS)]!),
    );
    const began = performance.now();
    for (const row of rows) score(row);
    return performance.now() - began;
  });
  return median(batches.slice(5));
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
  runs,
});
