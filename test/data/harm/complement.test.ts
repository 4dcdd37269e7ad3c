import { describe, expect, test } from "vitest";
import type { Suspicion } from "../../../src/core/finding.ts";
import { createRandom } from "../../../src/core/random.ts";
import { derivedColumn } from "../../../src/data/checks/derived-column.ts";
import { KNOWN_AT } from "../../../src/data/findings/answers.ts";
import { withComplements } from "../../../src/data/harm/complement.ts";
import { type ContextOptions, contextOf, numbers, tableOf } from "../table.ts";

const ROWS = 400;

/** Crashes of three kinds, told apart by three marks. */
function crashes(options: ContextOptions = {}) {
  const random = createRandom(5, "kinds");
  const kind = numbers(ROWS, () => random.integer(3));
  const mark = (own: (kind: number) => boolean) => kind.map((value) => Number(own(value)));
  const table = tableOf([
    ["lanes", numbers(ROWS, () => random.normal())],
    ["dead", mark((value) => value === 0)],
    ["hurt", mark((value) => value === 1)],
    ["dented", mark((value) => value === 2)],
    ["worst", numbers(ROWS, (row) => Number(random.next() < 0.2 + 0.3 * kind[row]!))],
  ]);
  return contextOf(table, "worst", options);
}

const leak = (...columns: string[]): Suspicion => {
  const steps = [{ op: "drop" as const, columns }];
  return {
    trap: "target-leak",
    columns,
    rows: { count: 0, sample: [] },
    severity: "blocker",
    confidence: 0.7,
    evidence: {},
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: "Known?",
    choices: KNOWN_AT,
    why: "It tells.",
  };
};

const told = async (leaks: readonly Suspicion[], options: ContextOptions = {}) => {
  const context = crashes(options);
  return withComplements(context, [...leaks, ...(await derivedColumn.inspect(context))]).filter(({ trap }) => trap === "target-leak");
};

describe("the last of marks of which one is 1 in each row", () => {
  test("is left out with the others, and asked about with them", async () => {
    const [found] = await told([leak("dented", "hurt")]);
    expect(found).toMatchObject({
      columns: ["dead", "dented", "hurt"],
      fix: { steps: [{ op: "drop", columns: ["dead", "dented", "hurt"] }] },
      counterfactual: { steps: [{ op: "drop", columns: ["dead", "dented", "hurt"] }], flatters: true },
      why: expect.stringContaining("`dead` is 1 just where none of"),
      question: expect.stringContaining("`dead`, `dented` and `hurt`"),
    });
  });

  test("joins the finding that holds most of them", async () => {
    const found = await told([leak("hurt"), leak("dented")]);
    expect(found.map(({ columns }) => columns)).toEqual([["dead", "hurt"], ["dented"]]);
  });

  test("stays where two are left, or where it is said to be known before", async () => {
    expect((await told([leak("hurt")])).map(({ columns }) => columns)).toEqual([["hurt"]]);
    const known = await told([leak("dented", "hurt")], { knownAt: { dead: "before" } });
    expect(known.map(({ columns }) => columns)).toEqual([["dented", "hurt"]]);
  });

  test("of marks of which another is the sum, the sum alone follows", () => {
    const set = {
      ...leak("any", "hurt", "dented"),
      trap: "derived-column",
      evidence: { kind: "any-of" },
      fix: { action: "advice", text: "" },
      counterfactual: null,
    } as Suspicion;
    const columnsOf = (one: Suspicion) => withComplements(crashes(), [one, set])[0]!.columns;
    expect(columnsOf(leak("hurt", "dented"))).toEqual(["any", "dented", "hurt"]);
    expect(columnsOf(leak("any", "hurt"))).toEqual(["any", "hurt"]);
  });
});
