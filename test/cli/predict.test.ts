import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { columnOf } from "../../src/core/column.ts";
import { openScorer } from "../../src/journey/index.ts";
import { answersOf } from "../../src/production/index.ts";
import { loadFrame, openDataset, writeFrame } from "../../src/store/index.ts";
import { oldhand, start, until } from "./command.ts";
import { customersCsv } from "./customers.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";
import { sharedRun } from "./shared.ts";

const { dossier } = await sharedRun();
const cwd = folderFor();
const limits = { memoryBytes: 512e6, threads: 1, seed: 1, dataFolder: join(cwd, "data") };
const rowsOf = (name: string) => readFileSync(join(cwd, name), "utf8").trim().split("\n");

describe("oldhand predict", () => {
  beforeAll(async () => {
    // Reversed, so that a sorted output would show.
    const [header, ...rows] = customersCsv(3000).trim().split("\n");
    writeFileSync(join(cwd, "new.csv"), `${[header, ...rows.reverse()].join("\n")}\n`);
    writeFileSync(join(cwd, "few.csv"), customersCsv(20));
    const { code, stderr } = await oldhand(["predict", dossier, "new.csv", "--out", "scored.csv", "--keep", "customer", "--keep", "age"], {
      cwd,
    });
    expect([code, stderr]).toEqual([0, ""]);
  });

  test("answers as the scorer does, row by row, in the order of the file, with the kept columns in front", async () => {
    const scorer = openScorer(dossier);
    const dataset = await openDataset(join(cwd, "new.csv"), limits);
    const frame = await loadFrame(dataset, limits);
    const expected = answersOf(scorer, scorer.score(frame)).map(({ prediction, probabilities }) => [
      prediction,
      String(probabilities?.yes),
    ]);
    const [header, ...rows] = rowsOf("scored.csv").map((line) => line.split(","));
    expect(header).toEqual(["customer", "age", "prediction", "probability_yes"]);
    expect(rows.map((row) => row.slice(2))).toEqual(expected);
    const given = rowsOf("new.csv").slice(1);
    expect(rows.map((row) => row.slice(0, 2))).toEqual(given.map((line) => line.split(",").slice(0, 2)));
  });

  test("Parquet in and out: the same answers", async () => {
    const args = ["--keep", "customer", "--quiet"];
    expect((await here(["predict", dossier, "new.csv", "--out", "scored.parquet", ...args], cwd)).code).toBe(0);
    const dataset = await openDataset(join(cwd, "scored.parquet"), limits);
    const frame = await loadFrame(dataset, limits);
    const probability = columnOf(frame, "probability_yes");
    const numbers = rowsOf("scored.csv").map((line) => line.split(",")[3]);
    expect("values" in probability && [...probability.values].map(String)).toEqual(numbers.slice(1));
    const given = await openDataset(join(cwd, "new.csv"), limits);
    await writeFrame(await loadFrame(given, limits), join(cwd, "new.parquet"));
    expect((await here(["predict", dossier, "new.parquet", "--out", "back.csv", ...args], cwd)).code).toBe(0);
    const without = (line: string) => line.split(",").filter((_, place) => place !== 1);
    expect(rowsOf("back.csv").map((line) => line.split(","))).toEqual(rowsOf("scored.csv").map(without));
  });

  test("without --out: CSV alone on standard output, the same as in the file", async () => {
    const { code, stdout, stderr } = await oldhand(["predict", dossier, "new.csv", "--keep", "customer", "--keep", "age"], { cwd });
    expect([code, stdout]).toEqual([0, readFileSync(join(cwd, "scored.csv"), "utf8")]);
    expect(stderr).toMatch(
      /^3000 rows scored by .+ \([0-9a-f]{12}\)\n"yes" is predicted from P\("yes"\) = 0\.\d+ on \(threshold chosen for the best F1 on .+\)\n$/,
    );
    const quiet = await here(["predict", dossier, "new.csv", "--keep", "customer", "--keep", "age", "--out", "-", "--quiet"], cwd);
    expect(quiet).toEqual({ code: 0, stdout, stderr: "" });
  });

  test.each([
    ["no-go", "The verdict on this model is NO-GO: Gate failed, Calibrated: it is not.\n"],
    ["unknown", "The verdict on this model is NO ANSWER YET: Not proved yet: the gates were not asked for.\n"],
    ["go", ""],
  ] as const)("says what the verdict on the model is: %s", async (decision, line) => {
    const copy = join(cwd, `verdict-${decision}`);
    cpSync(join(dossier, "model"), join(copy, "model"), { recursive: true });
    const reasons = ["Gate failed, Calibrated: it is not."];
    const verdict = { decision, headline: "Not proved yet: the gates were not asked for.", reasons, next: [] };
    writeFileSync(join(copy, "result.json"), JSON.stringify({ verdict, comparison: { verdict: "model" } }));
    for (const path of [copy, join(copy, "model"), join(copy, "model", "model.json")])
      expect((await here(["predict", path, "few.csv", "--out", "v.csv"], cwd)).stderr, path).toBe(line);
    expect((await here(["predict", copy, "few.csv", "--out", "v.csv", "--quiet"], cwd)).stderr).toBe("");
    const served = start(["serve", copy, "--port", "0"], { cwd });
    await until(() => served.seen().stdout.includes("answers at"));
    expect(served.seen().stderr).toBe(line);
    const address = /answers at (\S+)/.exec(served.seen().stdout)?.[1] ?? "";
    const metadata = (await (await fetch(`${address}/metadata`)).json()) as { verdict: unknown };
    expect(metadata.verdict).toEqual({ decision, why: decision === "no-go" ? reasons[0] : verdict.headline });
    const v2 = (await (await fetch(`${address}/v2/models/model`)).json()) as { properties: unknown };
    expect(v2.properties).toMatchObject({ verdict: decision, why: decision === "no-go" ? reasons[0] : verdict.headline });
    served.child.kill("SIGTERM");
    await served.ended;
  });

  test("a model whose run has not ended, and one on its own", async () => {
    const copy = join(cwd, "unfinished");
    cpSync(join(dossier, "model"), join(copy, "model"), { recursive: true });
    const stderrOf = async () => (await here(["predict", copy, "few.csv", "--out", "v.csv"], cwd)).stderr;
    expect(await stderrOf()).toBe("");
    writeFileSync(join(copy, "oldhand.json"), "{}");
    expect(await stderrOf()).toContain("NO ANSWER YET: the run that made it has not ended.");
  });

  test("cells that cannot be read are said; a column of them is refused and nothing is written", async () => {
    const [header = "", ...lines] = customersCsv(300).trim().split("\n");
    const place = header.split(",").indexOf("monthly_fee");
    const spoilt = (name: string, every: number) => {
      const rows = lines.map((line, row) => line.split(",").map((cell, at) => (at === place && row % every === 0 ? "n/k" : cell)));
      writeFileSync(join(cwd, name), [header, ...rows].join("\n"));
    };
    spoilt("some.csv", 3);
    const some = await here(["predict", dossier, "some.csv", "--out", "some-scored.csv", "--json", "some.json", "--quiet"], cwd);
    expect([some.code, some.stderr]).toEqual([
      0,
      expect.stringMatching(/^Column "monthly_fee": 100 cells are no number .*"n\/k" in row 1/),
    ]);
    expect(JSON.parse(readFileSync(join(cwd, "some.json"), "utf8")).unread).toMatchObject([{ column: "monthly_fee", count: 100 }]);
    spoilt("none.csv", 1);
    const none = await here(["predict", dossier, "none.csv", "--out", "none-scored.csv"], cwd);
    expect([none.code, none.stderr]).toEqual([2, expect.stringContaining("[schema-mismatch]")]);
    expect(existsSync(join(cwd, "none-scored.csv"))).toBe(false);
  });

  test("does not write over the data, whatever its other names", async () => {
    mkdirSync(join(cwd, "parts"));
    for (const part of ["parts/a.csv", "parts/b.csv"]) copyFileSync(join(cwd, "new.csv"), join(cwd, part));
    symlinkSync("new.csv", join(cwd, "link.csv"));
    const before = readFileSync(join(cwd, "new.csv"));
    for (const [data, option, path] of [
      ["link.csv", "--out", "new.csv"],
      ["new.csv", "--out", "link.csv"],
      ["new.csv", "--json", "./new.csv"],
      ["parts/*.csv", "--out", "parts/a.csv"],
    ] as const) {
      const { code, stderr } = await here(["predict", dossier, data, option, path], cwd);
      expect([code, stderr.includes("would replace the data")], `${data} ${option} ${path}`).toEqual([2, true]);
    }
    for (const name of ["new.csv", "parts/a.csv"]) expect(readFileSync(join(cwd, name)).equals(before)).toBe(true);
  });

  test("memory does not grow with the rows, and stays below 1 GB", async () => {
    const peak = async (rows: number): Promise<number> => {
      writeFileSync(join(cwd, "many.csv"), customersCsv(rows));
      const env = {
        NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, "record-memory.js"))}`,
        RECORD_MEMORY: join(cwd, "peak"),
      };
      const { code, stderr } = await oldhand(["predict", dossier, "many.csv", "--out", "many-scored.csv", "--keep", "customer"], {
        cwd,
        env,
      });
      expect(code, stderr).toBe(0);
      expect(rowsOf("many-scored.csv").map((line) => line.split(",")[0])).toEqual(rowsOf("many.csv").map((line) => line.split(",")[0]));
      return Number(readFileSync(join(cwd, "peak"), "utf8"));
    };
    const [small, large] = [await peak(20_000), await peak(80_000)];
    expect(large).toBeLessThan(1e9);
    expect(large - small).toBeLessThan(150e6);
  });
});

describe("oldhand serve", () => {
  test("answers as predict does, logs it for watch, and ends with 0 on SIGTERM", async () => {
    const { child, ended, seen } = start(["serve", dossier, "--port", "0", "--log", "served.jsonl"], { cwd });
    await until(() => seen().stdout.includes("openapi.json"));
    const address = /answers at (http:\/\/127\.0\.0\.1:\d+)/.exec(seen().stdout)?.[1];
    const [header = "", ...lines] = rowsOf("new.csv").slice(0, 51);
    const records = lines.map((line) => recordOf(header.split(","), line.split(",")));
    const post = (body: unknown) =>
      fetch(`${address}/predict`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    const { predictions } = (await (await post({ instances: records })).json()) as {
      predictions: { prediction: string; probabilities: { yes: number } }[];
    };
    const expected = rowsOf("scored.csv").slice(1, 51);
    expect(predictions.map(({ prediction, probabilities }) => `${prediction},${probabilities.yes}`)).toEqual(
      expected.map((line) => line.split(",").slice(2).join(",")),
    );
    const refused = await post({ ...records[0], monthly_fee: "many" });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(await refused.json())).toContain("monthly_fee");
    child.kill("SIGTERM");
    const { code, stderr } = await ended;
    expect([code, stderr]).toEqual([0, ""]);
    expect(rowsOf("served.jsonl").length).toBeGreaterThan(0);
    const watched = await here(["watch", dossier, "--log", "served.jsonl", "--json", "-"], cwd);
    expect([0, 1, 3], watched.stderr).toContain(watched.code);
    JSON.parse(watched.stdout);
  });

  test("a taken port is said, with what to do", async () => {
    const { child, ended, seen } = start(["serve", dossier, "--port", "0"], { cwd });
    await until(() => seen().stdout.includes("openapi.json"));
    const port = /:(\d+)\n/.exec(seen().stdout)?.[1] ?? "";
    const second = await here(["serve", dossier, "--port", port], cwd);
    expect([second.code, second.stdout]).toEqual([2, ""]);
    expect(second.stderr).toContain("[port-in-use]");
    expect((await here(["studio", dossier, "--port", port], cwd)).stderr).toContain("[port-in-use]");
    child.kill("SIGINT");
    expect((await ended).code).toBe(0);
  });
});

describe("oldhand studio", () => {
  test("shows the report and ends with 0 on SIGTERM", async () => {
    const { child, ended, seen } = start(["studio", dossier, "--port", "0"], { cwd });
    await until(() => seen().stdout.includes("Ctrl-C"));
    const address = /(http:\/\/127\.0\.0\.1:\d+)/.exec(seen().stdout)?.[1] ?? "";
    const page = await fetch(address);
    expect([page.status, (await page.text()).includes("closing_score")]).toEqual([200, true]);
    child.kill("SIGTERM");
    expect((await ended).code).toBe(0);
  });
});

const NUMBERS = new Set(["age", "monthly_fee", "tickets", "closing_score"]);

function recordOf(names: readonly string[], cells: readonly string[]): Record<string, string | number | null> {
  const cellOf = (name: string, cell: string) => (cell === "" ? null : NUMBERS.has(name) ? Number(cell) : cell);
  const fields = names.map((name, i): [string, string | number | null] => [name, cellOf(name, cells[i] ?? "")]);
  const inputs = new Set(openScorer(dossier).inputs.map((input) => input.name));
  return Object.fromEntries(fields.filter(([name]) => inputs.has(name)));
}
