import { describe, expect, test } from "vitest";
import { isFound, type Natural, nameOf, naturalsOf, rulingOf, SPARSE_LISTS, type Verdict, verdictsOf } from "../../bench/traps/naturals.ts";
import { realOf } from "../../bench/traps/summary.ts";
import type { Finding } from "../../src/core/finding.ts";

const told = (trap: string, ...columns: string[]) => ({ trap, columns }) as unknown as Finding;
const table: Natural = {
  table: "made/up",
  target: "y",
  traps: [{ ids: ["identifier"], columns: ["id"] }],
  maybe: [{ ids: ["skewed"], columns: [] }],
};
const verdict = (trap: string, columns: string[], real: boolean | null): Verdict => ({
  ...{ list: "natural", table: "made/up", target: "y", why: "" },
  ...{ trap, columns, real },
});

describe("whether a finding in a natural table is real", () => {
  test("what the list names or allows is", () => {
    expect(rulingOf(table, told("identifier", "id"), [])).toEqual({ real: true, how: "listed" });
    expect(rulingOf(table, told("skewed", "y"), [])).toEqual({ real: true, how: "listed" });
  });

  test("outside the list the verdict on its table, trap and columns tells, else nobody", () => {
    const verdicts = [verdict("sentinel", ["a"], true), verdict("sentinel", ["b"], false), verdict("missing", ["a"], null)];
    expect(rulingOf(table, told("sentinel", "b"), verdicts)).toEqual({ real: false, how: "judged" });
    expect(rulingOf(table, told("sentinel", "a"), verdicts)).toEqual({ real: true, how: "judged" });
    expect(rulingOf(table, told("missing", "a"), verdicts)).toEqual({ real: false, how: "undecided" });
    expect(rulingOf(table, told("missing", "a", "b"), [verdict("missing", ["a"], true)])).toEqual({ real: false, how: "open" });
    expect(rulingOf({ ...table, target: "z" }, told("missing", "a"), [verdict("missing", ["a"], true)])).toEqual({
      real: false,
      how: "open",
    });
  });

  test("a verdict is of one finding", () => {
    const verdicts = [verdict("sentinel", ["a"], true)];
    expect(["judged", "open"]).toEqual([1, 2].map(() => rulingOf(table, told("sentinel", "a"), verdicts).how));
  });

  test("every verdict is of a table of a sparse list, has a reason, and the list does not name what it is of", () => {
    for (const list of SPARSE_LISTS.map((one) => `natural${one}`)) {
      const tables = new Map(naturalsOf(list).map((one) => [nameOf(one), one]));
      for (const one of verdictsOf(list)) {
        const { traps, maybe } = tables.get(nameOf(one)) ?? { traps: null, maybe: [] };
        expect(traps, nameOf(one)).not.toBeNull();
        expect([...(traps ?? []), ...maybe].some((known) => isFound(known, told(one.trap, ...one.columns)))).toBe(false);
        expect(one.why.length).toBeGreaterThan(10);
      }
    }
  });
});

describe("the share of findings that are real", () => {
  test("one that speaks for three counts three times, and the interval is of as many as the weights are worth", () => {
    const seen = [{ real: true }, { real: true }, { real: false, weight: 2 }];
    expect(realOf(seen)).toMatchObject({ of: 3, value: 0.5 });
    // (1 + 1 + 2)^2 / (1 + 1 + 4) = 2.67 findings
    expect((realOf(seen)?.high ?? 0) - (realOf(seen)?.low ?? 0)).toBeGreaterThan(
      (realOf([...seen, { real: true }, { real: false }])?.high ?? 0) - (realOf([...seen, { real: true }, { real: false }])?.low ?? 0),
    );
    expect(realOf([{ real: true }, { real: false }])).toEqual({ of: 2, value: 0.5, low: 0.095, high: 0.905 });
    expect(realOf([])).toBeNull();
  });
});
