import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Finding, FindingsFile } from "../../src/core/finding.ts";
import type { RecipeStep } from "../../src/core/recipe.ts";
import { folderFor } from "./folder.ts";
import { here } from "./here.ts";
import { PLANTS, type Plant, type Row, toCsv } from "./plants.ts";

interface Audited {
  readonly file: FindingsFile;
  readonly code: number | string | null | undefined;
  readonly recipe: readonly RecipeStep[];
  /** Ids of the experiments in the ledger. */
  readonly ledger: ReadonlySet<string>;
}

const folder = folderFor();
const audits = new Map<string, Promise<Audited>>();

/** The command, once per table. */
function audited(rows: readonly Row[], test: readonly Row[] | null, target: string): Promise<Audited> {
  const [data, judged] = [toCsv(rows), test === null ? null : toCsv(test)];
  const key = `${target}\n${data}\n${judged}`;
  const found = audits.get(key) ?? audit(`t${audits.size}`, data, judged, target);
  audits.set(key, found);
  return found;
}

async function audit(name: string, data: string, judged: string | null, target: string): Promise<Audited> {
  writeFileSync(join(folder, `${name}.csv`), data);
  if (judged !== null) writeFileSync(join(folder, `${name}-test.csv`), judged);
  const testFlags = judged === null ? [] : ["--test", `${name}-test.csv`];
  const flags = ["--target", target, ...testFlags, "--out", name, "--json", "-", "--quiet", "--threads", "1"];
  const { code, stdout, stderr } = await here(["audit", `${name}.csv`, ...flags], folder);
  expect(stderr).toBe("");
  const read = (file: string) => readFileSync(join(folder, name, file), "utf8");
  // Where nothing was found there was nothing to measure.
  const entries = existsSync(join(folder, name, "ledger.jsonl")) ? read("ledger.jsonl").trim().split("\n") : [];
  return {
    code,
    file: JSON.parse(stdout) as FindingsFile,
    recipe: JSON.parse(read("recipe.json")) as readonly RecipeStep[],
    ledger: new Set(entries.filter((line) => line !== "").map((line) => (JSON.parse(line) as { id: string }).id)),
  };
}

describe.each(PLANTS)("$trap", (plant) => {
  test("is found where it was planted, with numbers, and called by its severity", async () => {
    const { file, code } = await audited(plant.rows, plant.test, plant.target);
    const found = findingOf(file, plant);
    expect(found).toMatchObject({ columns: plant.columns, severity: plant.severity, state: plant.state });
    expect(found.stance).toBe("acts");
    expect(found.confidence).toBeGreaterThan(0.5);
    expect(found.confidence).toBeLessThan(1);
    const [name, least, most] = plant.evidence;
    expect(found.evidence[name]).toBeGreaterThanOrEqual(least);
    expect(found.evidence[name]).toBeLessThanOrEqual(most);
    expect(found.why).toMatch(/\d/);
    expect(code).toBe(file.findings.some(({ severity }) => severity === "blocker") ? 1 : 0);
  });

  test("costs what experiments of the ledger measured", async () => {
    const { file, ledger } = await audited(plant.rows, plant.test, plant.target);
    const { harm, unmeasured } = findingOf(file, plant);
    expect(harm === null).toBe(plant.harm === "none");
    if (plant.harm === "none") return expect(unmeasured).toMatch(/no experiment shows/);
    expect(harm!.low).toBeLessThanOrEqual(harm!.delta);
    expect(harm!.high).toBeGreaterThanOrEqual(harm!.delta);
    expect(Number.isFinite(harm!.high - harm!.low)).toBe(true);
    expect(harm!.compares).not.toBe("");
    expect(new Set(harm!.experiments).size).toBe(plant.predictions === "two" ? 2 : 1);
    for (const id of harm!.experiments) expect(ledger).toContain(id);
    if (plant.harm === "measured") return;
    expect(harm!.q).toBeLessThanOrEqual(0.05);
    expect(harm!.high).toBeLessThan(0);
  });

  test("is mended, or says what to do and asks", async () => {
    const { file, recipe } = await audited(plant.rows, plant.test, plant.target);
    const { fix, question, choices } = findingOf(file, plant);
    if (typeof plant.mends === "string") {
      const steps = fix.action === "steps" ? fix.steps : [];
      expect(steps.map(({ op }) => op)).toContain(plant.mends);
      if (plant.state === "mended") expect(recipe).toEqual(expect.arrayContaining([...steps]));
    } else if (plant.mends instanceof RegExp) expect(fix).toMatchObject({ action: "advice", text: expect.stringMatching(plant.mends) });
    else if ("split" in plant.mends) expect(file.dataset.split.policy).toBe(plant.mends.split);
    else expect(fix).toEqual({ action: "metric", ...plant.mends });
    expect(question !== null).toBe(plant.asks);
    expect(choices?.length ?? 0).toBe(plant.asks ? 2 : 0);
  });

  test("is silent on the same table without it", async () => {
    const { file } = await audited(plant.without.rows, plant.without.test, plant.target);
    // What an experiment shows to cost nothing is still told, as cosmetic.
    const told = file.findings.filter(
      ({ trap, severity }) => trap === plant.trap && (severity !== "cosmetic" || plant.severity === "cosmetic"),
    );
    expect(told).toEqual([]);
  });
});

test("every finding of these checks has a harm, or says why there is none", async () => {
  const traps = new Set(PLANTS.map(({ trap }) => trap));
  expect(traps.size).toBe(20);
  const files = await Promise.all([...audits.values()]);
  const findings = files.flatMap(({ file }) => file.findings).filter(({ trap }) => traps.has(trap));
  expect(findings.length).toBeGreaterThan(20);
  for (const { harm, unmeasured, trap } of findings) {
    expect(harm === null).toBe(unmeasured !== null);
    expect(unmeasured ?? "a reason", trap).not.toMatch(/^$|^No experiment shows/);
  }
});

/** @throws when there is not exactly one on the planted columns. */
function findingOf({ findings }: FindingsFile, { trap, columns }: Plant): Finding {
  const id = columns.length === 0 ? trap : `${trap}:${columns.join(",")}`;
  const found = findings.filter((one) => one.id === id);
  expect(
    findings.filter((one) => one.trap === trap).map((one) => one.id),
    "findings of the trap",
  ).toEqual([id]);
  return found[0]!;
}
