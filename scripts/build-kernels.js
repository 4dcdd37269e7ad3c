// Compiles the WebAssembly kernels: src/ROOM/assembly/NAME.ts -> src/ROOM/wasm/NAME-bytes.ts. Files that begin with "_" are parts of others.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Rooms that have kernels. */
const ROOMS = ["engine", "store"];

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
  return ROOMS.flatMap((room) =>
    readdirSync(sourcesOf(room))
      .filter((file) => file.endsWith(".ts") && !file.startsWith("_") && !file.endsWith(".d.ts"))
      .map((file) => `${room}/${file.slice(0, -3)}`)
      .sort(),
  );
}

export function sourcesOf(room) {
  return `${root}src/${room}/assembly/`;
}

export function bytesFile(kernel) {
  const [room, name] = kernel.split("/");
  return `${root}src/${room}/wasm/${name}-bytes.ts`;
}

/** The text of the bytes file that the source of a kernel gives. */
export async function compileKernel(kernel) {
  const [room, name] = kernel.split("/");
  const { default: asc } = await import("assemblyscript/asc");
  let binary = null;
  const messages = [];
  const note = (text) => messages.push(String(text));
  const { error } = await asc.main([`${name}.ts`, "--outFile", "out.wasm", "--baseDir", sourcesOf(room), ...OPTIONS], {
    stdout: { write: note },
    stderr: { write: note },
    readFile: (file, base) => (existsSync(`${base}/${file}`) ? readFileSync(`${base}/${file}`, "utf8") : null),
    writeFile: (file, contents) => {
      if (file === "out.wasm") binary = contents;
    },
    listFiles: () => [],
  });
  if (error !== null || binary === null) throw new Error(`src/${room}/assembly/${name}.ts does not compile:\n${messages.join("")}`);
  const text = Buffer.from(binary).toString("base64");
  return `${headOf(kernel)}\nexport const BYTES: string =\n  "${text}";\n`;
}

/** First line of a bytes file: changes with the kernel's source, the parts it imports and the options. */
function headOf(kernel) {
  const [room, name] = kernel.split("/");
  const hash = createHash("sha256").update(OPTIONS.join(" "));
  for (const file of partsOf(room, name, new Set()).sort())
    hash.update(`\n${file}.ts\n`).update(readFileSync(`${sourcesOf(room)}${file}.ts`));
  return `// Made by scripts/build-kernels.js from src/${room}/assembly; sources ${hash.digest("hex").slice(0, 16)}. Do not edit.`;
}

function partsOf(room, name, known) {
  known.add(name);
  for (const [, part] of readFileSync(`${sourcesOf(room)}${name}.ts`, "utf8").matchAll(/from "\.\/(\w+)"/g))
    if (!known.has(part)) partsOf(room, part, known);
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
