import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { MAIN, oldhand, start } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";
import { QUESTION } from "./shared.ts";

const cwd = folderFor({ dossier: true });
const onData = [...QUESTION, "--out", "dossier"];

/** What is not covered with its meaning elsewhere. */
const JSON_OF: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  ["choose", onData, ["candidates", "chosen", "verdict"]],
  ["prepare", onData, ["findings", "mended"]],
  ["predict", ["dossier", "customers.csv", "--out", "p.csv"], ["rows", "out", "model"]],
];

describe("--json -", () => {
  test.for(JSON_OF)("oldhand %s prints one JSON value and nothing else", async ([command, args, keys]) => {
    const { stdout, code } = await here([command, ...args, "--json", "-"], cwd);
    const value = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(value)).toEqual(expect.arrayContaining([...keys]));
    expect([0, 1]).toContain(code);
  });

  test("run: the whole result, resumed from the dossier without an experiment", async () => {
    const { stdout, code } = await here(["run", ...onData, "--json", "-"], cwd);
    const { schema, verdict, times } = JSON.parse(stdout);
    expect(schema).toBe("oldhand/run/1");
    expect(code).toBe({ go: 0, "no-go": 1 }[verdict.decision as string]);
    expect(times.map(({ experiments }: { experiments: number }) => experiments)).toEqual([0, 0, 0, 0]);
  });

  test("an error leaves standard output empty, and is text", async () => {
    const { stdout, stderr, code } = await oldhand(["audit", "nope.csv", "--target", "y", "--json", "-"], { cwd });
    expect([stdout, code]).toEqual(["", 2]);
    expect(stderr).toContain("[file-not-found]");
  });
});

describe("--json FILE", () => {
  test("writes the JSON and prints the text", async () => {
    const { stdout } = await here(["audit", ...onData, "--json", "found/findings.json"], cwd);
    expect(JSON.parse(readFileSync(join(cwd, "found", "findings.json"), "utf8")).schema).toBe("oldhand/findings/1");
    expect(stdout).toContain("closing_score");
  });
});

describe("colours", () => {
  const red = "\u001b[31m";
  // Refused before the libraries of data are loaded.
  const wrong = ["audit", "nope.csv", "--target", "y", "--target", "z"];

  test("none in a pipe, some when forced, none with NO_COLOR or a dumb terminal", async () => {
    const stderrWith = async (env: Record<string, string>) => (await oldhand(wrong, { cwd, env })).stderr;
    expect(await stderrWith({})).not.toContain("\u001b");
    expect(await stderrWith({ FORCE_COLOR: "1" })).toContain(red);
    expect(await stderrWith({ FORCE_COLOR: "1", NO_COLOR: "1" })).not.toContain("\u001b");
    expect(await stderrWith({ FORCE_COLOR: "1", TERM: "dumb" })).not.toContain("\u001b");
  });
});

describe("exit codes", () => {
  test("1 with a blocker, 0 without", async () => {
    expect((await here(["audit", ...onData, "--quiet"], cwd)).code).toBe(1);
    const clean = ["audit", ...QUESTION, "--ignore", "closing_score", "--out", "clean", "--quiet"];
    expect(await here(clean, cwd)).toMatchObject({ code: 0, stderr: "" });
  });

  test("70 and a word of apology when Oldhand itself is broken", async () => {
    const env = { NODE_OPTIONS: "--import data:text/javascript,Float64Array.from=()=>{throw(new(TypeError)('broken'))}" };
    const { code, stderr } = await oldhand(["predict", "dossier", "customers.csv", "--out", "p2.csv"], { cwd, env });
    expect([code, stderr.split("\n")[0]]).toEqual([70, "Internal error: this is a defect of Oldhand, not of your data."]);
  });

  test.skipIf(!existsSync("/dev/full")).for([["help"], ["audit", ...onData, "--quiet", "--json", "-"]])(
    "2 where standard output is full: %s",
    (args) => {
      const full = openSync("/dev/full", "w");
      const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { cwd, stdio: ["ignore", full, "pipe"], encoding: "utf8" });
      closeSync(full);
      expect([status, stderr.match(/\[[a-z-]+\]/g)], stderr).toEqual([2, ["[disk-full]"]]);
    },
  );

  test("a reader that goes away early is no error", async () => {
    const { child, ended } = start(["help"], { cwd });
    child.stdout?.destroy();
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, ""]);
  });
});
