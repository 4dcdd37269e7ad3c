import { chmodSync, mkdtempSync, rmSync, statfsSync } from "node:fs";

/** Linux's folder in memory. Every file that is written whole is waited for until a disk has it, which is no matter of the tests. */
const MEMORY = "/dev/shm";
const LEAST_FREE_BYTES = 4e9;

/** Where temporary folders of the tests, and of what they start, are made; it goes with all of them. On a disk, where memory has little room or TMPDIR names another place. */
export default function setup(): (() => void) | undefined {
  if (process.env.TMPDIR !== undefined || !isRoomy(MEMORY)) return undefined;
  const folder = mkdtempSync(`${MEMORY}/oldhand-tests-`);
  // As the system's folder: servers of the tests may run as another user.
  chmodSync(folder, 0o1777);
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function isRoomy(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= LEAST_FREE_BYTES;
  } catch {
    return false;
  }
}
