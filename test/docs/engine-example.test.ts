import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { ROOT } from "../architecture/sources.ts";

test("the example of the engine's page runs and is right", async () => {
  const page = readFileSync(join(ROOT, "docs", "engine.md"), "utf8");
  const code = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  expect(code).toContain('from "oldhand/trees"');
  const entry = pathToFileURL(join(ROOT, "dist", "trees.js")).href;
  const module = `${code.replace('"oldhand/trees"', JSON.stringify(entry))}\nexport { chances, target, text, values, importanceOf, trees };`;
  const ran = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(module)}`);
  const right = Array.from(ran.target as Float64Array).filter((y, row) => ran.chances[row] > 0.5 === (y === 1)).length;
  expect(right).toBe(400);
  expect(ran.values.length).toBe(800);
  expect(ran.text).toContain("feature_names=age plan");
  expect(ran.importanceOf(ran.trees).length).toBe(2);
});
