import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { here } from "./here.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-unrecorded-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KEY = "unobserved-as-zero:shop,sold";

test("labels that were not recorded go where the answer says so, and stay where it does not", async () => {
  const random = createRandom(3, "unrecorded");
  const rows = Array.from({ length: 900 }, (_, row) => {
    const [shop, x] = [random.integer(9), random.normal()];
    return {
      shop,
      text: `shop ${shop},${x.toFixed(3)},${shop === 4 ? 0 : 1 + Math.round(Math.exp(3 + 0.3 * x + 0.5 * random.normal()))}`,
      row,
    };
  });
  writeFileSync(join(folder, "sales.csv"), `shop,x,sold\n${rows.map(({ text }) => text).join("\n")}\n`);
  const kept = async (answers: object, out: string) => {
    writeFileSync(join(folder, "answers.json"), JSON.stringify(answers));
    const args = ["prepare", "sales.csv", "--target", "sold", "--known-at", "answers.json", "--budget", "0s", "--quiet", "--out", out];
    expect(await here(args, folder)).toMatchObject({ stderr: "" });
    const read = (name: string) => JSON.parse(readFileSync(join(folder, out, name), "utf8"));
    const { findings } = read("findings.json");
    const [finding] = findings.filter(({ id }: { id: string }) => id === KEY);
    return { state: finding?.state, answer: finding?.answer, ops: read("recipe.json").map(({ op }: { op: string }) => op) };
  };
  const told = await kept({ [KEY]: "no" }, "told");
  expect(told).toMatchObject({ state: "mended", answer: "no" });
  expect(told.ops).toEqual(expect.arrayContaining(["read-labels", "drop-unlabelled-rows"]));
  expect((await kept({ [KEY]: "yes" }, "kept")).ops).not.toContain("drop-unlabelled-rows");
});
