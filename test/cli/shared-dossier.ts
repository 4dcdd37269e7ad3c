import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { start } from "./command.ts";
import { customersCsv } from "./customers.ts";
import { ENDED, QUESTION } from "./shared.ts";

declare module "vitest" {
  export interface ProvidedContext {
    sharedFolder: string;
  }
}

/** Starts one run of the command that the tests of this folder share, where one of them is asked for. Tests of other folders need not wait for it. */
export default function setup(project: TestProject): (() => void) | undefined {
  if (!project.vitest.state.getPaths().some((path) => path.includes("/test/cli/"))) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "oldhand-command-"));
  writeFileSync(join(folder, "customers.csv"), customersCsv(400));
  const run = start(["run", ...QUESTION, "--out", "dossier", "--threads", "1"], { cwd: folder });
  void run.ended.then((ran) => {
    if (!existsSync(folder)) return;
    writeFileSync(join(folder, `${ENDED}.part`), JSON.stringify(ran));
    renameSync(join(folder, `${ENDED}.part`), join(folder, ENDED));
  });
  project.provide("sharedFolder", folder);
  return () => {
    run.child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  };
}
