import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";

/** The built command; another build can be named by the environment. */
export const MAIN = process.env.OLDHAND_MAIN ?? fileURLToPath(new URL("../../dist/oldhand.js", import.meta.url));

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Permissions of files hold for the process, for root too, which passes them over otherwise. It stays the same user: another could not read a clone in a private folder. */
  readonly keepsPermissions?: boolean;
  /** Limit of the size of a written file in KiB, as `ulimit -f`: writes beyond it fail as on a full disk. */
  readonly mostFileKib?: number;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** What is on standard output and standard error so far. */
  readonly seen: () => { readonly stdout: string; readonly stderr: string };
}

export function start(args: readonly string[], { cwd, env = {}, keepsPermissions = false, mostFileKib }: RunOptions = {}): Running {
  if (!existsSync(MAIN)) throw new Error(`${MAIN} is missing: run npm run build first`);
  const began = performance.now();
  const own = { ...process.env, ...env };
  for (const name of ["NO_COLOR", "FORCE_COLOR"]) if (!(name in env)) delete own[name];
  const node = [process.execPath, MAIN, ...args];
  const limited = mostFileKib === undefined ? node : ["bash", "-c", `ulimit -f ${mostFileKib}; exec "$@"`, "bash", ...node];
  const isAbove = keepsPermissions && process.getuid?.() === 0;
  const [file = "", ...all] = isAbove ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search", ...limited] : limited;
  const child = spawn(file, all, { cwd, env: own, stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr, tookMs: performance.now() - began }));
  });
  return { child, ended, seen: () => ({ stdout, stderr }) };
}

/** Runs the real command to its end. */
export function oldhand(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return start(args, options).ended;
}

/** How many times slower than alone this machine may be just now. Limits of time are for a machine of one's own. */
export function crowding(): number {
  return Math.max(1, (loadavg()[0] ?? 0) / availableParallelism());
}

/** Waits until `test` holds. @throws when it does not within so many minutes of a machine of one's own. */
export async function until(test: () => boolean, minutes = 1): Promise<void> {
  const end = performance.now() + minutes * 60_000 * crowding();
  while (!test()) {
    if (performance.now() > end) throw new Error(`waited for ${minutes} min`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
