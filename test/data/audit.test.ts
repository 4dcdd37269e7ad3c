import { describe, expect, test } from "vitest";
import type { Answers } from "../../src/core/answers.ts";
import { OldhandError } from "../../src/core/error.ts";
import type { Suspicion } from "../../src/core/finding.ts";
import { createRandom } from "../../src/core/random.ts";
import type { Check } from "../../src/data/check.ts";
import { wrongLabel } from "../../src/data/checks/wrong-label.ts";
import { audit, CHECKS, findingsFile } from "../../src/data/index.ts";
import { Cancelled } from "../../src/lab/index.ts";
import { auditOf, dropping, LEAKS } from "./audited.ts";
import { contextOf, honestTable, numbers, tableOf } from "./table.ts";
import { checkSaying, tinyLab } from "./tiny-lab.ts";

/** `call_duration` is written afterwards; `copy` nearly is the target. */
const leaky = honestTable(500, 1, (random, target) => [
  ["call_duration", target.map((y) => 1.6 * y + random.normal())],
  ["copy", target.map((y) => 6 * y + random.normal())],
]);

describe("audit", () => {
  test("strong columns that each tell something of their own stay in until somebody answers, and are priced together", async () => {
    const easy = honestTable(501, 3, (random, target) => [
      ["width", target.map((y) => 3 * y + random.normal())],
      ["length", target.map((y) => 3 * y + random.normal())],
    ]);
    const { result } = await auditOf(easy, "bought", "auc");
    const [found, ...others] = result.findings;
    expect(others).toEqual([]);
    expect(found).toMatchObject({ id: "target-leak:length,width", severity: "harmful", state: "open", choices: ["after", "before"] });
    expect(found!.harm!.claimed - found!.harm!.honest).toBeGreaterThan(0.2);
    expect(found!.harm!.bothWithout).toBeUndefined();
    expect(result.roles.features).toEqual(expect.arrayContaining(["length", "width"]));
    const knownAt = { width: "after", length: "after" } as const;
    const answers = { [found!.id]: "after" };
    const answered = await auditOf(easy, "bought", "auc", { knownAt, answers });
    expect(answered.result.findings.map(({ severity, state, answer }) => [severity, state, answer])).toEqual([
      ["blocker", "mended", "after"],
      ["blocker", "mended", "after"],
    ]);
  });

  test("a group that is only asked about is judged by chance, and says so; once it is answered it does not", async () => {
    const table = honestTable(400, 2, (_, target) => [["who", target.map((_y, i) => `w${i % 40}`)]]);
    const split = { policy: "group", by: ["who"], folds: 5, repeats: 1 } as const;
    const naive = { policy: "stratified", folds: 5, repeats: 1 } as const;
    const asks = checkSaying("group-leak", {
      columns: ["who"],
      severity: "harmful",
      confidence: 0.3,
      fix: { action: "split", split },
      counterfactual: { change: "split", naive, honest: split },
      question: "New ones or the same?",
      choices: ["new", "same"],
    });
    const mark = async (answers: Answers) => {
      const { result } = await auditOf(table, "bought", "auc", { answers }, [asks]);
      return [result.split.policy, result.findings[0]!.evidence.judgedByChance];
    };
    expect(await mark({})).toEqual(["stratified", true]);
    expect(await mark({ "group-leak:who": "new" })).toEqual(["group", undefined]);
  });

  test("leaks are found, priced on ground where the others are gone too, taken out and told in order of harm", async () => {
    const { context, result, lab } = await auditOf(leaky, "bought", "auc");
    expect(result.findings.map(({ id, trap, columns, severity, state }) => [id, trap, columns[0], severity, state])).toEqual([
      ["target-leak:copy", "target-leak", "copy", "blocker", "mended"],
      ["post-outcome:call_duration", "post-outcome", "call_duration", "blocker", "mended"],
    ]);
    for (const { harm } of result.findings) {
      expect(harm).toMatchObject({ metric: "auc", level: 0.95 });
      expect(harm!.delta).toBeCloseTo(harm!.honest - harm!.claimed, 12);
      expect(harm!.high).toBeLessThan(0);
      expect(harm!.q).toBeGreaterThanOrEqual(harm!.p);
      expect(harm!.experiments).toHaveLength(2);
    }
    expect(result.findings[0]!.harm!.experiments[1]).toBe(result.findings[1]!.harm!.experiments[1]);
    expect(result.findings.map(({ harm }) => harm?.bothWithout)).toEqual([["call_duration"], ["copy"]]);
    expect(lab.counts.computed).toBe(3);
    expect(result.recipe).toEqual([
      { op: "drop", columns: ["call_duration"] },
      { op: "drop", columns: ["copy"] },
    ]);
    expect(result.roles.features).toEqual(["height", "weight", "income", "noise", "town"]);
    expect(result.roles.ignored).toEqual(["call_duration", "copy"]);
    expect(result.gap).toBeNull();
    const file = findingsFile(context, result, "auc");
    expect(JSON.parse(JSON.stringify(file))).toMatchObject({
      schema: "oldhand/findings/1",
      dataset: { metric: "auc", split: { policy: "stratified" } },
    });
  });

  test("an answer keeps the column or makes the leak certain", async () => {
    const knownAt = { call_duration: "before", copy: "after" } as const;
    const { result } = await auditOf(leaky, "bought", "auc", { knownAt });
    expect(result.findings.map(({ columns, confidence, answer }) => [columns[0], confidence, answer])).toEqual([["copy", 1, "after"]]);
    expect(result.roles.features).toContain("call_duration");
  });

  test("rows that are equal but for a key are not mended by leaving the key out", async () => {
    const table = honestTable(300, 2, (_, target) => [["key", target.map((_y, i) => `k${i}`)]]);
    const steps = [{ op: "drop-duplicate-rows" as const, ignoring: ["key"] }];
    const copies = checkSaying("hidden-duplicate", {
      columns: ["key"],
      confidence: 0.4,
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: true },
    });
    const keyed = checkSaying("identifier", { ...dropping("key"), severity: "cosmetic", confidence: 0.9 });
    const { result } = await auditOf(table, "bought", "auc", {}, [copies, keyed]);
    expect(result.findings.map(({ trap, state }) => [trap, state]).sort()).toEqual([
      ["hidden-duplicate", "open"],
      ["identifier", "mended"],
    ]);
    expect(result.recipe).toEqual([{ op: "drop", columns: ["key"] }]);
  });

  test("a repair that names the column of a leak does not take over the harm of the leak", async () => {
    const steps = [{ op: "drop" as const, columns: ["copy", "noise"] }];
    const repair: Partial<Suspicion> = {
      columns: ["copy", "noise"],
      severity: "costly",
      fix: { action: "steps", steps },
      counterfactual: { change: "steps", steps, flatters: false },
    };
    const { result } = await auditOf(leaky, "bought", "auc", {}, [checkSaying("target-leak", dropping("copy"), repair)]);
    const [leak, other] = [1, 2].map((count) => result.findings.find(({ columns }) => columns.length === count));
    expect(leak).toMatchObject({ severity: "blocker", state: "mended" });
    expect(leak!.harm!.high).toBeLessThan(0);
    expect(Math.abs(other!.harm!.delta)).toBeLessThan(0.05);
    expect(other!.harm!.claimed).toBeLessThan(leak!.harm!.claimed);
  });

  test("an open suspicion of a column that another repair leaves out is closed with it: nothing hangs on its question", async () => {
    const doubt: Partial<Suspicion> = { ...dropping("copy"), severity: "harmful", confidence: 0.3, question: "?" };
    const steps = [{ op: "drop" as const, columns: ["copy", "noise"] }];
    const counterfactual = { change: "steps" as const, steps, flatters: true };
    const fix = { action: "steps" as const, steps };
    const repair: Partial<Suspicion> = { columns: ["copy", "noise"], severity: "cosmetic", fix, counterfactual };
    const of = async (...said: readonly Partial<Suspicion>[]) => {
      const { result } = await auditOf(leaky, "bought", "auc", {}, [checkSaying("target-leak", ...said)]);
      return result.findings.find(({ columns }) => columns.length === 1);
    };
    expect(await of(doubt)).toMatchObject({ state: "open", question: "?" });
    const closed = await of(doubt, repair);
    expect(closed).toMatchObject({ severity: "harmful", state: "mended", question: null, choices: null });
    expect(closed!.harm!.high).toBeLessThan(0);
  });

  test("a likely leak that makes no difference is cosmetic and stays out, with its question", async () => {
    const { result } = await auditOf(leaky, "bought", "auc", {}, [checkSaying("target-leak", { ...dropping("noise"), question: "?" })]);
    expect(result.findings[0]).toMatchObject({ severity: "cosmetic", state: "mended", question: "?" });
    expect(result.roles.features).not.toContain("noise");
  });

  test("a likely leak without which the score is exactly the same is decided: it stays in, without a question", async () => {
    const flat = honestTable(500, 1, (_, target) => [["flat", target.map(() => 1)]]);
    const [doubt, sure] = [
      { ...dropping("flat"), question: "?" },
      { ...dropping("flat"), evidence: { certain: true } },
    ];
    const { result } = await auditOf(flat, "bought", "auc", {}, [checkSaying("target-leak", doubt)]);
    expect(result.findings[0]).toMatchObject({ severity: "cosmetic", state: "open", question: null, harm: { delta: 0, low: 0, high: 0 } });
    expect(result.roles.features).toContain("flat");
    expect(result.recipe).toEqual([]);
    const certain = await auditOf(flat, "bought", "auc", {}, [checkSaying("target-leak", sure)]);
    expect(certain.result.findings[0]).toMatchObject({ severity: "blocker", state: "mended" });
  });

  test("no difference does not excuse what is certain", async () => {
    const { result } = await auditOf(leaky, "bought", "auc", {}, [
      checkSaying("target-leak", { ...dropping("noise"), evidence: { certain: true } }),
    ]);
    expect(result.findings[0]).toMatchObject({ severity: "blocker", state: "mended" });
  });

  test("a leak of weak evidence stays, as a question, however probable such leaks are", async () => {
    const { result } = await auditOf(leaky, "bought", "auc", {}, [
      checkSaying("target-leak", { ...dropping("copy"), confidence: 0.45, question: "?" }),
    ]);
    const [only] = result.findings;
    expect(only).toMatchObject({ severity: "harmful", state: "open", stance: "asks", strength: 0.45 });
    expect(only!.confidence).toBeGreaterThan(0.5);
    expect([result.roles.features.includes("copy"), result.recipe]).toEqual([true, []]);
  });

  test("a repair that helps is made, one that makes the score worse is not", async () => {
    const random = createRandom(5, "coded");
    const x = numbers(600, () => random.normal());
    const y = x.map((value) => Number(value + 0.5 * random.normal() > 0));
    const table = tableOf([
      ["good", x.map((value) => (random.next() < 0.15 ? -999 : value))],
      ["x", x.map((value) => value + 0.8 * random.normal())],
      ["y", y],
    ]);
    const nulls = (column: string, values: number[]): Partial<Suspicion> => {
      const steps = [{ op: "null-out" as const, column, values }];
      return {
        trap: "sentinel",
        severity: "harmful",
        columns: [column],
        fix: { action: "steps", steps },
        counterfactual: { change: "steps", steps, flatters: false },
      };
    };
    const helped = await auditOf(table, "y", "auc", {}, [checkSaying("target-leak", nulls("good", [-999]))]);
    expect(helped.result.findings[0]).toMatchObject({ severity: "harmful", state: "mended" });
    expect(helped.result.findings[0]!.harm!.low).toBeGreaterThan(0);
    expect(helped.result.recipe).toEqual([{ op: "null-out", column: "good", values: [-999] }]);
    const honest = honestTable(500, 1);
    const height = honest.frame.columns[0]!;
    const hurt = await auditOf(honest, "bought", "auc", {}, [
      checkSaying("target-leak", nulls("height", "values" in height ? [...height.values] : [])),
    ]);
    expect(hurt.result.findings[0]).toMatchObject({ severity: "cosmetic", state: "kept" });
    expect(hurt.result.findings[0]!.harm!.high).toBeLessThan(0);
    expect(hurt.result.recipe).toEqual([]);
  });

  const leavingOut = (...columns: string[]): Partial<Suspicion> => {
    const steps = [{ op: "drop" as const, columns }];
    const counterfactual = { change: "steps" as const, steps, flatters: false };
    return { trap: "missing", columns, severity: "costly", fix: { action: "steps", steps }, counterfactual };
  };

  test("what leaves out a column with an open leak question waits for the answer: what the leak brings is no reason to keep it", async () => {
    const doubt: Partial<Suspicion> = { ...dropping("copy"), severity: "harmful", confidence: 0.3, question: "?" };
    const { result } = await auditOf(leaky, "bought", "auc", {}, [checkSaying("target-leak", doubt, leavingOut("copy"))]);
    const fix = result.findings.find(({ trap }) => trap === "missing");
    expect(fix).toMatchObject({
      state: "open",
      harm: null,
      unmeasured: expect.stringMatching(/^Undecided until target-leak:copy is answered/),
    });
    expect(result.roles.features).toContain("copy");
  });

  test("it waits no more once the prices have closed the question, and what a likely leak brings does not keep it either", async () => {
    const flat = honestTable(500, 1, (_, target) => [["flat", target.map(() => 1)]]);
    const doubt: Partial<Suspicion> = { ...dropping("flat"), severity: "harmful", confidence: 0.3, question: "?" };
    const closed = await auditOf(flat, "bought", "auc", {}, [checkSaying("target-leak", doubt, leavingOut("flat"))]);
    expect(closed.result.findings.map(({ trap, state }) => [trap, state])).toContainEqual(["missing", "mended"]);
    const likely = await auditOf(leaky, "bought", "auc", {}, [checkSaying("target-leak", dropping("copy"), leavingOut("copy"))]);
    expect(likely.result.findings.map(({ trap, state }) => [trap, state])).toContainEqual(["missing", "mended"]);
  });

  test("of two columns that say the same one is kept", async () => {
    const twins = honestTable(800, 4, (random, target) => {
      const told = target.map((y) => 2 * y + random.normal());
      return [
        ["once", told],
        ["twice", [...told]],
      ];
    });
    const { result } = await auditOf(twins, "bought", "auc", {}, [checkSaying("target-leak", leavingOut("once"), leavingOut("twice"))]);
    expect(result.findings.map(({ state }) => state).toSorted()).toEqual(["kept", "mended"]);
    expect(result.roles.features.filter((name) => name === "once" || name === "twice")).toHaveLength(1);
  });

  test("fixes never take the last feature", async () => {
    const table = tableOf([
      ["a", numbers(100, (i) => (i * 7) % 10)],
      ["y", numbers(100, (i) => i % 2)],
    ]);
    const { result } = await auditOf(table, "y", "auc", {}, [checkSaying("target-leak", dropping("a"))]);
    expect(result.roles.features).toEqual(["a"]);
    expect(result.notes.join()).toMatch(/would leave no feature/);
  });

  const failing = (error: Error): Check => ({
    trap: "constant",
    title: "fails",
    inspect: () => {
      throw error;
    },
  });

  test("a check that breaks down is named in the file, the others still speak", async () => {
    const { context, result } = await auditOf(leaky, "bought", "auc", {}, [failing(new Error("broken\nstack")), ...LEAKS]);
    expect(result.findings).toHaveLength(2);
    expect(findingsFile(context, result, "auc").unchecked).toEqual([{ trap: "constant", why: "broken" }]);
  });

  test.each([new Cancelled(), new OldhandError("no-features", { what: "none" })])(
    "what stops the audit or is the user's error goes up from a check: %s",
    async (error) => {
      await expect(auditOf(leaky, "bought", "auc", {}, [failing(error)])).rejects.toBe(error);
    },
  );

  test("when the budget is over, findings stand without harm and leaks are still taken out", async () => {
    const context = contextOf(leaky, "bought");
    const { lab, experimentFor } = tinyLab(context, "auc", 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const result = await audit(context, LEAKS, lab, experimentFor);
    expect(result.findings.map(({ harm, severity, state }) => [harm, severity, state])).toEqual([
      [null, "blocker", "mended"],
      [null, "blocker", "mended"],
    ]);
    expect(result.notes.join(" ")).toMatch(/budget ended/);
  });

  test("checks that the budget leaves no time for are named, and nothing of them is claimed", async () => {
    const context = contextOf(leaky, "bought");
    const { lab, experimentFor } = tinyLab(context, "auc");
    let made = 0;
    const counted = LEAKS.map((check) => ({
      ...check,
      inspect: (seen: typeof context) => {
        made++;
        return check.inspect(seen);
      },
    }));
    const { findings, unchecked } = await audit(context, counted, lab, experimentFor, { leftMs: () => 2 - made });
    expect(made).toBe(2);
    expect(unchecked).toEqual(LEAKS.slice(2).map(({ trap }) => ({ trap, why: "the budget ended first" })));
    expect(findings.every(({ trap }) => !unchecked.some((one) => one.trap === trap))).toBe(true);
  });

  test("checks that wait for a model's answers are unchecked when the budget is over", async () => {
    const context = contextOf(leaky, "bought");
    const { lab, experimentFor } = tinyLab(context, "auc", 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { unchecked } = await audit(context, [...LEAKS, wrongLabel], lab, experimentFor);
    expect(unchecked).toEqual([{ trap: "wrong-label", why: "the budget ended first" }]);
  });

  test("a cancelled audit stops", async () => {
    const context = contextOf(leaky, "bought");
    const { lab, experimentFor } = tinyLab(context, "auc");
    await expect(audit(context, LEAKS, lab, experimentFor, { signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
  });

  test("groups: the gap to a random split is measured and is the harm", async () => {
    const random = createRandom(9, "groups");
    const centre = numbers(50, () => 0).map(() => ({ x: 3 * random.normal(), z: 3 * random.normal(), y: random.integer(2) }));
    const group = random.shuffle(numbers(400, (i) => Math.floor(i / 8)));
    const table = tableOf([
      ["patient_id", group.map((place) => `p${place}`)],
      ["x", group.map((place) => centre[place]!.x + 0.2 * random.normal())],
      ["z", group.map((place) => centre[place]!.z + 0.2 * random.normal())],
      ["y", group.map((place) => centre[place]!.y)],
    ]);
    const { result } = await auditOf(table, "y", "auc");
    expect(result.split).toMatchObject({ policy: "group", by: ["patient_id"] });
    expect(result.roles).toMatchObject({ group: "patient_id", features: ["x", "z"] });
    expect(result.findings[0]).toMatchObject({ trap: "group-leak", severity: "blocker", state: "mended" });
    expect(result.gap!.random.value - result.gap!.proposed.value).toBeGreaterThan(0.2);
    expect(result.findings[0]!.harm!.claimed).toBe(result.gap!.random.value);
  });

  test("a clean table: nothing is taken out", async () => {
    const { result } = await auditOf(honestTable(500, 21), "bought", "auc", {}, CHECKS);
    expect(result.findings.filter(({ severity }) => severity === "blocker")).toEqual([]);
    expect(result.roles.features).toHaveLength(5);
  });
});
