import { execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ERROR_CODES } from "../../src/core/error.ts";
import { oldhand, type RunOptions } from "./command.ts";
import { customersCsv } from "./customers.ts";
import { here, type Printed } from "./here.ts";
import { sharedRun } from "./shared.ts";

/** A folder in `bad-input/` is a test: `case.json` and the files that the command finds where it is started. */
interface Case {
  readonly args: readonly string[];
  readonly expect: { readonly exit: number; readonly code: string; readonly matches: readonly string[] };
}

const CASES = join(import.meta.dirname, "bad-input");
const shared = await sharedRun();
const keepingPermissions: RunOptions = { keepsPermissions: true };

/** What a case needs and a repository cannot hold. Gives how the command is run. */
const MAKE: Readonly<Record<string, (folder: string) => RunOptions | undefined>> = {
  unreadable: (folder) => {
    writeFileSync(join(folder, "secret.csv"), customersCsv(20), { mode: 0o000 });
    return keepingPermissions;
  },
  "out-not-writable": (folder) => {
    mkdirSync(join(folder, "closed"), { mode: 0o555 });
    return keepingPermissions;
  },
  "long-line": (folder) => {
    writeFileSync(join(folder, "long.csv"), Buffer.concat([Buffer.from("age,churned\n1,no\n2,"), Buffer.alloc(50 * 2 ** 20, "y")]));
    return undefined;
  },
  "disk-full": (folder) => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `${row * Math.PI},${Math.sin(row)},${row % 3 === 0 ? "yes" : "no"}`);
    writeFileSync(join(folder, "wide.csv"), `a,b,churned\n${rows.join("\n")}\n`);
    return { mostFileKib: 512 };
  },
  "predict-disk-full": (folder) => {
    writeFileSync(join(folder, "many.csv"), customersCsv(30_000));
    return { mostFileKib: 64 };
  },
  "predict-keep-twin": (folder) => {
    writeFileSync(join(folder, "data.csv"), customersCsv(20).replace("closing_score", "prediction"));
    return undefined;
  },
  "dossier-same-data-bad-option": (folder) => {
    cpSync(join(shared.folder, "customers.csv"), join(folder, "shared.csv"));
    return undefined;
  },
  "link-to-itself": (folder) => {
    symlinkSync("loop.csv", join(folder, "loop.csv"));
    return undefined;
  },
  "link-to-nothing": (folder) => {
    symlinkSync("gone.csv", join(folder, "dangling.csv"));
    return undefined;
  },
  pipe: (folder) => {
    execFileSync("mkfifo", [join(folder, "pipe.csv")]);
    return undefined;
  },
  "dossier-question-broken": (folder) => {
    mkdirSync(join(folder, "damaged"));
    writeFileSync(join(folder, "damaged", "oldhand.json"), "{");
    return undefined;
  },
};

/** Cases that need a process of their own: for which permissions hold, a limit on files; and one of each kind to show that a process does as this one. */
const SPAWNED = new Set([
  "unreadable",
  "out-not-writable",
  "disk-full",
  "predict-disk-full",
  "empty-file",
  "target-misspelt",
  "unknown-option",
  "predict-not-a-model",
  "serve-port-bad",
]);

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function prepare(name: string, { args }: Case): { folder: string; options: RunOptions } {
  const folder = mkdtempSync(join(tmpdir(), "oldhand-bad-"));
  folders.push(folder);
  chmodSync(folder, 0o777);
  mkdirSync(join(folder, "folder.csv"));
  writeFileSync(join(folder, "customers.csv"), customersCsv(60));
  cpSync(join(CASES, name), folder, { recursive: true, filter: (path) => basename(path) !== "case.json" });
  if (args.some((arg) => arg.split("/")[0] === "dossier")) cpSync(shared.dossier, join(folder, "dossier"), { recursive: true });
  return { folder, options: MAKE[name]?.(folder) ?? {} };
}

/** Every path with its size and time of change: what a failed command must leave as it was. */
function state(folder: string): string[] {
  return readdirSync(folder, { recursive: true })
    .map((path) => {
      const status = lstatSync(join(folder, String(path)));
      return status.isDirectory() ? `${path}/` : `${path} ${status.size} ${status.mtimeMs}`;
    })
    .sort();
}

const names = readdirSync(CASES).sort();
const cases = names.map((name) => ({ name, ...(JSON.parse(readFileSync(join(CASES, name, "case.json"), "utf8")) as Case) }));

describe("bad input: one clear message, exit code 2, nothing left behind", () => {
  const check = async (name: string, one: Case, run: (folder: string, options: RunOptions) => Promise<Printed>): Promise<void> => {
    const { folder, options } = prepare(name, one);
    const before = state(folder);
    const { code, stdout, stderr } = await run(folder, options);
    const messages = stderr.split("\n").filter((line) => /\[[a-z-]+\]$/.test(line));
    expect(messages, stderr).toHaveLength(1);
    expect(messages[0]).toContain(`[${one.expect.code}]`);
    expect(code, stderr).toBe(one.expect.exit);
    for (const text of one.expect.matches) expect(stderr).toContain(text);
    expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
    expect(stderr.length).toBeLessThan(2000);
    expect(stdout).toBe("");
    expect(state(folder)).toEqual(before);
  };

  test.concurrent.for(cases.filter(({ name }) => SPAWNED.has(name)))("$name", ({ name, ...one }) =>
    check(name, one, (cwd, options) => oldhand(one.args, { ...options, cwd })),
  );

  test.for(cases.filter(({ name }) => !SPAWNED.has(name)))("$name, in this process", ({ name, ...one }) =>
    check(name, one, (cwd, options) => {
      expect(options, "this case needs a process of its own").toEqual({});
      return here(one.args, cwd);
    }),
  );

  test("cases name codes that exist, and every made one has its folder", () => {
    expect(cases.filter((one) => !(ERROR_CODES as readonly string[]).includes(one.expect.code)).map(({ name }) => name)).toEqual([]);
    expect(Object.keys(MAKE).filter((name) => !names.includes(name))).toEqual([]);
  });
});
