import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const root = new URL("../../../src/engine/", import.meta.url);

/** Name -> number of every constant of a file. */
function constantsOf(path: string): Record<string, string> {
  const text = readFileSync(new URL(path, root), "utf8");
  return Object.fromEntries(
    [...text.matchAll(/^export const (\w+)(?:: i32)? = (\d+);$/gm)].map(([, name = "", value = ""]) => [name, value]),
  );
}

test("the kernels and their twins agree on the places of blocks", () => {
  const shared = constantsOf("trees/kernels/layout.ts");
  expect(Object.keys(shared).length).toBeGreaterThan(35);
  expect(constantsOf("assembly/_layout.ts")).toEqual(shared);
});

test("the team of threads is told the same places and tasks on both sides", () => {
  const numbers = (path: string, pattern: RegExp) =>
    Object.fromEntries(
      [...readFileSync(new URL(path, root), "utf8").matchAll(pattern)].map(([, name = "", value = ""]) => [name, Number(value)]),
    );
  const kernel = numbers("assembly/_team.ts", /^(?:export )?const ([A-Z_]+): (?:usize|u32) = (\d+);$/gm);
  const shouted = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  const listed = (path: string, list: string) => {
    const text = new RegExp(`const ${list} = \\{([^}]*)\\}`).exec(readFileSync(new URL(path, root), "utf8"))?.[1] ?? "";
    return Object.fromEntries([...text.matchAll(/(\w+): (\d+)/g)].map(([, name = "", value = ""]) => [shouted(name), Number(value)]));
  };
  const words = Object.entries(numbers("trees/kernels/team.ts", /^const ([A-Z]+) = (\d+);$/gm)).filter(([name]) => name in kernel);
  const told = {
    ...Object.fromEntries(words),
    ...listed("trees/kernels/team.ts", "PLACES"),
    ...listed("trees/kernels/wasm.ts", "TASK"),
  };
  expect(Object.keys(told).length).toBeGreaterThan(20);
  expect(kernel).toMatchObject(told);
});
