// Scoring a file of a million rows: time and peak of resident memory.
// npm run build && npx rolldown bench/speed/predict.ts --platform node --file /tmp/predict.mjs && node /tmp/predict.mjs
import { spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { customersCsv } from "../../test/cli/customers.ts";
import { MAIN, record } from "./record.ts";

const ROWS = 1_000_000;
const BLOCK = 10_000;
const folder = mkdtempSync(join(tmpdir(), "oldhand-bench-"));

/** A million rows: a block of ten thousand again and again, each row under a key of its own. */
function writeMillion(path: string): void {
  const [header = "", ...rows] = customersCsv(BLOCK).trim().split("\n");
  const file = openSync(path, "w");
  writeSync(file, `${header}\n`);
  for (let start = 0; start < ROWS; start += BLOCK) {
    writeSync(file, `${rows.map((row, i) => `C${start + i}${row.slice(row.indexOf(","))}`).join("\n")}\n`);
  }
  closeSync(file);
}

function oldhand(args: readonly string[]): { seconds: number; peakMb: number } {
  const peak = join(folder, "peak");
  const code = `process.on('exit',()=>process.getBuiltinModule('node:fs').writeFileSync(${JSON.stringify(peak)},String(process.resourceUsage().maxRSS)))`;
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(code)}`, MAIN, ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0 && status !== 1) throw new Error(stderr);
  return {
    seconds: Number(((performance.now() - began) / 1000).toFixed(1)),
    peakMb: Math.round(Number(readFileSync(peak, "utf8")) / 1000),
  };
}

try {
  writeFileSync(join(folder, "train.csv"), customersCsv(2000));
  oldhand(["choose", "train.csv", "--target", "churned", "--ignore", "closing_score", "--out", "dossier", "--quiet"]);
  oldhand(["plan", "dossier", "--quiet"]);
  writeMillion(join(folder, "new.csv"));
  const ways = {
    csvToCsv: ["new.csv", "--out", "scored.csv"],
    csvToParquetWithKey: ["new.csv", "--out", "scored.parquet", "--keep", "customer"],
    prepareParquet: [
      "new.csv",
      "--out",
      "all.parquet",
      ...["age", "plan", "monthly_fee", "tickets", "active", "signup"].flatMap((name) => ["--keep", name]),
    ],
    parquetToParquet: ["all.parquet", "--out", "scored2.parquet"],
  };
  const measured = Object.entries(ways).map(([name, args]) => [name, oldhand(["predict", "dossier", ...args, "--quiet"])]);
  const inputMb = Math.round(statSync(join(folder, "new.csv")).size / 1e6);
  record("predict", "oldhand predict on a million rows of 9 columns: wall time of the process and peak of resident memory.", {
    rows: ROWS,
    inputMb,
    ways: Object.fromEntries(measured),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
