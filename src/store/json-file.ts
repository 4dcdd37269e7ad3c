import { accessSync, closeSync, constants, openSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { OldhandError } from "../core/error.ts";
import { temporaryName, writeAtomic } from "./atomic.ts";
import { errorText, writeError } from "./io-error.ts";
import { lookAtSource, readError, statusOf } from "./source-file.ts";

/** A JSON file that a user wrote. @throws OldhandError file-not-found, file-is-directory, file-unreadable, file-empty, file-format. */
export function readJsonFile(path: string): unknown {
  lookAtSource(path, "JSON text");
  const text = readText(path).replace(/^\uFEFF/, "");
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new OldhandError("file-format", {
      what: "The file is not JSON.",
      where: placeOf(errorText(error), text, path),
      expected: "JSON text",
      got: errorText(error).slice(0, 200),
      fix: "Check commas, quotes and brackets at that place.",
    });
  }
}

/** The members of the outermost object of a JSON text, also those that a parser loses because a later one has the same name. Values as they are written. */
export function readJsonMembers(path: string): readonly (readonly [name: string, value: unknown])[] {
  const value = readJsonFile(path);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return [];
  return membersOf(readText(path).replace(/^\uFEFF/, ""));
}

/** Of the text of one JSON object. */
export function membersOf(text: string): readonly (readonly [name: string, value: unknown])[] {
  const members: [string, unknown][] = [];
  let depth = 0;
  let start = 0;
  let name: string | null = null;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]/g)) {
    if (depth === 1 && (token === "," || token === "}") && name !== null) {
      members.push([name, JSON.parse(text.slice(start, index))]);
      name = null;
    } else if (depth === 1 && token === ":" && name === null) {
      name = JSON.parse(text.slice(start, index));
      start = index + 1;
    }
    if (depth === 1 && token === ",") start = index + 1;
    if (token === "{" || token === "[") depth++;
    if (depth === 1 && token === "{") start = index + 1;
    if (token === "}" || token === "]") depth--;
  }
  return members;
}

/** Indented JSON, whole or not there. @throws OldhandError disk-full, file-unreadable. */
export function writeJsonFile(path: string, value: unknown): void {
  writeAtomic(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * Refuses before the work what could only fail after it. option: that names the path. @throws OldhandError disk-full, file-unreadable when nothing can be written at the path.
 */
export function checkWritable(path: string, option: string): void {
  try {
    tryToWrite(path);
  } catch (error) {
    throw writeError(error, path, option);
  }
}

function tryToWrite(path: string): void {
  if (statusOf(path)?.isDirectory() === true) throw Object.assign(new Error("a folder"), { code: "EISDIR" });
  let folder = dirname(resolve(path));
  while (statusOf(folder) === undefined) folder = dirname(folder);
  if (statusOf(folder)?.isDirectory() !== true) throw Object.assign(new Error("no folder"), { code: "ENOTDIR" });
  accessSync(folder, constants.W_OK);
  // Some folders (/proc) take no file although their rights say so.
  const temporary = temporaryName(join(folder, basename(path)));
  closeSync(openSync(temporary, "wx"));
  rmSync(temporary);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw readError(error, path);
  }
}

function placeOf(message: string, text: string, path: string): string {
  const found = /position (\d+)/.exec(message);
  if (found === null) return path;
  const before = text.slice(0, Number(found[1])).split("\n");
  return `${path}, line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
