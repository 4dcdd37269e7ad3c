import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");
const { scripts } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
const program = readFileSync(new URL("src/cli/program.ts", root), "utf8");

test("the README has at most 125 lines and its npm scripts exist", () => {
  expect(readme.trimEnd().split("\n").length).toBeLessThanOrEqual(125);
  const named = [...readme.matchAll(/npm (?:run )?(demo|test|check|build)\b/g)].map(([, name]) => name ?? "");
  expect(named).toEqual(expect.arrayContaining(["demo", "test"]));
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

test("every command of the README exists", () => {
  const named = new Set([...readme.matchAll(/oldhand (\w+) [A-Zo]/g)].map(([, name]) => name ?? ""));
  expect([...named].filter((name) => !program.includes(`"${name} `) && !program.includes(`"${name}"`))).toEqual([]);
});

test("the map shows every room", () => {
  const rooms = [
    "core",
    "store",
    "stats",
    "metrics",
    "engine",
    "recipe",
    "lab",
    "data",
    "model",
    "scale",
    "production",
    "problems",
    "journey",
    "report",
    "cli",
    "studio",
  ];
  expect(rooms.filter((room) => !readme.includes(`${room}/`))).toEqual([]);
});
