import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Dataset } from "../../src/core/dataset.ts";
import { OldhandError } from "../../src/core/error.ts";
import { openDataset } from "../../src/store/index.ts";

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is removed when the tests of the file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-test-"));
  folders.push(folder);
  return folder;
}

export const LIMITS = { memoryBytes: 512 * 1024 * 1024, threads: 1, seed: 1 };

export function optionsIn(folder: string) {
  return { ...LIMITS, dataFolder: join(folder, "data") };
}

export function write(folder: string, name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

export function openText(folder: string, name: string, content: string | Uint8Array): Promise<Dataset> {
  return openDataset(write(folder, name, content), optionsIn(folder));
}

/** The OldhandError that `work` throws. */
export async function errorOf(work: () => unknown): Promise<OldhandError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof OldhandError) return error;
    throw error;
  }
  throw new Error("expected an OldhandError");
}
