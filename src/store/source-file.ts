import { closeSync, openSync, readdirSync, readlinkSync, readSync, type Stats, statSync } from "node:fs";
import { basename, dirname } from "node:path";
import { distance } from "fastest-levenshtein";
import { OldhandError } from "../core/error.ts";
import { shellWord } from "../core/shell-word.ts";
import { errnoOf } from "./io-error.ts";

export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  /** The first bytes, at most `HEAD_BYTES`. */
  readonly head: Uint8Array;
}

const HEAD_BYTES = 4 * 1024 * 1024;

/** Looks at a user's file. expected: what an empty one should hold. @throws OldhandError file-not-found, file-is-directory, file-unreadable, file-empty. */
export function lookAtSource(path: string, expected = "a table with a header and rows"): SourceFile {
  try {
    const status = statSync(path);
    if (status.isDirectory()) throw isDirectory(path);
    if (!status.isFile()) throw isNoFile(path);
    if (status.size === 0) throw isEmpty(path, expected);
    return { path, name: basename(path), bytes: status.size, head: readHead(path) };
  } catch (error) {
    throw readError(error, path);
  }
}

/** undefined when there is nothing at the path. @throws OldhandError file-unreadable. */
export function statusOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (errnoOf(error) === "ENOTDIR") return undefined;
    throw readError(error, path);
  }
}

/** A read that failed as the error the user sees. */
export function readError(error: unknown, path: string): unknown {
  const code = errnoOf(error);
  if (code === "ENOENT" || code === "ENOTDIR") return notFound(path);
  if (code === "EISDIR") return isDirectory(path);
  if (code === "EACCES" || code === "EPERM" || code === "EIO") {
    return new OldhandError("file-unreadable", {
      what: "The file cannot be read.",
      where: path,
      got: code,
      fix: "Check its permissions, for example with ls -l.",
    });
  }
  if (code === "ELOOP" || code === "ENAMETOOLONG") {
    return new OldhandError("file-unreadable", {
      what: code === "ELOOP" ? "The symbolic links of this path lead round in a circle." : "The path is too long to be one.",
      where: path.slice(0, 200),
      got: code,
      fix: code === "ELOOP" ? "Look where they lead with ls -l, and name the file itself." : "Check the path.",
    });
  }
  return error;
}

/** Opening a pipe may wait for ever, and what was read from it once is gone. */
function isNoFile(path: string): OldhandError {
  return new OldhandError("file-unreadable", {
    what: "This is a pipe or a device, not a file: it is read several times.",
    where: path,
    expected: "a file",
    fix: "Write it into a file first, and name the file.",
  });
}

function readHead(path: string): Uint8Array {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    let length = 0;
    for (;;) {
      const read = readSync(file, buffer, length, HEAD_BYTES - length, null);
      length += read;
      if (read === 0 || length === HEAD_BYTES) return buffer.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}

const WEB_ADDRESS = /^(https?|ftp):\/\//i;

function notFound(path: string): OldhandError {
  if (WEB_ADDRESS.test(path))
    return new OldhandError("file-not-found", {
      what: "Nothing is read from the web: data never leaves or enters the machine by itself.",
      where: path,
      expected: "a file, a database or an s3:// address",
      fix: `Fetch it first, for example with curl -O ${shellWord(path)}, and name the file.`,
    });
  if (path === "-")
    return new OldhandError("file-not-found", {
      what: "Standard input is not read: the data is looked at several times.",
      where: path,
      expected: "a file, a database or an s3:// address",
      fix: "Write it into a file first, and name the file.",
    });
  if (path === "")
    return new OldhandError("file-not-found", {
      what: "The name of the file is empty.",
      expected: "a file, a database or an s3:// address",
      fix: "Name the file; in a script, look at the variable that should hold its name.",
    });
  const target = linkTarget(path);
  if (target !== null)
    return new OldhandError("file-not-found", {
      what: "This is a link to a file that is not there.",
      where: path,
      got: `it leads to ${target}`,
      fix: "Bring the file back, or name another one.",
    });
  const near = nearestName(path);
  return new OldhandError("file-not-found", {
    what: "There is no such file.",
    where: path,
    ...(near === null ? {} : { got: `the nearest name in that folder is "${near}"` }),
    fix: near === null ? "Check the path." : `Did you mean ${dirname(path) === "." ? near : `${dirname(path)}/${near}`}?`,
  });
}

/** Where a symbolic link leads; null for what is none. */
function linkTarget(path: string): string | null {
  try {
    return readlinkSync(path);
  } catch {
    return null;
  }
}

function isDirectory(path: string): OldhandError {
  return new OldhandError("file-is-directory", {
    what: "This is a folder, not a file.",
    where: path,
    expected: "one file with a table",
    fix: "Name one file in it, or several by a pattern: '.../*.csv'.",
  });
}

function isEmpty(path: string, expected: string): OldhandError {
  return new OldhandError("file-empty", {
    what: "The file is empty.",
    where: path,
    expected,
    got: "0 bytes",
    fix: "Write it again: what made it may have failed.",
  });
}

function nearestName(path: string): string | null {
  const wanted = basename(path);
  try {
    const ranked = readdirSync(dirname(path))
      .map((name) => ({ name, edits: distance(name.toLowerCase(), wanted.toLowerCase()) }))
      .sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
    const best = ranked[0];
    return best !== undefined && best.edits <= Math.max(2, Math.floor(wanted.length / 3)) ? best.name : null;
  } catch {
    return null;
  }
}
