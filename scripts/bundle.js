// Joins src/ and the libraries of pure JavaScript into few files, dist/*.js: a command starts in half the time (docs/decisions/0015).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { wrapLines } from "./wrap-lines.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

/** Entries by name: what people import, the command, and what the program's threads load beside its other files. */
function entries() {
  const runners = readdirSync(`${root}src/problems`, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [`${name}-runner`, `problems/${name}/runner.ts`]);
  const all = {
    index: "index.ts",
    trees: "engine/trees/index.ts",
    oldhand: "cli/main.ts",
    command: "cli/run-command.ts",
    "lab-worker": "lab/worker.ts",
    "apart-worker": "data/apart-worker.ts",
    "plain-worker": "store/plain-worker.ts",
    "onnx-worker": "engine/onnx/worker-entry.ts",
    ...Object.fromEntries(runners),
  };
  return Object.fromEntries(Object.entries(all).map(([name, file]) => [name, `${root}src/${file}`]));
}

/** Packages that are installed beside the program; all others become part of it. */
function isInstalled(id) {
  return Object.keys(dependencies).some((name) => id === name || id.startsWith(`${name}/`));
}

export async function bundle() {
  const build = await rolldown({ input: entries(), platform: "node", external: isInstalled });
  const { output } = await build.write({
    dir: `${root}dist`,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    // Names stay, so that a stack says where; blanks go, since every start reads the files.
    minify: { compress: true, mangle: false, codegen: { removeWhitespace: true } },
  });
  await build.close();
  for (const file of output)
    if (file.type === "chunk") writeFileSync(`${root}dist/${file.fileName}`, wrapLines(file.fileName, inAscii(file.code)));
  writeFileSync(`${root}dist/LICENSES.txt`, licences(output.flatMap(({ moduleIds = [] }) => moduleIds)));
}

/** Letters beyond Latin-1 as escapes: with one of them the engine keeps two bytes of each letter of a file, in every thread that loads it. */
function inAscii(code) {
  return code.replace(/(\\?)([\u0080-\uffff])/g, (_, before, unit) => {
    if (before !== "") throw new Error(`cannot escape ${unit} behind a backslash`);
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The licences of the packages that these files are of; packages with the same words stand together. */
function licences(files) {
  const folders = new Set(files.map((file) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0]).filter(Boolean));
  const namesByText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    const texts = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    const text = texts.map((file) => readFileSync(`${folder}/${file}`, "utf8").trim()).join("\n\n");
    namesByText.set(text, [...(namesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...namesByText].map(([text, names]) => `${names.join("\n")}\n\n${text}`);
  return `Oldhand contains parts of these packages.\n\n${parts.join(`\n\n${"-".repeat(80)}\n\n`)}\n`;
}
