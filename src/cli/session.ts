import { basename, extname } from "node:path";
import type { JourneyResult } from "../core/verdict.ts";
import { runJourney, type StageName, type Workplace } from "../journey/index.ts";
import { Cancelled } from "../lab/index.ts";
import { writeJsonFile } from "../store/index.ts";
import { progressLine } from "./progress.ts";
import { writeError, writeOut } from "./terminal.ts";

export interface Output {
  readonly json?: string;
  readonly quiet?: boolean;
}

/** Runs the journey with progress on standard error. Ctrl-C stops it; the same command goes on from there. null = stopped. */
export async function travel(workplace: Workplace, until: StageName, output: Output): Promise<JourneyResult | null> {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
  const progress = progressLine(process.stderr, output.quiet === true);
  try {
    const command = ["oldhand", ...process.argv.slice(2)].join(" ");
    return await runJourney({ workplace, until, command, onProgress: progress.update, signal: stop.signal });
  } catch (error) {
    if (!(error instanceof Cancelled)) throw error;
    progress.end();
    writeError(`Stopped. What was computed is kept in ${workplace.dossier.folder}; the same command goes on from there.`);
    process.exitCode = 130;
    return null;
  } finally {
    progress.end();
    process.off("SIGINT", onSignal).off("SIGTERM", onSignal);
  }
}

/** Text on standard output, or JSON where `--json` says. With `--json -` nothing but JSON is printed. */
export async function printResult(output: Output, json: unknown, text: () => string): Promise<void> {
  if (output.json === "-") return await writeOut(JSON.stringify(json, null, 2));
  if (output.json !== undefined) writeJsonFile(output.json, json);
  await writeOut(text());
}

export function defaultFolder(data: string): string {
  const name = basename(data, extname(data)).replace(/[^\p{L}\p{N}._-]+/gu, "-");
  return `oldhand-${name === "" ? "data" : name}`;
}

export function exitCodeOf(decision: "go" | "no-go" | "unknown"): number {
  return decision === "go" ? 0 : decision === "no-go" ? 1 : 3;
}
