import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

const SHOPS = 30;
const FLAGS = [
  "--target",
  "sold",
  "--group",
  "shop",
  "--test",
  "test.csv",
  "--split",
  "blocks",
  "--out",
  "out",
  "--quiet",
  "--yes",
  "--threads",
  "1",
];

/** Offers of shops. Price and rank tell whether they are sold; the shops of the test set are those of the training rows. */
function offers(rows: number, stream: string): string {
  const random = createRandom(1, stream);
  const lines = Array.from({ length: rows }, (_, row) => {
    const [price, rank] = [random.normal(), random.normal()];
    const sold = random.next() < 1 / (1 + Math.exp(-(2 * price + 1.5 * rank))) ? "yes" : "no";
    return `shop ${row % SHOPS},${price.toFixed(3)},${rank.toFixed(3)},${sold}`;
  });
  return ["shop,price,rank,sold", ...lines, ""].join("\n");
}

test("a blocker that is left open ends in no-go; once it is answered the same command goes on to the gates", async () => {
  const folder = folderFor();
  writeFileSync(join(folder, "train.csv"), offers(300, "train"));
  writeFileSync(join(folder, "test.csv"), offers(200, "test"));
  const run = async (...more: string[]) => {
    const budget = ["--budget", `${Math.ceil(6 * crowding())}s`];
    const { code, stderr } = await here(["run", "train.csv", ...FLAGS, ...budget, ...more], folder);
    expect(stderr).toBe("");
    return { code, result: JSON.parse(readFileSync(join(folder, "out", "result.json"), "utf8")) as JourneyResult };
  };
  const open = await run();
  const id = "split-group-overlap:shop";
  const blocker = open.result.findings.findings.find((one) => one.id === id);
  expect(blocker).toMatchObject({ severity: "blocker", state: "open", answer: null, choices: ["new", "same"] });
  expect(open.code).toBe(1);
  expect(open.result.verdict.decision).toBe("no-go");
  expect(open.result.verdict.reasons[0]).toContain("Blocker left open");
  expect(open.result.verdict.next[0]).toContain(blocker!.question);

  writeFileSync(join(folder, "answers.json"), JSON.stringify({ [id]: "same" }));
  const answered = await run("--known-at", "answers.json");
  const settled = answered.result.findings.findings.find((one) => one.id === id);
  expect(settled).toMatchObject({ severity: "cosmetic", answer: "same" });
  const gates = answered.result.proof?.gates ?? [];
  expect(gates.find(({ gate }) => gate === "no-open-blocker")?.status).toBe("passed");
  expect(answered.result.verdict.reasons.join(" ")).not.toContain("Blocker left open");
  expect(answered.code).toBe({ go: 0, "no-go": 1, unknown: 3 }[answered.result.verdict.decision]);
  expect(gates.some(({ status }) => status === "failed")).toBe(answered.code === 1);
});
