import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FindingsFile } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Recipe } from "../../src/core/recipe.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

const ROWS = 400;

/** A value that both columns tell, two of a hundred written with a zero too many: found in each of 20 draws, where classes turned at random are in few. */
function slippedTable(): { readonly csv: string; readonly right: ReadonlyMap<number, string> } {
  const random = createRandom(1, "slips");
  const right = new Map<number, string>();
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const [a, b] = [random.normal(), random.normal()];
    const value = 50 + 3 * a + 2 * b + random.normal();
    const isWrong = random.next() < 0.02;
    if (isWrong) right.set(row, value.toFixed(2));
    return `${a.toFixed(3)},${b.toFixed(3)},${(isWrong ? 10 * value : value).toFixed(2)}`;
  });
  return { csv: `a,b,label\n${lines.join("\n")}\n`, right };
}

test("wrong labels are listed, corrected by hand with --labels, and turned back", async () => {
  const folder = folderFor();
  const { csv, right } = slippedTable();
  writeFileSync(join(folder, "t.csv"), csv);
  const audit = async (...more: string[]) => {
    const flags = ["--target", "label", "--out", "out", "--json", "-", "--quiet", "--yes", "--threads", "1", ...more];
    const { stdout, stderr } = await here(["audit", "t.csv", ...flags], folder);
    expect(stderr).toBe("");
    return JSON.parse(stdout) as FindingsFile;
  };
  const isFound = ({ findings }: FindingsFile) => findings.some(({ trap }) => trap === "wrong-label");
  const review = join(folder, "out", "review.csv");
  const first = await audit();
  expect(isFound(first)).toBe(true);
  const [head, ...rows] = readFileSync(review, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
  expect(head).toEqual(["row", "label", "corrected", "checked_by", "proposed", "probability", "gain", "a", "b"]);
  expect(rows.filter(([row]) => right.has(Number(row))).length).toBeGreaterThan(0.9 * rows.length);
  const filled = rows.map(([row, label, , , ...rest]) => [row, label, right.get(Number(row)) ?? "", "A. Reader", ...rest]);
  writeFileSync(review, [head!, ...filled].map((cells) => cells.join(",")).join("\n"));

  const corrected = await audit("--labels", "out/review.csv");
  expect(isFound(corrected)).toBe(false);
  expect(corrected.dataset.version).not.toBe(first.dataset.version);
  expect(existsSync(review)).toBe(false);
  expect(readFileSync(join(folder, "out", "review-before.csv"), "utf8")).toContain(filled[0]!.join(","));
  expect((await audit()).dataset.version).toBe(corrected.dataset.version);

  // Without a name in checked_by the labels as delivered judge on, and the model's recipe names the corrections.
  const unsigned = [head!, ...filled].map((cells) => cells.map((cell) => (cell === "A. Reader" ? "" : cell)).join(",")).join("\n");
  writeFileSync(join(folder, "unsigned.csv"), unsigned);
  const unchecked = await audit("--labels", "unsigned.csv");
  expect(unchecked).toEqual(first);
  const recipe = JSON.parse(readFileSync(join(folder, "out", "recipe.json"), "utf8")) as Recipe;
  expect(recipe.at(-1)).toMatchObject({ op: "correct-labels", target: "label" });

  const back = await audit("--labels", "none");
  expect(back.dataset.version).toBe(first.dataset.version);
  expect(isFound(back)).toBe(true);
});

test("a correction to a number that is no class is refused; where the target is an amount it is taken", async () => {
  const folder = folderFor();
  const random = createRandom(5, "numbers");
  const lines = Array.from({ length: 200 }, (_, row) => `${random.normal().toFixed(3)},${row % 2},${(row * 1.25).toFixed(2)}`);
  writeFileSync(join(folder, "t.csv"), `a,defect,amount\n${lines.join("\n")}\n`);
  writeFileSync(join(folder, "defect.csv"), "row,label,corrected,checked_by\n3,1,7,ann\n");
  writeFileSync(join(folder, "amount.csv"), "row,label,corrected,checked_by\n4,5,7,ann\n");
  const audit = (target: string, ...more: string[]) =>
    here(["audit", "t.csv", "--target", target, "--out", target, "--quiet", "--yes", "--threads", "1", ...more], folder);
  const refused = await audit("defect", "--labels", "defect.csv");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain("[bad-labels]");
  expect(refused.stderr).toContain("expected: 0 or 1, or none");
  expect(existsSync(join(folder, "defect"))).toBe(false);
  // What was asked for decides.
  expect((await audit("defect", "--labels", "defect.csv", "--task", "regression")).stderr).toBe("");
  expect((await audit("amount", "--labels", "amount.csv")).stderr).toBe("");
});
