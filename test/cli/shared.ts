import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import { type Ran, until } from "./command.ts";

/** The question of the shared run: its folds once, in blocks, since repeats would only train longer. Who asks the same in its dossier finds the experiments there. */
export const QUESTION = ["customers.csv", "--target", "churned", "--split", "blocks"] as const;

/** File in the shared folder that says how the run ended. */
export const ENDED = "ended.json";

/** One run of the command that the tests of this folder share. Its dossier is only read; who changes one copies it. */
export interface Shared {
  /** Folder with `customers.csv`. */
  readonly folder: string;
  readonly dossier: string;
  readonly run: Ran;
}

/** Waits until the run has ended. */
export async function sharedRun(): Promise<Shared> {
  const folder = inject("sharedFolder");
  await until(() => existsSync(join(folder, ENDED)), 5);
  const run = JSON.parse(readFileSync(join(folder, ENDED), "utf8")) as Ran;
  const dossier = join(folder, "dossier");
  if (!existsSync(join(dossier, "result.json"))) throw new Error(`the run that the tests share failed:\n${run.stderr}`);
  return { folder, dossier, run };
}
