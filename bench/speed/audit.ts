/**
 * `oldhand audit` on long and wide tables: wall time and peak memory of the process (GNU time). The tables are made once in FOLDER and stay there.
 *
 *   npm run build && npx rolldown bench/speed/audit.ts --platform node --file /tmp/audit.mjs && node /tmp/audit.mjs FOLDER [SHAPE...]
 */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../../src/core/random.ts";
import { MAIN, record } from "./record.ts";

interface Shape {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly runs: readonly (readonly string[])[];
}

const SHAPES: readonly Shape[] = [
  { name: "20kx20", rows: 20_000, columns: 20, runs: [["--budget", "0s"]] },
  {
    name: "10Mx20",
    rows: 10_000_000,
    columns: 20,
    runs: [
      ["--budget", "0s"],
      ["--budget", "0s", "--memory", "1GB"],
    ],
  },
  { name: "100kx2000", rows: 100_000, columns: 2000, runs: [["--budget", "0s"]] },
  { name: "1Mx50", rows: 1_000_000, columns: 50, runs: [["--budget", "0s"], ["--budget", "120s"], []] },
];

/** Of five columns one holds names, one whole numbers, the others decimals, of which some lack values. The target goes by the first two. */
function makeTable(path: string, { name, rows, columns }: Shape): void {
  const random = createRandom(1, "audit-bench", name);
  const file = openSync(`${path}.part`, "w");
  writeSync(file, `${Array.from({ length: columns - 1 }, (_, column) => `c${column}`).join(",")},target\n`);
  let pending: string[] = [];
  for (let row = 0; row < rows; row++) {
    const cells: string[] = [];
    let score = random.normal();
    for (let column = 0; column < columns - 1; column++) {
      const value = random.normal();
      if (column < 2) score += value;
      if (column % 5 === 3) cells.push(`name${random.integer(6 + column)}`);
      else if (column % 5 === 4) cells.push(String(random.integer(1000)));
      else cells.push(column % 5 === 2 && random.next() < 0.05 ? "" : value.toFixed(9));
    }
    pending.push(`${cells.join(",")},${score > 0 ? 1 : 0}\n`);
    if (pending.length < 1000 && row + 1 < rows) continue;
    writeSync(file, pending.join(""));
    pending = [];
  }
  closeSync(file);
  renameSync(`${path}.part`, path);
}

function measure(folder: string, path: string, options: readonly string[]) {
  const [out, log] = [join(folder, "dossier"), join(folder, "time.txt")];
  rmSync(out, { recursive: true, force: true });
  const command = [MAIN, "audit", path, "--target", "target", "--quiet", "--yes", "--out", out, ...options];
  const { status } = spawnSync("/usr/bin/time", ["-o", log, "-f", "%e %M %U %S", process.execPath, ...command], { stdio: "ignore" });
  const [wall = 0, peakKb = 0, user = 0, system = 0] = (readFileSync(log, "utf8").trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  rmSync(out, { recursive: true, force: true });
  rmSync(log);
  return { options: options.join(" "), exit: status, seconds: wall, processorSeconds: user + system, peakMb: Math.round(peakKb / 1024) };
}

const [folder = ".", ...named] = process.argv.slice(2);
const tables = SHAPES.filter(({ name }) => named.length === 0 || named.includes(name)).map((shape) => {
  const path = join(folder, `audit-${shape.name}.csv`);
  if (!existsSync(path)) makeTable(path, shape);
  return { name: shape.name, runs: shape.runs.map((options) => measure(folder, path, options)) };
});
record("audit", "oldhand audit on long and wide tables: one process for each.", { tables });
