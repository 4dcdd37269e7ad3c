import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { bytesFile, compileKernel, kernelNames, sourcesOf } from "../../../scripts/build-kernels.js";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CACHE = join(ROOT, "node_modules/.cache/oldhand/kernels");

/** Everything that a compiled kernel follows from: each source, the options, the compiler and its back end. */
function origin(kernel: string): string {
  const compilers = ["assemblyscript", "binaryen"].map((name) => join(ROOT, "node_modules", name, "package.json"));
  const folder = sourcesOf(kernel.split("/")[0] ?? "");
  const sources = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  const hash = createHash("sha256").update(process.version);
  for (const file of [join(ROOT, "scripts/build-kernels.js"), ...compilers, ...sources])
    hash.update(`\n${file}\n`).update(readFileSync(file));
  return hash.digest("hex");
}

/** What the compiler gives; it takes seconds, so that it is asked once for the same sources. */
async function compiled(name: string): Promise<string> {
  const known = join(CACHE, `${name.replace("/", "-")}-${origin(name)}`);
  if (existsSync(known)) return readFileSync(known, "utf8");
  const text = await compileKernel(name);
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(`${known}.part`, text);
  renameSync(`${known}.part`, known);
  return text;
}

describe("the shipped kernels", () => {
  test.each(kernelNames())("%s is what its source gives", async (name) => {
    expect(readFileSync(bytesFile(name), "utf8")).toBe(await compiled(name));
  });
});
