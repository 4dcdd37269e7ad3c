#!/usr/bin/env node
import "./late-optimising.ts";
import { isBrokenPipe, runCommand, sayFailure } from "./run-command.ts";
import { outputError } from "./terminal.ts";

process.stdout.on("error", (error) => {
  if (isBrokenPipe(error)) process.exit(0);
  // The command that waited for its output has said so already.
  if (process.exitCode !== 2) process.exit(sayFailure(outputError(error)));
});
await runCommand(process.argv);
