import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { OldhandError } from "../../src/core/error.ts";
import { loadFrame, openDataset } from "../../src/store/index.ts";
import { type FuzzCase, fuzzCase, sourcesOf } from "./cases.ts";

/** How a case ended. */
export interface Ended {
  readonly index: number;
  readonly kind: string;
  readonly way: Way;
  /** "read", "refused: CODE", "answer N", or what went wrong. */
  readonly outcome: string;
  readonly isFault: boolean;
  readonly tookMs: number;
}

/** open: read as a table. audit: the command `audit` in this process. command: the whole command in one of its own, made by the parent. */
export type Way = "open" | "audit" | "command";

const AUDIT_EVERY = 5;
const COMMAND_EVERY = 30;

export function wayOf(index: number): Way {
  return index % COMMAND_EVERY === 0 ? "command" : index % AUDIT_EVERY === 0 ? "audit" : "open";
}

const limits = { memoryBytes: 512e6, threads: 1, seed: 1 };

/** Arguments of the command that looks at the file; no experiments, since they train on what is read and hold nothing of the file. */
export function auditArguments(file: string, folder: string, target: string): string[] {
  return [
    "audit",
    file,
    "--target",
    target,
    "--budget",
    "0s",
    "--quiet",
    "--yes",
    "--threads",
    "1",
    "--memory",
    "512MB",
    "--out",
    join(folder, "dossier"),
  ];
}

async function openCase(
  { name, bytes }: FuzzCase,
  folder: string,
): Promise<{ outcome: string; isFault: boolean; columns: readonly string[] }> {
  const dataFolder = join(folder, "data");
  mkdirSync(dataFolder);
  writeFileSync(join(folder, name), bytes);
  try {
    const dataset = await openDataset(join(folder, name), { ...limits, dataFolder });
    const frame = await loadFrame(dataset, { ...limits, dataFolder });
    const isWhole = frame.rows === dataset.rows && frame.columns.length === dataset.columns.length;
    return {
      outcome: isWhole ? "read" : "rows or columns are lost",
      isFault: !isWhole,
      columns: dataset.columns.map((column) => column.name),
    };
  } catch (error) {
    if (!(error instanceof OldhandError))
      return { outcome: `thrown: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, isFault: true, columns: [] };
    const left = readdirSync(dataFolder);
    if (left.length > 0) return { outcome: `refused (${error.code}), and left behind: ${left.join(", ")}`, isFault: true, columns: [] };
    return { outcome: `refused: ${error.code}`, isFault: false, columns: [] };
  }
}

/** What a person would see as a fault: an internal error, or a stack. */
export function faultIn(code: number | null, errorText: string): boolean {
  return code === null || ![0, 1, 2, 3].includes(code) || /\n\s+at .*[:(]/.test(errorText);
}

async function auditCase(fuzz: FuzzCase, folder: string, target: string): Promise<{ outcome: string; isFault: boolean }> {
  const { runCommand } = (await import(pathToFileURL(resolve("dist/command.js")).href)) as typeof import("../../src/cli/run-command.ts");
  const write = { out: process.stdout.write, error: process.stderr.write };
  let said = "";
  const silent = (text: string | Uint8Array, ...rest: unknown[]) => {
    said += String(text);
    const done = rest.at(-1);
    if (typeof done === "function") done();
    return true;
  };
  process.stdout.write = (_text: string | Uint8Array, ...rest: unknown[]) => silent("", ...rest);
  process.stderr.write = silent;
  process.exitCode = 0;
  try {
    await runCommand(["node", "oldhand", ...auditArguments(join(folder, fuzz.name), folder, target)]);
    const code = Number(process.exitCode ?? 0);
    const refused = / \[([a-z-]+)\]/.exec(said)?.[1];
    const isFault = faultIn(code, said);
    return { outcome: isFault ? `exit code ${code}: ${said}` : code === 2 ? `refused: ${refused}` : `answer ${code}`, isFault };
  } finally {
    process.stdout.write = write.out;
    process.stderr.write = write.error;
    process.exitCode = 0;
  }
}

/** Makes cases one after the other and tells the parent before and after each. */
export async function serveCases(seed: number, indices: readonly number[]): Promise<void> {
  const sources = await sourcesOf();
  for (const index of indices) {
    process.send?.({ started: index });
    const began = performance.now();
    const fuzz = fuzzCase(seed, index, sources);
    const folder = mkdtempSync(join(tmpdir(), "oldhand-fuzz-"));
    try {
      const opened = await openCase(fuzz, folder);
      const isAudited = wayOf(index) === "audit" && opened.columns.length > 1;
      const { outcome, isFault } = isAudited && !opened.isFault ? await auditCase(fuzz, folder, opened.columns.at(-1) ?? "") : opened;
      const ended: Ended = {
        index,
        kind: fuzz.kind,
        way: isAudited ? "audit" : "open",
        outcome,
        isFault,
        tookMs: performance.now() - began,
      };
      process.send?.({ ended });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
