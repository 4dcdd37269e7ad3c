#!/usr/bin/env node
import { isBrokenPipe, runCommand } from "./run-command.ts";

process.stdout.on("error", (error) => {
  if (isBrokenPipe(error)) process.exit(0);
  throw error;
});
await runCommand(process.argv);
