import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { VERSION } from "../../src/core/version.ts";
import { libraries, ROOT, sources } from "./sources.ts";

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
}

interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
  readonly engines?: { readonly node?: string };
  readonly optional?: boolean;
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

interface Lock {
  readonly version: string;
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Ceilings move on purpose only: a dependency with its page in docs/decisions, a size with its reason in the commit. */
/** Installed beside the program: what has machine code, its own threads, or is for servers only. */
const MOST_DEPENDENCIES = 7;
/** Libraries that src/ imports; eight of them read workbooks, SQLite, Postgres, S3, zstd and patterns of file names, each loaded only by the source that needs it. */
const MOST_LIBRARIES = 19;
/** Measured 8.4 MB unpacked (0.7 MB of it the example, 0.5 MB pictures of the docs); 3.3 MB when the libraries were installed beside it, 349 packages. */
const MOST_UNPACKED_BYTES = 8_700_000;

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const manifest = JSON.parse(read("package.json")) as Manifest;
const lockText = read("package-lock.json");
const lock = JSON.parse(lockText) as Lock;

test("the version is the same in package.json, the lock file and the code", () => {
  expect([manifest.version, lock.version, lock.packages[""]?.version]).toEqual([VERSION, VERSION, VERSION]);
});

test("the lock file names no registry", () => {
  expect(lockText).not.toMatch(/"resolved"/);
  expect(lockText).not.toMatch(/https?:\/\/[^"]*\.tgz/);
});

describe("Node 20 is enough", () => {
  test("says the manifest", () => {
    expect(manifest.engines.node).toBe(">=20");
  });

  test("for every package that is installed beside the program", () => {
    const beside = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true);
    const wanting = beside.filter(([, { engines }]) => /[>=^~]+ ?(20\.[1-9]|2[1-9]|[3-9]\d)/.test(engines?.node ?? ""));
    expect(wanting.map(([path]) => path)).toEqual([]);
  });

  test("for what src/ calls: nothing that came after 20.0", () => {
    const later =
      /AbortSignal\.any|import\.meta\.(dirname|filename)|Array\.fromAsync|(Object|Map)\.groupBy|Promise\.(withResolvers|try)|styleText|getBuiltinModule|createZstd|\b(open|glob)AsBlob/;
    expect(
      sources()
        .filter(({ text }) => later.test(text.replaceAll(/^\s*(\/\*\*|\*|\/\/).*$/gm, "")))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});

test("light-my-request is not loaded: where the override does not hold, its cookie 2 wants Node 22", () => {
  expect(
    sources()
      .filter(({ text }) => /\.inject\(|light-my-request/.test(text))
      .map(({ path }) => path),
  ).toEqual([]);
});

describe("nothing runs on installing", () => {
  test("not of ours", () => {
    expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual([]);
  });

  test("by an option that every npm knows, so that none warns", () => {
    const { stdout, stderr } = spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", ["config", "get", "ignore-scripts"], {
      cwd: ROOT,
      encoding: "utf8",
    });
    expect([stdout.trim(), stderr]).toEqual(["true", ""]);
  });

  test("not of others: each package that wants to is refused by name", () => {
    const wanting = Object.entries(lock.packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([path]) => path.split("node_modules/").at(-1) ?? path);
    expect(wanting.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
    expect(Object.values(manifest.allowScripts).filter(Boolean)).toEqual([]);
  });
});

test("runtime dependencies and libraries keep to their ceilings", () => {
  expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(MOST_DEPENDENCIES);
  // One library, published function by function (docs/decisions/0007).
  const families = new Set(libraries().map((name) => name.replace(/^(@stdlib\/).*/, "$1*")));
  expect(families.size).toBeLessThanOrEqual(MOST_LIBRARIES);
});

test("the machine code of DuckDB is that which its API, a part of the program, was made for", () => {
  const api = lock.packages["node_modules/@duckdb/node-api"]?.dependencies;
  expect(manifest.dependencies["@duckdb/node-bindings"]).toBe(api?.["@duckdb/node-bindings"]);
});

describe("what is published", () => {
  const packed = pack();
  const paths = packed.files.map(({ path }) => path);

  test("keeps to its ceiling unpacked", () => {
    expect(packed.unpackedSize).toBeLessThanOrEqual(MOST_UNPACKED_BYTES);
  });

  test("is the program with its documentation and example, nothing else", () => {
    const folders = new Set(paths.map((path) => (path.includes("/") ? `${path.split("/")[0]}/` : path)));
    expect([...folders].sort()).toEqual(expect.arrayContaining(["LICENSE", "dist/", "docs/", "examples/", "package.json"]));
    expect([...folders].filter((folder) => /^(src|test|bench|scripts|node_modules|\.)/.test(folder))).toEqual([]);
    expect(paths).toContain("dist/oldhand.js");
  });
});

interface Packed {
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/** What `npm pack` would publish of what is built. Scripts are left out: they would build again under the other tests. */
function pack(): Packed {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const text = execFileSync(npm, ["pack", "--dry-run", "--json", "--ignore-scripts"], {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const found: unknown = JSON.parse(text);
  const [first] = (Array.isArray(found) ? found : Object.values(found as object)) as Packed[];
  if (first === undefined) throw new RangeError("npm pack told nothing");
  return first;
}
