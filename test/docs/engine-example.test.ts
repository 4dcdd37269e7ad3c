import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test, vi } from "vitest";
import { ROOT } from "../architecture/sources.ts";

const page = readFileSync(join(ROOT, "docs", "engine.md"), "utf8");
const more = readFileSync(join(ROOT, "docs", "engine-programs.md"), "utf8");
const folder = join(ROOT, "test", "docs", "engine-examples");
const files = readdirSync(folder);

/** A program of the pages by its file, which the types are checked in, and what its page says that it prints. */
const programs = new Map(
  [...`${page}${more}`.matchAll(/```ts\n([\s\S]*?)```(?:[^`]*```\n([\s\S]*?)\n```)?/g)].map(([, code = "", printed = ""]) => {
    const text = code.replace('"oldhand/trees"', '"../../../src/engine/trees/index.ts"');
    return [files.find((file) => readFileSync(join(folder, file), "utf8") === text) ?? code, printed];
  }),
);

describe("programs of the engine's pages", () => {
  test("are the files that are tried, all of them", () => {
    expect([...programs.keys()].sort()).toEqual(files.sort());
  });

  test.each([...programs])("%s prints what the page says", async (file, printed) => {
    const log = vi.spyOn(console, "log").mockImplementation(() => {});
    try {
      await import(/* @vite-ignore */ join(folder, file));
      expect(log.mock.calls.map((words) => words.join(" ")).join("\n")).toBe(printed);
    } finally {
      log.mockRestore();
    }
  });
});

test("the example with the built package prints what the page says", async () => {
  const [, code = "", printed] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)\n```/.exec(page) ?? [];
  expect(code).toContain('from "oldhand/trees"');
  const entry = pathToFileURL(join(ROOT, "dist", "trees.js")).href;
  const module = code.replace('"oldhand/trees"', JSON.stringify(entry));
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  try {
    await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`);
    expect(log.mock.calls.map((words) => words.join(" ")).join("\n")).toBe(printed);
  } finally {
    log.mockRestore();
  }
});

test("the program in worker threads with the built package prints what the page says", () => {
  const [, code = "", printed] = /```js\n([\s\S]*?)```\n\n```\n([\s\S]*?)\n```/.exec(more) ?? [];
  const folder = mkdtempSync(join(tmpdir(), "oldhand-program-"));
  try {
    const file = join(folder, "program.mjs");
    writeFileSync(file, code.replace('"oldhand/trees"', JSON.stringify(pathToFileURL(join(ROOT, "dist", "trees.js")).href)));
    expect(execFileSync(process.execPath, [file], { encoding: "utf8" }).trim()).toBe(printed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("each word in bold is in the glossary", () => {
  const glossary = readFileSync(join(ROOT, "docs", "glossary.md"), "utf8");
  const words = [...glossary.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = ""]) =>
    cell.split(/, | \(/).map((word) => word.replace(/\)$/, "")),
  );
  const prose = page.slice(page.indexOf("## The idea")).replace(/```[\s\S]*?```/g, "");
  const bold = [...prose.matchAll(/\*\*([a-z][a-z -]*)\*\*/g)].map(([, word = ""]) => word);
  expect(bold.length).toBeGreaterThan(20);
  expect(bold.filter((word) => !words.includes(word) && !words.includes(word.replace(/s$/, "")))).toEqual([]);
});
