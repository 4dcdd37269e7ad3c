import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { FindingsFile } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

const HEADER = "length,weight,warmth,kind,ok";
const UNITS = "mm,kg,C,,";

function rowsOf(count: number): string[] {
  const random = createRandom(3, "units");
  return Array.from({ length: count }, () => {
    const [length, weight] = [10 + 2 * random.normal(), 5 + random.normal()];
    const cells = [length.toFixed(2), weight.toFixed(2), (20 + 3 * random.normal()).toFixed(1), ["a", "b", "c"][random.integer(3)]];
    return [...cells, length + weight + random.normal() > 15 ? "yes" : "no"].join(",");
  });
}

test(
  "a line of units is a row where the command says so, in the data, in its test set and in what the model scores",
  async () => {
    const folder = folderFor();
    const write = (name: string, rows: readonly string[]) => writeFileSync(join(folder, name), `${[HEADER, UNITS, ...rows].join("\n")}\n`);
    const rows = rowsOf(260);
    write("train.csv", rows.slice(0, 200));
    write("test.csv", rows.slice(200));
    write("new.csv", rows.slice(0, 12));
    const about = ["train.csv", "--target", "ok", "--test", "test.csv", "--split", "blocks", "--quiet", "--yes", "--threads", "1"];
    const lines = async (out: string, more: readonly string[]) => {
      // Any model that has been chosen will do: what it is worth is not asked.
      const chosen = await here(["choose", ...about, "--budget", `${Math.ceil(4 * crowding())}s`, "--out", out, ...more], folder);
      const planned = await here(["plan", out, "--quiet"], folder);
      expect([chosen.stderr, planned.stderr]).toEqual(["", ""]);
      const { dataset } = JSON.parse(readFileSync(join(folder, out, "result.json"), "utf8")) as JourneyResult;
      const told = await here(["predict", out, "new.csv", "--out", `${out}.csv`, "--json", `${out}.json`, "--quiet"], folder);
      const predicted =
        readFileSync(join(folder, `${out}.csv`), "utf8")
          .trim()
          .split("\n").length - 1;
      const { findings } = JSON.parse(readFileSync(join(folder, out, "findings.json"), "utf8")) as FindingsFile;
      const { leftOut } = JSON.parse(readFileSync(join(folder, `${out}.json`), "utf8"));
      expect(told.stderr).toBe(leftOut.map((note: string) => `Not scored: ${note}\n`).join(""));
      return [dataset.rows, predicted, leftOut, findings.some(({ evidence }) => evidence.secondHeader === true)];
    };
    expect(await lines("left-out", [])).toEqual([
      260,
      12,
      [
        '1 line under the header left out: no row, but what the columns are ("mm,kg,C,,"); to have it read as data, put it below the other rows.',
      ],
      true,
    ]);
    expect(await lines("kept", ["--no-second-header"])).toEqual([262, 13, [], false]);
    const { stdout } = await here(["prepare", "kept", "--json", "-"], folder);
    expect(JSON.parse(stdout)).toMatchObject({ mended: { from: { rows: 262 } } });
  },
  120_000 * crowding(),
);
