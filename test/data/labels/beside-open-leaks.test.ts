import { expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { besideOpenLeaks, openLeaks } from "../../../src/data/labels/beside-open-leaks.ts";

const leak = (column: string, severity: Suspicion["severity"] = "harmful"): Suspicion => {
  const steps = [{ op: "drop" as const, columns: [column] }];
  return {
    trap: "post-outcome",
    columns: [column],
    rows: { count: 0, sample: [] },
    severity,
    confidence: 0.45,
    evidence: {},
    fix: { action: "advice", text: "" },
    counterfactual: { change: "steps", steps, flatters: true },
    question: "?",
    why: "",
  };
};
const wrong: Suspicion = { ...leak("y"), trap: "wrong-label", confidence: 0.91, counterfactual: null, why: "4 values look wrong." };

test("leaks that are left out already, or hardly matter, are not open", () => {
  const [asked, made, small] = [leak("visits"), leak("paid", "blocker"), leak("note", "cosmetic")];
  expect(openLeaks([asked, made, small], [made])).toEqual(["visits"]);
  expect(openLeaks([asked, { ...asked }], [asked])).toEqual([]);
});

test("labels are only asked about beside an open leak, which is named", () => {
  const [told] = besideOpenLeaks([wrong], ["visits"]);
  expect(told).toMatchObject({ confidence: 0.45, severity: "costly", evidence: { openLeaks: ["visits"] } });
  expect(told!.why).toContain("`visits`, which may be known only afterwards");
  expect(besideOpenLeaks([wrong], [])).toEqual([wrong]);
  expect(besideOpenLeaks([leak("x")], ["visits"])).toEqual([leak("x")]);
});
