import { readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a process has put into a folder, so that it can be taken away again without touching what was there before. */
export interface Traces {
  /** A path inside the folder that is about to be written. */
  note(name: string): void;
  /** Removes what was noted and was not there before, then the folder and its parents as far as they were made and are empty. */
  remove(): void;
}

/** `made`: the topmost folder that was made for it, or null when the folder was there. `shared`: subfolders whose new entries are removed one by one. */
export function traceFolder(folder: string, made: string | null, shared: readonly string[]): Traces {
  const before = new Set(listing(folder));
  const inside = new Map(shared.filter((name) => before.has(name)).map((name) => [name, new Set(listing(join(folder, name)))]));
  const own = new Set<string>();
  return {
    note: (name) => {
      const [first = name] = name.split("/");
      if (!before.has(first)) own.add(first);
    },
    remove: () => {
      for (const name of own) rmSync(join(folder, name), { recursive: true, force: true });
      for (const [name, old] of inside) {
        for (const entry of listing(join(folder, name)).filter((entry) => !old.has(entry))) {
          rmSync(join(folder, name, entry), { recursive: true, force: true });
        }
      }
      if (made !== null) removeEmpty(folder, made);
    },
  };
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function removeEmpty(folder: string, topmost: string): void {
  try {
    for (let path = folder; ; path = dirname(path)) {
      rmdirSync(path);
      if (path === topmost || dirname(path) === path) return;
    }
  } catch {
    // Somebody else put something into it: it stays.
  }
}
