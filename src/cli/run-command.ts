import { CommanderError } from "commander";
import { cleanText } from "../core/clean-text.ts";
import { OldhandError } from "../core/error.ts";
import { withoutPasswords } from "../core/place.ts";
import { notInstalled } from "./not-installed.ts";
import { createProgram } from "./program.ts";
import { writeError } from "./terminal.ts";

/**
 * Runs the command that the arguments name; `process.exitCode` says how it ended: 0 go; 1 no-go; 2 wrong use or unusable input; 3 budget ended before an
 * answer; 70 internal error; 130 or 143 stopped by SIGINT or SIGTERM. @param args as in `process.argv`.
 */
export async function runCommand(args: readonly string[]): Promise<void> {
  try {
    await createProgram().parseAsync(args);
  } catch (error) {
    process.exitCode = sayFailure(error);
  }
}

/** Says what went wrong; the exit code. */
export function sayFailure(thrown: unknown): number {
  const error = notInstalled(thrown) ?? thrown;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof OldhandError) {
    writeError(withoutPasswords(error.message));
    return 2;
  }
  if (isBrokenPipe(error)) return 0;
  const details = withoutPasswords(error instanceof Error ? (error.stack ?? error.message) : String(error));
  writeError(`Internal error: this is a defect of Oldhand, not of your data.\n${details.split("\n").map(cleanText).join("\n")}`);
  return 70;
}

/** Who read the output has gone away, which is no error. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EPIPE";
}
