import { existsSync, statSync } from "node:fs";
import { parsePlace } from "../core/place.ts";
import { filesOf } from "./glob-source.ts";

/**
 * Whether `path` is one of the files that a place names, by whatever name: the same device and inode, links followed. false where nothing is at `path`,
 * and for places that are no files. @throws OldhandError file-not-found when no file fits a pattern.
 */
export async function isSource(path: string, place: string): Promise<boolean> {
  const { kind, where } = parsePlace(place, existsSync);
  const written = identity(path);
  if (written === null || (kind !== "file" && kind !== "files")) return false;
  const files = kind === "files" ? await filesOf(where) : [where];
  return files.some((file) => identity(file) === written);
}

/** null when nothing is there. bigint: inodes of some file systems are beyond 2^53. */
function identity(path: string): string | null {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return `${dev}:${ino}`;
  } catch {
    // What is not there, or below a file, is no source; whoever opens it says what is wrong with it.
    return null;
  }
}
