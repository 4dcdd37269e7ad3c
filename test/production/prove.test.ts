import { describe, expect, test } from "vitest";
import { BudgetEnded, WouldNotFit } from "../../src/lab/index.ts";
import type { Gate } from "../../src/production/index.ts";
import { GATES, junitXml, prove } from "../../src/production/index.ts";
import { BINARY, contextOf, MULTICLASS, REGRESSION, world } from "./world.ts";

const context = contextOf(world(BINARY, 400));
const gate = (id: string, rubric: readonly string[], run: Gate["run"]): Gate => ({ gate: id, title: `gate ${id}`, rubric, run });
const verdict =
  (status: "passed" | "failed" | "skipped", why = "because") =>
  async () => ({ status, why, measured: null, cites: [], evidence: {} });

describe("prove", () => {
  test.each([BINARY, MULTICLASS, REGRESSION])("an honest model passes every gate: $kind", async (task) => {
    for (const estimator of ["boosting", "linear"]) {
      const proof = await prove(GATES, contextOf(world(task, 1500, 7, estimator)));
      expect(proof.gates.filter(({ status }) => status !== "passed").map(({ gate: id, why }) => `${id}: ${why}`)).toEqual([]);
      expect(JSON.parse(JSON.stringify(proof)).gates).toHaveLength(GATES.length);
    }
  });

  test("a gate that throws has failed with its message, and the others run", async () => {
    const broken = gate("broken", ["I2"], async () => {
      throw new Error("out of <patience>\nstack");
    });
    const { gates } = await prove([broken, gate("fine", [], verdict("passed"))], context);
    expect(gates.map(({ gate: id, status }) => [id, status])).toEqual([
      ["broken", "failed"],
      ["fine", "passed"],
    ]);
    expect(gates[0]!.why).toBe("The gate could not finish: out of <patience>");
    expect(gates[0]!.tookMs).toBeGreaterThanOrEqual(0);
  });
});

test("a gate for which the budget had no time has not run: it is neither passed nor counted", async () => {
  const late = gate("late", ["I2"], async () => {
    throw new BudgetEnded(1000);
  });
  const proof = await prove([late], context);
  expect(proof.gates[0]).toMatchObject({ status: "not-run", why: "The budget ended before it was done." });
  expect(proof.rubric.sections.every(({ score }) => score === 0)).toBe(true);
  expect(junitXml(proof)).toContain('failures="0" errors="0" skipped="1"');
  expect(junitXml(proof)).toContain("<skipped message=");
});

test("a gate that is foreseen not to fit says what it needs and what was left, not that the budget had ended", async () => {
  const why = async (neededMs: number) => {
    const late = gate("late", [], async () => {
      throw new WouldNotFit(neededMs, 9000, 0.5);
    });
    const [result] = (await prove([late], context)).gates;
    expect(result).toMatchObject({ status: "not-run", evidence: { neededMs, leftMs: 9000 } });
    return result!.why;
  };
  expect(await why(12_340)).toBe("It was not begun: it would have taken about 12.3 s, and 9 s of the budget were left.");
  expect(await why(6000)).toBe(
    "It was not begun: it would have taken about 6 s, and 9 s of the budget were left, of which it may take at most 50 %.",
  );
});

describe("ML Test Score", () => {
  const rubricOf = async (gates: readonly Gate[], overrides = {}) => (await prove(gates, { ...context, ...overrides })).rubric;

  test("28 tests in four sections of seven", async () => {
    const { sections } = await rubricOf([]);
    expect(sections.map(({ tests }) => tests.length)).toEqual([7, 7, 7, 7]);
    expect(new Set(sections.flatMap(({ tests }) => tests.map(({ id }) => id))).size).toBe(28);
  });

  test("only what ran counts, and the least section decides", async () => {
    expect(await rubricOf([])).toMatchObject({ score: 0, reading: expect.stringContaining("research project") });
    const gates = [
      gate("d", ["D1", "D7"], verdict("passed")),
      gate("m", ["M5"], verdict("failed")),
      gate("i", ["I1"], verdict("passed")),
      gate("s", ["I2"], verdict("skipped")),
    ];
    const rubric = await rubricOf(gates, {
      ran: [{ test: "D2", by: "permutation importance" }],
    });
    expect(rubric.sections.map(({ score }) => score)).toEqual([3, 1, 1, 0]);
    expect(rubric.score).toBe(0);
    const test = (id: string) => rubric.sections.flatMap(({ tests }) => tests).find((one) => one.id === id)!;
    expect(test("M5").by).toBe("gate m (failed)");
    expect(test("D2")).toMatchObject({ score: 1, by: "permutation importance" });
    expect(test("I2")).toMatchObject({ score: 0, by: "not tested" });
  });

  test("the gates of the house reach every section, no higher than what they run", async () => {
    const { sections, score } = await rubricOf(GATES);
    expect(sections.map((one) => [one.section, one.score])).toEqual([
      ["data", 2],
      ["model", 2],
      ["infrastructure", 2],
      ["monitoring", 1],
    ]);
    expect(score).toBe(1);
  });
});

describe("JUnit", () => {
  test("counts, escapes and keeps out what XML has no place for", async () => {
    const nasty = "a < b && \"c\" > 'd' \u0000\u0008\ud800 \ufffe ]]> \n new line \ud83d\ude80";
    const proof = await prove(
      [gate("a&b", [], verdict("failed", nasty)), gate("skip", [], verdict("skipped", nasty)), gate("ok", [], verdict("passed", nasty))],
      context,
    );
    const xml = junitXml(proof);
    expect(xml).toContain('tests="3" failures="1" errors="0" skipped="1"');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not be there
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/);
    expect(xml.match(/<testcase /g)).toHaveLength(3);
    expect(xml).toContain("a &lt; b &amp;&amp; &quot;c&quot; &gt; &apos;d&apos;");
    expect(xml).toContain("\ud83d\ude80");
    expect(wellFormed(xml)).toBe(true);
  });
});

/** Tags balance, attributes are quoted, and no bare & or < is left. */
function wellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml
    .replace(/^<\?xml [^?]*\?>/, "")
    .replaceAll(/<(\/?)([a-z-]+)((?:\s[\w.-]+="[^"<]*")*)\s*(\/?)>/g, (_tag, end: string, name: string, _attributes, self: string) => {
      if (end === "/") return open.pop() === name ? "" : "<";
      if (self !== "/") open.push(name);
      return "";
    });
  return open.length === 0 && !rest.includes("<") && !/&(?!(amp|lt|gt|quot|apos|#\d+);)/.test(xml);
}
