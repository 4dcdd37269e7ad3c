import { describe, expect, test } from "vitest";
import type { Finding, SplitGap } from "../../../src/core/finding.ts";
import type { RecipeStep } from "../../../src/core/recipe.ts";
import type { Roles } from "../../../src/core/role.ts";
import type { AuditContext } from "../../../src/data/check.ts";
import { beforeTest, besideGap, withWhatBecomes } from "../../../src/data/harm/as-decided.ts";
import type { SplitProposal } from "../../../src/data/index.ts";

const roles = (more: Partial<Roles>) =>
  ({ target: "y", features: [], ids: [], group: null, time: null, ignored: [], why: {}, ...more }) as unknown as Roles;
const finding = (columns: string[], more: Partial<Finding> = {}) =>
  ({
    trap: "derived-column",
    columns,
    state: "open",
    evidence: {},
    fix: { action: "advice", text: "Keep either." },
    ...more,
  }) as unknown as Finding;
const textOf = (one: Finding, after: Roles) => {
  const [{ fix } = one] = withWhatBecomes([one], after);
  return fix.action === "advice" ? fix.text : null;
};

describe("what becomes of columns that others give", () => {
  test("is that they are left in where they are", () => {
    expect(textOf(finding(["a", "b"]), roles({ features: ["a", "b"] }))).toBe("Keep either. They are left in.");
  });

  test("is what another finding, or the role of a column, makes of them", () => {
    const after = roles({ features: ["a", "c"], why: { b: "left out: missing" } });
    expect(textOf(finding(["a", "b"]), after)).toBe("`b` is left out for another reason. `a` is left in.");
    expect(textOf(finding(["a", "b", "c"]), after)).toBe("Keep either. `b` is left out for another reason. `a` and `c` are left in.");
    expect(textOf(finding(["a", "day"]), roles({ features: ["a"], time: "day" }))).toBe(
      "`day` is the time of the rows and no feature. `a` is left in.",
    );
    expect(textOf(finding(["b", "id"]), roles({ ids: ["id"], why: { b: "left out: post-outcome" } }))).toBe(
      "`b` is left out for another reason. `id` is a key and no feature.",
    );
  });

  test("is told no more of columns in nearly the same order that one finding leaves out together", () => {
    const near = finding(["a", "b"], { evidence: { kind: "nearly-same-order" } });
    const mended = (step: RecipeStep) =>
      finding(["a", "b", "c"], { trap: "target-leak", state: "mended", fix: { action: "steps", steps: [step] } });
    const leak = mended({ op: "drop", columns: ["a", "b", "c"] });
    expect(withWhatBecomes([leak, near], roles({}))).toEqual([leak]);
    expect(withWhatBecomes([mended({ op: "drop", columns: ["a"] }), near], roles({}))).toHaveLength(2);
    expect(withWhatBecomes([mended({ op: "missing-indicator", columns: ["a", "b", "c"] }), near], roles({}))).toHaveLength(2);
    expect(withWhatBecomes([{ ...leak, state: "open" }, near], roles({}))).toHaveLength(2);
  });

  test("is not said of what mends, or of other traps", () => {
    expect(textOf(finding(["a", "b"], { trap: "skewed" }), roles({}))).toBe("Keep either.");
    expect(textOf(finding(["a", "b"], { state: "mended" }), roles({}))).toBe("Keep either.");
  });
});

test("of a sample the given test rows are those that are looked at, of all that there are", () => {
  const dataset = (rows: number) => ({ dataset: { rows } }) as unknown as AuditContext;
  const why = (testRows: number, all: number) =>
    beforeTest({ why: "by chance" } as unknown as SplitProposal, {
      ...dataset(1000 + all),
      testRows: new Int32Array(testRows),
      training: dataset(1000),
    }).why;
  expect(why(500, 500)).toContain("before the 500 given test rows judge once");
  expect(why(50, 500)).toContain("before the given test rows (50 of 500 in this sample) judge once");
});

describe("a split that nearest rows decided", () => {
  const proposal = (more: Partial<SplitProposal>) => ({ why: "the nearest rows judge better", ...more }) as unknown as SplitProposal;
  const gap = (metric: string, random: number, proposed: number) =>
    ({ metric, random: { value: random }, proposed: { value: proposed } }) as unknown as SplitGap;
  const whyOf = (more: Partial<SplitProposal>, measured: SplitGap | null) => besideGap(proposal(more), measured).why;

  test("says when the score of a random split is no better", () => {
    const near = { byNearestRows: true } as const;
    expect(whyOf(near, gap("mae", 138, 112))).toContain("the score of a random split is no better here");
    expect(whyOf(near, gap("auc", 0.7, 0.8))).toContain("no better here");
    expect(whyOf(near, gap("mae", 100, 112))).not.toContain("no better");
    expect(whyOf(near, gap("auc", 0.9, 0.8))).not.toContain("no better");
    expect(whyOf({}, gap("auc", 0.7, 0.8))).not.toContain("no better");
    expect(whyOf(near, null)).not.toContain("no better");
  });
});
