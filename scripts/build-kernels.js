// Compiles the WebAssembly kernels: src/engine/assembly/NAME.ts -> src/engine/wasm/NAME-bytes.ts. Files that begin with "_" are parts of others.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = `${root}src/engine/assembly/`;

/** Memory is made by the caller and shared between threads; the kernels allocate nothing. */
const OPTIONS = [
  "-O3",
  "--converge",
  "--noAssert",
  "--runtime=stub",
  "--importMemory",
  "--sharedMemory",
  "--initialMemory=1",
  "--maximumMemory=65536",
  "--enable=simd",
  "--enable=threads",
  "--enable=bulk-memory",
];

export function kernelNames() {
  return readdirSync(sources)
    .filter((name) => name.endsWith(".ts") && !name.startsWith("_") && !name.endsWith(".d.ts"))
    .map((name) => name.slice(0, -3))
    .sort();
}

export function bytesFile(name) {
  return `${root}src/engine/wasm/${name}-bytes.ts`;
}

/** The text of the bytes file that the source of a kernel gives. */
export async function compileKernel(name) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary = null;
  const messages = [];
  const note = (text) => messages.push(String(text));
  const { error } = await asc.main([`${name}.ts`, "--outFile", "out.wasm", "--baseDir", sources, ...OPTIONS], {
    stdout: { write: note },
    stderr: { write: note },
    readFile: (file, base) => (existsSync(`${base}/${file}`) ? readFileSync(`${base}/${file}`, "utf8") : null),
    writeFile: (file, contents) => {
      if (file === "out.wasm") binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === null) throw new Error(`src/engine/assembly/${name}.ts does not compile:\n${messages.join("")}`);
  const text = Buffer.from(binary).toString("base64");
  return `${headOf(name)}\nexport const BYTES: string =\n  "${text}";\n`;
}

/** First line of a bytes file: changes with the kernel's source, the parts it imports and the options. */
function headOf(name) {
  const hash = createHash("sha256").update(OPTIONS.join(" "));
  for (const file of partsOf(name, new Set()).sort()) hash.update(`\n${file}.ts\n`).update(readFileSync(`${sources}${file}.ts`));
  return `// Made by scripts/build-kernels.js from src/engine/assembly; sources ${hash.digest("hex").slice(0, 16)}. Do not edit.`;
}

function partsOf(name, known) {
  known.add(name);
  for (const [, part] of readFileSync(`${sources}${name}.ts`, "utf8").matchAll(/from "\.\/(\w+)"/g))
    if (!known.has(part)) partsOf(part, known);
  return [...known];
}

/** Compiles what is not up to date: the compiler takes seconds to start. */
export async function buildKernels() {
  for (const name of kernelNames()) {
    const file = bytesFile(name);
    if (existsSync(file) && readFileSync(file, "utf8").startsWith(`${headOf(name)}\n`)) continue;
    writeFileSync(file, await compileKernel(name));
  }
}
