import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

/** More than the 5,000 that experiments have at the least, and no more than checks look at in 2 s. */
const ROWS = 6000;
const COPIES = 400;
const FLAGS = ["--yes", "--quiet", "--threads", "1"];

/** Both classes have as many rows, the rarer one since some of its rows stand there three times, under keys of their own. */
function balancedCsv(): string {
  const random = createRandom(7, "players");
  const rowOf = (label: number) => [...Array.from({ length: 11 }, () => (random.normal() + label).toFixed(4)), label].join(",");
  const [often, rare] = [0, 1].map((label) => Array.from({ length: label === 0 ? ROWS / 2 : ROWS / 2 - COPIES }, () => rowOf(label)));
  const copies = Array.from({ length: COPIES }, (_, i) => rare![i >> 1]!);
  const rows = random.shuffle([...often!, ...rare!, ...copies]);
  const names = Array.from({ length: 11 }, (_, i) => `m${i}`);
  return `player,${names.join(",")},left\n${rows.map((row, i) => `p${(i * 7919) % ROWS}x,${row}`).join("\n")}\n`;
}

test("what is found does not go by the budget for experiments: checks look at all rows though experiments have a sample", async () => {
  const folder = folderFor();
  writeFileSync(join(folder, "players.csv"), balancedCsv());
  const found = async (budget: string) => {
    await here(["audit", "players.csv", "--target", "left", "--budget", budget, "--out", budget, ...FLAGS], folder);
    return JSON.parse(readFileSync(join(folder, budget, "result.json"), "utf8")) as JourneyResult;
  };
  const [whole, sampled] = [await found("0s"), await found("2s")];
  const idsOf = ({ findings }: JourneyResult) => findings.findings.map(({ id }) => id).sort();
  expect(whole.dataset.sample).toBeNull();
  expect(sampled.dataset.sample?.rows).toBeLessThan(ROWS);
  expect(sampled.dataset.sample?.looked).toBe(ROWS);
  expect(idsOf(whole)).toEqual(expect.arrayContaining(["oversampled", "preprocessing-leak:left"]));
  expect(idsOf(sampled).filter((id) => !id.startsWith("wrong-label"))).toEqual(idsOf(whole));
});

test("a class that the rows of experiments lack is told all the same: they are trained on the others", async () => {
  const folder = folderFor();
  const random = createRandom(9, "rare class");
  const rows = Array.from(
    { length: 12_000 },
    (_, i) => `${random.normal().toFixed(4)},${i % 5999 === 100 ? "rare" : random.integer(2) ? "a" : "b"}`,
  );
  writeFileSync(join(folder, "kinds.csv"), `x,kind\n${rows.join("\n")}\n`);
  await here(["audit", "kinds.csv", "--target", "kind", "--budget", "1s", "--out", "out", ...FLAGS], folder);
  const { dataset, findings } = JSON.parse(readFileSync(join(folder, "out", "result.json"), "utf8")) as JourneyResult;
  expect(dataset.sample?.rows).toBeLessThan(12_000);
  expect(dataset.sample?.looked).toBe(12_000);
  const rare = findings.findings.find(({ trap }) => trap === "rare-class")!;
  expect(rare.why).toContain('("rare" 2)');
});
