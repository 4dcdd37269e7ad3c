import { describe, expect, test } from "vitest";
import type { Finding } from "../../../src/core/finding.ts";
import type { RecipeStep } from "../../../src/core/recipe.ts";
import type { Roles } from "../../../src/core/role.ts";
import { withWhatBecomes } from "../../../src/data/harm/what-becomes.ts";

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
