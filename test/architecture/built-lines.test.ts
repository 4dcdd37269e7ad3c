import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { wrapLines } from "../../scripts/wrap-lines.js";
import { ROOT } from "./sources.ts";

const MOST_LETTERS = 500;

test("no line of the program that throws is long: Node prints it before the message", () => {
  const dist = join(ROOT, "dist");
  const long = readdirSync(dist)
    .filter((name) => name.endsWith(".js"))
    .flatMap((name) =>
      readFileSync(join(dist, name), "latin1")
        .split("\n")
        .filter((line) => line.length > MOST_LETTERS && /\bthrow\b/.test(line))
        .map((line) => `${name}: ${line.length} letters`),
    );
  expect(long).toEqual([]);
});

test("lines are broken where a new line changes nothing", async () => {
  const pieces = Array.from(
    { length: 40 },
    (_, i) =>
      `function f${i}(a,b){if(a)return b,a+${i};const t=\`x\n\${[a,b,${i}].map(c=>c+1)}\`,r=/[)]\\//.test(t);label:for(const c of [a,b])continue label;return async d=>({a,d,r,t:\`\${t}${i}\`})}`,
  );
  const code = `${pieces.join("")}export const all=[${pieces.map((_, i) => `f${i}`).join(",")}];`;
  const wrapped = wrapLines("some.js", code);
  expect(Math.max(...wrapped.split("\n").map((line) => line.length))).toBeLessThanOrEqual(160);
  const results = await Promise.all(
    [code, wrapped].map(async (text) => {
      const { all } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(text)}`);
      return [all.length, all[3](1, 2), await all[7](0, 5)(1)];
    }),
  );
  expect(results[1]).toEqual(results[0]);
});
