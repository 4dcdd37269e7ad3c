#!/usr/bin/env node
import { CommanderError } from "commander";
import { OldhandError } from "../core/error.ts";
import { createProgram } from "./program.ts";
import { writeError } from "./terminal.ts";

/** Exit codes: 0 go; 1 no-go; 2 wrong use or unusable input; 3 budget ended before an answer; 70 internal error. */
async function main(): Promise<void> {
  try {
    await createProgram().parseAsync(process.argv);
  } catch (error) {
    process.exitCode = exitCodeOf(error);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof OldhandError) {
    writeError(error.message);
    return 2;
  }
  if (isBrokenPipe(error)) return 0;
  writeError(`Internal error: this is a defect of Oldhand, not of your data.\n${error instanceof Error ? error.stack : String(error)}`);
  return 70;
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}

process.stdout.on("error", (error) => {
  if (isBrokenPipe(error)) process.exit(0);
  throw error;
});
await main();
