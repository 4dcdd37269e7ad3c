import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { oldhand } from "./command.ts";
import { folderFor } from "./folder.ts";

/** Both classes have as many rows, the rarer one since some of its rows stand there three times, under keys of their own. */
function balancedCsv(): string {
  const random = createRandom(7, "players");
  const rowOf = (label: number) => [...Array.from({ length: 11 }, () => (random.normal() + label).toFixed(4)), label].join(",");
  const [often, rare] = [0, 1].map((label) => Array.from({ length: label === 0 ? 6000 : 5200 }, () => rowOf(label)));
  const copies = Array.from({ length: 800 }, (_, i) => rare![i >> 1]!);
  const rows = random.shuffle([...often!, ...rare!, ...copies]);
  const names = Array.from({ length: 11 }, (_, i) => `m${i}`);
  return `player,${names.join(",")},left\n${rows.map((row, i) => `p${(i * 7919) % 12_000}x,${row}`).join("\n")}\n`;
}

test("what is found does not go by the budget for experiments: checks look at all rows though experiments have a sample", async () => {
  const folder = folderFor();
  writeFileSync(join(folder, "players.csv"), balancedCsv());
  const found = async (budget: string) => {
    await oldhand(["audit", "players.csv", "--target", "left", "--budget", budget, "--out", budget, "--yes"], { cwd: folder });
    return JSON.parse(readFileSync(join(folder, budget, "result.json"), "utf8")) as JourneyResult;
  };
  const [whole, sampled] = [await found("0s"), await found("6s")];
  const idsOf = ({ findings }: JourneyResult) => findings.findings.map(({ id }) => id).sort();
  expect(whole.dataset.sample).toBeNull();
  expect(sampled.dataset.sample?.rows).toBeLessThan(12_000);
  expect(sampled.dataset.sample?.looked).toBe(12_000);
  expect(idsOf(whole)).toEqual(expect.arrayContaining(["oversampled", "preprocessing-leak:left"]));
  expect(idsOf(sampled).filter((id) => !id.startsWith("wrong-label"))).toEqual(idsOf(whole));
});

test("a class that the rows of experiments lack cannot be judged on them: they are what is looked at", async () => {
  const folder = folderFor();
  const random = createRandom(9, "rare class");
  const rows = Array.from(
    { length: 12_000 },
    (_, i) => `${random.normal().toFixed(4)},${i % 5999 === 100 ? "rare" : random.integer(2) ? "a" : "b"}`,
  );
  writeFileSync(join(folder, "kinds.csv"), `x,kind\n${rows.join("\n")}\n`);
  await oldhand(["audit", "kinds.csv", "--target", "kind", "--budget", "2s", "--out", "out", "--yes"], { cwd: folder });
  const { dataset } = JSON.parse(readFileSync(join(folder, "out", "result.json"), "utf8")) as JourneyResult;
  expect(dataset.sample?.looked).toBeUndefined();
  expect(dataset.sample?.rows).toBeLessThan(12_000);
});
