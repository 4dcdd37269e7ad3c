import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { FindingsFile } from "../../src/core/finding.ts";
import { csvOf, gridOf, type Table } from "./table.ts";

/** The built program, whose worker threads are files beside it. Started in the repository's folder. */
const { runCommand } = (await import(pathToFileURL(resolve("dist/command.js")).href)) as typeof import("../../src/cli/run-command.ts");

export interface Audited {
  /** null: the command gave no findings. */
  readonly file: FindingsFile | null;
  readonly code: number;
  readonly tookMs: number;
  readonly error: string;
}

/** The real command on the table as a file, in this process. */
export async function auditOf(table: Table): Promise<Audited> {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-traps-"));
  const test = table.test === null ? [] : ["--test", "test.csv"];
  writeFileSync(join(folder, "data.csv"), (table.write ?? csvOf)(gridOf(table.columns)));
  if (table.test !== null) writeFileSync(join(folder, "test.csv"), csvOf(gridOf(table.test)));
  const before = { cwd: process.cwd(), exitCode: process.exitCode };
  const write = { out: process.stdout.write, err: process.stderr.write };
  let error = "";
  process.chdir(folder);
  process.exitCode = 0;
  const silenced =
    (keep: (text: string) => void) =>
    (text: string | Uint8Array, ...rest: unknown[]) => {
      keep(String(text));
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    };
  process.stdout.write = silenced(() => undefined);
  process.stderr.write = silenced((text) => {
    error += text;
  });
  const began = performance.now();
  try {
    const flags = ["--target", table.target, ...table.flags, ...test, "--json", "found.json", "--quiet", "--out", "dossier"];
    await runCommand(["node", "oldhand", "audit", "data.csv", ...flags]);
    const tookMs = performance.now() - began;
    const code = Number(process.exitCode);
    const file = code === 2 || code === 70 ? null : (JSON.parse(readFileSync("found.json", "utf8")) as FindingsFile);
    return { file, code, tookMs, error };
  } finally {
    process.stdout.write = write.out;
    process.stderr.write = write.err;
    process.chdir(before.cwd);
    process.exitCode = before.exitCode;
    rmSync(folder, { recursive: true, force: true });
  }
}
