import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

const HEADER = "name,kind,temp,press,y,x,";

/** y hangs on temp alone. The name of a shifted row holds a comma without quotes. */
function rowsOf(count: number, isCut: (i: number) => boolean): string[] {
  const random = createRandom(5, "shifted");
  return Array.from({ length: count }, (_, i) => {
    const temp = 12 + random.integer(30);
    const cells = [
      "ab"[random.integer(2)],
      temp,
      50 + random.integer(37),
      (2 * temp + 12 * random.normal()).toFixed(1),
      1 + random.integer(9),
    ];
    return isCut(i) ? `n${i},Ltd,${cells.join(",")}` : `n${i},${cells.join(",")},`;
  });
}

test(
  "a few new rows that stand one column to the right are predicted as the same rows in quotes",
  async () => {
    const folder = folderFor();
    const write = (name: string, rows: readonly string[]) => writeFileSync(join(folder, name), `${[HEADER, ...rows].join("\n")}\n`);
    write(
      "train.csv",
      rowsOf(300, (i) => i % 50 === 1),
    );
    const cut = rowsOf(4, (i) => i % 2 === 1);
    write("new.csv", cut);
    write(
      "quoted.csv",
      cut.map((line) => line.replace(/^(n\d+,Ltd)(.*)$/, '"$1"$2,')),
    );
    // Any model that follows temp will do: what it is worth is not asked.
    const flags = ["--quiet", "--yes", "--threads", "1", "--split", "blocks", "--budget", `${Math.ceil(3 * crowding())}s`, "--out", "out"];
    await here(["choose", "train.csv", "--target", "y", ...flags], folder);
    await here(["plan", "out", "--quiet"], folder);
    const predicted = async (name: string) => {
      const told = await here(["predict", "out", `${name}.csv`, "--out", `p-${name}.csv`, "--json", "p.json", "--quiet"], folder);
      const { shifted } = JSON.parse(readFileSync(join(folder, "p.json"), "utf8"));
      return { answers: readFileSync(join(folder, `p-${name}.csv`), "utf8"), shifted, stderr: told.stderr };
    };
    const [moved, quoted] = [await predicted("new"), await predicted("quoted")];
    expect(moved.answers).toBe(quoted.answers);
    expect(new Set(moved.answers.trim().split("\n")).size).toBeGreaterThan(3);
    expect(moved.shifted).toEqual({ moved: [expect.stringContaining("2 rows (from 0: 1, 3)")], overfull: null });
    expect(moved.stderr).toContain("They were moved back.");
    expect(quoted.shifted.moved).toEqual([]);
    write("open.csv", ["n1,Ltd,14,60,20,5,5"]);
    const refused = await here(["predict", "out", "open.csv", "--quiet"], folder);
    expect(refused.stderr).toContain("[shifted-row]");
  },
  120_000 * crowding(),
);
