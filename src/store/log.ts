import { closeSync, existsSync, fdatasyncSync, fstatSync, ftruncateSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { OldhandError } from "../core/error.ts";
import { writeError } from "./io-error.ts";
import { makeFolders } from "./make-folder.ts";
import { lookAtSource, statusOf } from "./source-file.ts";

/** An append-only file of JSON lines that survives the death of its writer at any moment. One writer at a time. */
export interface Log {
  /** On the disk when it returns. @throws OldhandError disk-full; then nothing of the line is left. */
  append(entry: unknown): void;
  /** Makes the file when it is not there yet. @throws OldhandError disk-full, file-unreadable. */
  create(): void;
  /** All whole entries, oldest first; a half-written last line is left out. @throws OldhandError dossier-broken. */
  entries(): Iterable<unknown>;
  close(): void;
}

/**
 * The file is made by the first append. `durable` false: a line may be lost when the machine (not the process) dies, and appending takes
 * microseconds instead of milliseconds.
 */
export function openLog(path: string, { durable = true }: { readonly durable?: boolean } = {}): Log {
  let file: number | null = null;
  const opened = (): number => {
    if (file !== null) return file;
    makeFolders(dirname(path));
    file = openSync(path, "a+");
    ftruncateSync(file, wholeLength(path));
    return file;
  };
  return {
    append: (entry) => {
      try {
        appendWhole(opened(), Buffer.from(`${JSON.stringify(entry)}\n`, "utf8"), durable);
      } catch (error) {
        throw writeError(error, path);
      }
    },
    create: () => {
      try {
        opened();
      } catch (error) {
        throw writeError(error, path);
      }
    },
    entries: () => readEntries(path),
    close: () => {
      if (file !== null) closeSync(file);
      file = null;
    },
  };
}

/** The whole entries of a log that somebody else may be writing, which may be none. @throws OldhandError file-not-found, file-is-directory, dossier-broken. */
export function readLog(path: string): Iterable<unknown> {
  if (statusOf(path)?.size !== 0) lookAtSource(path);
  return readEntries(path);
}

function appendWhole(file: number, bytes: Uint8Array, durable: boolean): void {
  const before = fstatSync(file).size;
  try {
    for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    if (durable) fdatasyncSync(file);
  } catch (error) {
    ftruncateSync(file, before);
    throw error;
  }
}

/** Bytes up to and with the last line end. */
function wholeLength(path: string): number {
  return readFileSync(path).lastIndexOf(10) + 1;
}

function* readEntries(path: string): Iterable<unknown> {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  let start = 0;
  let line = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    line++;
    yield parseLine(bytes.toString("utf8", start, end), path, line);
    start = end + 1;
  }
}

function parseLine(text: string, path: string, line: number): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OldhandError("dossier-broken", {
      what: "A line of the log is not JSON.",
      where: `${path}, line ${line}`,
      got: text.slice(0, 80),
      fix: "It is not a file that Oldhand wrote, or someone changed it: give another file, or remove that line.",
    });
  }
}
