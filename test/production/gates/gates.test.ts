import { describe, expect, test } from "vitest";
import { type Column, type Frame, takeRows } from "../../../src/core/column.ts";
import type { Finding } from "../../../src/core/finding.ts";
import { createRandom } from "../../../src/core/random.ts";
import type { Scorer } from "../../../src/core/scorer.ts";
import { GATES, type GateContext } from "../../../src/production/index.ts";
import { BINARY, comparisonOf, contextOf, MULTICLASS, REGRESSION, world } from "../world.ts";

const binary = world(BINARY, 1500);
const regression = world(REGRESSION, 1500);

function run(gate: string, context: GateContext) {
  const found = GATES.find((one) => one.gate === gate);
  if (found === undefined) throw new Error(`no gate ${gate}`);
  return found.run(context);
}

const withScorer = (change: Partial<Scorer>, made = binary) => contextOf({ ...made, scorer: { ...made.scorer, ...change } });
const numbersOf = (frame: Frame, name: string) =>
  (frame.columns.find((column) => column.name === name) as Extract<Column, { values: Float64Array }>).values;

test("ids are unique, and each rubric test is one of the 28", () => {
  expect(new Set(GATES.map(({ gate }) => gate)).size).toBe(GATES.length);
  for (const { rubric } of GATES) for (const id of rubric) expect(id).toMatch(/^[DMIO][1-7]$/);
});

describe("beats-baseline", () => {
  const { candidates } = comparisonOf(BINARY);
  const gain = (low: number) =>
    comparisonOf(BINARY, {
      candidates: candidates.map((one) => (one.overBaseline === null ? one : { ...one, overBaseline: { ...one.overBaseline, low } })),
    });

  test("an interval that holds 0, a simple rule, or nothing chosen fails", async () => {
    const failed = await run("beats-baseline", contextOf(binary, { comparison: gain(-0.001) }));
    expect([failed.status, failed.why]).toEqual(["failed", expect.stringMatching(/^Not shown to be better than rule on age \(gain /)]);
    expect(
      (await run("beats-baseline", contextOf(binary, { comparison: comparisonOf(BINARY, { chosen: "rule", verdict: "simple-rule" }) })))
        .status,
    ).toBe("failed");
    expect((await run("beats-baseline", contextOf(binary, { comparison: comparisonOf(BINARY, { chosen: "" }) }))).status).toBe("failed");
  });

  test("a gain beyond its interval passes and is printed with it", async () => {
    const passed = await run("beats-baseline", contextOf(binary, { comparison: gain(0.001) }));
    expect(passed).toMatchObject({ status: "passed", measured: { value: 0.2, low: 0.001 } });
    expect(passed.why).toContain("rule on age");
  });
});

test("no-open-blocker: an open blocker fails, a mended one and open lesser findings do not", async () => {
  const finding = {
    id: "f1",
    trap: "target-leak",
    severity: "blocker",
    state: "open",
    why: "duration tells the answer",
  } as unknown as Finding;
  const status = async (...findings: Finding[]) => (await run("no-open-blocker", contextOf(binary, { findings }))).status;
  expect(await status(finding)).toBe("failed");
  expect(await status({ ...finding, state: "mended" }, { ...finding, severity: "harmful" })).toBe("passed");
});

test("no-open-blocker: undecided while the score may be worse by what counts if a question is answered so", async () => {
  const harm = { metric: "auc", claimed: 0.996, honest: 0.626, honestLow: 0.6, honestHigh: 0.65, low: -0.4, high: -0.34 };
  const asked = {
    id: "target-leak:a,b",
    severity: "harmful",
    state: "open",
    columns: ["a", "b"],
    question: "Are they already written?",
    choices: ["after", "before"],
    answer: null,
    harm,
  } as unknown as Finding;
  const judged = (change: Partial<Finding>) => run("no-open-blocker", contextOf(binary, { findings: [{ ...asked, ...change }] }));
  const open = await judged({});
  expect([open.status, open.evidence.asked]).toEqual(["undecided", ["target-leak:a,b"]]);
  expect(open.why).toBe(
    'Nobody has said whether "a" and "b" are known when a prediction is made: 0.626 is left of 0.996 without them. Are they already written?',
  );
  expect((await judged({ answer: "before" })).status).toBe("passed");
  expect((await judged({ harm: { ...harm, low: -0.009, high: -0.001 } as Finding["harm"] })).status).toBe("passed");
});

describe("calibration", () => {
  const judge = async (change: (p: number) => number) =>
    run("calibration", contextOf(binary, { judged: { ...binary.honest, truth: honestTruth, outputs: honestSaid.map(change) } }));
  const random = createRandom(3, "calibrated");
  const honestSaid = Float64Array.from({ length: 3000 }, () => 1 / (1 + Math.exp(-1.5 * random.normal())));
  const honestTruth = honestSaid.map((p) => (random.next() < p ? 1 : 0));

  test("probabilities that come true pass; overconfident, shifted and turned-round ones fail", async () => {
    expect((await judge((p) => p)).status).toBe("passed");
    const logit = (p: number) => Math.log(p / (1 - p));
    const from = (z: number) => 1 / (1 + Math.exp(-z));
    expect((await judge((p) => from(3 * logit(p)))).status).toBe("failed");
    expect((await judge((p) => from(logit(p) - 0.8))).status).toBe("failed");
    expect((await judge((p) => 1 - p)).status).toBe("failed");
  });

  test("each verdict says whether a fault is shown, by which question, and whether it counts", async () => {
    const exact =
      /is not shown \(the surest of three tests, whether .*: p .*, counted thrice\); .*, less than the 5 % from which it counts\.$/;
    expect((await judge((p) => p)).why).toMatch(exact);
    expect((await judge((p) => p / 2)).why).toMatch(/is shown \(the surest .*more than the 5 % from which it counts\.$/);
    // Off by a little for everybody: certain on these rows, and too small to count.
    const shifted = await judge((p) => Math.min(0.999, p + 0.035));
    expect([shifted.status, shifted.why]).toEqual(["passed", expect.stringMatching(/exact is shown .*less than the 5 %/)]);
  });

  test("over many calibrated models nearly none fails", async () => {
    let failed = 0;
    for (let seed = 0; seed < 60; seed++) {
      const draw = createRandom(seed, "rare");
      const outputs = Float64Array.from({ length: 300 }, () => 0.2 * draw.next());
      const truth = outputs.map((p) => (draw.next() < p ? 1 : 0));
      failed += Number((await run("calibration", contextOf(binary, { judged: { ...binary.honest, outputs, truth } }))).status === "failed");
    }
    expect(failed).toBeLessThanOrEqual(2);
  });

  test("groups are the units: what a few groups show is not certain, in probabilities, means, medians and coverage", async () => {
    const draw = createRandom(6, "groups");
    const groups = Int32Array.from({ length: 1000 }, (_, row) => row % 10);
    const shared = Array.from({ length: 10 }, () => 12 * draw.normal());
    const truth = Float64Array.from({ length: 1000 }, (_, row) => 100 + 10 * draw.normal() + shared[groups[row]!]!);
    const outputs = truth.map((value, row) => value - shared[groups[row]!]! - draw.normal());
    const judged = { ...regression.honest, truth, outputs };
    for (const name of ["rmse", "mae"]) {
      const base = contextOf(regression, { judged });
      const ask = async (of: Int32Array | null) => run("calibration", { ...base, groups: of, metric: { ...base.metric, name } });
      const [byGroup, byRow] = [await ask(groups), await ask(null)];
      const width = ({ measured }: typeof byGroup) => measured!.high - measured!.low;
      expect(width(byGroup), name).toBeGreaterThan(3 * width(byRow));
      expect(Number(byGroup.evidence.biasP), name).toBeGreaterThan(10 * Number(byRow.evidence.biasP));
      expect(Number(byGroup.evidence.coverageLow), name).toBeLessThan(Number(byRow.evidence.coverageLow) - 0.05);
    }
    const alike = Float64Array.from({ length: 1000 }, (_, row) => (groups[row]! < 5 ? 1 : 0));
    const said = alike.map((_, row) => 0.2 + 0.06 * groups[row]!);
    const ask = async (of: Int32Array | null) =>
      Number(
        (await run("calibration", contextOf(binary, { groups: of, judged: { ...binary.honest, truth: alike, outputs: said } }))).evidence.p,
      );
    expect(await ask(null)).toBeLessThan(1e-6);
    expect(await ask(groups)).toBeGreaterThan(1e-4);
  });

  test("three classes: honest passes, sharpened fails", async () => {
    const draw = createRandom(4, "classes");
    const rows = Array.from({ length: 2000 }, () => {
      const raw = [1, 2, 3].map(() => Math.exp(draw.normal()));
      const sum = raw.reduce((a, b) => a + b, 0);
      return raw.map((one) => one / sum);
    });
    const truth = Float64Array.from(rows, ([a, b]) => {
      const u = draw.next();
      return u < a! ? 0 : u < a! + b! ? 1 : 2;
    });
    const sharp = rows.map((row) => {
      const raw = row.map((p) => p ** 4);
      return raw.map((one) => one / raw.reduce((a, b) => a + b, 0));
    });
    const status = async (said: readonly number[][]) =>
      (
        await run(
          "calibration",
          contextOf(binary, { judged: { task: MULTICLASS, truth, outputs: Float64Array.from(said.flat()), weight: null } }),
        )
      ).status;
    expect([await status(rows), await status(sharp)]).toEqual(["passed", "failed"]);
  });

  test("regression: a bias that matters fails, for means and for medians; a residual that grows along the rows is seen in the coverage", async () => {
    const status = async (change: (value: number, row: number) => number, metric = "rmse") => {
      const context = contextOf(regression, { judged: { ...regression.honest, outputs: regression.honest.outputs.map(change) } });
      return run("calibration", { ...context, metric: { ...context.metric, name: metric } });
    };
    expect((await status((value) => value)).status).toBe("passed");
    expect((await status((value) => value, "mae")).status).toBe("passed");
    expect((await status((value) => value + 8)).status).toBe("failed");
    expect((await status((value) => value + 8, "mae")).status).toBe("failed");
    const drifting = await status((value, row) => value + (row > 1200 ? (row % 2 === 0 ? 60 : -60) : 0));
    expect(Number(drifting.evidence.worstBlock)).toBeLessThan(0.2);
    expect(drifting.status).toBe("failed");
  });

  test("too few rows are not shown to be calibrated", async () => {
    const few = { ...binary.honest, truth: binary.honest.truth.slice(0, 30), outputs: binary.honest.outputs.slice(0, 30) };
    expect((await run("calibration", contextOf(binary, { judged: few }))).status).toBe("failed");
  });
});

describe("robustness", () => {
  test("a model that throws or gives NaN for a missing or an unknown value fails", async () => {
    const nan = (frame: Frame) => Float64Array.from(numbersOf(frame, "age"), (age) => age / 100);
    expect((await run("robustness-missing", withScorer({ score: nan }))).why).toContain("NaN");
    const strict = (frame: Frame) => {
      const job = frame.columns.find(({ name }) => name === "job") as Extract<Column, { codes: Int32Array }>;
      return Float64Array.from(job.codes, (code) => {
        if (code > 3) throw new RangeError("unknown level");
        return 0.5;
      });
    };
    const unknown = await run("robustness-unknown", withScorer({ score: strict }));
    expect([unknown.status, unknown.why]).toEqual(["failed", expect.stringContaining("unknown level")]);
    const runaway = (frame: Frame) => Float64Array.from(numbersOf(frame, "income"), (income) => income / 1e5);
    expect((await run("robustness-unknown", withScorer({ score: runaway }))).status).toBe("failed");
  });

  const gained = (value: number, reach: number) => {
    const estimate = { level: 0.95, method: "made", experiments: ["model", "rule"] };
    const at = (middle: number) => ({ ...estimate, value: middle, low: middle - reach, high: middle + reach });
    return contextOf(binary, { spoilt: async () => ({ model: at(0.7), rule: at(0.7 - value), gain: at(value) }) });
  };

  test.each(["robustness-missing", "robustness-unknown"])(
    "%s: the interval of the gain on spoilt held-out rows decides, and one that holds 0 leaves it open",
    async (gate) => {
      expect(await run(gate, gained(0.05, 0.02))).toMatchObject({ status: "passed", measured: { low: 0.05 - 0.02 } });
      expect(await run(gate, gained(-0.05, 0.02))).toMatchObject({
        status: "failed",
        why: expect.stringContaining("the simple rule is better"),
      });
      expect(await run(gate, gained(0.01, 0.02))).toMatchObject({ status: "undecided", measured: { experiments: ["model", "rule"] } });
      expect(await run(gate, gained(-0.01, 0.02))).toMatchObject({ status: "undecided" });
      expect(await run(gate, contextOf(binary, { spoilt: async () => null }))).toMatchObject({ status: "passed", measured: null });
    },
  );

  test("each asks for its own kind of spoiling, and unknown names only where there are names", async () => {
    const asked: string[] = [];
    const spy: Partial<GateContext> = {
      spoilt: async ({ kind, share }) => {
        asked.push(`${kind} ${share}`);
        return null;
      },
    };
    await run("robustness-missing", contextOf(binary, spy));
    await run("robustness-unknown", contextOf(binary, spy));
    const numbers = { ...binary.scorer, inputs: binary.scorer.inputs.filter(({ type }) => type === "number") };
    await run("robustness-unknown", contextOf(binary, { ...spy, scorer: numbers }));
    expect(asked).toEqual(["missing 0.1", "unknown 0.1"]);
  });
});

describe("schema", () => {
  test("a server of any record, and one that names no field, fail", async () => {
    const anything = withScorer({ frameOf: () => takeRows(binary.frame, Int32Array.of(0)) });
    expect((await run("schema", anything)).status).toBe("failed");
    const lax = withScorer({
      frameOf: (records) => binary.scorer.frameOf(records.map((record) => ({ noise: null, ...record }))),
    });
    const found = await run("schema", lax);
    expect([found.status, found.evidence.faults]).toEqual(["failed", ['"noise" absent']]);
  });
});

describe("parity", () => {
  const off = (by: number) => async () => {
    const native = binary.scorer.score(takeRows(binary.frame, Int32Array.of(0, 1, 2)));
    return { native, other: native.map((p) => p + by), rows: 3 };
  };

  test("an export that differs fails, one within 1e-6 passes, none at all fails", async () => {
    expect((await run("parity", contextOf(binary, { parity: off(1e-7) }))).status).toBe("passed");
    expect((await run("parity", contextOf(binary, { parity: off(1e-5) }))).status).toBe("failed");
    expect((await run("parity", contextOf(binary, { parity: off(Number.NaN) }))).status).toBe("failed");
    const nothing = { native: new Float64Array(0), other: new Float64Array(0), rows: 0 };
    expect((await run("parity", contextOf(binary, { parity: async () => nothing }))).status).toBe("failed");
  });

  test("records that are read otherwise than the frame fail", async () => {
    const skewed = withScorer({
      frameOf: (records) => binary.scorer.frameOf(records.map((record) => ({ ...record, age: record.age === null ? 0 : record.age }))),
    });
    const found = await run("parity", skewed);
    expect([found.status, Number(found.evidence.records) > 1e-6]).toEqual(["failed", true]);
  });
});

test("reproducible: another hash fails", async () => {
  expect(
    (await run("reproducible", contextOf(binary, { repeatTraining: async () => ({ first: "abc", again: "abd", on: "the same rows" }) })))
      .status,
  ).toBe("failed");
  expect((await run("reproducible", contextOf(binary))).status).toBe("passed");
});

describe("invariance", () => {
  const score = binary.scorer.score;
  const batchMean = (frame: Frame) => {
    const said = score(frame);
    const mean = said.reduce((a, b) => a + b, 0) / said.length;
    return said.map((p) => (p + mean) / 2);
  };
  const chance = createRandom(1, "chance");
  const firstColumn = (frame: Frame) =>
    Float64Array.from({ length: frame.rows }, (_, row) =>
      frame.columns[0] !== undefined && "values" in frame.columns[0] ? Math.min(1, Math.abs(frame.columns[0].values[row]! % 1)) : 0.5,
    );
  const cases: [string, (frame: Frame) => Float64Array, string][] = [
    ["a row that depends on its batch", batchMean, "single rows"],
    ["chance in the answer", (frame) => score(frame).map((p) => p * chance.next()), "scoring twice"],
    ["columns read by their place", firstColumn, "columns moved by one place"],
    [
      "levels read by their number",
      (frame) =>
        Float64Array.from(
          (frame.columns.find(({ name }) => name === "job") as Extract<Column, { codes: Int32Array }>).codes,
          (code) => (code + 1) / 10,
        ),
      "another numbering of levels",
    ],
    ["a place in the batch", (frame) => score(frame).map((p, row) => p / (1 + row)), "another order of rows"],
    [
      "an input that is changed",
      (frame) => {
        const said = score(frame);
        numbersOf(frame, "age").fill(1);
        return said;
      },
      "scoring changes its input",
    ],
  ];

  test.each(cases)("%s is found", async (_name, changed, relation) => {
    const frame = takeRows(
      binary.frame,
      Int32Array.from({ length: 200 }, (_, row) => row),
    );
    const found = await run("invariance", { ...withScorer({ score: changed }), frame });
    expect([found.status, found.why]).toEqual(["failed", expect.stringContaining(relation)]);
  });
});

test("no gate changes what it is given, and each says the same twice", async () => {
  const context = contextOf(binary);
  const before = JSON.stringify([...numbersOf(binary.frame, "income"), ...binary.honest.outputs]);
  for (const gate of GATES) expect(await gate.run(context)).toEqual(await gate.run(context));
  expect(JSON.stringify([...numbersOf(binary.frame, "income"), ...binary.honest.outputs])).toBe(before);
});
