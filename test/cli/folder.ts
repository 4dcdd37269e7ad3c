import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { sharedRun } from "./shared.ts";

const folders: string[] = [];
const shared = await sharedRun();

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the tests of the file are done. With `dossier`: `customers.csv` and a copy of the shared dossier are in it. */
export function folderFor({ dossier = false } = {}): string {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-cli-"));
  folders.push(folder);
  cpSync(join(shared.folder, "customers.csv"), join(folder, "customers.csv"));
  if (dossier) cpSync(shared.dossier, join(folder, "dossier"), { recursive: true });
  return folder;
}
