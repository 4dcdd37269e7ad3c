import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

/** Two columns each nearly give the target, with noise of their own: an easy task, or two leaks. `a` tells a little. */
function table(rows: number): string {
  const random = createRandom(4, "two strong columns");
  const lines = Array.from({ length: rows }, () => {
    const a = random.normal();
    const y = random.next() < 1 / (1 + Math.exp(-a)) ? 1 : 0;
    const [m1, m2] = [2.75 * y + random.normal(), 2.75 * y + random.normal()];
    return [m1, m2, a].map((value) => value.toFixed(3)).concat(y === 1 ? "yes" : "no");
  });
  return [["m1", "m2", "a", "y"], ...lines].map((cells) => cells.join(",")).join("\n");
}

test("a score that two unanswered columns carry is no answer; the answer to the one question is", async () => {
  const folder = folderFor();
  writeFileSync(join(folder, "data.csv"), table(500));
  writeFileSync(join(folder, "answer.json"), JSON.stringify({ "target-leak:m1,m2": "before" }));
  const budget = ["--budget", `${Math.ceil(20 * crowding())}s`];
  // Folds once: repeats would only train longer.
  const flags = ["--target", "y", "--split", "blocks", "--out", "out", "--quiet", "--yes", "--threads", "1", ...budget];
  const choose = (...more: string[]) => here(["choose", "data.csv", ...flags, ...more], folder);
  const asked = await choose();
  expect([asked.code, asked.stdout.replace(/\s+/g, " ")]).toEqual([
    3,
    expect.stringMatching(/That score holds if "m1" and "m2" are known when a prediction is made; without them a quick model falls from/),
  ]);
  const answered = await choose("--known-at", "answer.json");
  expect([answered.code, answered.stdout.includes("known when")]).toEqual([0, false]);
});
