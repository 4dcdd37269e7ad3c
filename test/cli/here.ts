import { vi } from "vitest";
import type * as command from "../../src/cli/run-command.ts";

/** The built command, as people run it: its threads are files beside it, and it loads in a fifth of the time. */
const { runCommand } = (await import(new URL("../../dist/command.js", import.meta.url).href)) as typeof command;

export interface Printed {
  readonly code: number | string | null | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command in this process, in the given folder: where the process itself is not what is tested. One at a time. */
export async function here(args: readonly string[], cwd: string): Promise<Printed> {
  const before = { cwd: process.cwd(), exitCode: process.exitCode };
  const printed = { stdout: "", stderr: "" };
  const catching = (name: "stdout" | "stderr") =>
    vi.spyOn(process[name], "write").mockImplementation((text: string | Uint8Array, ...rest: unknown[]) => {
      printed[name] += String(text);
      const done = rest.at(-1);
      if (typeof done === "function") done();
      return true;
    });
  const spies = [catching("stdout"), catching("stderr")];
  process.chdir(cwd);
  process.exitCode = 0;
  try {
    await runCommand(["node", "oldhand", ...args]);
    return { code: process.exitCode, ...printed };
  } finally {
    process.chdir(before.cwd);
    process.exitCode = before.exitCode;
    for (const spy of spies) spy.mockRestore();
  }
}
