import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createRandom, type Random } from "../../src/core/random.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { crowding } from "./command.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";

/** A label that a model can learn from `x`, with noise. */
const label = (random: Random, x: number) => (x + 0.25 * random.normal() > 0.5 ? "yes" : "no");

function table(header: string, rows: number, row: (random: Random, place: number) => string, end = "\n"): string {
  const random = createRandom(3, header);
  return `${[header, ...Array.from({ length: rows }, (_, i) => row(random, i))].join(end)}${end}`;
}

/** Byte order mark, CRLF, quoted line ends and delimiters, names that objects have, a name missing, booleans, dates, labels missing. */
function everythingOdd(rows: number): string {
  const row = (random: Random, i: number): string => {
    const x = random.next();
    const isOn = random.next() < 0.5;
    const day = `2024-${String(1 + (i % 12)).padStart(2, "0")}-${String(1 + (i % 28)).padStart(2, "0")}`;
    const note = i % 5 === 0 ? '"one line\r\nand another"' : i % 7 === 0 ? '"a ""quoted"" word"' : `note ${i % 3}`;
    const y = i % 17 === 0 ? "" : label(random, x + (isOn ? 0.3 : -0.2));
    return `${x.toFixed(4)},${"abc"[i % 3]},${random.normal().toFixed(3)},${isOn},${day},${note},${"uvw"[i % 3]},${y}`;
  };
  return `\ufeff${table('__proto__,constructor,,toString,hasOwnProperty,valueOf,"a, b",churned', rows, row, "\r\n")}`;
}

const read = (cwd: string) => JSON.parse(readFileSync(join(cwd, "out", "result.json"), "utf8")) as JourneyResult;

describe("odd input that is right", () => {
  test("everything odd in one file, from the data to predictions", async () => {
    const cwd = folderFor();
    writeFileSync(join(cwd, "odd.csv"), everythingOdd(160));
    // Each fold once: repeats would only train longer.
    const flags = ["--split", "blocks", "--budget", `${Math.ceil(20 * crowding())}s`, "--quiet", "--threads", "1"];
    const { code, stderr } = await here(["run", "odd.csv", "--target", "churned", "--out", "out", ...flags], cwd);
    expect([0, 1], stderr).toContain(code);
    const { dataset, findings, proof } = read(cwd);
    expect([dataset.rows, dataset.columns]).toEqual([160, 8]);
    expect(JSON.stringify(findings.dataset.roles)).toContain('"__proto__"');
    expect(findings.findings.some(({ trap }) => trap === "missing-label")).toBe(true);
    expect(proof).not.toBeNull();
    const keep = ["--keep", "__proto__", "--keep", "valueOf", "--keep", "column_3"];
    const predicted = await here(["predict", "out", "odd.csv", "--out", "p.csv", "--quiet", ...keep], cwd);
    expect(predicted).toMatchObject({ code: 0, stderr: "" });
    const text = readFileSync(join(cwd, "p.csv"), "utf8");
    expect(text.split("\n")[0]).toBe("__proto__,valueOf,column_3,prediction,probability_yes");
    expect(text.match(/,(yes|no),0\.\d+$|,(yes|no),\d(\.\d+)?(e-\d+)?$/gm)).toHaveLength(160);
    expect(text).toContain('"one line\r\nand another"');
  });

  const two = (random: Random) => {
    const x = random.next();
    return [x.toFixed(4), "pq"[random.integer(2)], label(random, x)].join(",");
  };
  const SMALL: Readonly<Record<string, { files: Readonly<Record<string, string>>; args: readonly string[] }>> = {
    "60 rows": { files: { "data.csv": table("a,b,churned", 60, two) }, args: [] },
    "one feature": { files: { "data.csv": table("a,churned", 120, (random) => two(random).replace(/,[pq],/, ",")) }, args: [] },
    "groups, and three classes": {
      files: {
        "data.csv": table("who,a,b,churned", 120, (random, i) => `g${i % 15},${two(random).replace(/no$/, i % 2 === 0 ? "maybe" : "no")}`),
      },
      args: ["--group", "who"],
    },
    "a time, and an amount": {
      files: {
        "data.csv": table("at,a,b,churned", 120, (random, i) => {
          const at = `2024-01-${String(1 + (i >> 2)).padStart(2, "0")}`;
          return `${at},${two(random).replace(/(yes|no)$/, () => (10 * random.next()).toFixed(2))}`;
        }),
      },
      args: ["--time", "at", "--metric", "mae"],
    },
    "a test set": {
      files: {
        "data.csv": table("a,b,churned", 120, two),
        "test.csv": table("more,churned,b,a", 60, (random) => `1,${two(random).split(",").reverse().join(",")}`),
      },
      args: ["--test", "test.csv"],
    },
    "a weight, an id, a column to leave out and answers": {
      files: {
        "data.csv": table("w,key,z,a,b,churned", 120, (random, i) => `${i % 4},${i * 7},${i % 2},${two(random)}`),
        "known.json": '{"a": "before"}',
      },
      args: ["--weight", "w", "--id", "key", "--ignore", "z", "--known-at", "known.json"],
    },
  };

  test.for(Object.entries(SMALL))("%s", async ([, { files, args }]) => {
    const cwd = folderFor();
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const budget = ["--budget", "1s", "--quiet", "--threads", "1"];
    const { code, stdout, stderr } = await here(["run", "data.csv", "--target", "churned", "--out", "out", ...args, ...budget], cwd);
    expect([0, 1, 3], stderr).toContain(code);
    expect(stderr).toBe("");
    const { verdict, comparison, findings } = read(cwd);
    expect(code).toBe({ go: 0, "no-go": 1, unknown: 3 }[verdict.decision]);
    expect(stdout).toContain("What is wrong with the data");
    expect(comparison?.candidates.filter(({ state }) => state === "failed") ?? []).toEqual([]);
    const policy = { "--group": /^group$/, "--time": /^(time|blocks)$/, "--test": /^stratified$/ }[args[0] ?? ""];
    if (policy !== undefined) expect(findings.dataset.split.policy).toMatch(policy);
  });

  test("2,500 columns in 100 rows", async () => {
    const cwd = folderFor();
    const columns = Array.from({ length: 2499 }, (_, column) => `c${column}`);
    const row = (random: Random, i: number) =>
      `${columns.map((_, column) => (column % 3 === 0 ? "abcd"[random.integer(4)] : random.next().toFixed(3))).join(",")},${i % 3 === 0 ? "yes" : "no"}`;
    writeFileSync(join(cwd, "data.csv"), table(`${columns.join(",")},churned`, 100, row));
    const args = ["run", "data.csv", "--target", "churned", "--out", "out", "--budget", "3s", "--threads", "1", "--quiet"];
    const { code, stderr } = await here(args, cwd);
    expect([0, 1, 3], stderr).toContain(code);
    const { dataset, findings } = read(cwd);
    expect(dataset).toMatchObject({ rows: 100, columns: 2500 });
    const unchecked = findings.unchecked.map(({ trap }) => trap);
    // None of the columns tells anything: what is found is that there are too many of them.
    const harmful = findings.findings.filter(({ severity }) => severity !== "cosmetic").map(({ trap }) => trap);
    expect(harmful).toEqual(unchecked.includes("too-few-rows") ? [] : ["too-few-rows"]);
  });
});
