import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { oldhand, type Ran } from "./command.ts";
import { customersCsv } from "./customers.ts";

/** One run of the command that the tests of this folder share. Its dossier is only read; who changes one copies it. */
export interface Shared {
  /** Folder with `customers.csv`. */
  readonly folder: string;
  readonly dossier: string;
  readonly run: Ran;
}

declare module "vitest" {
  export interface ProvidedContext {
    shared: Shared;
  }
}

export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-command-"));
  writeFileSync(join(folder, "customers.csv"), customersCsv(400));
  const run = await oldhand(["run", "customers.csv", "--target", "churned", "--out", "dossier", "--threads", "1"], { cwd: folder });
  if (!existsSync(join(folder, "dossier", "result.json"))) throw new Error(`the run that the tests share failed:\n${run.stderr}`);
  project.provide("shared", { folder, dossier: join(folder, "dossier"), run });
  return () => rmSync(folder, { recursive: true, force: true });
}
