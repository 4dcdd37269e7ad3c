import { existsSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** Temporary names of `temporaryName` and of spill folders. */
const TEMPORARY = /^\.(\d+-[0-9a-f]{8}\.tmp-|spill-\d+$)/;

/** Names of `replacedName`, with what stood there. */
const REPLACED = /^\.\d+-[0-9a-f]{8}\.old-(.+)$/;

/** Removes what a process left that was ended in the middle of a write, and puts back what it had moved away. Only for who holds the lock. */
export function removeLeftovers(folder: string, subfolders: readonly string[]): void {
  for (const place of [folder, ...subfolders.map((name) => join(folder, name))]) {
    for (const name of namesIn(place)) {
      const replaced = REPLACED.exec(name)?.[1];
      if (replaced !== undefined && !existsSync(join(place, replaced))) renameSync(join(place, name), join(place, replaced));
      else if (replaced !== undefined || TEMPORARY.test(name)) rmSync(join(place, name), { recursive: true, force: true });
    }
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
