import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { slicesOf } from "../../src/core/judged-slices.ts";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { sharedRun } from "./shared.ts";

const { run, dossier } = await sharedRun();
const result = JSON.parse(readFileSync(join(dossier, "result.json"), "utf8")) as JourneyResult;

describe("oldhand run", () => {
  test("ends with a verdict that its exit code repeats", () => {
    expect(run.code).toBe({ go: 0, "no-go": 1, unknown: 3 }[result.verdict.decision]);
    expect(result.verdict.decision).not.toBe("unknown");
    expect(run.stdout.replace(/\s+/g, " ")).toContain(result.verdict.headline.split(". ").at(-1)?.slice(0, 60));
  });

  test("finds the column that is only known afterwards, leaves it out and keeps one that is honest", () => {
    const leak = result.findings.findings.find(({ columns }) => columns.includes("closing_score"));
    expect(leak).toMatchObject({ severity: "blocker", state: "mended" });
    expect(leak!.harm!.claimed).toBeGreaterThan(leak!.harm!.honestHigh);
    expect(result.comparison?.verdict).toBe("model");
    expect(run.stdout).toContain("closing_score");
  });

  test("says one score for today: the learning curve ends at that of the chosen model", () => {
    const { candidates, chosen } = result.comparison!;
    const { score, optimism } = candidates.find(({ name }) => name === chosen)!;
    const { curve } = result.plan!;
    expect(curve.optimism).toBe(optimism);
    expect(curve.points.at(-1)!.score.value).toBeCloseTo(score.value, 12);
  });

  test("writes the whole dossier and nothing temporary", () => {
    const files = readdirSync(dossier, { recursive: true }).map(String);
    const wanted = ["oldhand.json", "findings.json", "recipe.json", "ledger.jsonl", "plan.json", "proof.json", "proof.junit.xml"];
    expect(files).toEqual(expect.arrayContaining([...wanted, "report.html", "result.json"]));
    expect(files).toEqual(
      expect.arrayContaining(["manifest.json", "model.json", "model.onnx", "card.md"].map((name) => join("model", name))),
    );
    expect(files.filter((name) => /(^|\/)\./.test(name))).toEqual([]);
  });

  test("the card tells of every part of the rows that the gates judged", () => {
    const card = readFileSync(join(dossier, "model", "card.md"), "utf8");
    const { slices } = slicesOf(result.proof!.gates);
    expect(slices.length).toBeGreaterThan(0);
    const [, section] = card.split("## By part of the data");
    const table = section!
      .split("\n## ")[0]!
      .split("\n")
      .filter((line) => line.startsWith("| "))
      .slice(1);
    expect(table.map((line) => Number(line.split("|").at(-3)))).toEqual(slices.map(({ rows }) => rows));
  });

  test("every experiment that a number cites is in the ledger", () => {
    const cited = new Set([...JSON.stringify(result).matchAll(/"experiments":\[([^\]]+)\]/g)].flatMap(([, ids]) => JSON.parse(`[${ids}]`)));
    expect(cited.size).toBeGreaterThan(5);
    expect([...cited].filter((id) => !(String(id) in result.ledger))).toEqual([]);
  });

  test("progress is a few lines on standard error, stages in order, and without colours in a pipe", () => {
    const lines = run.stderr.trim().split("\n");
    expect(lines.length).toBeLessThanOrEqual(4 + Math.ceil(run.tookMs / 6000));
    const stages = lines.map((line) => line.split(":")[0]);
    expect([...new Set(stages)]).toEqual(["data", "model", "scale", "production"]);
    expect(stages).toEqual([...stages].sort((a, b) => [..."dmsp"].indexOf(a![0]!) - [..."dmsp"].indexOf(b![0]!)));
    expect(run.stdout + run.stderr).not.toContain("\u001b");
  });
});
