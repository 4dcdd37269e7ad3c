import { randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { writeError } from "./io-error.ts";
import { makeFolders } from "./make-folder.ts";

/** A name beside `path` that nobody else uses; hidden, and ending like `path`. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${process.pid}-${randomBytes(4).toString("hex")}.tmp-${basename(path)}`);
}

/** The name of what stood at `path` while another takes its place: it is put back if the other never came. */
function replacedName(path: string): string {
  return join(dirname(path), `.${process.pid}-${randomBytes(4).toString("hex")}.old-${basename(path)}`);
}

/** Writes a file so that it is there whole or not at all. @throws OldhandError disk-full. */
export function writeAtomic(path: string, content: string | Uint8Array): void {
  const bytes = typeof content === "string" ? Buffer.from(content, "utf8") : content;
  const temporary = temporaryName(path);
  try {
    makeFolders(dirname(path));
    const file = openSync(temporary, "wx");
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    removeIfThere(temporary);
    throw writeError(error, path);
  }
}

function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // Not even its folder is there.
  }
}

/** Runs `write` on temporary names of `paths`, then renames all; on failure none of them is there. `isDone`: called for each file that is written, so that it goes to the disk while the others are made. */
export async function writeAllAtomic(
  paths: readonly string[],
  write: (temporary: readonly string[], isDone: (place: number) => void) => Promise<void>,
): Promise<void> {
  const temporary = paths.map(temporaryName);
  const synced = new Map<number, Promise<void>>();
  const begin = (place: number) => {
    const result = sync(temporary[place] ?? "");
    // It may fail while another file is waited for.
    result.catch(() => undefined);
    synced.set(place, result);
  };
  try {
    for (const path of paths) makeFolders(dirname(path));
    await write(temporary, begin);
    for (const place of temporary.keys()) if (!synced.has(place)) begin(place);
    await Promise.all(synced.values());
    temporary.forEach((name, index) => {
      renameSync(name, paths[index] ?? name);
    });
  } catch (error) {
    await Promise.allSettled(synced.values());
    for (const name of temporary) removeIfThere(name);
    throw writeError(error, paths[0] ?? "");
  }
}

/**
 * Writes a folder of files so that it is there whole or not at all; an older one of the name goes. Between two renames there is none, never a mixture: a process that is killed there
 * leaves the older one under `replacedName`, and the next opening puts it back.
 * @throws OldhandError disk-full.
 */
export function writeFolderAtomic(path: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  const [fresh, old] = [temporaryName(path), replacedName(path)];
  try {
    for (const [name, content] of Object.entries(files)) writeAtomic(join(fresh, name), content);
    if (existsSync(path)) renameSync(path, old);
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw writeError(error, path);
  }
  rmSync(old, { recursive: true, force: true });
}

async function sync(path: string): Promise<void> {
  const file = await open(path, "r+");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
