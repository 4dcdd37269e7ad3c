import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { OldhandError } from "../core/error.ts";
import { temporaryName } from "./atomic.ts";
import { errnoOf, writeError } from "./io-error.ts";

interface Owner {
  readonly pid: number;
  readonly host: string;
  /** When the process began, in the kernel's ticks, so that a pid used again is not taken for the owner; null where unknown. */
  readonly began: string | null;
}

/**
 * Takes the lock `path` for this process, or throws dossier-busy. A lock whose process is dead is taken over. The lock file appears
 * whole (by a hard link), so nobody reads half of it.
 */
export function takeLock(path: string): { release(): void } {
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), began: beganAt(process.pid) } satisfies Owner);
  for (let attempt = 0; attempt < 10; attempt++) {
    if (create(path, mine)) return { release: () => release(path, mine) };
    const held = read(path);
    if (held === null) continue;
    const owner = ownerOf(held);
    if (owner !== null && isAlive(owner)) throw busy(path, owner);
    removeStale(path, held);
  }
  throw busy(path, ownerOf(read(path) ?? ""));
}

function create(path: string, content: string): boolean {
  const temporary = temporaryName(path);
  try {
    writeFileSync(temporary, content, { flag: "wx" });
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if (errnoOf(error) === "EEXIST") return false;
    throw writeError(error, path);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function release(path: string, mine: string): void {
  if (read(path) === mine) rmSync(path, { force: true });
}

/** Moves the dead lock away; if another process put its own there in between, that one is put back. */
function removeStale(path: string, held: string): void {
  const aside = temporaryName(path);
  try {
    renameSync(path, aside);
    if (read(aside) !== held) linkSync(aside, path);
  } catch (error) {
    if (errnoOf(error) !== "ENOENT" && errnoOf(error) !== "EEXIST") throw writeError(error, path);
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

function ownerOf(content: string): Owner | null {
  try {
    const owner = JSON.parse(content) as Owner;
    return Number.isInteger(owner.pid) ? owner : null;
  } catch {
    return null;
  }
}

function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if (errnoOf(error) === "ESRCH") return false;
  }
  const began = beganAt(owner.pid);
  return began === null || owner.began === null || began === owner.began;
}

/** Field 22 of /proc/PID/stat (proc(5)); null where there is no /proc. */
function beganAt(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  return stat?.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function busy(path: string, owner: Owner | null): OldhandError {
  const elsewhere = owner !== null && owner.host !== hostname();
  return new OldhandError("dossier-busy", {
    what: "Another run is working in this dossier.",
    where: path,
    got: owner === null ? "a lock without owner" : `process ${owner.pid}${elsewhere ? ` on ${owner.host}` : ""}`,
    fix: elsewhere
      ? "Wait until it ends. If that machine no longer runs it, delete the lock file."
      : "Wait until it ends, or choose another folder with --out.",
  });
}
