// SHAP values of a LightGBM model: ours and those of the shap package, on the same rows. Reported, no target.
// npx rolldown bench/speed/shap.ts --platform node --file /tmp/shap.mjs && PYTHON=venv/bin/python node /tmp/shap.mjs
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readLightGbm, shapInteractions, shapValues } from "../../src/engine/trees/index.ts";
import { median, record } from "./record.ts";

interface Peer {
  readonly versions: Readonly<Record<string, string>>;
  readonly rows: number;
  readonly background: number;
  /** Seconds by way, one per repeat. */
  readonly seconds: Readonly<Record<Way, number[]>>;
}

type Way = "path" | "interventional" | "interactions";

const folder = mkdtempSync(join(tmpdir(), "oldhand-bench-"));
try {
  const peer = JSON.parse(
    execFileSync(process.env.PYTHON ?? "python3", ["bench/peers/shap_speed.py", folder, process.env.ROWS ?? "2000"], { encoding: "utf8" }),
  ) as Peer;
  const { ensemble } = readLightGbm(readFileSync(join(folder, "model.txt"), "utf8"));
  const bytes = readFileSync(join(folder, "rows.bin"));
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const stride = all.length / ensemble.features.length;
  const rowsOf = (from: number, rows: number) => ({
    rows,
    features: ensemble.features.map(({ name }, j) => ({
      name,
      kind: "numeric" as const,
      values: all.subarray(j * stride + from, j * stride + from + rows),
    })),
  });
  const rows = rowsOf(0, peer.rows);
  const few = rowsOf(0, Math.ceil(peer.rows / 20));
  const background = rowsOf(peer.rows, peer.background);
  const ways: Record<Way, () => unknown> = {
    path: () => shapValues(ensemble, rows),
    interventional: () => shapValues(ensemble, few, { background }),
    interactions: () => shapInteractions(ensemble, few),
  };
  const results = (Object.keys(ways) as Way[]).map((way) => {
    const seconds = peer.seconds[way].map(() => {
      const began = performance.now();
      ways[way]();
      return (performance.now() - began) / 1000;
    });
    return {
      way,
      rows: way === "path" ? rows.rows : few.rows,
      seconds,
      shap: peer.seconds[way],
      ratio: median(seconds) / median(peer.seconds[way]),
    };
  });
  console.log(JSON.stringify(results, null, 1));
  record("shap", "seconds of SHAP values, 100 trees of 31 leaves, 28 features, one thread", {
    versions: peer.versions,
    background: peer.background,
    results,
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
