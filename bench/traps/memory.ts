import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { csvOf, gridOf, type Table } from "./table.ts";

const TELL = "data:text/javascript,process.on('exit',()=>process.stderr.write('most '+process.resourceUsage().maxRSS+'\\n'))";

/** Peak of the resident memory of the command on a table, in a process of its own, in MB; null when it did not say. */
export function peakMemoryMB(table: Table): number | null {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-traps-"));
  writeFileSync(join(folder, "data.csv"), csvOf(gridOf(table.columns)));
  const flags = ["--target", table.target, "--json", "found.json", "--quiet", "--out", "dossier"];
  const { stderr } = spawnSync(process.execPath, ["--import", TELL, resolve("dist/oldhand.js"), "audit", "data.csv", ...flags], {
    cwd: folder,
    encoding: "utf8",
  });
  rmSync(folder, { recursive: true, force: true });
  const kilobytes = [...stderr.matchAll(/^most (\d+)$/gm)].map((match) => Number(match[1]));
  return kilobytes.length === 0 ? null : Math.round(Math.max(...kilobytes) / 1024);
}
