import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";

/** The built command, from the folder of the repository. */
export const MAIN = process.env.OLDHAND_MAIN ?? join(process.cwd(), "dist", "oldhand.js");

/** Writes `bench/results/NAME.json` with what is needed to judge the numbers. */
export function record(name: string, what: string, measured: object): void {
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).trim();
  const processors = cpus();
  const machine = { cpu: processors[0]?.model.trim(), cores: processors.length, loadBefore: loadavg()[0], node: process.version };
  mkdirSync(join("bench", "results"), { recursive: true });
  writeFileSync(join("bench", "results", `${name}.json`), `${JSON.stringify({ what, commit, machine, ...measured }, null, 1)}\n`);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
