import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { errnoOf } from "./io-error.ts";

/**
 * Makes a folder and those above it that are missing; gives the topmost that was made, null when all were there. As `mkdir -p`, but it ends where
 * node's own never does: with a relative path in a working folder that somebody has deleted.
 */
export function makeFolders(path: string): string | null {
  if (isFolder(path)) return null;
  const above = dirname(path);
  const topmost = above === path ? null : makeFolders(above);
  try {
    mkdirSync(path);
    return topmost ?? path;
  } catch (error) {
    if (errnoOf(error) === "EEXIST" && isFolder(path)) return topmost;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
