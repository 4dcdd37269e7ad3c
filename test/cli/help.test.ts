import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { VERSION } from "../../src/core/version.ts";
import { oldhand } from "./command.ts";
import { here } from "./here.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-help-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS = ["run", "audit", "prepare", "diff", "choose", "plan", "prove", "predict", "serve", "watch", "autopsy", "replay", "studio"];
/** The words of all commands and the library that reads the command line: 66 kB. The libraries of data and models are 3 MB. */
const MOST_BYTES_FOR_HELP = 150_000;

/** All but the command that shows the help of the others. */
const commands = () => createProgram().commands.filter((command) => command.name() !== "help");

describe("help", () => {
  test("lists the commands of the contract, and no other", () => {
    expect(commands().map((command) => command.name())).toEqual(COMMANDS);
  });

  test.concurrent.for(["", ...COMMANDS])("oldhand %s --help has an example and loads no library of data", async (name, { expect }) => {
    const record = join(folder, `modules-${name}`);
    const env = {
      NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, "record-modules.js"))}`,
      RECORD_MODULES: record,
    };
    const { code, stdout, stderr } = await oldhand([...(name === "" ? [] : [name]), "--help"], { env });
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/Examples?:\n {2}oldhand /);
    for (const option of stdout.matchAll(/^ {2}(--[a-z-]+)/gm)) expect(option[1]).toMatch(/^--[a-z]+(-[a-z]+)*$/);
    const modules = readFileSync(record, "utf8").trim().split("\n");
    expect(modules.length).toBeGreaterThan(3);
    expect(modules.filter((url) => url.includes("/node_modules/"))).toEqual([]);
    const files = [...new Set(modules)].filter((url) => url.startsWith("file:"));
    expect(files.reduce((sum, url) => sum + statSync(new URL(url)).size, 0)).toBeLessThan(MOST_BYTES_FOR_HELP);
  });

  test("the example of every command parses", async () => {
    for (const command of commands()) {
      const example = /oldhand (.*)/.exec(helpOf(command.name()))?.[1] ?? "";
      expect(example.split(" ")[0]).toBe(command.name());
    }
  });

  test("--version is that of the package", async () => {
    const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
    expect(VERSION).toBe(version);
    expect(await oldhand(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("a command has few of its functions optimised: the engine is told before its work begins", async () => {
    const record = "import v8 from'v8';import{syncBuiltinESMExports as sync}from'module';const set=v8.setFlagsFromString;";
    const told = "v8.setFlagsFromString=(flag)=>{set(flag);process.stderr.write(flag)};sync()";
    const env = { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(record + told)}` };
    expect(await oldhand(["--version"], { env })).toMatchObject({ code: 0, stderr: "--interrupt-budget=1000000" });
  });

  test("help goes to standard output, so that it can be read with a pager; no command at all is wrong use", async () => {
    const nothing = await oldhand([]);
    expect(nothing.code).toBe(2);
    expect(nothing.stdout + nothing.stderr).toContain("Usage: oldhand");
    expect(existsSync(join(folder, "oldhand-undefined"))).toBe(false);
  });
});

function helpOf(name: string): string {
  let text = "";
  const command = commands().find((one) => one.name() === name)!;
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return text.slice(text.indexOf("Example"));
}

test("an option that takes one value is refused when it is given twice; one that may be given again is not", async () => {
  const twice = await here(["audit", "absent.csv", "--target", "defect", "--target", "temp"], folder);
  expect(twice.code).toBe(2);
  expect(twice.stderr).toContain("--target is given twice, and takes one value. [bad-option]");
  const again = await here(["audit", "absent.csv", "--target", "defect", "--ignore", "a", "--ignore", "b"], folder);
  expect(again.stderr).not.toContain("given twice");
});
