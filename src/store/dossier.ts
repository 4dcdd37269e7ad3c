import { existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { OldhandError } from "../core/error.ts";
import { writeAtomic, writeFolderAtomic } from "./atomic.ts";
import { type Blob, readBlobFile, writeBlobFile } from "./blob.ts";
import { errnoOf, errorText, writeError } from "./io-error.ts";
import { removeLeftovers } from "./leftovers.ts";
import { takeLock } from "./lock.ts";
import { type Log, openLog } from "./log.ts";
import { makeFolders } from "./make-folder.ts";
import { readError, statusOf } from "./source-file.ts";
import { type Traces, traceFolder } from "./traces.ts";

/** The output folder of a run. Names are paths inside it, e.g. "model/manifest.json". Every write is whole or not there. */
export interface Dossier {
  readonly folder: string;
  /** Where dataset versions lie. */
  readonly dataFolder: string;
  /** Path of a file in it, for messages and for writers of big files. */
  pathOf(name: string): string;
  exists(name: string): boolean;
  /** Indented JSON. `undefined` fields are left out. @throws OldhandError disk-full. */
  writeJson(name: string, value: unknown): void;
  writeText(name: string, text: string): void;
  writeBytes(name: string, bytes: Uint8Array): void;
  /** A whole folder at once, in place of an older one. @throws OldhandError disk-full. */
  writeFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): void;
  /** @throws OldhandError dossier-broken when it is missing or not JSON. */
  readJson(name: string): unknown;
  readText(name: string): string;
  /** Takes a file or folder away; nothing happens when there is none. */
  remove(name: string): void;
  readBytes(name: string): Uint8Array;
  /** Out-of-fold predictions and the like, by id, in `blobs/`. */
  writeBlob(id: string, blob: Blob): void;
  /** null when there is none. */
  readBlob(id: string): Blob | null;
  openLog(name: string): Log;
  /** Takes away what was added since it was opened, and the folder if it was made for it. Close it afterwards. */
  discard(): void;
  /** Gives the lock back. */
  close(): void;
}

export interface DossierOptions {
  /** Make the folder when it is missing. */
  readonly create: boolean;
  /** false: only read, beside a run that writes. Default true. */
  readonly lock?: boolean;
}

/** @throws OldhandError dossier-missing, dossier-busy (names the process that holds it), disk-full, file-unreadable. */
export function openDossier(folder: string, options: DossierOptions): Dossier {
  const made = makeFolder(folder, options.create);
  const traces = traceFolder(resolve(folder), made === null ? null : resolve(made), ["data", "blobs"]);
  const lock = options.lock === false ? null : lockFolder(folder, traces);
  const pathOf = (name: string) => join(folder, name);
  const toWrite = (name: string) => {
    refuseTaken(folder);
    traces.note(name);
    return pathOf(name);
  };
  const blobName = (id: string) => join("blobs", `${id}.bin`);
  traces.note("data");
  return {
    folder,
    dataFolder: join(folder, "data"),
    pathOf,
    exists: (name) => existsSync(pathOf(name)),
    writeJson: (name, value) => writeAtomic(toWrite(name), `${JSON.stringify(value, null, 2)}\n`),
    writeText: (name, text) => writeAtomic(toWrite(name), text),
    writeFolder: (name, files) => writeFolderAtomic(toWrite(name), files),
    writeBytes: (name, bytes) => writeAtomic(toWrite(name), bytes),
    readJson: (name) => parse(readFile(pathOf(name)).toString("utf8"), pathOf(name)),
    remove: (name) => rmSync(pathOf(name), { recursive: true, force: true }),
    readText: (name) => readFile(pathOf(name)).toString("utf8"),
    readBytes: (name) => readFile(pathOf(name)),
    writeBlob: (id, blob) => writeBlobFile(toWrite(blobName(id)), blob),
    readBlob: (id) => readBlobFile(pathOf(blobName(id))),
    openLog: (name) => openLog(toWrite(name)),
    discard: () => {
      lock?.release();
      traces.remove();
    },
    close: () => lock?.release(),
  };
}

/** Made anew, it would hold half of a dossier, or the folders above it that somebody wanted gone. */
function refuseTaken(folder: string): void {
  if (statusOf(folder)?.isDirectory() === true) return;
  throw new OldhandError("dossier-missing", {
    what: "The dossier's folder was deleted or moved while the run worked in it.",
    where: folder,
    fix: "Run it again; what was computed is gone with the folder.",
  });
}

function lockFolder(folder: string, traces: Traces): { release(): void } {
  try {
    const lock = takeLock(join(folder, ".lock"));
    removeLeftovers(folder, ["data", "blobs", "model"]);
    return lock;
  } catch (error) {
    traces.remove();
    throw error;
  }
}

/** What a dossier writes anew or removes as its own; `oldhand.json` is written before any of them. */
const RESULTS = [
  "findings.json",
  "recipe.json",
  "plan.json",
  "proof.json",
  "proof.junit.xml",
  "report.html",
  "result.json",
  "review.csv",
  "autopsy.json",
  "mended.parquet",
  "mended.json",
  "model",
];

/** In a folder that is no dossier such files are somebody's own. */
function refuseForeign(folder: string): void {
  if (existsSync(join(folder, "oldhand.json"))) return;
  const own = RESULTS.find((name) => existsSync(join(folder, name)));
  if (own === undefined) return;
  throw new OldhandError("dossier-missing", {
    what: `The folder is no dossier, and holds ${own}, which would be lost.`,
    where: join(folder, own),
    expected: "a new or an empty folder, or a dossier",
    fix: "Name another folder with --out, or move the file away.",
  });
}

/** Gives the topmost folder that had to be made, or null when it was there. */
function makeFolder(folder: string, create: boolean): string | null {
  const found = statusOf(folder);
  if (found !== undefined && !found.isDirectory()) {
    throw new OldhandError("dossier-missing", {
      what: "This is a file, not a dossier folder.",
      where: folder,
      expected: "a folder",
      fix: create ? "Choose another folder with --out." : "Name the folder that a run has made.",
    });
  }
  if (found !== undefined) {
    if (create) refuseForeign(folder);
    return null;
  }
  if (!create) {
    throw new OldhandError("dossier-missing", {
      what: "There is no such dossier.",
      where: folder,
      expected: "a folder that `oldhand run` has written",
      fix: "Check the path, or make one: oldhand run DATA --target COLUMN",
    });
  }
  try {
    return makeFolders(folder);
  } catch (error) {
    throw writeError(error, folder);
  }
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT") throw readError(error, path);
    throw new OldhandError("dossier-broken", {
      what: "A file of the dossier is missing.",
      where: path,
      fix: "Run `oldhand run` again into this folder.",
    });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OldhandError("dossier-broken", {
      what: "A file of the dossier is not JSON.",
      where: path,
      got: errorText(error),
      fix: "Run `oldhand run` again into this folder.",
    });
  }
}
