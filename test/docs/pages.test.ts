import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CHECKS } from "../../src/data/checks/index.ts";
import { METRICS } from "../../src/metrics/index.ts";
import * as statistics from "../../src/stats/index.ts";
import { ROOT } from "../architecture/sources.ts";
import { tableUnder } from "./tables.ts";

/** A picture is small: the pages and their pictures are in the package. */
const MOST_BYTES = 20_000;

const page = (name: string) => readFileSync(join(ROOT, "docs", name), "utf8");
const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);

describe("the pages of the traps", () => {
  const folder = join(ROOT, "docs/traps");
  const pages = readdirSync(folder).filter((name) => name.endsWith(".md"));
  const sections = new Map(
    pages.flatMap((name) =>
      readFileSync(join(folder, name), "utf8")
        .split(/^## /m)
        .slice(1)
        .map((text): [string, { readonly name: string; readonly text: string }] => [text.split("\n", 1)[0] ?? "", { name, text }]),
    ),
  );

  test("have a section for each check, and no other", () => {
    expect([...sections.keys()].sort()).toEqual(CHECKS.map(({ trap }) => trap).sort());
  });

  test.each(CHECKS.map(({ trap, title }) => [trap, title]))(
    "%s: what it is, a picture, how it is found, when that fails, fix, undo",
    (trap, title) => {
      const { name = "", text = "" } = sections.get(trap) ?? {};
      expect(text).toContain(`**${title}.** `);
      for (const part of ["Found", "Fails", "Fix", "Undo"]) expect(text).toMatch(new RegExp(`^- \\*\\*${part}:\\*\\* \\S`, "m"));
      const [, alt = "", file] = /^!\[(.+)\]\((.+)\)$/m.exec(text) ?? [];
      expect([alt.length > 20, file]).toEqual([true, `${trap}.svg`]);
      const svg = readFileSync(join(folder, `${trap}.svg`), "utf8");
      expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
      expect([svg.length < MOST_BYTES, /var\(|NaN|undefined/.test(svg)]).toEqual([true, false]);
      expect(page("data.md")).toContain(`](traps/${name}#${trap})`);
    },
  );
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
