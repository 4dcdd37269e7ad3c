import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { JourneyResult } from "../../src/core/verdict.ts";
import { setAside, settleEarlier, withEarlier } from "../../src/journey/set-aside.ts";
import { openDossier } from "../../src/store/index.ts";
import { comparisonOf, planOf, proofOf } from "./results.ts";

const folder = mkdtempSync(join(tmpdir(), "oldhand-aside-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const whole = {
  created: "2026-01-01T00:00:00Z",
  version: "1",
  command: "oldhand run",
  dataset: { name: "t.csv", version: "v1" },
  comparison: comparisonOf({}),
  training: { rows: 90, loadedRows: 100, of: 100, why: null },
  plan: planOf("unknown"),
  proof: proofOf(["passed"]),
} as unknown as JourneyResult;
const chosen = { ...whole, command: "oldhand choose", training: null, plan: null, proof: null } as JourneyResult;
const found = { ...chosen, command: "oldhand audit", comparison: null } as JourneyResult;

test("a finished model is kept until a later run has answered all, however many runs answer less", () => {
  const path = join(folder, "dossier");
  const dossier = openDossier(path, { create: true });
  const kept = () => readFileSync(join(path, "earlier", "model", "model.json"), "utf8");
  dossier.writeJson("result.json", whole as unknown as null);
  dossier.writeText("model/model.json", "the model");
  for (const [earlier, later] of [
    [whole, chosen],
    [chosen, chosen],
    [chosen, found],
    [found, null],
    [found, chosen],
  ] as const) {
    setAside(dossier, earlier);
    expect(kept()).toBe("the model");
    dossier.remove("model");
    if (later !== null) dossier.writeJson("result.json", later as unknown as null);
    expect(settleEarlier(dossier, later)).toBe(join(path, "earlier"));
  }
  expect(settleEarlier(dossier, whole)).toBeNull();
  expect(existsSync(join(path, "earlier"))).toBe(false);
  dossier.close();
});

test("of two runs that answered the same, the later is kept", () => {
  const dossier = openDossier(join(folder, "twice"), { create: true });
  for (const model of ["first", "second"]) {
    dossier.writeJson("result.json", whole as unknown as null);
    dossier.writeText("model/model.json", model);
    setAside(dossier, whole);
  }
  expect(dossier.readText("earlier/model/model.json")).toBe("second");
  dossier.close();
});

test("a result that lacks what an earlier run answered says first where that stands", () => {
  const dossier = openDossier(join(folder, "said"), { create: true });
  const judged = { ...whole, verdict: { decision: "go", headline: "Go.", reasons: [], next: [] } } as JourneyResult;
  const audited = { ...found, verdict: { decision: "unknown", headline: "Only the data.", reasons: ["other"], next: [] } } as JourneyResult;
  expect(withEarlier(dossier, audited)).toBe(audited);
  dossier.writeJson("result.json", judged as unknown as null);
  setAside(dossier, judged);
  const [said, ...others] = withEarlier(dossier, audited).verdict.reasons;
  expect(said).toContain("Of the run of 2026-01-01 (go), choice of a model, model, plan, proof stand in `earlier/`");
  expect(others).toEqual(["other"]);
  expect(withEarlier(dossier, judged)).toBe(judged);
  dossier.close();
});
