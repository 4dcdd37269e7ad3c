import { existsSync } from "node:fs";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/google/chrome/chrome"];

/** Where Chromium is, or that the tests in it are skipped, and why. */
export type Chromium = { readonly path: string } | { readonly skipped: string };

/**
 * Chromium of CHROMIUM_PATH, else that of the system.
 * @throws Error when CHROMIUM_PATH names nothing, and when there is none where CI is set: there nothing may be skipped.
 */
export function findChromium(env: Readonly<Record<string, string | undefined>>, exists: (path: string) => boolean = existsSync): Chromium {
  const own = env.CHROMIUM_PATH ?? "";
  if (own !== "" && !exists(own)) throw new Error(`CHROMIUM_PATH is ${own}, and nothing is there.`);
  const path = own !== "" ? own : PLACES.find(exists);
  if (path !== undefined) return { path };
  const skipped = "no Chromium was found: set CHROMIUM_PATH, or install it (apt-get install chromium)";
  if (!["", "0", "false"].includes(env.CI ?? "")) throw new Error(`CI is set, and ${skipped}.`);
  return { skipped };
}
