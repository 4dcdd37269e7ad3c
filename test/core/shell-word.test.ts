import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { shellWord } from "../../src/core/shell-word.ts";

test("a shell reads back what was meant; plain words stay as they are", () => {
  const words = ["a.csv", "Left the company", "it's a 'file'*?[x].csv", 'say "$HOME"', "", "größe", "--out", "a\\b", "#1"];
  const printed = execFileSync("sh", ["-c", `printf '%s\\0' ${words.map(shellWord).join(" ")}`], { encoding: "utf8" });
  expect(printed.split("\0").slice(0, -1)).toEqual(words);
  expect(["--target", "x_1", "data/a-b.csv", "größe"].map(shellWord)).toEqual(["--target", "x_1", "data/a-b.csv", "größe"]);
});
