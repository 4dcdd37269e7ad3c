import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

/** Where packages are found from, and nothing is published. */
const CACHE = fileURLToPath(new URL("../node_modules/.cache/oldhand", import.meta.url));

/**
 * A script that imports from src/, as a file that node runs by itself: for tests that kill a process or take its disk. Packages stay outside;
 * there are no threads of the lab.
 */
export async function built(script: URL): Promise<{ readonly file: string; remove(): void }> {
  mkdirSync(CACHE, { recursive: true });
  const folder = mkdtempSync(join(CACHE, "test-"));
  const build = await rolldown({ input: { script: fileURLToPath(script) }, platform: "node", external: /^[^./]/, logLevel: "silent" });
  await build.write({ dir: folder, format: "esm" });
  await build.close();
  return { file: join(folder, "script.js"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
