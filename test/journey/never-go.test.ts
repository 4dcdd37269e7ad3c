import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Comparison } from "../../src/core/comparison.ts";
import { SEVERITIES } from "../../src/core/finding.ts";
import type { GateResult } from "../../src/core/proof.ts";
import { STAGES } from "../../src/journey/stage-budget.ts";
import type { StageResults } from "../../src/journey/stage-results.ts";
import { reachVerdict } from "../../src/journey/verdict.ts";
import { comparisonOf, fileOf, findingOf, planOf, proofOf } from "./results.ts";

describe("never go", () => {
  const status = fc.constantFrom<GateResult["status"][]>("passed", "failed", "undecided", "not-run", "skipped");
  const results: fc.Arbitrary<StageResults> = fc.record({
    file: fc
      .array(fc.record({ severity: fc.constantFrom(...SEVERITIES), state: fc.constantFrom("open" as const, "mended" as const) }))
      .chain((findings) =>
        fc
          .array(fc.record({ trap: fc.constant("target-leak" as const), why: fc.constant("boom") }), { maxLength: 1 })
          .map((unchecked) => ({ ...fileOf(findings.map(findingOf)), unchecked })),
      ),
    comparison: fc.option(
      fc
        .record({
          verdict: fc.constantFrom<Comparison["verdict"][]>("model", "simple-rule", "cannot-learn", "undecided"),
          chosen: fc.constantFrom("linear", "", "not there"),
        })
        .map(comparisonOf),
    ),
    plan: fc.option(fc.constant(planOf("more-data-helps"))),
    proof: fc.option(fc.array(status).map(proofOf)),
    dossier: fc.constant("dossier"),
    until: fc.constantFrom(...STAGES),
  });

  test("with an open blocker, a gate that failed or did not run, no model or no proof; and always in words", () => {
    let went = 0;
    fc.assert(
      fc.property(results, (one) => {
        const { decision, headline } = reachVerdict(one);
        const isOpen = one.file.findings.some(({ severity, state }) => severity === "blocker" && state === "open");
        const isFailed = one.proof?.gates.some((gate) => gate.status === "failed" || gate.status === "not-run") ?? true;
        const isModel = one.comparison?.verdict === "model" && one.comparison.chosen === "linear";
        expect(decision === "go").toBe(!isOpen && !isFailed && isModel && one.file.unchecked.length === 0);
        expect(headline).toMatch(/^[A-Z].*\.$/);
        went += decision === "go" ? 1 : 0;
      }),
      { numRuns: 3000, seed: 1 },
    );
    expect(went).toBeGreaterThan(0);
  });
});
