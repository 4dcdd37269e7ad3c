import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKS } from "../../src/data/checks/index.ts";
import { METRICS } from "../../src/metrics/index.ts";
import * as statistics from "../../src/stats/index.ts";
import { ROOT } from "../architecture/sources.ts";
import { tableUnder } from "./tables.ts";

const page = (name: string) => readFileSync(join(ROOT, "docs", name), "utf8");
const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

test("data.md has a line for each check with its method and when it fails, and no other", () => {
  const lines = tableUnder(page("data.md"), "Checks");
  expect(lines.map(({ trap }) => trap).sort()).toEqual(CHECKS.map(({ trap }) => trap).sort());
  expect(lines.filter((line) => Object.values(line).some((cell) => cell === "")).map(({ trap }) => trap)).toEqual([]);
});

test("stats.md has a line for each metric with its direction, and no other", () => {
  const told = tableUnder(page("stats.md"), "Metrics").map(({ name, better }) => [codes(name)[0], better]);
  expect(told).toEqual(METRICS.map(({ name, better }) => [name, better]));
});

test("stats.md names each statistic once, and no other", () => {
  const told = tableUnder(page("stats.md"), "Statistics").flatMap(({ functions }) => codes(functions));
  expect([...told].sort()).toEqual(Object.keys(statistics).sort());
});

test("recipe.md has a line for each step of a recipe, and no other", () => {
  const ops = [...readFileSync(join(ROOT, "src/core/recipe.ts"), "utf8").matchAll(/readonly op: "([a-z-]+)"/g)].map(([, op = ""]) => op);
  const told = tableUnder(page("recipe.md"), "Steps").flatMap(({ step }) => codes(step));
  expect([...told].sort()).toEqual([...ops].sort());
});

test("the map of the house names each room", () => {
  const map = /## The house\n\n```\n([\s\S]*?)```/.exec(page("index.md"))?.[1] ?? "";
  const rooms = new Set([...page("decisions/0018-which-room-imports-which.md").matchAll(/^\| `([a-z]+)` \|/gm)].map(([, room]) => room));
  const told = new Set([...map.split("\ntest/")[0]!.matchAll(/\b([a-z]+)\/ {2,}/g)].map(([, room]) => room));
  expect([...told].sort()).toEqual([...rooms].sort());
  expect(map.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
});
