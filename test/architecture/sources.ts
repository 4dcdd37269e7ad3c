import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SRC = join(ROOT, "src");

export interface Source {
  /** Path from src/, with forward slashes. */
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly { readonly target: string; readonly typeOnly: boolean; readonly names: string }[];
}

const IMPORT = /^\s*(?:import|export)\s+(type\s+)?([^"';]*?)\s*from\s+"([^"]+)"|^\s*import\s+"([^"]+)"|\bimport\("([^"]+)"\)/gm;

export function sources(): Source[] {
  return readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.includes("client/"))
    .sort()
    .map(readSource);
}

function readSource(path: string): Source {
  const text = readFileSync(join(SRC, path), "utf8");
  const imports = [...text.matchAll(IMPORT)].map(([, type, names, from, bare, dynamic]) => {
    const specifier = from ?? bare ?? dynamic ?? "";
    const target = specifier.startsWith(".") ? relative(SRC, join(SRC, dirname(path), specifier)).replaceAll("\\", "/") : specifier;
    return { target, typeOnly: type !== undefined, names: names ?? "" };
  });
  return { path, room: path.includes("/") ? (path.split("/")[0] ?? "") : "", text, imports };
}

/** Packages that src/ imports. */
export function libraries(): string[] {
  const names = sources().flatMap(({ imports }) => imports.map(({ target }) => target));
  const external = names.filter(
    (name) => /^(@[\w-]+\/)?[a-z][\w-]*(\/|$)/.test(name) && !name.endsWith(".ts") && !name.includes("/assembly/"),
  );
  return [...new Set(external.map(packageOf))].sort();
}

/** The package of an import: its first part, or its first two within a scope. */
function packageOf(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}
