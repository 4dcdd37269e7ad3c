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
