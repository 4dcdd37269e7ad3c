import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { ROOT } from "../architecture/sources.ts";
import { tableUnder } from "./tables.ts";

const page = readFileSync(join(ROOT, "docs/cli.md"), "utf8");
const commands = createProgram().commands.filter((command) => command.name() !== "help");
const ON_DATA = ["run", "audit", "prepare", "choose"];

/** Default of each flag of each command as the page states it: "run --seed" -> "`1`". */
const stated = new Map(
  tableUnder(page, "Flags").flatMap(({ flag = "", commands: users = "", default: value = "" }) =>
    users
      .split(", ")
      .flatMap((user) => (user === "data" ? ON_DATA : [user]))
      .map((user): [string, string] => [`${user} ${flag.replaceAll("`", "")}`, value]),
  ),
);
const options = new Map(commands.flatMap((command) => command.options.map((option) => [`${command.name()} ${option.long}`, option])));

test("every command is on the page and every command of the page exists", () => {
  const names = tableUnder(page, "Commands").map(({ command = "" }) => command.replaceAll("`", "").split(" ")[0]);
  expect(names).toEqual(commands.map((command) => command.name()));
});

test("every flag of every command is on the page and every flag of the page exists", () => {
  expect([...stated.keys()].sort()).toEqual([...options.keys()].sort());
});

test("defaults and required flags are stated as they are", () => {
  for (const [key, option] of options) {
    const isNeeded = option.mandatory || /\(needed\)/.test(option.description);
    if (isNeeded) expect(stated.get(key), key).toBe("required");
    else if (option.defaultValue !== undefined) expect(stated.get(key), key).toBe(`\`${option.defaultValue}\``);
    else expect(stated.get(key), key).not.toMatch(/^required|^`\d+\w*`$/);
  }
});

describe("examples of the page", () => {
  const lines = page.split("\n").filter((line) => line.startsWith("oldhand "));
  test("there are three", () => expect(lines).toHaveLength(3));

  test.each(lines)("%s", (line) => {
    const [, name = "", ...rest] = line.split(" ");
    const command = commands.find((one) => one.name() === name);
    const flags = rest.filter((word) => word.startsWith("--"));
    expect(flags.filter((flag) => !options.has(`${name} ${flag}`))).toEqual([]);
    expect(rest.length - 2 * flags.length).toBe(command?.registeredArguments.length);
  });
});
