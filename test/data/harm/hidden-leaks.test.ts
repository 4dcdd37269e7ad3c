import { describe, expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { audit } from "../../../src/data/index.ts";
import { besideHarmText } from "../../../src/report/words/harm.ts";
import { contextOf, honestTable } from "../table.ts";
import { checkSaying, tinyLab } from "../tiny-lab.ts";

const ROWS = 400;

const leakOf = (name: string, confidence: number): Partial<Suspicion> => {
  const steps = [{ op: "drop" as const, columns: [name] }];
  return {
    columns: [name],
    severity: "blocker",
    confidence,
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: `Is "${name}" known?`,
    choices: ["after", "before"],
  };
};

/** Both give the target; the first is left out, the second is only asked about and stays in. */
const table = honestTable(ROWS, 5, (random, target) => [
  ["first", target.map((y) => 8 * y + 0.1 * random.normal())],
  ["second", target.map((y) => 8 * y + 0.1 * random.normal())],
  ["partly", target.map((y) => 2.5 * y + random.normal())],
]);

async function found(leaks: readonly Partial<Suspicion>[], from = table) {
  const context = contextOf(from, "bought");
  const { lab, experimentFor } = tinyLab(context, "auc");
  const checks = leaks.map((one) => checkSaying("target-leak", one));
  const { findings } = await audit(context, checks, lab, experimentFor);
  return new Map(findings.map((one) => [one.columns.join(), one]));
}

describe("leaks that hide each other", () => {
  test("are priced without each other: what stands in does not clear what is left out", async () => {
    const findings = await found([leakOf("first", 0.9), leakOf("second", 0.4)]);
    expect(findings.get("first")).toMatchObject({ severity: "blocker", state: "mended", harm: { bothWithout: ["second"] } });
    expect(findings.get("first")!.harm!.claimed - findings.get("first")!.harm!.honest).toBeGreaterThan(0.04);
    expect(findings.get("second")).toMatchObject({ severity: "harmful", state: "open", harm: { bothWithout: ["first"] } });
  });

  test("are asked about, both of them, where both stand in", async () => {
    const findings = await found([leakOf("first", 0.4), leakOf("second", 0.4)]);
    for (const name of ["first", "second"])
      expect(findings.get(name)).toMatchObject({ severity: "harmful", question: `Is "${name}" known?` });
  });

  test("a score beside a suspect that flatters says that it is still in", async () => {
    const { harm } = (await found([leakOf("partly", 0.4), leakOf("first", 0.9), leakOf("second", 0.4)])).get("partly") ?? {};
    expect(harm).toMatchObject({ bothWithout: ["first", "second"] });
    expect(besideHarmText({ stillIn: ["a"] })).toBe("both still with a, which may be a leak too");
    const honest = honestTable(ROWS, 6, (random, target) => [["partly", target.map((y) => y + random.normal())]]);
    const findings = await found([leakOf("height", 0.4), leakOf("partly", 0.4)], honest);
    expect(findings.get("height")).toMatchObject({ harm: { stillIn: ["partly"] } });
  });
});
